"""What holds of the index: with it, without it and with several processes every build gives the same."""

import os
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Final, NamedTuple

import pytest
from command_line import dump
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import refeed
from refeed.options import Options
from refeed.pipeline.build import build_with_entries

NOW: Final = datetime(2026, 11, 20, tzinfo=UTC)
LAWFUL = settings(max_examples=25, suppress_health_check=[HealthCheck.too_slow])

NAMES: Final = ("a.md", "b.md", "c.md", "d/a.md", "d/b.md", "d/2020-05-01-c.md", "d/f/a.md", "e/a.md", "e/b.md", "é.md")

# Some are still to come.
DATES = st.sampled_from(
    (
        "2020-05-01T08:00:00Z",
        "2020-05-02T08:00:00Z",
        "2020-05-02",
        "2021-03-04T10:00:00+02:00",
        "03/04/2021",
        "2026-11-20T00:00:01Z",
        "2027-02-01T00:00:00Z",
        "2028-06-01T00:00:00Z",  # not plausible yet
        "Invalid Date",
        "",
    )
)
EXTRA = st.sampled_from(
    (
        "",
        "draft: true\n",
        "draft: false\n",
        "id: tag:x.example,2020:1\n",
        "id: tag:x.example,2020:2\n",
        "tags: [sea]\n",
        "author: Ada\n",
        "updated: 2026-11-20T00:00:01Z\n",
        "updated: 2027-02-01T00:00:00Z\n",
        "updated: 2028-06-01T00:00:00Z\n",
    )
)
BODIES = st.sampled_from(
    (
        "",
        "<p>The ferry sails at noon.</p>",
        "<p>The ferry sails at five, and nobody is told why it is so late.</p>",
        "<div><i>Fri, 01 May 2020 07:21:33 GMT</i></div><p>Dated in the text.</p>",
        "<div><i>Tue, 01 Feb 2028 07:21:33 GMT</i></div><p>Dated far ahead in the text.</p>",
        '<p><a href="/relative">Away</a> and <img src="a.jpg"></p>',
    )
)
LINKS = st.sampled_from(("https://x.example/1", "http://x.example/1", "https://x.example/2", "https://y.example/3", ""))
TITLES = st.sampled_from(("Harbour", "Kitchen", "港口"))

FRONT_MATTER = st.builds(
    "---\ntitle: {}\ndate: {}\nlink: {}\n{}---\n\n{}\n".format, TITLES, DATES, LINKS, EXTRA, BODIES
)
EPOCHS = st.sampled_from(("1588320000000", "1588406400000", "1795132801000", "1843430400000", "NaN"))
HEADINGS = st.builds("<!--{}-->\n[{}]({})\n------\n\n{}\n\n".format, EPOCHS, TITLES, LINKS, BODIES)
DIGESTS = st.lists(HEADINGS, min_size=1, max_size=3).map("".join)
ODD = st.sampled_from(("", "\0\0\0", "no header at all\n", "caf\xe9 \xff\xfe"))
DATA = st.builds(lambda text: text.encode("utf-8"), FRONT_MATTER | FRONT_MATTER | DIGESTS) | ODD.map(
    lambda text: text.encode("latin-1")
)

NAME = st.sampled_from(NAMES)
EDITS = st.one_of(
    st.tuples(st.just("write"), NAME, DATA),
    st.tuples(st.just("write"), NAME, DATA),
    st.tuples(st.just("alter"), NAME, st.booleans()),
    st.tuples(st.just("touch"), NAME, st.sampled_from((1_500_000_000, 1_600_000_000, 2_000_000_000))),
    st.tuples(st.just("rename"), NAME, NAME),
    st.tuples(st.just("rename"), st.sampled_from(("d", "e", "d/f")), st.sampled_from(("d", "e", "g"))),
    st.tuples(st.just("copy"), NAME, NAME),
    st.tuples(st.just("exchange"), NAME, NAME),
    st.tuples(st.just("exchange"), st.just("d"), st.just("e")),
    st.tuples(st.just("link"), NAME, st.sampled_from((*NAMES, "d", "nowhere", "../outside.md"))),
    st.tuples(st.just("delete"), NAME, st.none()),
    st.tuples(st.just("folder"), NAME, DATA),
    st.tuples(st.just("mode"), NAME, st.sampled_from((0o000, 0o644))),
)
CHOICES = st.fixed_dictionaries(
    {},
    optional={
        "limit": st.integers(0, 3),
        "undated": st.sampled_from(("last", "mtime")),
        "future": st.just("include"),
        "stubs": st.sampled_from(("summary", "skip")),
        "content": st.just("summary"),
        "category": st.just(("sea",)),
        "author": st.just(("Ada",)),
        "since": st.just(datetime(2020, 5, 2, tzinfo=UTC)),
        "strict": st.just(True),
        "exclude": st.just(("b.md",)),
        "sources": st.sampled_from(
            (
                {"d/": refeed.SiteOptions(day_first=True, timezone="Asia/Shanghai")},
                {"x.example": refeed.SiteOptions(offset=timedelta(hours=-8), title="Sea")},
                {"*": refeed.SiteOptions(encoding="latin-1", drop=("img",))},
            )
        ),
    },
)
# "" is the folder itself; what overlaps, and the same place under another name, are the same files again.
PATHS = st.sampled_from((("",), ("",), ("",), ("d",), ("", "d"), ("d", ""), ("a.md",), ("d/../d", "e"), ("b.md", "./")))
MOMENTS = st.sampled_from(
    (
        NOW,
        NOW,
        NOW,
        NOW + timedelta(seconds=2),
        NOW + timedelta(days=100),
        NOW + timedelta(days=400),
        NOW - timedelta(days=100),
        NOW - timedelta(days=400),
    )
)
STEPS = st.tuples(st.lists(EDITS, max_size=3), CHOICES | st.just({}), PATHS, MOMENTS, st.booleans())


