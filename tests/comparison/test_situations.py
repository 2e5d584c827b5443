"""What a subscriber sees in sixteen situations: as `refeed diff` says it, and as real readers count it.

newsboat and sfeed are programs, reader is a library. A program that is not installed is left out, except in CI.
"""

import os
import shutil
import sqlite3
import subprocess
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Final, NamedTuple
from uuid import NAMESPACE_URL, uuid5

import pytest
from command_line import dump
from reader import make_reader
from readers import NEWSBOAT

from refeed import Options, SiteOptions, build
from refeed.comparison.compare import compare
from refeed.comparison.published import read_published

NOW: Final = datetime(2020, 6, 1, tzinfo=UTC)
LONG: Final = (
    "<p>The kettles of the town sang at four, all of them, as they do in every spring that anybody remembers.</p>"
)

Step = Callable[[Path], Options]
"""Changes the archive, and returns the options of the build after it."""


def archive(folder: Path) -> None:
    """Write four articles: the newest first, the third one without an address."""
    dump(folder, "ferry.md", title="Ferry", date="2020-05-04T08:00:00Z", body="<p>The ferry is back.</p>")
    dump(folder, "lamps.md", title="Lamps", date="2020-05-03T08:00:00Z", body="<p>Every lamp burns.</p>")
    dump(folder, "kettle.md", title="Kettles", date="2020-05-02T08:00:00Z", link="", author="Ada", body=LONG)
    dump(folder, "rain.md", title="Rain", date="2020-05-01T08:00:00Z", body="<p>It rained all day.</p>")


def with_options(options: Options) -> Step:
    return lambda _: options


def renamed(folder: Path) -> Options:
    (folder / "ferry.md").rename(folder / "another name.md")
    return Options()


def saved_again(folder: Path) -> Options:
    (folder / "copy").mkdir()
    (folder / "copy" / "ferry.md").write_bytes((folder / "ferry.md").read_bytes())
    return Options()


def edited(folder: Path, name: str, old: str, new: str) -> Options:
    text = (folder / name).read_text()
    assert old in text
    (folder / name).write_text(text.replace(old, new))
    return Options()


def edit(name: str, old: str, new: str) -> Step:
    return lambda folder: edited(folder, name, old, new)


def another_host(folder: Path) -> Options:
    for path in folder.glob("*.md"):
        path.write_text(path.read_text().replace("https://x.example/", "https://y.example/posts/"))
    return Options()


def without(name: str) -> Step:
    def step(folder: Path) -> Options:
        (folder / name).unlink()
        return Options()

    return step


def with_tide(**facts: str) -> Step:
    def step(folder: Path) -> Options:
        dump(folder, "tide.md", title="Tide", **facts)
        return Options(limit=4)

    return step


def back(folder: Path) -> Options:
    dump(folder, "lamps.md", title="Lamps", date="2020-05-03T08:00:00Z", body="<p>Every lamp burns.</p>")
    return Options()


def repeated(folder: Path) -> Options:
    dump(folder, "f2.md", title="Ferry", date="2020-05-04T08:00:00Z", body="<p>The ferry is back.</p>")
    return Options()


class Case(NamedTuple):
    """A situation: the steps after the first build, and what happens at the last of them."""

    name: str
    steps: Sequence[Step]
    changes: Sequence[str]  # kind, title, fields, harm
    new: int = 0  # entries that readers show as new
    modified: int | None = 0  # entries that `reader` counts as changed; None: it counts what nobody sees
    deleted: str = ""  # the address of an entry that the feed before the last says is deleted (RFC 6721)


