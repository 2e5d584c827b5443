"""The entries that a build keeps are those of its feed, from the index as from the dumps."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from command_line import dump
from hypothesis import given
from hypothesis import strategies as st

import refeed
from refeed.html.sanitise import sanitise
from refeed.model import Enclosure, Entry
from refeed.options import Options
from refeed.outputs import load_outputs
from refeed.pipeline.build import build, build_with_entries
from refeed.pipeline.entries.packed_entry import pack_entry, unpack_entry

NOW = datetime(2026, 11, 20, tzinfo=UTC)
TEXTS = st.text(st.characters(), max_size=20)  # surrogates, too: names of files hold them
MOMENTS = st.datetimes(timezones=st.just(UTC))
ENTRIES = st.builds(
    Entry,
    id=TEXTS,
    title=TEXTS,
    updated=MOMENTS,
    published=st.none() | MOMENTS,
    url=st.none() | TEXTS,
    authors=st.lists(TEXTS).map(tuple),
    categories=st.lists(TEXTS).map(tuple),
    summary=TEXTS,
    content=TEXTS.map(sanitise),
    language=st.none() | TEXTS,
    image=st.none() | TEXTS,
    outlet=st.none() | TEXTS,
    enclosures=st.lists(st.builds(Enclosure, TEXTS, TEXTS, st.integers(0, 2**40), TEXTS), max_size=2).map(tuple),
)


@given(ENTRIES)
def test_what_was_packed_is_unpacked(entry: Entry) -> None:
    assert unpack_entry(pack_entry(entry)) == entry


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    """Save three dumps; the last one has no text."""
    for number in range(2):
        dump(tmp_path / "in", f"{number}.md", title=f"Note {number}", date=f"2020-05-0{number + 1}T08:00:00Z")
    dump(tmp_path / "in", "stub.md", title="Stub", date="2020-05-09T08:00:00Z", body="")
    return tmp_path / "in"


@pytest.mark.parametrize("workers", [1, 2])
def test_the_entries_written_again_are_the_feed(archive: Path, workers: int) -> None:
    options = Options(paths=(str(archive),), workers=workers)
    built = build_with_entries(options, NOW)
    entries = [unpack_entry(packed) for packed in built.entries]
    assert [entry.title for entry in entries] == ["Stub", "Note 1", "Note 0"]
    assert [entry.id for entry in entries] == [origin.id for origin in built.report.origins]
    atom = load_outputs()["atom"]
    assert built.report.feed.split(b"<entry", 1)[1] == b"".join(map(atom.entry, entries)).split(b"<entry", 1)[1] + (
        b"</feed>\n"
    )
    assert built.report == build(options, NOW)


def test_the_index_gives_the_same_entries_whoever_built_before(archive: Path, tmp_path: Path) -> None:
    expected = build_with_entries(Options(paths=(str(archive),)), NOW)
    options = Options(paths=(str(archive),), index=str(tmp_path / "index"))
    build(options, NOW)  # keeps no entries
    for _ in range(2):
        assert build_with_entries(options, NOW)[:3] == expected[:3]  # but for the options, which name the index
    dump(archive, "new.md", title="New", date="2020-06-01T08:00:00Z")
    more = build_with_entries(options, NOW)  # the other entries come from the index
    assert more[:3] == build_with_entries(Options(paths=(str(archive),)), NOW)[:3]
    assert build(options, NOW) == more.report


@pytest.mark.parametrize(
    ("again", "updated"),
    [
        ("date: 2024-03-04\nlink: {}\n---\nThick.\n", "2024-01-02"),  # nothing but its date is another
        ("date: 2024-03-04\nlink: {}\ntags: [quay]\n---\n\nThick.\n", "2024-01-02"),
        ("date: 2024-03-04\nlink: {}\n---\nThick, and cold.\n", "2024-03-04"),
        ("date: 2024-03-04\nupdated: 2024-02-03\nlink: {}\n---\nThick.\n", "2024-02-03"),  # its author says so
    ],
)
def test_an_article_that_is_saved_again_is_updated_if_its_text_is_another(
    again: str, updated: str, tmp_path: Path
) -> None:
    link = "https://quay.example/fog"
    (tmp_path / "1.md").write_text(f"---\ntitle: Fog\ndate: 2024-01-02\nlink: {link}\n---\nThick.\n")
    (tmp_path / "2.md").write_text(f"---\ntitle: Fog\n{again.format(link)}")
    index = str(tmp_path / "index.db")
    for options in (Options(paths=(str(tmp_path),), index=index),) * 2:  # nothing is known, everything is
        (entry,) = refeed.entries(options, now=NOW)
        assert (f"{entry.published:%F}", f"{entry.updated:%F}") == ("2024-01-02", updated)
