"""Articles that an archive holds in several forms: which are one, and which must stay several."""

from collections.abc import Sequence
from contextlib import closing
from datetime import UTC, datetime
from itertools import permutations
from pathlib import Path
from typing import Final

import pytest
from packing import write

import refeed
from refeed.digests import blake2b
from refeed.model import Document, RawRecord, RecordKey, SourceFile, Statement, Timestamp
from refeed.options import Options
from refeed.problems import Problem
from refeed.records.addresses.shared_addresses import marks_of
from refeed.records.forms import ADDRESSED, form_of, form_of_source, host_in, kind_of, mark_of_host, name_in
from refeed.records.identity import Identity, name_of_page
from refeed.records.rows import row
from refeed.records.selection.fold import Dates
from refeed.records.selection.select import Selected, Selection

SITE: Final = "harbour.example"
DAY: Final = "2024-03-01"
EVENING: Final = "2024-03-01T18:30"
NOWHERE: Final = Document(SourceFile("", ""), b"")


def record(
    file: str,
    date: str | None,
    *,
    title: str = "Tide",
    kind: str = "front-matter",
    link: str = "",
    host: str = "",
    text: str = "High water.",
    updated: str | None = None,
) -> tuple[str, RecordKey]:
    """Return a file and the key of its record; its identity is of its own, as if nothing tied it to the others."""
    raw = RawRecord(kind, 1, (0, 100), text, links=(Statement(link, "link"),) if link else ())
    digest = blake2b(f"{file} {link}".encode(), digest_size=16).digest()
    has_address = "://" in link
    host = link.split("/")[2] if has_address else host
    value = datetime.fromisoformat(date).replace(tzinfo=UTC) if date else None
    change = datetime.fromisoformat(updated).replace(tzinfo=UTC) if updated else None
    return file, RecordKey(
        number=0,
        line=1,
        size=100,
        identity=digest,
        stated_id=None,
        date=Timestamp(value, "minute", "assumed", value.date().isoformat()) if value else None,
        updated=Timestamp(change, "minute", "assumed", "") if change else None,
        marks=marks_of(title, name_of_page(file)),
        form=form_of(raw, NOWHERE, host, "", Identity(digest, has_address, None)),
    )


def select(records: Sequence[tuple[str, RecordKey]]) -> Selected:
    with closing(Selection(Dates())) as selection:
        for number, (_, key) in enumerate(records):
            selection.add(row(key, 0), number)
        selected = selection.fold(lambda file: records[file][0])
        articles = [*selected.newest_first()]
        return selected._replace(newest_first=lambda: iter(articles))


def going_out(records: Sequence[tuple[str, RecordKey]]) -> list[str]:
    """Return the files that go out; whatever the order in which the files were found."""
    results = set()
    for ordered in permutations(records):
        selected = select(ordered)
        out = sorted(ordered[article.winner.record.file][0] for article in selected.newest_first())
        assert selected.outcome.wanted == len(out) == len(records) - len(selected.other_forms)
        results.add(tuple(out))
    (result,) = results
    return [*result]


TEXT: Final = record("posts/2024-03-01-tide.md", EVENING)
PAGE: Final = record("site/tide.html", DAY, kind="page")
ENTRY: Final = record("feed.xml", "2024-03-01T17:30", kind="feed", link=f"https://{SITE}/2024/tide/")

ONE: Final = {
    "a text and its page": ((TEXT, PAGE), "posts/2024-03-01-tide.md"),
    "a page and its entry in a feed": ((PAGE, ENTRY), "site/tide.html"),
    "all three": ((TEXT, PAGE, ENTRY), "posts/2024-03-01-tide.md"),
    "a notebook and what was made of it": ((record("tide.ipynb", EVENING, kind="notebook"), TEXT), TEXT[0]),
    "a feed of the day before in UTC": (
        (PAGE, record("feed.xml", "2024-02-29T23:00", kind="feed", link=f"https://{SITE}/tide.html")),
        "site/tide.html",
    ),
    "the marks of a keyboard, and letters": (
        (
            record("a/tide.md", DAY, title='The harbour\'s "tide"...'),
            record("b/tide.html", DAY, title="The Harbour’s “Tide”…", kind="page"),
        ),
        "a/tide.md",
    ),
    "a text of the site that the feed is of": ((record("tide.md", EVENING, host=SITE), ENTRY), "tide.md"),
    "an entry dated by the update": (
        (
            record("tide.md", DAY, host=SITE, updated=EVENING.replace("-01T", "-09T")),
            record("atom.xml", EVENING.replace("-01T", "-09T"), kind="feed", link=f"https://{SITE}/2024/tide/"),
        ),
        "tide.md",
    ),
    "a page dated by the update": (
        (
            record("tide.md", DAY, updated=EVENING.replace("-01T", "-09T")),
            record("public/tide/index.html", EVENING.replace("-01T", "-09T"), kind="page"),
        ),
        "tide.md",
    ),
    "a page in a folder of the same language": (
        (record("english/tide.md", DAY), record("public/english/tide/index.html", DAY, kind="page")),
        "english/tide.md",
    ),
    "a subject that is called as a language is": (
        (record("posts/tide.md", DAY), record("public/english/tide/index.html", DAY, kind="page")),
        "posts/tide.md",
    ),
    "a text that states its address, and its page": (
        (record("tide.md", EVENING, link=f"https://{SITE}/2024/tide/"), PAGE),
        "tide.md",
    ),
    "an entry with the path of its page only": (
        (TEXT, record("feed.xml", EVENING, kind="feed", link="/2024/tide/")),
        TEXT[0],
    ),
}

