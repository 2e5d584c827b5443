"""Lists of patterns, as settings have them, leave out what they name and no more."""

import re

import pytest

from refeed.sites.kept_back.globs import left_out


@pytest.mark.parametrize(
    ("exclude", "path", "is_out"),
    [
        ("**/@(fog|ebb).md", "/berth/fog", False),  # its ending belongs to it
        ("**/@(fog|ebb).md", "/berth/ebb.md", True),
        ("**/@(fog|ebb).md", "/berth/tide.md", False),
        ("berth/fog?(-old).md", "/berth/fog.md", True),
        ("berth/fog?(-old).md", "/berth/fog-old.md", True),
        ("berth/fog?(-old).md", "/berth/fog-new.md", False),
        ("berth/!(tide).md", "/berth/tide.md", True),  # of other groups all that they may mean
        ("berth/!(tide).md", "/mole/tide.md", False),
    ],
)
def test_groups_in_patterns(exclude: str, path: str, is_out: bool) -> None:
    (found,) = left_out("/", exclude)
    assert (re.compile(found, re.DOTALL).match(path) is not None) is is_out
