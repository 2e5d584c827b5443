"""Laws of identity: of an archive whose posts share whatever they can share, no article is lost and none shown twice.

Nor is one that is edited.

Expected by construction: every article has a mark in its text, and every copy of it says which of them has to win.
"""

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import islice, product
from pathlib import Path
from typing import Final, NamedTuple
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import refeed
from refeed.records.identity import SelfDescription, identify

NOW: Final = datetime(2026, 11, 20, tzinfo=UTC)
ATOM: Final = "{http://www.w3.org/2005/Atom}"

TITLES: Final = ("Harbour notes", "港口日记")
# Two of one month, two of one day of the month, two with day and month exchanged.
DAYS: Final = ("2024-01-02", "2024-02-01", "2024-02-02")
HOME_PAGES: Final = ("", "https://tea.example/", "https://quay.example/blog/")
# How a language is said: in the header, by the file's name, by a folder; or not at all.
LANGUAGES: Final = (("", "{}.md", ""), ("lang: de\n", "{}.md", ""), ("", "{}.fr.md", ""), ("", "{}.md", "zh/"))
# What tells posts of one title, day, site and language apart; {} is the number of that combination.
NAMES: Final = (
    "date: {day}\n",
    "date: {day}T08:00:00Z\n",
    "date: {day}T18:00:00Z\n",
    "date: {day}\nslug: first-{n}\n",
    "date: {day}\nslug: second-{n}\n",
    "date: {day}\npermalink: /{n}/first/\n",
    "date: {day}\nurl: /{n}/second/\n",
)


class Post(NamedTuple):
    """One article's header, its file, and how a second dump would say the same."""

    header: str
    name: str  # with {} for a stem
    folder: str


def posts() -> Iterator[Post]:
    """Combine everything with everything: 2 titles, 3 days, 3 sites, 4 languages, 7 names."""
    for n, (title, day, home, language) in enumerate(product(TITLES, DAYS, HOME_PAGES, LANGUAGES)):
        stated, name, folder = language
        for names in NAMES:
            site = f"source: {home}\n" if home else ""
            header = f"title: {title}\n{names.format(day=day, n=n)}{site}{stated}"
            yield Post(header, name, folder)


def said_otherwise(header: str) -> str:
    """Write a header as another robot would."""
    header = header.replace("https://tea.example/", "http://Tea.example:80/index.html?utm_source=feed")
    header = header.replace("https://quay.example/blog/", "http://quay.example")
    header = header.replace("Harbour notes", "'Ｈarbour  NOTES '").replace("lang: de", "lang: DE")
    header = re.sub(r"(?m)^date: (\S+)$", lambda stated: f"date: {said_in_other_words(stated[1])}", header)
    return re.sub(r"(permalink|url): (\S+)/", r"permalink: \2", header)


def said_in_other_words(date: str) -> str:
    when = datetime.fromisoformat(date)
    return f"{when:%a, %d %b %Y %H:%M:%S} GMT" if "T" in date else f"{when:%Y/%m/%d} 00:00:00"


def write(folder: Path, number: int, post: Post) -> str:
    """Write one to three dumps of an article, and return the mark of the one that has to win."""
    mark = f"article-{number:04}"
    place = folder / "first" / post.folder
    copies = [(place, f"{number}", f"---\n{post.header}---\nText of {mark}-plain.\n")]
    if number % 3 > 0:  # longer
        header = said_otherwise(post.header)
        text = f"---\n{header}---\nText, which has become longer, of {mark}-longer.\n"
        copies.append((folder / "again" / post.folder, f"moved-{number}", text))
    if number % 3 > 1:  # shorter, and updated
        text = f"---\n{post.header}updated: 2024-06-01\n---\n{mark}-updated\n"
        copies.append((folder / "edited" / post.folder, f"{number}", text))
    for into, stem, text in copies:
        into.mkdir(parents=True, exist_ok=True)
        (into / post.name.format(stem)).write_text(text, "utf-8")
    return f"{mark}-{('plain', 'longer', 'updated')[number % 3]}"


