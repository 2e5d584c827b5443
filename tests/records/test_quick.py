"""The shortcut of the first pass gives the key that the readers of everything give, or none."""

from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime, timedelta, timezone
from email.utils import format_datetime
from pathlib import Path

import pytest
from folders import FIXTURES, ROOT
from hypothesis import given
from hypothesis import strategies as st

from refeed.dates import by_dialects, fold, may_be_usual, parse_usual_date, timestamp, usual_timestamps
from refeed.formats import detect
from refeed.model import Document, RecordKey, SourceFile, Timestamp
from refeed.options import Options, SiteOptions
from refeed.problems import Problem
from refeed.records.context import Context, context_for
from refeed.records.normalise import make_key, normalise
from refeed.records.quick import quick_key, quick_keys
from refeed.records.quick_facts import facts_of
from refeed.site import Site
from refeed.vocabulary import keys

NOW = datetime(2026, 1, 1, tzinfo=UTC)
CONTEXT = context_for(Options(), NOW)
WITH_SITES = context_for(
    Options(
        sources={"a.example": SiteOptions(timezone="Asia/Shanghai"), "*.md": SiteOptions(day_first=True)},
        sites=(Site(below="", generator="Jekyll", address="https://www.a.example/"),),
    ),
    NOW,
)
CORPUS = ROOT.parent / "shared" / "corpus"  # real dumps, where the project has them beside it
FILES = sorted(path for path in FIXTURES.rglob("*") if path.is_file() and path.suffix not in {".json", ".tsv"})

# What robots write, one file of each kind: all of these take the shortcut.
USUAL = (
    (
        '---\ntitle: "Sea"\ndate: 2020-09-13T12:26:40.000Z\nfrom: https://a.example/?b\ntags: [ a ]\n---\n'
        "<!--1600000000000-->\n[海港](https://a.example/b)\n------\n\nText.\n"
    ),
    "\n---\ntitle: 'Sea'\ncategories: \n - sea\n - 海\nauthor: Pen\ndate: Sun, 13 Sep 2020 12:26:40 GMT\n---\nText.\n",
    "---\ntitle: Harbour\ndate: 2020-09-13 12:26\nid: tag:news.example,2020:1\ndraft: false\nlink: http://a.example/%e6\n---\n",
    '+++\ntitle = "Harbour"\ndate = 2020-09-13T12:26:40Z\ndraft = false\ntags = ["sea", "海"]\n+++\n\nText.\n',
    '{\n  "title": "Sea",\n  "date": "2020-09-13T12:26:40Z",\n  "draft": false,\n  "tags": [\n    "a"\n  ]\n}\n\nA\n',
    '+++\ntitle = "The \\"old\\" sea \\u2014 C:\\\\fog"\ndate = 2020-09-13T12:26:40Z\n+++\n\nText.\n',
    '{\n  "title": "\\"Sea\\"",\n  "date": "2020-09-13T12:26:40Z",\n  "url": "https:\\/\\/a.example\\/b"\n}\n\nA\n',
    "Title: Harbour\nDate: 2020-09-13 12:26\nAuthor: Pilot\nTags: a, b\n\nText.\n",
    "<!--1600000000000-->\n[海港](https://news.example/a)\n------\n\n<p>Text.\n",
    "[海港](https://news.example/a)\n------\n日期：Sun, 13 Sep 2020 12:26:40 +0000\n\n<p>Text.\n",
)

