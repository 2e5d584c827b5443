"""Totals that are added, and an error that another process can read."""

import pickle

from refeed.problems import Problem
from refeed.report import NothingToBuildError, Report, Totals


def test_totals_are_added_name_by_name() -> None:
    assert Totals(files_found=2, out=1) + Totals(files_found=3, skipped=4) == Totals(files_found=5, out=1, skipped=4)


def test_an_error_keeps_its_report_on_the_way_between_processes() -> None:
    report = Report(
        totals=Totals(files_found=1), left_out=(Problem("empty-file", "nothing in it", "a.md"),), entry_problems=()
    )
    error = pickle.loads(pickle.dumps(NothingToBuildError("a: no files", report)))  # noqa: S301  our own
    assert (str(error), error.report) == ("a: no files", report)
