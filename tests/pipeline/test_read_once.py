"""A file that goes out is read twice, once a pass, and so is its header, and everything that it says."""

import re
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from inspect import unwrap
from pathlib import Path
from types import FrameType

import pytest

from refeed.clean.body import open_body
from refeed.dates import by_dialects, parse_date
from refeed.dates.dateline import find_dateline
from refeed.formats.feeds.entry import read_entry
from refeed.formats.headers.fences import find_header, open_header
from refeed.formats.headers.fields.field_headers import read_field_header
from refeed.formats.headers.json import read_json
from refeed.formats.headers.key_value_lines import read_lines
from refeed.formats.headers.toml import read_toml
from refeed.formats.headers.yaml.guarded import read_yaml
from refeed.formats.headers.yaml.recovery import recover
from refeed.formats.headers.yaml.strict import read_raw
from refeed.formats.link_headings.heading import read_heading
from refeed.formats.objects.article import record_of
from refeed.input.read import read
from refeed.options import NamedFeed, Options, SiteOptions
from refeed.outputs import load_outputs
from refeed.pages.rendering import render
from refeed.pipeline.build import build
from refeed.pipeline.entries.packed_entry import unpack_entry
from refeed.publish.run import publish
from refeed.records.identity import identity_url, is_iri_or_uuid
from refeed.urls import readable

NOW = datetime(2026, 1, 1, tzinfo=UTC)
READERS = (
    *(read, find_header, open_header, read_raw, read_yaml, read_toml, read_json, read_lines, recover),
    *(read_field_header, read_heading, read_entry, record_of),
)
NAMES = [unwrap(reader).__code__.co_name for reader in READERS]  # under what may be wrapped around them
# parse_date begins with the usual dates, which the shortcut of the first pass asks for before: that is no reading more.
PARSERS = (find_dateline, parse_date, by_dialects, readable, identity_url, is_iri_or_uuid)

# One file of every way that a header is read. The body has a dateline, and no links: those are no statements of it.
BODY = "<div><i>Wed, 12 Oct 2022 09:21:33 GMT</i></div><p>Fog over the quay, and a bell somewhere.</p>\n"
LINK = "link: https://quay.example/a"
HEADING = "[Fog](https://quay.example/a)\n------\n\n"
HEADERS = {
    "hybrid": (
        "---\ntitle: Fog\ndate: 2022-10-12T09:30:00.000Z\nfrom: http://quay.example/a\nupdated: 2022-10-13 10:00\n---\n"
        f"<!--1665567000000-->\n{HEADING}"
    ),
    "epoch-link": f"<!--1665567000000-->\n{HEADING}",
    "with an id": "---\ntitle: Rope\nguid: tag:quay.example,2022:a\ndate: Wed, 12 Oct 2022 10:00:00 GMT\n---\n",
    "dateline only": f"---\ntitle: Buoy\n{LINK}\ndate: after the tide\n---\n",
    "yaml": f"---\ntitle: Gull\n{LINK}\ndate: &d 2022-10-12\ncover:\n  image: a.png\n---\n",
    "recovered": f"---\ntitle: @Quay: news\n{LINK}\ndate: 2022-10-12 08:00\n---\n",
    "two links": f"---\ntitle: Crab\ndate: 2022-10-12 07:00\n{LINK}\nurl: https://other.example/a\n---\n",
    "toml": '+++\ntitle = "Eel"\ndate = 2022-10-12T06:00:00Z\nurl = "https://quay.example/e"\n+++\n',
    "json": '{\n"title": "Net",\n"date": "2022-10-12 05:00",\n"link": "https://quay.example/n"\n}\n\n',
    "key-value lines": "Title: Mast\nDate: 2022-10-12 04:00\nLink: https://quay.example/m\n\n",
    "comment fields": ".. title: Sail\n.. slug: sail\n.. date: 2022-10-12 03:00:00 UTC\n.. link: https://quay.example/s\n\n",
    "first heading": "# [Oar](https://quay.example/o)\n\n2022-10-12\n\n",
}
# Of files that hold whole records the body is no rest of the file.
ITEM = "<title>Fog</title><link>https://quay.example/f</link><pubDate>Wed, 12 Oct 2022 09:00:00 GMT</pubDate>"
WHOLE = {
    "feed": f"<rss version='2.0'><channel><item>{ITEM}<description>A bell.</description></item></channel></rss>",
    "records": '[{"title": "Fog", "url": "https://quay.example/f", "date": "2022-10-12 09:00", "text": "A bell."}]',
}
FILES = {name: header + BODY for name, header in HEADERS.items()} | WHOLE