def apply(root: Path, edit: tuple[str, str, Any]) -> None:
    """Make an edit; one that cannot be made where things stand makes none."""
    markup, name, how = edit
    path = root / name
    with suppress(OSError):
        for place in (path, root / how if isinstance(how, str) else path):
            place.parent.mkdir(parents=True, exist_ok=True)
        _MADE[markup](path, root / how if isinstance(how, str) else how)


def _alter(path: Path, with_time: bool) -> None:
    """Say something else in as many bytes."""
    status, data = path.stat(), path.read_bytes()
    path.write_bytes(data.replace(b"Harbour", b"Kitchen") if b"Harbour" in data else data[::-1])
    if with_time:
        os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns))


def _exchange(path: Path, other: Path) -> None:
    between = path.with_name("between")
    path.rename(between)
    with suppress(OSError):
        other.rename(path)
    between.rename(other)


def _link(path: Path, target: Path) -> None:
    path.unlink(missing_ok=True)
    path.symlink_to(os.path.relpath(target, path.parent))


def _folder(path: Path, data: bytes) -> None:
    path.unlink(missing_ok=True)
    path.mkdir()
    (path / "inside.md").write_bytes(data)


_MADE: Final[dict[str, Callable[[Path, Any], object]]] = {
    "alter": _alter,
    "copy": shutil.copy2,
    "delete": lambda path, _: path.unlink(),
    "exchange": _exchange,
    "folder": _folder,
    "link": _link,
    "mode": Path.chmod,
    "rename": Path.rename,
    "touch": lambda path, seconds: os.utime(path, (seconds, seconds)),
    "write": Path.write_bytes,
}


class Outcome(NamedTuple):
    """All that a build tells and writes."""

    message: str
    feed: bytes
    entries: tuple[bytes, ...]
    left_out: tuple[refeed.Problem, ...]
    findings: tuple[refeed.Problem, ...]
    notes: tuple[str, ...]
    origins: tuple[refeed.Origin, ...]
    totals: refeed.Totals
    written: bool


def outcome(options: Options, now: datetime = NOW) -> Outcome:
    """Build, and give what came of it."""
    message, entries = "", tuple[bytes, ...]()
    try:
        built = build_with_entries(options, now)
        report, entries = built.report, built.entries
    except refeed.NothingToBuildError as error:
        message, report = str(error), error.report
    assert report.totals.add_up, report.totals
    assert not report.failed_inside, [str(problem) for problem in report.problems]
    return Outcome(
        message,
        report.feed,
        entries,
        report.left_out,
        report.entry_problems,
        report.notes,
        report.origins,
        report.totals,
        report.written,
    )


@contextmanager
def later() -> Iterator[None]:
    """Let ten seconds pass, after which files that have just been written are not too young to be trusted."""
    with pytest.MonkeyPatch.context() as patch:
        clock = time.time_ns
        patch.setattr(time, "time_ns", lambda: clock() + 10_000_000_000)
        yield


@contextmanager
def a_moment_after(root: Path) -> Iterator[None]:
    """Let no time pass beside what has been written: a build on a busy machine may begin seconds later."""
    written = max(path.stat().st_ctime_ns for path in root.rglob("*"))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(time, "time_ns", lambda: written + 1_000_000)
        yield