CASES: Final = (
    # An article is its address, not its file.
    Case("rename", [renamed], []),
    Case("same dump saved twice", [saved_again], []),
    # The newest date that an article states is its update, and readers that sort by it show the article on top again.
    Case(
        "date of an update moved",
        [edit("rain.md", "title: Rain", "title: Rain\nupdated: 2020-05-20T08:00:00Z")],
        ["changed Rain: updated [old news]"],
        modified=1,
    ),
    Case("retitle", [edit("lamps.md", "title: Lamps", "title: Lanterns")], ["changed Lanterns: title"], modified=1),
    # Without an address the title is what tells it apart: another title is another article.
    Case(
        "retitle without an address",
        [edit("kettle.md", "title: Kettles", "title: Kettle song")],
        ["moved Kettle song: title [shows twice]"],
        new=1,
    ),
    Case("edit", [edit("ferry.md", "is back", "is back again")], ["changed Ferry: summary content"], modified=1),
    # The outlet's name stands for the author of the three entries from there; Ada stays Ada.
    Case(
        "configuration",
        [with_options(Options(sources={"x.example": SiteOptions(title="The X")}))],
        ["changed Ferry: authors", "changed Lamps: authors", "changed Rain: authors"],
        modified=3,
    ),
    # Another host and another path: other articles, as far as anybody can tell by their addresses.
    Case(
        "new identity",
        [another_host],
        [f"moved {title}: link authors [shows twice]" for title in ("Ferry", "Lamps", "Rain")],
        new=3,
    ),
    Case("copy under a second address", [repeated], ["repeated Ferry: link [shows twice]"], new=1),
    Case("removed", [without("lamps.md")], ["gone Lamps"]),
    # Nothing came in that could have pushed it out.
    Case("the last one removed", [without("rain.md")], ["gone Rain"]),
    # Readers keep what they have seen, so that it is not new to them.
    Case("returned", [without("lamps.md"), back], ["returned Lamps"], deleted="https://x.example/lamps"),
    Case("window", [with_tide(date="2020-05-05T08:00:00Z")], ["new Tide", "out of window Rain"], new=1),
    # It is new to every reader. The newest before it is of 4 May, 08:00: what is dated within 48 h of that came late.
    Case("old news", [with_tide(date="2020-05-02T07:59:59Z")], ["new Tide [old news]", "out of window Rain"], new=1),
    Case("late", [with_tide(date="2020-05-02T08:00:01Z")], ["new Tide", "out of window Rain"], new=1),
    # The one without an address is linked to the feed's own.
    Case(
        "base URL",
        [with_options(Options(base_url="https://a.example/")), with_options(Options(base_url="https://b.example/"))],
        ["changed Kettles: link"],
        modified=1,
    ),
    # The texts are the same, but reader keeps more of them than it shows.
    Case("Atom to RSS", [with_options(Options(format="rss"))], [], modified=None),
    Case("RSS to JSON", [with_options(Options(format=name)) for name in ("rss", "json")], [], modified=None),
    Case("JSON to Atom", [with_options(Options(format=name)) for name in ("json", "atom")], [], modified=None),
)


@pytest.fixture(scope="module")
def feeds(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, Sequence[Path]]:
    """Build the feeds of every situation, in their order."""
    folder = tmp_path_factory.mktemp("situations")
    archive(folder / "archive")
    first = folder / "first"
    _build(folder / "archive", Options(), first)
    return {case.name: [first, *_later(case, folder)] for case in CASES}


def _later(case: Case, folder: Path) -> list[Path]:
    own = folder / case.name
    shutil.copytree(folder / "archive", own)
    feeds = [folder / f"{case.name} {number}" for number in range(len(case.steps))]
    for step, feed in zip(case.steps, feeds, strict=True):
        _build(own, step(own), feed)
    if case.deleted:
        _say_deleted(feeds[-2], case.deleted)
    return feeds


def _build(folder: Path, options: Options, feed: Path) -> None:
    feed.write_bytes(build([folder], options=options, now=NOW).feed)


def _say_deleted(feed: Path, address: str) -> None:
    """Put a tombstone into a feed, for the entry of an address: refeed's id is the UUID (version 5) of it."""
    tombstone = (
        '<at:deleted-entry xmlns:at="http://purl.org/atompub/tombstones/1.0" ref="{}" when="2020-06-01T00:00:00Z"/>'
    )
    id_ = uuid5(NAMESPACE_URL, address).urn
    feed.write_text(feed.read_text().replace("</feed>", tombstone.format(id_) + "</feed>"))