@contextmanager
def counted(functions: tuple[Callable[..., object], ...]) -> Iterator[Counter[tuple[str, str]]]:
    """Count the calls of some functions by their first argument, however they are imported."""
    names = {function.__code__: function.__name__ for function in map(unwrap, functions)}
    calls: Counter[tuple[str, str]] = Counter()

    def profile(frame: FrameType, event: str, _: object) -> None:
        if event == "call" and frame.f_code in names:
            calls[names[frame.f_code], str(frame.f_locals[frame.f_code.co_varnames[0]])] += 1

    sys.setprofile(profile)
    try:
        yield calls
    finally:
        sys.setprofile(None)


@pytest.mark.parametrize("name", FILES)
def test_a_file_that_goes_out_is_read_and_parsed_twice(tmp_path: Path, name: str) -> None:
    (tmp_path / "a.md").write_text(FILES[name], encoding="utf-8")
    options = Options(paths=(str(tmp_path),), workers=1)
    with counted((*READERS, *PARSERS)) as calls:
        report = build(options, NOW)
    assert report.totals.out == 1
    assert {"read", "find_dateline"} <= {name for name, _ in calls}  # or nothing was counted
    assert {call: count for call, count in calls.items() if count > 2} == {}
    times = Counter(name for name, _ in calls.elements())
    assert {name: times[name] for name in NAMES if times[name] > 2} == {}  # whatever they are given


def site_of_all(folder: Path) -> Options:
    """Write every file, each an article of its own, and return the options of a site with many feeds."""
    (folder / "in").mkdir()
    for number, text in enumerate(FILES.values()):
        own = text.replace("quay.example/", f"quay.example/{number}/").replace("Fog", f"Fog {number}")
        (folder / "in" / f"{number}.md").write_text(own, encoding="utf-8")
    return Options(
        paths=(str(folder / "in"),),
        site=str(folder / "site"),
        feeds=("author", "category", "language", "outlet"),
        min_articles=1,
        named_feeds={"fog": NamedFeed(match=(re.compile("Fog"),)), "quay": NamedFeed(outlet=("The Quay",))},
        sources={"quay.example": SiteOptions(title="The Quay")},
        workers=1,
    )


def test_a_site_reads_as_often_as_a_feed_however_many_documents_hold_an_article(tmp_path: Path) -> None:
    options = site_of_all(tmp_path)
    writers = [output.entry for output in load_outputs().values()]
    with counted((*READERS, open_body, *writers)) as calls:
        done = publish(options, NOW)
    assert done.report.totals.out == done.report.totals.files_found == len(FILES)
    assert {"outlet/the-quay/feed.xml", "feeds/fog/feed.xml", "feeds/quay/feed.xml"} <= {*done.written}
    times = Counter(name for name, _ in calls.elements())
    made_once = {"open_body": len(FILES), "serialise": len(writers) * len(FILES)}  # once a format
    assert {name: times[name] for name in ("read", *made_once)} == {"read": 2 * len(FILES), **made_once}
    assert {call: count for call, count in calls.items() if count > 2 and call[0] != "serialise"} == {}


def test_a_site_that_would_be_the_same_is_not_made_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    clock = time.time_ns
    monkeypatch.setattr(time, "time_ns", lambda: clock() + 10_000_000_000)  # what was just written is not trusted
    options = replace(site_of_all(tmp_path), index=str(tmp_path / "index"))
    first = publish(options, NOW)
    with counted((*READERS, unpack_entry, render)) as calls:
        again = publish(options, NOW)
    assert calls == {}
    assert (again.written, again.removed, again.report.changed) == ((), (), False)
    assert (again.report.totals, again.report.problems, again.files) == (
        *(first.report.totals, first.report.problems),
        len(first.written),
    )