@contextmanager
def small_batches() -> Iterator[None]:
    """Cut batches so small that a handful of files makes several."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("refeed.input.discover._BATCH", 4)
        patch.setattr("refeed.input.discover._CUT", 3)
        yield


_opened: list[list[str]] = []


def _note(event: str, arguments: tuple[object, ...]) -> None:
    if event == "open" and _opened:
        _opened[-1].append(os.fsdecode(arguments[0]) if isinstance(arguments[0], str | bytes) else "")


sys.addaudithook(_note)


@contextmanager
def opened_below(root: Path) -> Iterator[set[str]]:
    """Return, once it is over, which files below a folder this process has opened, by their names there.

    A file is opened relative to its folder, which the hook is not told: its own name has to be the only one.
    """
    below: set[str] = set()
    _opened.append([])
    try:
        yield below
    finally:
        names = {path.name: path.relative_to(root).as_posix() for path in root.rglob("*") if path.is_file()}
        below.update(names[path] for path in _opened.pop() if path in names)


@LAWFUL
@given(st.lists(st.tuples(NAME, DATA), max_size=8), st.lists(STEPS, min_size=1, max_size=5))
def test_with_the_index_without_it_and_in_parallel_builds_give_the_same(
    files: Sequence[tuple[str, bytes]], steps: Sequence[tuple[Any, ...]]
) -> None:
    with tempfile.TemporaryDirectory() as name, small_batches(), later():
        root = Path(name) / "dumps"
        root.mkdir()
        (Path(name) / "outside.md").write_text("---\ntitle: Outside\ndate: 2020-05-01\n---\n\nText.\n")
        for file in files:
            apply(root, ("write", *file))
        for edits, choices, paths, now, in_parallel in steps:
            for edit in edits:
                apply(root, edit)
            given_paths = tuple(os.path.join(root, path) for path in paths)  # noqa: PTH118  "d/../d" stays as it is
            if not all(map(os.path.lexists, given_paths)):
                continue
            options = Options(paths=given_paths, workers=1, **choices)
            expected = outcome(options, now)
            indexed = replace(options, index=os.path.join(name, "index"))  # noqa: PTH118
            assert outcome(indexed, now) == expected
            assert outcome(indexed, now) == expected
            if in_parallel:
                assert outcome(replace(options, workers=2), now) == expected
                assert outcome(replace(indexed, workers=2), now) == expected


def planted(folder: Path, count: int = 30) -> Path:
    """Write a tree of dumps that makes several batches."""
    root = folder / "dumps"
    for number in range(count):
        dump(root, f"{number % 3}/{number:02}.md", date=f"2020-05-{number % 28 + 1:02}T08:00:00Z")
    return root


def indexed(root: Path, **choices: Any) -> Options:
    return Options(paths=(str(root),), index=str(root.parent / "index"), workers=1, **choices)


def test_nothing_is_opened_where_nothing_changed(tmp_path: Path) -> None:
    root = planted(tmp_path)
    with small_batches(), later():
        first = outcome(indexed(root))
        with opened_below(root) as opened:
            assert outcome(indexed(root)) == first
        assert opened == set()


def test_only_what_changed_and_what_goes_out_is_opened(tmp_path: Path) -> None:
    root = planted(tmp_path)
    with small_batches(), later():
        outcome(indexed(root, limit=2))
        dump(root, "0/00.md", title="Another", date="2020-05-01T08:00:00Z")
        dump(root, "1/new.md", date="2020-05-01T09:00:00Z")
        with opened_below(root) as opened:
            after = outcome(indexed(root, limit=2))
        # The newest two are of the 28th and 27th of May: 27 % 3 is 0, 26 % 3 is 2.
        assert opened == {"0/00.md", "1/new.md", "0/27.md", "2/26.md"}
        assert after == outcome(Options(paths=(str(root),), limit=2))


def test_what_was_written_a_moment_before_is_read_again(tmp_path: Path) -> None:
    root = planted(tmp_path, 3)
    with a_moment_after(root):
        outcome(indexed(root))
        with opened_below(root) as opened:
            outcome(indexed(root))
    assert opened == {"0/00.md", "1/01.md", "2/02.md"}


def test_a_file_with_the_size_and_the_time_of_the_old_one_is_read(tmp_path: Path) -> None:
    root = planted(tmp_path, 3)
    with later():
        outcome(indexed(root))
        _alter(root / "0/00.md", with_time=True)
        assert b"Kitchen" in outcome(indexed(root)).feed


def test_a_time_that_was_set_alone_is_a_change_where_it_is_the_date(tmp_path: Path) -> None:
    root = tmp_path / "dumps"
    dump(root, "short.md", date="", link="https://x.example/1")
    wins = dump(root, "long.md", date="", link="https://x.example/1", body="<p>Longer, so that it is this one.</p>")
    os.utime(root / "short.md", (1_500_000_000, 1_500_000_000))
    with later():
        for seconds in (1_550_000_000, 1_600_000_000):  # 2019-02-12 and 2020-09-13
            os.utime(wins, (seconds, seconds))
            assert outcome(indexed(root, undated="mtime")) == outcome(Options(paths=(str(root),), undated="mtime"))


def test_folders_that_change_places_are_read_again(tmp_path: Path) -> None:
    root = tmp_path / "dumps"
    for number in range(40):  # files that are written one after the other share the clock's tick, so their times
        dump(root, f"d/{number}.md", title="Harbour")
        dump(root, f"e/{number}.md", title="Kitchen")
        for name in ("d", "e"):
            os.utime(root / name / f"{number}.md", (1_500_000_000, 1_500_000_000))
    with later():
        outcome(indexed(root))
        _exchange(root / "d", root / "e")
        assert outcome(indexed(root)) == outcome(Options(paths=(str(root),)))


def test_errors_forbid_a_feed_also_where_an_earlier_build_wrote_it(tmp_path: Path) -> None:
    root = planted(tmp_path, 3)
    (root / "odd.md").write_bytes(b"---\ntitle: \xff\xfe\xfa\ndate: 2020-05-01\n---\n\n\xff\xfa\xa1")
    with later():
        assert outcome(indexed(root)).written
        assert not outcome(indexed(root, strict=True)).written


@pytest.mark.parametrize("change", ["sources", "category", "undated", "limit", "content"])
def test_other_options_make_another_feed(tmp_path: Path, change: str) -> None:
    root = planted(tmp_path, 3)
    dump(root, "undated.md", date="")
    choices: dict[str, Any] = {
        "sources": {"*": refeed.SiteOptions(offset=timedelta(hours=5))},
        "category": ("sea",),
        "undated": "last",
        "limit": 1,
        "content": "summary",
    }
    with later():
        before = outcome(indexed(root))
        after = outcome(indexed(root, **{change: choices[change]}))
        assert after == outcome(Options(paths=(str(root),), **{change: choices[change]}))
        assert after != before
        assert outcome(indexed(root)) == before


def test_an_entry_that_was_held_back_goes_out_when_it_is_due(tmp_path: Path) -> None:
    root = planted(tmp_path, 3)
    dump(root, "soon.md", title="Soon", date="2026-11-20T00:00:01Z")
    with later():
        for moment, is_out in ((0, False), (2, True), (1, True), (0, False), (2, True)):
            assert (b"Soon" in outcome(indexed(root), NOW + timedelta(seconds=moment)).feed) == is_out


def test_a_date_that_only_a_later_clock_believed_is_not_believed_again(tmp_path: Path) -> None:
    root = planted(tmp_path, 3)
    dump(root, "far.md", title="Far", date="2028-01-15T00:00:00Z")  # 421 days after NOW
    with later():
        assert "Far" in outcome(indexed(root, future="include"), NOW + timedelta(days=100)).feed.decode()
        assert "Far" not in outcome(indexed(root, future="include")).feed.decode()


def test_an_update_counts_from_when_it_has_come(tmp_path: Path) -> None:
    root = tmp_path / "dumps"
    dump(root, "a.md", date="2020-05-01T08:00:00Z", updated="2026-11-20T00:00:01Z")
    with later():
        for moment, updated in (
            (0, b"2020-05-01T08:00:00Z"),
            (2, b"2026-11-20T00:00:01Z"),
            (0, b"2020-05-01T08:00:00Z"),
        ):
            # Another article each time, or the whole feed of an earlier build would come back.
            dump(root, "b.md", title=f"At {moment}", date="2019-01-01")
            feed = outcome(indexed(root), NOW + timedelta(seconds=moment)).feed
            assert b"<updated>" + updated + b"</updated>" in feed


def _other_date(root: Path) -> None:
    dump(root, "1.md", date="2020-04-30T07:00:00Z", link="https://x.example/1")


def _other_body(root: Path) -> None:
    dump(root, "2.md", date="2020-05-02T08:00:00Z", link="https://x.example/1", body="<p>Tide enough to be read.</p>")


def _same_id(root: Path) -> None:
    dump(root, "3.md", date="2020-05-03T08:00:00Z", id="tag:x.example,2020:1")


@pytest.mark.parametrize("change", [_other_body, _other_date, _same_id], ids=lambda change: change.__name__)
def test_all_that_an_entry_is_made_of_makes_it_anew(tmp_path: Path, change: Callable[[Path], None]) -> None:
    # The first two are one article; the last one states an id.
    root = tmp_path / "dumps"
    dump(root, "1.md", date="2020-05-01T08:00:00Z", link="https://x.example/1")
    dump(root, "2.md", date="2020-05-02T08:00:00Z", link="https://x.example/1", body="<p>Text enough to be read.</p>")
    dump(root, "4.md", date="2020-05-04T08:00:00Z", id="tag:x.example,2020:1")
    with later():
        before = outcome(indexed(root))
        change(root)
        after = outcome(indexed(root))
        assert after == outcome(Options(paths=(str(root),)))
        assert after.feed != before.feed
