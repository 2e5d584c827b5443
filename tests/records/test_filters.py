"""Filters by what the metadata says."""

from pathlib import Path

import pytest
from command_line import dump

import refeed
from refeed import Options, SiteOptions

# Languages as three dumps state them, what is asked for, and who is left.
LANGUAGES = [
    (("en",), ["none of its own", "en", "en-GB"]),  # the source's own language counts where none is stated
    (("EN-gb",), ["en-GB"]),
    (("zh",), ["zh-Hans"]),
    (("zh-Hans",), ["zh-Hans"]),
    (("zh-Hant",), []),
    (("zh-Ha",), []),  # not part of a tag
    (("de", "zh"), ["zh-Hans"]),
]


@pytest.mark.parametrize(("wanted", "expected"), LANGUAGES)
def test_a_language_includes_its_regions_and_scripts(
    wanted: tuple[str, ...], expected: list[str], tmp_path: Path
) -> None:
    for number, language in enumerate(("en", "en-GB", "zh-Hans", "")):
        dump(tmp_path, f"{number}.md", title=language or "none of its own", lang=language)
    options = Options(paths=(str(tmp_path),), language=wanted)
    site = Options(paths=options.paths, language=wanted, sources={"?.md": SiteOptions(language="en")})
    assert sorted(entry.title for entry in refeed.entries(site)) == sorted(expected)
    without = [title for title in expected if title != "none of its own"]
    assert sorted(entry.title for entry in refeed.entries(options)) == sorted(without)