SEVERAL: Final = {
    "two texts": (TEXT, record("drafts/tide.md", EVENING)),
    "two pages": (PAGE, record("old/tide.html", DAY, kind="page")),
    "another title": (TEXT, record("tide.html", DAY, title="Ebb", kind="page")),
    "another name": (TEXT, record("ebb.html", DAY, kind="page")),
    "no title": (record("tide.md", DAY, title=""), record("tide.html", DAY, title="", kind="page")),
    "no name": (TEXT, record("feed.xml", EVENING, kind="feed", link=f"https://{SITE}/?p=7")),
    "a day later": (TEXT, record("tide.html", "2024-03-03", kind="page")),
    "days side by side": (record("tide.md", DAY), record("tide.html", "2024-03-02", kind="page")),
    "another time of that day": (TEXT, record("tide.html", "2024-03-01T18:37", kind="page")),
    "the same time of the next day": (TEXT, record("tide.html", "2024-03-02T18:30", kind="page")),
    "no date": (TEXT, record("tide.html", None, kind="page")),
    "a translation": (TEXT, record("de/tide.html", DAY, kind="page")),
    "a translation by the names of languages": (
        record("english/tide.md", DAY),
        record("Deutsch/tide.html", DAY, kind="page"),
    ),
    "one in another script": (record("中文/tide.md", DAY), record("日本語/tide.html", DAY, kind="page")),
    "a text that says nothing": (record("tide.md", EVENING, text=" \n"), PAGE),
    "another update": (
        record("tide.md", DAY, host=SITE, updated="2024-03-09T18:30:01"),
        record("atom.xml", "2024-03-09T18:30", kind="feed", link=f"https://{SITE}/2024/tide/"),
    ),
    "an entry of the day of an update": (
        record("tide.md", DAY, host=SITE, updated="2024-03-09"),
        record("atom.xml", "2024-03-09", kind="feed", link=f"https://{SITE}/2024/tide/"),
    ),
    "another site": (record("tide.md", EVENING, host="pier.example"), ENTRY),
    "two addresses": (record("tide.md", EVENING, link="https://pier.example/tide"), ENTRY),
    # Which of the two texts is the page's nobody can tell.
    "a column with one title": (TEXT, record("posts/2024-03-02-tide.md", "2024-03-02T08:00"), PAGE),
}


@pytest.mark.parametrize("name", ONE)
def test_forms_of_one_article_are_one(name: str) -> None:
    records, winner = ONE[name]
    assert going_out(records) == [winner]


@pytest.mark.parametrize("name", SEVERAL)
def test_what_may_be_several_articles_stays_several(name: str) -> None:
    assert going_out(SEVERAL[name]) == sorted(file for file, _ in SEVERAL[name])


def test_an_entry_of_the_time_of_an_update_may_be_of_a_post_of_that_time() -> None:
    later = "2024-03-09T18:30"
    first, second = record("a/tide.md", DAY, host=SITE, updated=later), record("b/tide.md", later, host=SITE)
    entry = record("atom.xml", later, kind="feed", link=f"https://{SITE}/2024/tide/")
    assert going_out((first, second, entry)) == ["a/tide.md", "b/tide.md"]
    told = select((first, second, entry)).other_forms
    assert [(one.record.file, one.winning.file) for one in told] == [(2, 1)]  # by the order in which they are given


def test_posts_of_a_weekly_column_find_their_own_pages() -> None:
    days = ["2024-03-01", "2024-03-08"]
    texts = [record(f"posts/{day}-links.md", day, title="Links") for day in days]
    pages = [record(f"site/{day}/links/index.html", day, title="Links", kind="page") for day in days]
    records = [*texts, *pages]
    assert going_out(records) == ["posts/2024-03-01-links.md", "posts/2024-03-08-links.md"]