# What is put into them, or cut out of them.
PIECES = (
    *"\n -#:'\"[]{}()<>,|!&*%@`\\=~?\t",
    *("\n\n", "\n---\n", "\n+++\n", "\n------\n", "\n日期：", "\n- ", "\n - ", " #", "---\n", "+++\n", ": ", "...\n"),
    *("<!--1600000000000-->\n", "<!--NaN-->\n", "](", "\\u0041", '\\"', "\u2028", "\x85", "\u00a0", "\ufeff", "\x00"),
    *("author:", "cover:\n  image: c.jpg", "date: 2020-09-13", "false", "https://news.example/a", "layout: page"),
    *("null", "tags: [ sea ]", "title: ", "海港", "\nurl: /a\n", "\nsource: Gazette\n", "\nid: 1\n", "\nTitle: a\n"),
    *('"', ",", "}", '\n{"title": "Sea", "text": "a"}\n', '"draft": true,\n', '"items": [],\n', "jsonfeed.org"),
    *("\npublished: false\n", "\nupdated: 2021-01-01\n", "\nlink: //a.example/b\n", "\nlink: http://b.example\n"),
    "\neditor: code\ndateCreated: 2020-09-12\n",
    *(
        "\ntime: 08:30\n",
        '\ntime = "08:30"\n',
        "\nTime: 08:30\n",
        '"time": "08:30",\n',
        "\n时间: 08:30\n",
    ),  # its clock alone
    *("\nposted_at: 2020-09-13T08:00:00Z\n", "\nlastmod: 2021-01-01T08:00:00Z\n"),  # the time of a day above
)
CHANGES = st.lists(
    st.tuples(
        st.integers(0, 300),
        st.sampled_from((0, 0, 0, 1, 2, 9)),
        st.sampled_from(PIECES).map(str.encode) | st.just(b"\xba\xa3") | st.binary(max_size=2),
    ),
    max_size=4,
)
VALUES = st.sampled_from(
    (
        *("Harbour", "'Sea'", '"Sea: a \\"b\\""', "a # b", "", "null", "[a, b]", "\n - a\n - b", "https://a.example/1"),
        *(
            "/a",
            "//a.example/b",
            "2020-09-13",
            "2020-09-13 12:26:40 +0800",
            "13/09/2020",
            "1600000000",
            "true",
            "false",
        ),
        *("Sun, 13 Sep 2020 12:26:40 GMT", "2020-02-30 10:00", "2027-09-13T00:00:00Z", "draft", "Ana, Bo"),
        *("https://a.example/", "https://a.example/index.html", "7", "de", "1970-01-01"),
    )
)
KEYS = st.sampled_from(
    (
        *("title", "Title", "date", "created", "published", "pubDate", "updated", "link", "url", "permalink", "source"),
        *(
            "author",
            "id",
            "guid",
            "lang",
            "slug",
            "path",
            "tags",
            "draft",
            "status",
            "layout",
            "lastmod",
            "description",
        ),
    )
)
HEADERS = st.dictionaries(KEYS, VALUES, max_size=8).map(lambda d: "".join(f"{k}: {v}\n" for k, v in d.items()))


def document(data: bytes, name: str = "x.md") -> Document:
    return Document(SourceFile(name, name), data.replace(b"\r\n", b"\n").replace(b"\r", b"\n"))


def full_keys(read: Document, context: Context) -> list[RecordKey | str]:
    """Return what the readers of everything give: keys, and the codes of problems."""
    chosen, _ = detect(read)
    results = [] if chosen is None else list(chosen.parse(read))
    return [
        one.code if isinstance(one, Problem) else make_key(one, read, number, context)
        for number, one in enumerate(results)
    ]


def check(read: Document) -> bool:
    """Compare both ways, and return whether the short one led anywhere."""
    taken = False
    for context in (CONTEXT, WITH_SITES):
        try:
            key = quick_key(read, context)
        except UnicodeDecodeError:  # then the caller looks at the whole file, as after `parse`
            with pytest.raises(UnicodeDecodeError):
                full_keys(read, context)
        else:
            assert key is None or full_keys(read, context) == [key]
            taken = taken or key is not None
    return taken


@pytest.mark.parametrize("text", USUAL)
def test_what_robots_write_takes_the_shortcut(text: str) -> None:
    read = document(text.encode())
    assert [quick_key(read, CONTEXT)] == full_keys(read, CONTEXT)


# Each is unusual in what is looked at of all records together: a mark in the title, a home page, a day that is none,
# one to come, a month of one digit, an address with an escape that says nothing and with a way back.
UNUSUAL = (
    "---\ntitle: '[Draft] Sea'\ndate: 2020-09-13T12:26:40Z\nfrom: https://a.example/b\n---\nText.\n",
    "---\ntitle: Sea\ndate: 2020-09-13T12:26:40Z\nfrom: https://a.example/\n---\nText.\n",
    "---\ntitle: Sea\ndate: 2020-09-31T12:26:40Z\nfrom: https://a.example/b\n---\nText.\n",
    "---\ntitle: Sea\ndate: 2027-09-13T12:26:40Z\nfrom: https://a.example/b\n---\nText.\n",
    "---\ntitle: Sea\ndate: 2020-9-13 12:26\nfrom: https://a.example/b\n---\nText.\n",
    "---\ntitle: Sea\ndate: 2020-09-13T12:26:40Z\nfrom: https://a.example/b%41/../c\n---\nText.\n",
)


@pytest.mark.parametrize("context", [CONTEXT, WITH_SITES])
@pytest.mark.parametrize("unusual", [(), *((one,) for one in UNUSUAL), UNUSUAL])
def test_records_that_are_looked_at_together_have_the_keys_that_each_has(
    context: Context, unusual: tuple[str, ...]
) -> None:
    read = [document(text.encode(), f"{number}.md") for number, text in enumerate((*USUAL, *unusual, *USUAL[:3]))]
    facts = [said for one in read if (said := facts_of(one, context))]
    assert len(facts) == len(read)
    assert quick_keys(facts, context) == [quick_key(one, context) for one in read]


