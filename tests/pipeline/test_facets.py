"""Filters that facets decide leave out what filters by metadata leave out, and read no file for another value."""

import re
import time
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from shutil import copytree
from typing import Any, Final

import pytest
from command_line import dump
from hypothesis import given, settings
from hypothesis import strategies as st

from refeed.cache.build_cache import BuildCache
from refeed.cache.sqlite_store import CacheStore
from refeed.options import Options
from refeed.pipeline.build import build
from refeed.pipeline.first_pass.run import first_pass
from refeed.pipeline.workers.pool import WorkerPool
from refeed.pipeline.workers.worker import Worker
from refeed.report import Report

NOW: Final = datetime(2026, 5, 1, tzinfo=UTC)
# Every title matches, and whoever filters by titles is read with all metadata: the longer way to the same.
EVERY_TITLE: Final = (re.compile(""),)
VALUES: Final[dict[str, tuple[str, ...]]] = {
    "author": ("Ada", "Bo"),
    "category": ("sea", "港"),
    "language": ("en", "zh", "zh-Hans"),
    "outlet": ("Gazette", "none of them"),
}
FILTERS: Final = st.fixed_dictionaries({name: st.lists(st.sampled_from(VALUES[name]), max_size=2) for name in VALUES})


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Write articles of which some are filtered out, some are drafts, copies, without a date, or several in a file."""
    root = tmp_path_factory.mktemp("archive")
    ada = {"author": "Ada", "tags": "[sea, 港]", "lang": "zh-Hans", "source": "Gazette"}
    dump(root, "a.md", title="A", link="https://x.example/a", **ada)
    dump(root, "copy-of-a.md", title="A", link="https://x.example/a", author="Bo")
    dump(root, "b.md", title="B", author="Bo", lang="en", tags="[sea]")
    dump(root, "draft-of-b.md", title="B", author="Ada", lang="en", draft="true")
    dump(root, "undated.md", title="U", date="Invalid Date", **ada)
    dump(root, "undated-too.md", title="V", date="Invalid Date", author="Bo")
    records = '[{"title": "J", "date": "2026-01-02", "author": "Ada", "text": "One."}, {"title": "K", "text": "Two."}]'
    (root / "list.json").write_text(records)
    return root


def built(root: Path, **options: Any) -> Report:
    return build(Options(paths=(str(root),), workers=1, **options), NOW)


@settings(max_examples=20)
@given(FILTERS, st.sampled_from(("skip", "last")))
def test_facets_decide_as_the_metadata_does(archive: Path, filters: dict[str, list[str]], undated: str) -> None:
    by_facets = built(archive, undated=undated, **filters)
    by_metadata = built(archive, undated=undated, match=EVERY_TITLE, **filters)
    assert by_facets.totals.add_up
    assert (by_facets.feed, by_facets.totals) == (by_metadata.feed, by_metadata.totals)
    told = [problem for problem in by_metadata.left_out if not problem.message.startswith("match = ")]
    assert [*by_facets.left_out] == told


def test_another_value_of_a_filter_reads_no_file_again(
    archive: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = time.time_ns
    monkeypatch.setattr(time, "time_ns", lambda: clock() + 10_000_000_000)  # what was just written is not trusted
    root, index = copytree(archive, tmp_path / "in"), str(tmp_path / "index")

    def read(**filters: Any) -> tuple[int, int]:
        options = Options(paths=(str(root),), workers=1, index=index, **filters)
        with closing(CacheStore(index)) as store, closing(WorkerPool(Worker(options, NOW), 1)) as pool:
            cache = BuildCache(store, options, NOW)
            first = first_pass(options.paths, options, NOW, pool=pool, known_files=cache.known_files)
            cache.known_files.finish()
            first.close()
            return first.read, first.totals.filtered

    # Of eight records Ada wrote four and Bo three; the draft is left out by no filter, and undated ones count.
    assert read(author=("Ada",)) == (7, 4)
    assert read(author=("Bo",)) == (0, 4)
    assert read(category=("sea",), language=("en",)) == (0, 6)
    dump(root, "0.md", title="Z", author="Cy")  # it comes first, and all others move behind it
    assert read(author=("Bo",)) == (1, 5)
    assert read(author=("Cy",)) == (0, 7)


# Filters → how much each leaves out of the archive. Its dated articles are A, with a copy, and B, both of 2020, and J;
# V and K have neither Ada nor the sea.
COUNTED: Final = (
    ({"author": ("Ada",)}, ["--author Ada left out 4 records"]),
    (
        {"author": ("Ada",), "category": ("sea",)},
        ["--author Ada left out 4 records", "--category sea left out 4 records"],
    ),
    ({"match": (re.compile("[ABU]"),)}, ["--match [ABU] left out 3 records"]),
    ({"exclude": ("*.json", "copy*")}, ["--exclude *.json --exclude copy* left out 2 files or folders"]),
    (
        {"since": datetime(2026, 1, 1, tzinfo=UTC), "until": datetime(2026, 3, 1, tzinfo=UTC)},
        ["--since 2026-01-01T00:00:00Z left out 2 articles", "--until 2026-03-01T00:00:00Z left out 0 articles"],
    ),
    ({"limit": 1}, ["--limit 1 left out 2 articles"]),
)


@pytest.mark.parametrize(("filters", "expected"), COUNTED, ids=lambda value: next(iter(value)))
def test_each_filter_says_how_much_it_left_out(
    archive: Path, tmp_path: Path, filters: dict[str, Any], expected: list[str]
) -> None:
    found = [built(archive, index=str(tmp_path / "index"), **filters) for _ in range(2)]  # the second knows all files
    assert [[str(one) for one in report.filters] for report in found] == [expected, expected]