def test_the_form_with_an_address_is_remembered_for_an_article_without() -> None:
    selected = select([TEXT, PAGE, ENTRY])
    assert [(one.record.file, one.winning.file) for one in selected.other_forms] == [(1, 0), (2, 0)]
    assert {identity: form.record.file for identity, form in selected.addresses.items()} == {TEXT[1].identity: 2}


def test_records_that_are_folded_in_parts_give_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    records = [record(f"posts/{n}-tide.md", f"2024-03-{n:02}", title=f"Tide {n}") for n in range(1, 25)]
    records += [record(f"site/{n}-tide.html", f"2024-03-{n:02}", title=f"Tide {n}", kind="page") for n in range(9, 28)]
    whole = select(records)
    for name in ("select._WHOLE", "select._PART", "merged_parts._PIECE"):
        monkeypatch.setattr(f"refeed.records.selection.{name}", 7)
    divided = select(records)
    assert [*divided.newest_first()] == [*whole.newest_first()]
    assert (divided.other_forms, divided.addresses) == (whole.other_forms, whole.addresses)
    assert (len(whole.other_forms), whole.outcome.wanted, divided.outcome) == (16, 27, whole.outcome)


def hidden(one: tuple[str, RecordKey], *, updated: str | None = None) -> tuple[str, RecordKey]:
    """Return a record as one that its author withholds."""
    file, key = one
    return file, update(key._replace(withheld=Problem("draft", "draft: true")), updated)


def update(key: RecordKey, when: str | None) -> RecordKey:
    value = datetime.fromisoformat(when).replace(tzinfo=UTC) if when else None
    return key._replace(updated=Timestamp(value, "minute", "assumed", value.isoformat()) if value else None)


NEXT_YEAR: Final = "2025-01-01T08:00"
NEWER_PAGE: Final = (PAGE[0], update(PAGE[1], NEXT_YEAR))
FEED: Final = [
    record("feed.xml", EVENING, title=title, kind="feed", link=f"https://{SITE}/{title.lower()}/")
    for title in ("Quay", "Fog")
]

WITHDRAWN: Final = {
    "a page": (hidden(TEXT), PAGE),
    "an entry of a feed with an address": (hidden(TEXT), ENTRY),
    "both": (hidden(TEXT), PAGE, ENTRY),
    "a text, by its page": (TEXT, hidden(PAGE)),
    "a page, by its text with an address": (
        hidden(record("tide.md", EVENING, link=f"https://{SITE}/2024/tide/")),
        PAGE,
    ),
    "what says that it was changed on the day that the draft is of": (
        hidden(record("tide.md", DAY)),
        (PAGE[0], update(PAGE[1], "2024-03-01T19:07")),
    ),
    "what is older than the draft": (hidden(TEXT, updated="2025-06-01T08:00"), NEWER_PAGE),
    "two states of the draft": (hidden(TEXT), hidden((f"old/{TEXT[0]}", TEXT[1])), PAGE),
}

NOT_WITHDRAWN: Final = {
    "an update after the draft": (hidden(TEXT), NEWER_PAGE),
    "another text": (hidden(TEXT), record("notes/tide.md", EVENING)),
    "another title": (hidden(TEXT), record("tide.html", DAY, title="Ebb", kind="page")),
    "another day": (hidden(TEXT), record("tide.html", "2024-03-04", kind="page")),
    "a translation": (hidden(TEXT), record("de/tide.html", DAY, kind="page")),
    "another site": (hidden(record("tide.md", EVENING, host="pier.example")), ENTRY),
    "another address": (hidden(record("tide.md", EVENING, link="https://pier.example/tide")), ENTRY),
    "a draft without a date": (hidden(record("tide.md", None)), PAGE),
    # Which of the two texts is the page's nobody can tell.
    "a column with one title": (
        hidden(TEXT),
        record("posts/2024-03-02-tide.md", "2024-03-02T14:00"),
        record("site/tide.html", "2024-03-01T18:40", kind="page"),
    ),
}


@pytest.mark.parametrize("name", WITHDRAWN)
def test_what_is_withheld_withdraws_its_other_forms(name: str) -> None:
    for records in permutations(WITHDRAWN[name]):
        selected = select(records)
        others = [key for _, key in records if not key.withheld]
        assert (selected.outcome.wanted, [*selected.newest_first()], dict(selected.addresses)) == (0, [], {})
        assert [one.record.file for one in selected.other_forms] == [
            number for number, (_, key) in enumerate(records) if not key.withheld
        ]
        assert all(selected.is_withdrawn(key.identity) for key in others)


@pytest.mark.parametrize("name", NOT_WITHDRAWN)
def test_what_may_be_another_article_than_the_draft_goes_out(name: str) -> None:
    for records in permutations(NOT_WITHDRAWN[name]):
        selected = select(records)
        shown = {number for number, (_, key) in enumerate(records) if not key.withheld}
        assert {article.winner.record.file for article in selected.newest_first()} == shown
        assert (selected.outcome.wanted, selected.outcome.withdrawn) == (
            len(shown),
            {key.identity for _, key in records if key.withheld},
        )


