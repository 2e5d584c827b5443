"""Whatever is in a dump: no exception from any stage, and what comes out keeps its promises.

Every target runs briefly here, on the same examples each time. With REFEED_FUZZ=MINUTES each runs that long with fresh
ones, and says how many it tried: `REFEED_FUZZ=10 pytest -s tests/test_fuzz.py -k dates`. What is found becomes a case.
"""

import os
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final
from unicodedata import category

import pytest
from atom_rules import broken_rules, relaxng_errors
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from strategies import ADDRESSES, BODIES, DATE_TEXTS, DUMPS, ENCODED, HEADER_LINES, SEAMS, TREES, mutated

import refeed
from refeed.cache.sqlite_store import CacheStore
from refeed.clean.body import Body, clean_body
from refeed.dates import EARLIEST, Hints, NotADate, parse_date, path_date
from refeed.dates.dateline import find_dateline
from refeed.formats import detect, load_formats
from refeed.formats.headers.json import read_json
from refeed.formats.headers.key_value_lines import read_lines
from refeed.formats.headers.toml import read_toml
from refeed.formats.headers.yaml.guarded import read_yaml
from refeed.formats.headers.yaml.recovery import recover
from refeed.formats.headers.yaml.strict import read_strict
from refeed.html.sanitise import sanitise
from refeed.input.encoding import decode
from refeed.input.file_types import why_unclaimed
from refeed.input.read import read
from refeed.limits import DEFAULT_LIMITS
from refeed.model import Document, RawRecord, SourceFile
from refeed.options import Options
from refeed.problem_kinds import CODES
from refeed.problems import Problem
from refeed.records.context import context_for
from refeed.records.identity import SelfDescription, identify, identity_url, is_iri_or_uuid
from refeed.records.quick import quick_key
from refeed.records.scan_result import FileNotes, ScanResult, from_bytes
from refeed.text.plain import legal, plain
from refeed.urls import host, readable, resolve
from refeed.vocabulary.fields import Fields

NOW: Final = datetime(2026, 11, 20, tzinfo=UTC)
MINUTES: Final = float(os.environ.get("REFEED_FUZZ") or 0)
DEPTH: Final = DEFAULT_LIMITS.max_header_depth
FEW: Final = MappingProxyType({"builds": 20, "indexes": 5})  # of the others 30

BYTES: Final = mutated() | mutated() | ENCODED | st.binary(max_size=300)
TEXTS: Final = BYTES.map(lambda data: data.decode("utf-8", "surrogateescape"))
HEADERS: Final = mutated(
    st.lists(st.sampled_from(HEADER_LINES), max_size=8).map(lambda lines: "\n".join(lines).encode() + b"\n")
).map(lambda data: data.decode("utf-8", "replace").replace("\r\n", "\n").replace("\r", "\n"))
BODY_TEXTS: Final = mutated(BODIES.map(lambda text: text.encode("utf-8", "replace"))).map(
    lambda data: data.decode("utf-8", "replace")
)


def variants(texts: tuple[str, ...]) -> st.SearchStrategy[str]:
    return mutated(st.sampled_from(texts).map(str.encode)).map(lambda data: data.decode("utf-8", "surrogateescape"))


def read_and_settle(data: bytes) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "a.md"
        path.write_bytes(data)
        document = read(SourceFile(str(path), "a.md"))
    if isinstance(document, Problem):
        assert document.code in CODES
        return
    found = decode(document)
    assert (found.document is None) <= (found.problem is not None)
    if found.document:
        text = found.document.data.decode()
        assert "\r" not in text
        assert why_unclaimed(found.document).code in CODES


def settled(data: bytes) -> Document:
    text = data.decode("utf-8", "replace").replace("\r\n", "\n").replace("\r", "\n")
    name = "a.ipynb" if text.startswith('{"cells"') else "a.md"  # notebooks are told by their names, too
    return Document(SourceFile(name, name), text.encode(), is_utf8=True)


def parse(data: bytes) -> None:
    document = settled(data)
    detect(document)
    for format_ in load_formats().values():
        raw_records = list(format_.parse(document))
        spans = [raw.span for raw in raw_records if isinstance(raw, RawRecord)]
        assert all(0 <= start <= end <= len(document.data) for start, end in spans)
        assert all(one[1] <= two[0] for one, two in pairwise(spans))
    quick_key(document, context_for(Options(), NOW))


def read_dates(text: str) -> None:
    for hints in (Hints(), Hints(day_first=True, zone="Asia/Shanghai"), Hints(latest=NOW)):
        dated = parse_date(text, hints)
        if not isinstance(dated, NotADate):
            assert dated.value.tzinfo is UTC
            assert dated.value >= EARLIEST
            assert hints.latest is None or dated.value <= hints.latest
    path_date(text)
    find_dateline(text)
    find_dateline(f"<div><i>{text}</i></div><p>Text.")


def is_plain(value: object) -> bool:
    if isinstance(value, dict):
        return all(isinstance(key, str) and is_plain(item) for key, item in value.items())
    return all(map(is_plain, value)) if isinstance(value, list) else isinstance(value, str)


def read_headers(text: str) -> None:
    strict = read_strict(text)
    yaml = read_yaml(text, DEPTH)
    assert strict is None or yaml == Fields(strict)
    values: list[Any] = [strict or {}, yaml.values if isinstance(yaml, Fields) else {}]
    for fields in (recover(text), read_toml(text, DEPTH), read_lines(text)):
        values.append(fields.values)
        assert all(1 <= problem.line <= text.count("\n") + 1 for problem in fields.problems)
    found = read_json(text, DEPTH)
    values.append(found[0] if found else {})
    assert all(map(is_plain, values))


