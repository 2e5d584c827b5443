"""Which of several dates of a header counts, and when it is told that they differ."""

from datetime import UTC, datetime

import pytest

from refeed.dates import Hints
from refeed.formats.headers.statements import statements
from refeed.model import RawRecord, Statement
from refeed.options import SiteOptions
from refeed.records.date_evidence import header_date, stated_update
from refeed.vocabulary.fields import Value, key_name
from refeed.vocabulary.keys import names_of

PUBLISHED = Statement("2020-03-02T09:00:00Z", "record: published_at")


@pytest.mark.parametrize(
    ("second", "codes"),
    [
        (Statement("2020-02-01T09:00:00Z", "record: created_at"), []),  # it lay in a drawer for a month
        (Statement("2022-02-01T09:00:00Z", "front matter: dateCreated"), []),  # it was moved to another database
        (Statement("2020-02-01T09:00:00Z", "front matter: date"), ["date-conflict"]),
        (Statement("2020-03-02T09:00:30Z", "front matter: date"), []),  # less than a minute
    ],
)
def test_when_a_text_was_begun_says_nothing_against_when_it_was_published(second: Statement, codes: list[str]) -> None:
    record = RawRecord(format="records", line=1, span=(0, 0), body="", dates=(PUBLISHED, second))
    found = header_date(record, Hints(), SiteOptions())
    assert found.origin == PUBLISHED.origin
    assert [problem.code for problem in found.problems] == codes


def test_two_dates_of_which_each_tells_when_a_text_was_begun_are_told() -> None:
    dates = (
        Statement("2020-02-01T08:00:00Z", "record: created"),
        Statement("2020-02-03T08:00:00Z", "record: created_at"),
    )
    record = RawRecord(format="records", line=1, span=(0, 0), body="", dates=dates)
    assert [problem.code for problem in header_date(record, Hints(), SiteOptions()).problems] == ["date-conflict"]


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        # A form for a day, and the moment at which a button was pressed: both say when it went out.
        ("publish_date: 2024-05-01", "published_at: 2024-05-01T09:30:00Z", "2024-05-01T09:30:00Z second"),
        ("date: 2024/05/01", "posted: May 1, 2024 9:30 am", "2024-05-01T09:30:00Z minute"),
        # The day as it is written there; in UTC it is still the evening before.
        ("date: 2024-05-01", "published_at: 2024-05-01T06:30:00+08:00", "2024-04-30T22:30:00Z second"),
        ("date: 2024-05-01", "published_at: 2024-05-02T09:30:00Z", "2024-05-01T00:00:00Z day"),  # another day
        ("date: 2024-05-01T08:00:00Z", "published_at: 2024-05-01T09:30:00Z", "2024-05-01T08:00:00Z second"),
        # When the text was begun is another event than when it went out.
        ("date: 2024-05-01", "created: 2024-05-01T09:30:00Z", "2024-05-01T00:00:00Z day"),
        ("created: 2024-05-01", "created_at: 2024-05-01T09:30:00Z", "2024-05-01T09:30:00Z second"),
        # Midnight of a program's own zone says no more than the day, and would move it to the day before.
        ("date: 2024-05-01", "published_at: 2024-05-01T00:00:00+08:00", "2024-05-01T00:00:00Z day"),
        ("date: 2024-05-01", "published_at: 2024-05-01 00:00", "2024-05-01T00:00:00Z day"),
        ("date: 2024-05-01", "published_at: 2024-05-01T00:00:07Z", "2024-05-01T00:00:07Z second"),
        ("date: 2024-05-01", "published_at: 2024-05-01T10:00:00Z", "2024-05-01T10:00:00Z second"),
    ],
)
def test_of_a_day_a_weaker_statement_of_the_same_event_may_say_the_time(first: str, second: str, expected: str) -> None:
    stated = tuple(
        Statement(text, f"front matter: {key}") for key, _, text in (one.partition(": ") for one in (first, second))
    )
    record = RawRecord(format="front-matter", line=1, span=(0, 0), body="", dates=stated, updates=stated)
    for found in (header_date(record, Hints(), SiteOptions()), stated_update(record, Hints(), SiteOptions())):
        assert found.timestamp is not None
        assert f"{found.timestamp.value:%Y-%m-%dT%H:%M:%SZ} {found.timestamp.precision}" == expected


