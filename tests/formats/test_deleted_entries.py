"""Entries that a feed says it has deleted stay in (RFC 6721)."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Final

import pytest

from refeed.options import Options
from refeed.pipeline.build import build

NOW: Final = datetime(2026, 11, 20, tzinfo=UTC)
FEED: Final = """<feed xmlns="http://www.w3.org/2005/Atom" xmlns:at="http://purl.org/atompub/tombstones/1.0">
<title>Log</title><id>tag:a.example,2021:log</id><updated>2021-05-01T10:00:00Z</updated>
{}
</feed>"""
FOG: Final = (
    "<entry><id>tag:a.example,2021:fog</id><title>Fog</title><published>2021-03-04T10:00:00Z</published>"
    "<updated>2021-03-05T10:00:00Z</updated>{}<content type='html'>&lt;p>The ferry waits.&lt;/p></content></entry>"
)
LINK: Final = '<link href="https://a.example/fog"/>'
DELETED: Final = '<at:deleted-entry ref="tag:a.example,2021:{}" when="{}"/>'


@pytest.mark.parametrize("link", ["", LINK])
@pytest.mark.parametrize(
    ("stated", "is_out"),
    [
        (DELETED.format("fog", "2021-04-04T10:00:00Z"), False),
        (DELETED.format("fog", "2021-03-05T10:00:00Z"), False),  # not older than the entry: it counts
        (DELETED.format("fog", "2021-03-05T11:00:00+02:00"), True),  # 9 o'clock: it was published again afterwards
        (DELETED.format("fog", "2021-01-04T10:00:00Z") + DELETED.format("fog", "2021-04-04T10:00:00Z"), False),
        (DELETED.format("fog", ""), False),  # of no day: it may be the newest
        (DELETED.format("tide", "2021-04-04T10:00:00Z"), True),  # of another entry
        ("<!--" + DELETED.format("fog", "2021-04-04T10:00:00Z") + "-->", True),
        (
            DELETED.format("fog", "2021-04-04T10:00:00Z").replace(
                "/>", "><at:comment>no</at:comment></at:deleted-entry>"
            ),
            False,
        ),
        (
            DELETED.format("fog", "2021-04-04T10:00:00Z")
            .replace("at:", "")
            .replace(" ref", " xmlns='http://purl.org/atompub/tombstones/1.0' ref"),
            False,
        ),
    ],
)
def test_a_deleted_entry_stays_in_unless_it_is_newer(stated: str, is_out: bool, link: str, tmp_path: Path) -> None:
    for text in (stated + FOG.format(link), FOG.format(link) + stated):
        (tmp_path / "log.xml").write_text(FEED.format(text))
        assert build(Options(paths=(str(tmp_path),)), NOW).totals.out == is_out


def test_a_deletion_withdraws_the_copies_in_older_files(tmp_path: Path) -> None:
    (tmp_path / "2021-03.xml").write_text(FEED.format(FOG.format(LINK)))
    (tmp_path / "2021-04.xml").write_text(FEED.format(FOG.format(LINK) + DELETED.format("fog", "2021-04-04T10:00:00Z")))
    assert build(Options(paths=(str(tmp_path),)), NOW).totals.out == 0
