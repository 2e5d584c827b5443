"""The right articles are found, however somebody types what they say."""

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from folders import FIXTURES

from refeed.model import Entry, SafeHtml
from refeed.pipeline.entries.packed_entry import pack_entry
from refeed.records.rows import key_mark
from refeed.search.find import Finder, Question, load_finder
from refeed.search.query import Query
from refeed.search.reader import Reader
from refeed.search.store import NewArticle, OrderKey, Store
from refeed.search.update import columns_of, stated_names

FOLDER = FIXTURES / "search"
ARTICLES = json.loads((FOLDER / "articles.json").read_text())
QUERIES = [line.split("\t") for line in (FOLDER / "queries.tsv").read_text().splitlines() if not line.startswith("#")]


def entry_of(number: int) -> Entry:
    """Return an article; each is a day older than the one before it."""
    told = ARTICLES[number]
    date = datetime(2024, 3, 12 - number, tzinfo=UTC)
    return Entry(
        id=f"urn:x:{told['key']}",
        title=told["title"],
        updated=date,
        published=date,
        url=None,
        authors=tuple(told["authors"]),
        categories=tuple(told["categories"]),
        summary="",
        content=SafeHtml(told["body"]),
        language=None,
        image=None,
        outlet=told["outlet"],
    )


@pytest.fixture(scope="module")
def finder(tmp_path_factory: pytest.TempPathFactory) -> Finder:
    """Keep all articles."""
    path = str(tmp_path_factory.mktemp("search") / "words")
    store = Store(path, "these settings")
    with store.writing():
        for entry in map(entry_of, range(len(ARTICLES))):
            order = OrderKey(entry.updated.timestamp(), 0)
            article = NewArticle(key_mark(entry.id), b"", order, 0, stated_names(entry), pack_entry(entry))
            store.add_words(store.add(article), columns_of(article.entry))
    store.close()
    return load_finder(Reader(path, "these settings"))


def keys(finder: Finder, question: Question) -> list[str]:
    return [entry.id.rpartition(":")[2] for entry in finder.entries(finder.find(question).numbers)]


@pytest.mark.parametrize(("typed", "expected", "why"), QUERIES, ids=[row[0] for row in QUERIES])
def test_the_right_articles_are_found(finder: Finder, typed: str, expected: str, why: str) -> None:
    query = Query(typed)
    found = keys(finder, Question(query, {})) if query else []
    assert sorted(found) == sorted(expected.split()), why


def test_the_newest_come_first_or_the_best(finder: Finder) -> None:
    assert keys(finder, Question(Query("keeper"), {})) == ["lamp"]
    assert keys(finder, Question(Query("galley"), {})) == ["soup", "empty"]
    assert keys(finder, Question(Query("galley"), {}, by_rank=True)) == ["empty", "soup"]  # the shorter one
    assert keys(finder, Question(Query("lighthouse OR"), {})) == []  # a word like any other


def test_articles_are_counted_by_what_they_have_in_common(finder: Finder) -> None:
    found = finder.find(Question(Query("a"), {}))
    whole = finder.find(Question(Query(""), {}))
    assert len(found.numbers) < len(whole.numbers) == len(ARTICLES)
    assert whole.counts["outlet"]["Quay News"] == 2
    assert whole.counts["author"]["Ada Brandt"] == 2
    assert whole.counts["month"] == {"2024-03": len(ARTICLES)}
    assert whole.counts["day"]["2024-03-12"] == 1


def test_what_is_chosen_leaves_the_others_out(finder: Finder) -> None:
    chosen = finder.find(Question(Query("noon"), {"author": "Ada Brandt"}))
    assert [entry.title for entry in finder.entries(chosen.numbers)] == ["High water at the old quay"]
    assert chosen.counts["category"] == {"tides": 1, "harbour": 1}
    assert keys(finder, Question(Query(""), {"day": "2024-03-11", "outlet": "Quay News"})) == ["lamp"]
    assert keys(finder, Question(Query(""), {"day": "2024-03-11", "outlet": "Galley"})) == []


def test_other_settings_are_shown_nothing(tmp_path: Path) -> None:
    path = str(tmp_path / "words")
    Store(path, "with drafts").close()
    assert len(load_finder(Reader(path, "these settings")).catalogue) == 0
    assert len(load_finder(Reader(str(tmp_path / "none"), "these settings")).catalogue) == 0
    assert not (tmp_path / "none").exists()