def test_no_records_have_no_keys() -> None:
    assert quick_keys([], CONTEXT) == []


@pytest.mark.parametrize(
    "text",
    [
        '---\ntitle: Fog\ndate: 2020-09-13\ntags: "\\u0064raft"\n---\nText.\n',
        '---\ntitle: Fog\ndate: 2020-09-13\ntags:\n- "\\u0064raft"\n---\nText.\n',
        '+++\ntitle = "Fog"\ndate = 2020-09-13\ntags = "\\u0064raft"\n+++\nText.\n',
    ],
)
def test_tags_that_are_written_with_escapes_mark_drafts(text: str) -> None:
    read = document(text.encode())
    assert quick_key(read, CONTEXT) is None  # U+0064 is d
    (key,) = full_keys(read, CONTEXT)
    assert isinstance(key, RecordKey)
    assert key.withheld
    assert key.withheld.code == "draft"


@pytest.mark.parametrize(
    ("keys", "date", "updated"),
    [
        ("publish_date: 2020-09-13\npublished_at: 2020-09-13T08:30:00Z\n", "2020-09-13T08:30:00+00:00", None),
        ("date: 2020-09-13\nposted_at: 2020-09-14T08:30:00Z\n", "2020-09-13T00:00:00+00:00", None),  # another day
        ("date: 2020-09-13\nlink: https://a.example/b\ntime: 8:30\n", "2020-09-13T08:30:00+00:00", None),
        ("date: 2020-09-13\nlink: https://a.example/b\n时间: '08:30'\n", "2020-09-13T08:30:00+00:00", None),
        ("date: 2020-09-13\nlink: https://a.example/b\ntime: 5 min\n", "2020-09-13T00:00:00+00:00", None),
        ("date: 2020-09-13T07:00:00Z\nhour: 8:30\n", "2020-09-13T07:00:00+00:00", None),
        (
            "date: 2020-09-12\nupdated: 2020-09-13\nlastmod: 2020-09-13T08:30:00Z\n",
            "2020-09-12T00:00:00+00:00",
            "2020-09-13T08:30:00+00:00",
        ),
    ],
)
def test_of_a_day_another_key_says_the_time_either_way(keys: str, date: str, updated: str | None) -> None:
    read = document(f"---\ntitle: Fog\n{keys}---\nText.\n".encode())
    check(read)
    (key,) = full_keys(read, CONTEXT)
    assert isinstance(key, RecordKey)
    assert key.date
    assert key.date.value.isoformat() == date
    assert (key.updated.value.isoformat() if key.updated else None) == updated


def test_of_a_day_the_heading_below_a_header_says_the_time() -> None:
    above = "---\ntitle: Fog\ndate: 2020-09-13\nlink: https://a.example/b\n---\n"
    read = document(f"{above}<!--1600000000000-->\n[Fog](https://a.example/b)\n------\n\nText.\n".encode())
    check(read)
    (key,) = full_keys(read, CONTEXT)
    assert isinstance(key, RecordKey)
    assert key.date
    assert key.date.value.isoformat() == "2020-09-13T12:26:40+00:00"  # of 1,600,000,000 s


def test_of_the_day_of_a_name_a_header_says_the_time() -> None:
    """Identity goes by the day of the name, as without a time: two of one title are one article."""
    named = "2020-09-13-fog.md"
    timed, plain = (document(f"---\ntitle: Fog\n{key}---\nText.\n".encode(), named) for key in ("time: 8:30\n", ""))
    check(timed)
    ((key,), (other,)) = full_keys(timed, CONTEXT), full_keys(plain, CONTEXT)
    assert isinstance(key, RecordKey)
    assert isinstance(other, RecordKey)
    assert (key.date and key.date.value.isoformat()) == "2020-09-13T08:30:00+00:00"
    assert key.identity == other.identity


@pytest.mark.parametrize("said", ["tide-and-lamp", "/tide/", "https://b.example/2"])
@pytest.mark.parametrize("link", ["", "link: https://a.example/b\n"])
def test_whatever_key_stands_beside_title_and_date_the_record_has_the_same_key_either_way(
    link: str, said: str, subtests: pytest.Subtests
) -> None:
    for name in sorted({name for field in keys.KEYS for name in keys.names_of(field)}):
        with subtests.test(name):
            check(document(f"---\ntitle: Sea\ndate: 2020-09-13\n{link}{name}: {said}\n---\nText.\n".encode()))


