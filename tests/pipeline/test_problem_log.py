"""However many problems an archive has, the report lists so many of each code and counts the rest."""

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from command_line import dump

from refeed.console import report_json
from refeed.options import Options
from refeed.pipeline.build import build
from refeed.report import Report, Totals

NOW = datetime(2026, 11, 20, tzinfo=UTC)


def test_problems_beyond_the_most_are_counted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = dump(tmp_path, "archive/a.md")
    for number in range(5):
        (tmp_path / f"archive/again-{number}.md").write_bytes(first.read_bytes())
        (tmp_path / f"archive/odd-{number}.md").write_bytes(b"---\ntitle: Odd\n---\n")
    monkeypatch.setattr("refeed.pipeline.problem_log.MOST", 3)
    options = Options(paths=(str(tmp_path / "archive"),), index=str(tmp_path / "index"), workers=1)
    report = build(options, NOW)
    listed = [problem.code for problem in report.left_out]
    assert (report.totals.duplicates, listed.count("duplicate"), listed.count("no-date")) == (5, 3, 3)
    assert report.beyond == {"duplicate": 2, "no-date": 2}
    assert "2 more problems are not listed [duplicate]" in report.notes
    assert json.loads(report_json(report))["problems_beyond"] == {"duplicate": 2, "no-date": 2}
    assert report.totals.add_up
    assert build(options, NOW) == report  # with the index


def test_errors_that_are_not_listed_count() -> None:
    beyond = {"internal-error": 2, "duplicate": 5}  # the second is no error
    assert Report(totals=Totals(), left_out=(), entry_problems=(), beyond=beyond).errors == 2
