"""A comment above a link heading dates its article if it is a date in any form; if not, weaker evidence counts."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Final

import pytest

from refeed.model import SourceFile
from refeed.options import Options
from refeed.records.context import context_for
from refeed.records.reader import read_metadata

CONTEXT: Final = context_for(Options(), datetime(2026, 11, 20, tzinfo=UTC))
STATED: Final = "2021-10-10T03:06:15+00:00"
IN_ADDRESS: Final = "2020-03-04T00:00:00+00:00"


@pytest.mark.parametrize(
    ("says", "date", "codes"),
    [
        *((says, STATED, []) for says in ("1633835175000", " 1633835175000 ", "1633835175000.75", "1633835175")),
        *((says, STATED, []) for says in ("2021-10-10T03:06:15Z", "Sun, 10 Oct 2021 03:06:15 GMT")),
        ("١٦٣٣٨٣٥١٧٥٠٠٠", STATED, []),  # Arabic-Indic digits
        *((says, IN_ADDRESS, []) for says in ("NaN", "nan", "None", "NULL", "undefined", "")),
        *((says, IN_ADDRESS, ["bad-date"]) for says in ("1.633835175e+12", "1e400", "∞", "-1", "9" * 40, "last week")),
    ],
)
def test_what_a_comment_says_is_read_or_told_and_costs_no_article(
    says: str, date: str, codes: list[str], tmp_path: Path
) -> None:
    file = tmp_path / "a.md"
    file.write_text(f"<!--{says}-->\n[Fog](https://a.example/2020/03/04/fog)\n------\n\n<p>The ferry waits.</p>\n")
    ((meta, problems),) = read_metadata(SourceFile(str(file), "a.md"), CONTEXT).records
    assert meta.title == "Fog"
    assert meta.key.date
    assert (meta.key.date.value.isoformat(), [problem.code for problem in problems]) == (date, codes)