def write_addresses(text: str) -> None:
    for found in (readable(text), resolve(text, None), resolve(text, "https://x.example/a/b")):
        if found is not None:
            assert found.isascii()
            assert found.startswith(("http://", "https://"))
            assert readable(found) == found
            assert host(found)
    assert identity_url(identity_url(text)) == identity_url(text)


def give_identities(text: str) -> None:
    described = SelfDescription(
        ids=(text,), permalink=text, slug=text, title=text, dates=(text,), language=text, outlet=text, file=text
    )
    found = identify(described)
    assert len(found.digest) == 16
    assert is_iri_or_uuid(found.id) == found.id
    assert identify(SelfDescription(address=identity_url(text))).stated is None


def clean(text: str) -> None:
    for markdown in (False, True):
        cleaned = clean_body(Body(text, markdown, "Harbour", "https://x.example/1", None, ()))
        assert sanitise(cleaned.content) == cleaned.content
        assert legal(cleaned.content) == cleaned.content
        assert "<script" not in cleaned.content
    # Neither a control character nor a lone surrogate; one of private use means nothing, and does nothing.
    assert not {"Cc", "Cs"} & {category(character) for character in plain(text)}


def build_in(folder: Path, **choices: Any) -> tuple[object, ...]:
    try:
        report = refeed.build([folder], options=Options(**choices), now=NOW)
    except refeed.NothingToBuildError as error:
        return (str(error), error.report.totals)
    assert report.totals.add_up
    assert not report.failed_inside, [str(problem) for problem in report.problems]
    assert broken_rules(report.feed) + relaxng_errors(report.feed) == []
    return (report.feed, report.problems, report.totals)


def build(files: dict[str, bytes]) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for path, data in files.items():
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            (folder / path).write_bytes(data)
        build_in(folder, undated="last", stubs="summary")


def decode_results(data: bytes) -> None:
    """Read back what was written; a row of the index has a checksum, so that nothing else is decoded."""
    told = (Problem("no-date", data.decode("utf-8", "replace"), line=1),)
    result = ScanResult(bytes([2, 1]), b"", {1: FileNotes(problems=told)})
    assert from_bytes(result.to_bytes(), float("inf")) == result


def use_a_damaged_index(damage: tuple[bytes, float, bool]) -> None:
    inserted, origin, is_cut = damage
    with tempfile.TemporaryDirectory() as name:
        folder, path = Path(name) / "in", Path(name) / "index"
        folder.mkdir()
        for number in range(3):
            text = f"---\ntitle: Note {number}\ndate: 2020-05-0{number + 1}\n---\n\n<p>Text enough.</p>\n"
            (folder / f"{number}.md").write_text(text)
            os.utime(folder / f"{number}.md", (1_600_000_000, 1_600_000_000))
        cold = build_in(folder, index=str(path))
        data = path.read_bytes()
        at = int(origin * len(data))
        path.write_bytes(data[:at] + inserted + (b"" if is_cut else data[at + len(inserted) :]))
        assert build_in(folder, index=str(path)) == cold
        CacheStore(str(path)).close()


TARGETS: Final[MappingProxyType[str, tuple[st.SearchStrategy[Any], Callable[[Any], None]]]] = MappingProxyType(
    {
        "addresses": (variants(ADDRESSES), write_addresses),
        "bodies": (BODY_TEXTS | TEXTS, clean),
        "builds": (TREES | st.dictionaries(st.sampled_from(("a.md", "b", "c/d.html")), mutated(), max_size=3), build),
        "dates": (variants(DATE_TEXTS), read_dates),
        "encodings": (BYTES, read_and_settle),
        "formats": (BYTES, parse),
        "results": (BYTES, decode_results),
        "headers": (HEADERS, read_headers),
        "identities": (variants(ADDRESSES) | TEXTS, give_identities),
        "indexes": (
            st.tuples(st.binary(min_size=1, max_size=40) | st.sampled_from(SEAMS), st.floats(0, 1), st.booleans()),
            use_a_damaged_index,
        ),
    }
)


def rounds(name: str) -> Iterator[int]:
    """Say how many examples to try, again and again while there is time."""
    if not MINUTES:
        yield FEW.get(name, 30)
        return
    end = time.monotonic() + 60 * MINUTES
    while time.monotonic() < end:
        yield 20 if name == "indexes" else 500


@pytest.mark.parametrize("name", TARGETS)
def test_whatever_is_in_a_dump(name: str) -> None:
    strategy, law = TARGETS[name]
    tried = 0

    def counted(example: Any) -> None:
        nonlocal tried
        tried += 1
        law(example)

    for examples in rounds(name):
        settings(max_examples=examples, suppress_health_check=list(HealthCheck), database=None)(
            given(strategy)(counted)
        )()
    assert tried
    if MINUTES:
        print(f"\n{name}: {tried} examples")  # noqa: T201  asked for


def test_dumps_of_every_format_are_tried() -> None:
    """The strategy makes what it says: each format claims some of its examples."""
    claimed = set[str]()

    @settings(max_examples=400, database=None, derandomize=True)
    @given(DUMPS)
    def look(text: str) -> None:
        document = settled(text.encode("utf-8", "replace"))
        chosen, _ = detect(document)
        if chosen:
            claimed.update(
                raw.format
                for raw in chosen.parse(settled(text.encode("utf-8", "replace")))
                if isinstance(raw, RawRecord)
            )

    look()
    assert claimed >= {*load_formats(), "hybrid"}