@pytest.mark.parametrize(("workers", "count"), [(1, 504), (2, 84)])  # for more workers the posts of one title and day
def test_no_article_is_lost_and_none_is_shown_twice(tmp_path: Path, workers: int, count: int) -> None:
    expected = [write(tmp_path, number, post) for number, post in enumerate(islice(posts(), count))]
    assert len(expected) == count
    report = refeed.build(tmp_path, now=NOW, options=refeed.Options(limit=0, workers=workers))
    contents = [entry.findtext(f"{ATOM}content") or "" for entry in ET.fromstring(report.feed or b"")]  # noqa: S314
    shown = [mark for content in contents for mark in re.findall(r"article-\d{4}-\w+", content)]
    assert sorted(shown) == sorted(expected)
    assert report.totals.out == len(expected)
    assert report.totals.duplicates == sum(number % 3 for number in range(len(expected)))


def test_posts_of_a_column_are_told_apart_by_the_days_of_their_files(tmp_path: Path) -> None:
    names = ["_posts/2024-01-02-notes.md", "_posts/2024-01-09-notes.md", "2024/02/01/index.md", "2024/02/02/index.md"]
    for number, name in enumerate(names):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(f"---\ntitle: Harbour notes\n---\nText {number}.\n")
    moved = tmp_path / "old" / "2024-01-02-renamed.md"  # the same post once more: the day is all that its name says
    moved.parent.mkdir()
    moved.write_text("---\ntitle: Harbour notes\n---\nText 0.\n")
    totals = refeed.build(tmp_path, now=NOW).totals
    assert (totals.out, totals.duplicates) == (4, 1)


FACTS: Final = st.sampled_from(["", "a", "b"])
DATES: Final = st.sampled_from([(), ("2024-01-02",), ("2024-01-02T08:00:00Z",), ("2024-01-09",), ("1970-01-01",)])
RECORDS: Final = st.builds(
    SelfDescription,
    address=st.sampled_from(["", "https://tea.example/", "https://quay.example/", "https://tea.example/a"]),
    permalink=st.sampled_from(["", "/a/", "/b/"]),
    slug=FACTS,
    title=FACTS,
    dates=DATES,
    language=st.sampled_from(["", "de", "fr"]),
    outlet=FACTS,
    author=FACTS,
    file=st.sampled_from(["a.md", "b.md", "2024-01-02-a.md", "x/2024-01-09-b.md"]),
)


@given(RECORDS, RECORDS)
@settings(max_examples=500)
def test_two_records_are_one_article_only_if_nothing_that_they_say_tells_them_apart(
    one: SelfDescription, other: SelfDescription
) -> None:
    if identify(one).digest != identify(other).digest:
        return
    if "https://tea.example/a" in (one.address, other.address):
        assert one.address == other.address
        return
    assert (one.address, one.language, one.outlet, one.author) == (
        other.address,
        other.language,
        other.outlet,
        other.author,
    )
    assert one.permalink == other.permalink
    if not one.permalink:
        assert (one.slug, one.title) == (other.slug, other.title)


@given(RECORDS)
def test_what_says_the_same_is_one_article_wherever_it_lies(record: SelfDescription) -> None:
    moved = record._replace(file="elsewhere/" + record.file)
    assert identify(record) == identify(moved)


FORMATS: Final = Path(__file__).parents[2] / "fixtures" / "formats"
TEXTS: Final = frozenset(
    {".adoc", ".gmi", ".markdown", ".md", ".mdx", ".org", ".pod", ".qmd", ".rst", ".textile", ".txt"}
)
# A text without title and heading is all there is; of others the last line says where they are from.
NOTHING_ELSE: Final = frozenset({"2020-03-03_Rain-0123456789ac.md", "medium-footer.md", "missing-title.md"})


def test_a_sentence_more_moves_no_id(tmp_path: Path) -> None:
    seen, moved = 0, list[str]()
    for path in sorted(FORMATS.rglob("*")):
        if path.suffix not in TEXTS or path.name in NOTHING_ELSE:
            continue
        (file := tmp_path / path.name).write_bytes(data := path.read_bytes())
        if len(before := ids_of(file)) == 1:
            file.write_bytes(data.rstrip() + b"\n\nThe ferry sails at noon.\n")
            seen += 1
            moved += [path.name] * (ids_of(file) != before)
        file.unlink()
    assert seen > 150
    assert moved == []


def ids_of(file: Path) -> list[str]:
    """Return the ids of the articles in a file."""
    try:
        return [entry.id for entry in refeed.entries(refeed.Options(paths=(str(file),), undated="last"), now=NOW)]
    except refeed.NothingToBuildError:
        return []