@pytest.mark.parametrize(
    ("date", "clock", "expected"),
    [
        ("2024-05-01", "09:30", "2024-05-01T09:30:00Z minute"),
        ("2024-05-01", "09:30:07", "2024-05-01T09:30:07Z second"),
        ("May 1, 2024", "9:30 PM", "2024-05-01T21:30:00Z minute"),  # the day in words, a clock of 12 hours
        ("2024年5月1日", "下午3时20分", "2024-05-01T15:20:00Z minute"),
        ("2024-05-01", "à 15h04", "2024-05-01T15:04:00Z minute"),
        ("2024-05-01", "06:30 +0800", "2024-04-30T22:30:00Z minute"),  # in UTC the evening before
        ("2024-05-01T08:00:00Z", "09:30", "2024-05-01T08:00:00Z second"),  # the date says its time itself
        ("2024-05-01", "00:00", "2024-05-01T00:00:00Z day"),  # what programs write for no time
        ("2024-05-01", "25:10", "2024-05-01T00:00:00Z day"),  # no hour of a day
        ("2024-05-01", "5 min", "2024-05-01T00:00:00Z day"),  # how long it takes to read
        ("2024-05-01", "3.25", "2024-05-01T00:00:00Z day"),  # minutes, as a program counts them
        ("2024-05-01", "14", "2024-05-01T00:00:00Z day"),  # of what is not said
        ("2024-05-01", "09:30-11:00", "2024-05-01T00:00:00Z day"),  # a meeting: eleven is no zone
        ("2024-05-01", "2024-05-02 09:30", "2024-05-01T00:00:00Z day"),  # another date
    ],
)
def test_what_says_nothing_but_a_time_says_that_of_the_day(date: str, clock: str, expected: str) -> None:
    day, time = Statement(date, "front matter: date"), Statement(clock, "front matter: time")
    record = RawRecord(format="front-matter", line=1, span=(0, 0), body="", dates=(day,), clocks=(time,))
    found = header_date(record, Hints(zone_known=True), SiteOptions())
    assert found.timestamp is not None
    assert f"{found.timestamp.value:%Y-%m-%dT%H:%M:%SZ} {found.timestamp.precision}" == expected
    assert found.problems == ()


@pytest.mark.parametrize(
    ("header", "clocks"),
    [
        ({"time": "09:30"}, ["09:30"]),
        ({"time": "12:30", "audio": "https://quay.example/fog.mp3"}, []),  # of the recording
        ({"time": "12:30", "enclosure": "https://quay.example/fog.mp3"}, []),
        ({"time": "12:30", "video": "https://quay.example/fog.mp4"}, []),
        ({"time": "12:30", "episode": "7"}, []),
        ({"time": "1:15", "servings": "4", "ingredients": ["sand"]}, []),  # until it is done
        ({"Время": "1:15", "Servings": "4"}, []),
        ({"time": "2:45", "distance": "21 km"}, []),  # of a run
        ({"time": "1:02:33"}, []),  # a clock with seconds has two digits for the hour
        ({"time": "01:02:33"}, ["01:02:33"]),
        ({"uhrzeit": "12:30", "audio": "https://quay.example/fog.mp3"}, ["12:30"]),  # this word is for clocks alone
        ({"time": "12:30", "image": "https://quay.example/fog.jpg"}, ["12:30"]),
        ({"duration": "45:10", "reading_time": "12:30", "read_time": "5:10"}, []),
    ],
)
def test_how_long_something_takes_is_no_time_of_the_day(header: dict[str, Value], clocks: list[str]) -> None:
    fields = statements({key_name(key): value for key, value in header.items()})
    assert [clock.text for clock in fields.get("clocks", ())] == clocks