def as_read(path: Path) -> Document:
    return document(path.read_bytes().removeprefix(b"\xef\xbb\xbf"), path.name)


def test_fixtures_have_the_same_key_either_way(subtests: pytest.Subtests) -> None:
    for path in FILES:
        with subtests.test(path=path):
            check(as_read(path))


@pytest.mark.skipif(not CORPUS.is_dir(), reason="the real dumps are not beside the project")
def test_real_dumps_have_the_same_key_either_way() -> None:
    files = sorted(path for path in CORPUS.rglob("*") if path.is_file())
    taken = [check(document(path.read_bytes().removeprefix(b"\xef\xbb\xbf"), path.name)) for path in files]
    assert sum(taken) > len(taken) / 2  # or it is no shortcut


@given(st.sampled_from(USUAL), CHANGES)
def test_a_changed_file_has_the_same_key_either_way(text: str, changes: list[tuple[int, int, bytes]]) -> None:
    data = text.encode()
    for at, cut, piece in changes:
        data = data[:at] + piece + data[at + cut :]
    check(document(data))


@given(HEADERS, st.sampled_from((("---\n", "---\n"), ("\n---\n", "---\n\n"), ("", "\n"))))
def test_any_header_has_the_same_key_either_way(header: str, fences: tuple[str, str]) -> None:
    check(document(f"{fences[0]}{header}{fences[1]}Text.\n".encode()))


def test_key_and_metadata_agree(subtests: pytest.Subtests) -> None:
    for path in FILES:
        read = as_read(path)
        with subtests.test(path=path), suppress(UnicodeDecodeError):  # such files are decoded as a whole first
            chosen, _ = detect(read)
            raw_records = [one for one in chosen.parse(read) if not isinstance(one, Problem)] if chosen else []
            for number, raw in enumerate(raw_records):
                assert normalise(raw, read, number, CONTEXT)[0].key == make_key(raw, read, number, CONTEXT)


OFFSETS = st.integers(min_value=-12 * 60, max_value=14 * 60).map(lambda minutes: timezone(timedelta(minutes=minutes)))
SECONDS = st.datetimes(min_value=datetime(1980, 1, 2), max_value=datetime(2100, 1, 1), timezones=OFFSETS).map(  # noqa: DTZ001
    lambda moment: moment.replace(microsecond=0)
)
WRITTEN = st.sampled_from(
    (
        datetime.isoformat,
        format_datetime,
        lambda moment: format_datetime(moment.astimezone(UTC), usegmt=True),
        lambda moment: moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.000Z"),
        lambda moment: str(round(moment.timestamp() * 1000)),
    )
)


@given(SECONDS, WRITTEN, st.integers(0, 32), st.sampled_from((0, 0, 1)), st.sampled_from(("", "", *"0579 :+-TZ.,aM")))
def test_usual_dates_mean_what_the_dialects_mean(
    moment: datetime, written: Callable[[datetime], str], at: int, cut: int, piece: str
) -> None:
    text = written(moment)
    text = (text[:at] + piece + text[at + cut :]).strip()
    usual = parse_usual_date(text)
    alone = by_dialects(fold(text), CONTEXT.hints)
    assert usual is None or (may_be_usual(text) and timestamp(usual, CONTEXT.hints) == alone)
    together = usual_timestamps(["2020-09-13T12:26:40Z", text, "2020-09-13"], [CONTEXT.hints] * 3)
    assert together[0] == Timestamp(datetime(2020, 9, 13, 12, 26, 40, tzinfo=UTC), "second", "stated", "2020-09-13")
    assert together[1] == (alone if usual and isinstance(alone, Timestamp) else None)
    assert together[2] == Timestamp(datetime(2020, 9, 13, tzinfo=UTC), "day", "none", "2020-09-13")


@pytest.mark.parametrize("blanks", ["", "\n", " \n\t\n", "\f", "\n" * 300, " " * 300 + "\n"])
@pytest.mark.parametrize(
    "text",
    [
        *("<p>Fog", "<!doctype html>", "<", "Tide", "潮"),
        *("<!-- draft -->", "#draft", "**DRAFT**", "DRAFT", "[//]: # (draft)", "draft: true"),
        *("[海](https://news.example/a)\n------\n", "<!--1600000000000-->\n[海](https://news.example/a)\n------\n"),
    ],
)
@pytest.mark.parametrize("link", ["", "link: https://news.example/b\n"])
def test_what_stands_above_a_text_counts_whatever_blanks_are_before_it(blanks: str, text: str, link: str) -> None:
    check(document(f"---\ntitle: Fog\ndate: 2020-09-13\n{link}---\n{blanks}{text}\nText.\n".encode()))
