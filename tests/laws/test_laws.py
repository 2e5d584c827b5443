"""What holds for every tree: nothing vanishes, the order of files does not matter, no bytes are too hostile."""

import os
import tempfile
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Final

import feedparser
from atom_rules import broken_rules, relaxng_errors
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from strategies import TREES, mutated

import refeed
from refeed.inspection.inspect import inspect
from refeed.options import Options
from refeed.problem_kinds import CODES

NOW: Final = datetime(2026, 11, 20, tzinfo=UTC)
LAWFUL = settings(max_examples=40, suppress_health_check=[HealthCheck.too_slow])

CHOICES = st.fixed_dictionaries(
    {},
    optional={
        "limit": st.integers(0, 3),
        "max_bytes": st.integers(0, 3000),
        "span": st.sampled_from((timedelta(0), timedelta(days=900))),
        "undated": st.sampled_from(("last", "mtime")),
        "future": st.just("include"),
        "stubs": st.sampled_from(("summary", "skip")),
        "content": st.just("summary"),
        "since": st.sampled_from((None, None, datetime(2020, 6, 1, tzinfo=UTC))),
        "until": st.sampled_from((None, None, datetime(2022, 1, 1, tzinfo=UTC))),
        "category": st.sampled_from(((), (), (), ("https://x.example/2",))),
        "outlet": st.sampled_from(((), (), ("x.example",))),
    },
)


def plant(folder: Path, files: Sequence[tuple[str, bytes]]) -> None:
    for name, data in files:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
        os.utime(path, (1_600_000_000, 1_600_000_000))


def build(folder: Path, **choices: Any) -> refeed.Report | str:
    """Build; a tree without a dump gives its message. What holds for every build is asserted here."""
    try:
        report = refeed.build([folder], options=Options(**choices), now=NOW)
    except refeed.NothingToBuildError as error:
        return str(error).replace(str(folder), "")
    assert report.totals.add_up, report.totals
    assert not report.failed_inside, [str(problem) for problem in report.problems]
    assert {problem.code for problem in report.problems} <= set(CODES)
    assert broken_rules(report.feed) + relaxng_errors(report.feed) == []
    assert len(feedparser.parse(report.feed).entries) == report.totals.out
    return report


@LAWFUL
@given(TREES, CHOICES)
def test_nothing_vanishes_and_every_feed_is_valid(files: Mapping[str, bytes], choices: Mapping[str, Any]) -> None:
    with tempfile.TemporaryDirectory() as name:
        plant(Path(name), list(files.items()))
        report = build(Path(name), **choices)
    if isinstance(report, str):
        return
    totals = report.totals
    assert totals.files_found == len(files) - ("public/h.html" in files and "_config.yml" in files)
    told = totals.files_skipped + totals.duplicates + totals.held_back + totals.undated + totals.skipped
    assert len(report.left_out) >= told  # whatever is left out is named; what a filter or the limit takes is counted


@LAWFUL
@given(TREES, CHOICES, st.randoms(use_true_random=False))
def test_neither_the_order_nor_the_place_of_files_matters(
    files: Mapping[str, bytes], choices: Mapping[str, Any], shuffler: Any
) -> None:
    shuffled = list(files.items())
    shuffler.shuffle(shuffled)
    outcomes: list[object] = []
    with tempfile.TemporaryDirectory() as name:
        for parent, planted in (("one/dumps", list(files.items())), ("far/away/dumps", shuffled)):
            folder = Path(name) / parent
            folder.mkdir(parents=True)
            plant(folder, planted)
            report = build(folder, **choices)
            if isinstance(report, str):
                outcomes.append(report)
            else:
                outcomes.append(
                    (report.feed, [str(p).replace(str(folder), "") for p in report.problems], report.totals)
                )
    assert outcomes[0] == outcomes[1]


@LAWFUL
@example(b"")
@example(b"---\ntitle: x\ndate: 2020-05-01\n---\n" + bytes(range(256)))
@example(b"<!--1665567543000-->\n[a](https://x.example/)\n------\n\n" + b"\xed\xa0\x80\xf4\x90\x80\x80")
@given(st.binary(max_size=300) | mutated())
def test_hostile_bytes_give_entries_or_problems(data: bytes) -> None:
    with tempfile.TemporaryDirectory() as name:
        plant(Path(name), [("a.md", data)])
        records = [inspected.as_dict() for inspected in inspect(Options(paths=(name,)), NOW)]
        build(Path(name), undated="last")
    assert records
    for record in records:
        assert record["problems"] or record["status"] == "entry"
        assert (record["reason"] in CODES) == (record["status"] in {"skipped", "withheld"})
        assert "internal-error" not in {problem["code"] for problem in record["problems"]}