@pytest.mark.parametrize("keys", [("日期", "时间"), ("时间", "创建日期")])
def test_a_key_of_dates_may_hold_the_time_alone(keys: tuple[str, str]) -> None:
    """In Chinese one word stands for a date and for a time; whichever key is the stronger one, one tells the day."""
    said = {"日期": "2024-05-01", "创建日期": "2024-05-01", "时间": "09:30"}
    dates = tuple(Statement(said[key], f"front matter: {key}") for key in keys)
    record = RawRecord(format="front-matter", line=1, span=(0, 0), body="", dates=dates)
    found = header_date(record, Hints(zone_known=True), SiteOptions())
    assert found.timestamp is not None
    assert f"{found.timestamp.value:%Y-%m-%dT%H:%MZ}" == "2024-05-01T09:30Z"
    assert found.problems == ()


@pytest.mark.parametrize(
    ("day", "clock", "expected"),
    [
        ("front matter: date", "front matter: 创建时间", "00:00"),  # begun at that time, on whatever day
        ("front matter: created_on", "front matter: created_time", "09:30"),  # both are of one event
    ],
)
def test_the_time_at_which_a_text_was_begun_is_that_of_no_other_day(day: str, clock: str, expected: str) -> None:
    dates = (Statement("2024-05-01", day), Statement("09:30", clock))
    record = RawRecord(format="front-matter", line=1, span=(0, 0), body="", dates=dates)
    found = header_date(record, Hints(zone_known=True), SiteOptions())
    assert found.timestamp is not None
    assert f"{found.timestamp.value:%Y-%m-%dT%H:%M}" == f"2024-05-01T{expected}"
    assert found.problems == ()


def test_a_time_alone_in_a_key_of_dates_is_told() -> None:
    time = Statement("09:30", "front matter: 时间")
    record = RawRecord(format="front-matter", line=1, span=(0, 0), body="", dates=(time,))
    found = header_date(record, Hints(), SiteOptions())
    assert found.timestamp is None
    assert [problem.code for problem in found.problems] == ["bad-date"]


def test_a_time_apart_from_its_day_that_lies_too_far_ahead_is_read_by_a_later_build() -> None:
    day, time = Statement("2024-05-01", "front matter: date"), Statement("09:30", "front matter: time")
    record = RawRecord(format="front-matter", line=1, span=(0, 0), body="", dates=(day,), clocks=(time,))
    found = header_date(record, Hints(latest=datetime(2024, 5, 1, 8, tzinfo=UTC)), SiteOptions())
    assert found.timestamp is not None
    assert (found.timestamp.precision, found.is_lasting) == ("day", False)


@pytest.mark.parametrize(
    "key",
    [
        *("created", "date_created", "creation_date", "create_time", "ctime", "cdate", "dg_created", "creato_il"),
        *(
            "创建日期",
            "创建时间",
            "作成日",
            "作成日時",
            "생성일",
            "erstellt",
            "erstellt_am",
            "erstellungsdatum",
            "créé_le",
        ),
        *("creado", "criado_em", "utworzono", "aangemaakt", "создано", "oluşturulma_tarihi"),
    ],
)
def test_when_a_text_was_begun_is_another_event_in_any_language(key: str) -> None:
    """Neither is its time that of the day of publication, nor is it a conflict that it was begun a month before."""
    assert key in names_of("dates")
    for begun in ("2024-05-01T09:30:00Z", "2024-04-01T09:30:00Z"):
        dates = (Statement("2024-05-01", "front matter: date"), Statement(begun, f"front matter: {key}"))
        record = RawRecord(format="front-matter", line=1, span=(0, 0), body="", dates=dates)
        found = header_date(record, Hints(), SiteOptions())
        assert found.timestamp is not None
        assert (f"{found.timestamp.value:%Y-%m-%dT%H:%MZ}", found.timestamp.precision) == ("2024-05-01T00:00Z", "day")
        assert found.problems == ()


