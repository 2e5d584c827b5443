"""An archive of 20,000 articles: a client of RFC 5005 collects each of them once.

To read and clean so many takes minutes: one entry is made, and the others after its pattern.
"""

from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from math import inf
from pathlib import Path
from typing import Final
from urllib.parse import urljoin

import pytest
from lxml import etree

from refeed.model import Entry, SafeHtml
from refeed.options import Options
from refeed.outputs import load_output
from refeed.pipeline.build_context import Use
from refeed.pipeline.entries.packed_entry import pack_entry
from refeed.pipeline.entries.task import BuiltEntry, EntryFacts
from refeed.pipeline.problem_log import ProblemLog
from refeed.pipeline.second_pass.made_entries import MadeEntries
from refeed.pipeline.second_pass.run import SecondPass
from refeed.publish import run
from refeed.report import Origin, Report, Totals

ATOM: Final = "{http://www.w3.org/2005/Atom}"
NEWEST: Final = datetime(2026, 5, 1, 12, tzinfo=UTC)
FIRST: Final = Entry(
    id="urn:a:00000",
    title="Tide",
    updated=NEWEST,
    published=NEWEST,
    url="https://x.example/tide",
    authors=(),
    categories=(),
    summary="",
    content=SafeHtml("<p>The tide is high.</p>"),
    language="en",
    image=None,
    outlet=None,
)
IDS: Final = [f"urn:a:{number:05}" for number in range(20_000)]


def made() -> MadeEntries:
    """Make the articles, one every 20 minutes: about 2,200 a month, so that a month has five documents."""
    entries, fragment, packed = MadeEntries(), load_output("atom").entry(FIRST), pack_entry(FIRST)
    for number, id_ in enumerate(IDS):
        when, facts = NEWEST - timedelta(minutes=20 * number), EntryFacts("en", has_link=True)
        written = fragment.replace(FIRST.id.encode(), id_.encode())
        entries.add(when, BuiltEntry(when, written, Origin(id_, f"{number}.md", 1), inf, facts, packed))
    return entries


def build_and_use(options: Options, _: datetime, use: Use, **__: object) -> Report:
    """Hand over these articles instead of building any."""
    totals = Totals(out=len(IDS))
    report = Report(totals=totals, left_out=(), entry_problems=(), written=True)
    with closing(SecondPass(made(), totals, False, ProblemLog(), ProblemLog(), frozenset())) as second:
        use.run(second, replace(options, paths=("in",)), report)
    return report


def linked(document: etree._Element, relation: str) -> str | None:
    return next((link.get("href") for link in document.iterfind(f"{ATOM}link") if link.get("rel") == relation), None)


def test_a_client_collects_every_one_of_20_000_articles_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(run, "build_and_use", build_and_use)
    run.publish(Options(paths=(str(tmp_path / "in"),), site=str(tmp_path / "site"), pages="none"), NEWEST)
    collected, documents, address = list[str](), 0, "feed.xml"
    document = etree.fromstring((tmp_path / "site" / address).read_bytes())
    while older := linked(document, "prev-archive"):
        address, documents = urljoin(address, older), documents + 1
        document = etree.fromstring((tmp_path / "site" / address).read_bytes())
        found = [one.text or "" for one in document.iterfind(f"{ATOM}entry/{ATOM}id")]
        assert 0 < len(found) <= 500
        collected += found
    assert documents == len([*(tmp_path / "site" / "archive").rglob("*.xml")])
    assert collected == IDS