def test_a_draft_withdraws_one_entry_of_a_feed_and_no_other() -> None:
    selected = select([hidden(TEXT), ENTRY, *FEED])
    assert sorted(one.winner.record.file for one in selected.newest_first()) == [2, 3]


def test_a_draft_that_a_newer_copy_publishes_withdraws_no_form() -> None:
    newer = ("new/tide.md", update(TEXT[1], NEXT_YEAR))
    for records in permutations([hidden(TEXT), newer, PAGE]):
        selected = select(records)
        (article,) = selected.newest_first()
        assert records[article.winner.record.file][0] == "new/tide.md"
        assert not selected.outcome.withdrawn


def test_drafts_that_are_folded_in_parts_withdraw_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    texts = [record(f"posts/{n}-tide.md", f"2024-03-{n:02}", title=f"Tide {n}") for n in range(1, 25)]
    records = [hidden(text) if n % 3 else text for n, text in enumerate(texts)]
    records += [record(f"site/{n}-tide.html", f"2024-03-{n:02}", title=f"Tide {n}", kind="page") for n in range(9, 28)]
    whole = select(records)
    for name in ("select._WHOLE", "select._PART", "merged_parts._PIECE"):
        monkeypatch.setattr(f"refeed.records.selection.{name}", 7)
    divided = select(records)
    assert [*divided.newest_first()] == [*whole.newest_first()]
    assert (divided.other_forms, divided.outcome) == (whole.other_forms, whole.outcome)
    # Of 24 texts 16 are drafts; of 19 pages 16 have a text, and three have none.
    assert (len(whole.other_forms), whole.outcome.wanted) == (16, 8 + 3)


@pytest.mark.parametrize(
    ("address", "name"),
    [
        ("https://harbour.example/2024/03/01/low-tide/", "low-tide"),
        ("https://harbour.example/posts/2024-03-01-low-tide.html?from=feed#top", "low-tide"),
        ("/blog/low%20tide", "low tide"),
        ("//harbour.example/a/index.html", "a"),
        ("https://harbour.example", ""),
        ("https://harbour.example/?p=12", ""),
    ],
)
def test_the_name_of_the_page_at_an_address(address: str, name: str) -> None:
    assert name_in(address) == name


def test_a_form_says_kind_address_and_host() -> None:
    raw = RawRecord("feed", 1, (0, 100), (0, 100), links=(Statement("https://harbour.example/tide", "link"),))
    form = form_of(raw, NOWHERE, SITE, "", Identity(b"", True, None))
    assert (kind_of(form), bool(form & ADDRESSED), host_in(form)) == (kind_of(ENTRY[1].form), True, mark_of_host(SITE))
    assert host_in(form_of_source("", "localhost")) == 0  # a preview is published nowhere


def test_a_header_without_a_text_takes_no_text_away(tmp_path: Path) -> None:
    header = b"---\ntitle: Tide\ndate: 2024-03-01\n---\n"
    item = (
        "<item><title>Tide</title><link>https://harbour.example/tide/</link>"
        "<pubDate>Fri, 01 Mar 2024 18:30:00 GMT</pubDate><description>High water.</description></item>"
    )
    feed = f'<rss version="2.0"><channel><title>Harbour</title>{item}</channel></rss>'.encode()
    folder = write(tmp_path, {"posts/tide.md": header, "feed.xml": feed})
    entries = refeed.entries(Options(paths=(str(folder),)), now=datetime(2026, 11, 20, tzinfo=UTC))
    assert "<p>High water.</p>" in [entry.content for entry in entries]
    write(tmp_path, {"posts/tide.md": header + b"Low water.\n"})
    entries = refeed.entries(Options(paths=(str(folder),)), now=datetime(2026, 11, 20, tzinfo=UTC))
    assert [entry.content for entry in entries] == ["<p>Low water.</p>"]


def test_a_feed_of_somebody_else_is_none_of_ones_own_texts() -> None:
    """Title, name and day of one of its articles may be the same by chance; of two they are not."""
    text, other = record("posts/links.md", DAY, title="Links"), record("posts/tide.md", EVENING)
    feed = [
        record("feed.xml", EVENING, title=title, kind="feed", link=f"https://{SITE}/{title.lower()}/")
        for title in ("Links", "Quay", "Fog")
    ]
    assert len(going_out([text, *feed])) == 4
    assert len(going_out([text, feed[0]])) == 1  # nothing else of that host says whose it is
    assert len(going_out([text, other, *feed[:2], ENTRY])) == 3