def told(old: Path, new: Path) -> list[str]:
    """Return the changes in words."""
    lines = []
    for change in compare(read_published(str(old)), read_published(str(new))):
        fields = " ".join(field.name for field in change.fields)
        line = f"{change.kind} {change.entry.title}"
        lines.append(line + (f": {fields}" if fields else "") + (f" [{change.harm}]" if change.harm else ""))
    return lines


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_diff_says_what_changed(case: Case, feeds: Mapping[str, Sequence[Path]]) -> None:
    assert told(*feeds[case.name][-2:]) == case.changes


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_reader_counts_as_many(case: Case, feeds: Mapping[str, Sequence[Path]], tmp_path: Path) -> None:
    name, counted = "feed.xml", None
    with closing(make_reader(":memory:", feed_root=str(tmp_path))) as reader:
        reader.add_feed(name)
        for feed in feeds[case.name]:
            now = "feed.json" if feed.read_bytes()[:1] == b"{" else "feed.xml"  # a file's type is what its name says
            if now != name:
                reader.change_feed_url(name, now)
            name = now
            shutil.copy(feed, tmp_path / name)
            counted = reader.update_feed(name)
    assert (counted.new if counted else 0) == case.new
    if case.modified is not None:
        assert (counted.modified if counted else 0) == case.modified


def _newsboat(urls: Sequence[str], state: Path) -> set[str]:
    """Have newsboat load feeds, and return what it holds: the id and the feed of each item."""
    NEWSBOAT.poll("\n".join(urls), state)
    with closing(sqlite3.connect(state / "cache.db")) as cache:
        return {f"{guid} {feed}" for guid, feed in cache.execute("SELECT guid, feedurl FROM rss_item")}


def _sfeed(urls: Sequence[str], state: Path) -> set[str]:
    """Have sfeed load feeds, and return what it holds: the id and the feed of each item."""
    named = "\n".join(f'feed "{Path(url).name}" "{url}"' for url in urls)
    (state / "sfeedrc").write_text(f'sfeedpath="{state}/feeds"\nfeeds() {{\n{named}\n}}\n')
    environment = {"HOME": str(state), "LANG": "C.UTF-8", "PATH": os.defpath, "TZ": "UTC"}
    subprocess.run(["sfeed_update", str(state / "sfeedrc")], check=True, env=environment, stdout=subprocess.DEVNULL)
    return {
        f"{line.split(chr(9))[5]} file://{state / path.name}"
        for path in (state / "feeds").iterdir()
        for line in path.read_text(encoding="utf-8").splitlines()
    }


Load = Callable[[Sequence[str], Path], set[str]]
PROGRAMS: Final[Mapping[str, Load]] = {"newsboat": _newsboat, "sfeed_update": _sfeed}


@pytest.mark.parametrize("program", [name for name in PROGRAMS if shutil.which(name) or os.environ.get("CI")])
def test_programs_show_as_many_as_new(program: str, feeds: Mapping[str, Sequence[Path]], tmp_path: Path) -> None:
    cases = {f"file://{tmp_path}/{number}": case for number, case in enumerate(CASES) if "JSON" not in case.name}
    held = [set[str]()]
    for left in (3, 2, 1):  # feeds to load; nearly all have two
        urls = [url for url, case in cases.items() if len(feeds[case.name]) >= left]
        for url in urls:
            path = Path(url.removeprefix("file://"))
            text = feeds[cases[url].name][-left].read_text()
            path.write_text(
                text.replace("urn:uuid:", f"urn:uuid:{path.name}-")
            )  # newsboat shows an id in one feed only
        held.append(PROGRAMS[program](urls, tmp_path))
    new = Counter(item.rpartition(" ")[2] for item in held[-1] - held[-2])
    assert {case.name: new[url] for url, case in cases.items()} == {case.name: case.new for case in cases.values()}
