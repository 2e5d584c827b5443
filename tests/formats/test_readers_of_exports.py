"""Entries of exports that are for some readers only stay in."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Final

import pytest

from refeed.options import Options
from refeed.pipeline.build import build

NOW: Final = datetime(2026, 11, 20, tzinfo=UTC)
XML: Final = (
    "<?xml version='1.0'?>\n<livejournal>\n<entry>\n<itemid>7</itemid>\n<eventtime>2009-05-01 10:00:00</eventtime>\n"
    "<logtime>2009-05-01 08:00:00</logtime>\n<subject>Ebb</subject>\n<event>The nets were down.</event>\n"
    "{}<allowmask>0</allowmask>\n</entry>\n</livejournal>\n"
)
CSV: Final = (
    "itemid,eventtime,logtime,subject,event,security,allowmask\n"
    "7,2009-05-01 10:00:00,2009-05-01 08:00:00,Ebb,The nets were down.,{},0\n"
)


@pytest.mark.parametrize("kind", ["xml", "csv"])
@pytest.mark.parametrize(
    ("security", "is_public"),
    [
        *[(word, True) for word in ("", "public", " Public ")],
        *[(word, False) for word in ("custom", "usemask", "private", "friends", "publik", "0", "Family")],
    ],
)
def test_an_entry_of_livejournal_is_for_all_or_withheld(
    kind: str, security: str, is_public: bool, tmp_path: Path
) -> None:
    file = tmp_path / f"2009-05.{kind}"
    file.write_text(XML.format(f"<security>{security}</security>\n") if kind == "xml" else CSV.format(security))
    report = build(Options(paths=(str(file),)), NOW)
    assert (b"nets were down" in (report.feed or b""), report.totals.withheld) == (is_public, int(not is_public))