@pytest.mark.parametrize("key", ["投稿日時", "公開日時", "发布时间", "datetime"])
def test_when_a_text_went_out_says_the_time_of_that_day(key: str) -> None:
    dates = (Statement("2024-05-01", "front matter: date"), Statement("2024-05-01T09:30:00Z", f"front matter: {key}"))
    record = RawRecord(format="front-matter", line=1, span=(0, 0), body="", dates=dates)
    found = header_date(record, Hints(), SiteOptions())
    assert found.timestamp is not None
    assert found.timestamp.precision == "second"


def test_the_time_of_a_day_that_lies_too_far_ahead_is_read_by_a_later_build() -> None:
    stated = (Statement("2024-05-01", "front matter: date"), Statement("2024-05-01T09:30:00Z", "front matter: posted"))
    record = RawRecord(format="front-matter", line=1, span=(0, 0), body="", dates=stated, updates=stated)
    hints = Hints(latest=datetime(2024, 5, 1, 8, tzinfo=UTC))
    for found in (header_date(record, hints, SiteOptions()), stated_update(record, hints, SiteOptions())):
        assert found.timestamp is not None
        assert (found.timestamp.precision, found.is_lasting) == ("day", False)


@pytest.mark.parametrize(
    ("language", "link", "hints", "hour", "zone"),
    [
        ("en-US", "https://quay.example/1", Hints(), 15, "outlet"),  # RFC 822, 5.1: six hours behind
        ("es", "https://quay.example/1", Hints(), 15, "outlet"),
        ("zh-CN", "https://quay.example/1", Hints(), 1, "outlet"),
        ("en", "https://news.quay.cn/1", Hints(), 1, "outlet"),  # a Chinese site in English
        ("en", "https://quay.example/a.cn/1", Hints(), 15, "outlet"),
        ("", "https://quay.example/1", Hints(), 9, "ambiguous"),  # nothing says which
        ("en", "https://quay.example/1", Hints(zone="Asia/Shanghai", zone_known=True), 1, "ambiguous"),  # the user's
        ("en", "https://quay.example/1", Hints(abbreviations={"CST": "-05:00"}), 14, "outlet"),  # the user's
    ],
)
@pytest.mark.parametrize("text", ["Mon, 02 Mar 2020 09:00:00 CST", "Mon Mar 02 09:00:00 CST 2020"])
def test_the_zone_that_means_several_is_that_of_the_language_of_a_feed(
    text: str, language: str, link: str, hints: Hints, hour: int, zone: str
) -> None:
    stated = (Statement(text, "feed: pubdate"),)
    record = RawRecord(
        format="feed",
        line=1,
        span=(0, 0),
        body="",
        dates=stated,
        updates=stated,
        links=(Statement(link, "feed: link"),),
        languages=(Statement(language, "feed: language"),) if language else (),
    )
    for found in (header_date(record, hints, SiteOptions()), stated_update(record, hints, SiteOptions())):
        assert found.timestamp is not None
        assert (found.timestamp.value.hour, found.timestamp.zone) == (hour, zone)


def test_the_zone_of_what_is_no_feed_is_not_guessed_by_its_language() -> None:
    dates = (Statement("Mon, 02 Mar 2020 09:00:00 CST", "front matter: date"),)
    languages = (Statement("en", "front matter: lang"),)
    record = RawRecord(format="front-matter", line=1, span=(0, 0), body="", dates=dates, languages=languages)
    found = header_date(record, Hints(), SiteOptions()).timestamp
    assert found is not None
    assert (found.value.hour, found.zone) == (9, "ambiguous")


def test_a_chinese_title_says_more_of_a_zone_than_the_language_that_a_program_states() -> None:
    record = RawRecord(
        format="feed",
        line=1,
        span=(0, 0),
        body="",
        titles=(Statement("港口的雾", "feed: title"),),
        dates=(Statement("Mon, 02 Mar 2020 09:00:00 CST", "feed: pubdate"),),
        languages=(Statement("en-US", "feed: language"),),
    )
    found = header_date(record, Hints(), SiteOptions()).timestamp
    assert found is not None
    assert found.value.hour == 1
