"""Folding records into articles, and their order."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, closing
from datetime import UTC, datetime
from itertools import permutations
from typing import Final

import pytest

from refeed.model import NEVER, RecordKey, Timestamp
from refeed.problems import Problem
from refeed.records.addresses.shared_addresses import marks_of
from refeed.records.identity import name_of_page
from refeed.records.rows import ROW_SIZE, row, stated_id_mark
from refeed.records.selection.article import natural_key
from refeed.records.selection.fold import Dates, RecordId, SharedAddress, Timed
from refeed.records.selection.select import Selected, Selection

Select = Callable[..., Selected]
ALL: Final = Dates()

OCTOBER: Final = "2020-10-11T05:00:00Z"
NOVEMBER: Final = "2020-11-11T05:00:00Z"


def timestamp(date: str) -> Timestamp:
    when = datetime.fromisoformat(date).astimezone(UTC)
    return Timestamp(when, "second", "stated", when.date().isoformat())


def key(
    article: str,
    date: str | None,
    *,
    size: int = 100,
    is_draft: bool = False,
    stated: str = "",
    updated: str = "",
    by_file_time: bool = False,
    title: str = "",
    file: str = "",
    is_vague: bool = False,
) -> RecordKey:
    return RecordKey(
        number=0,
        line=1,
        size=size,
        identity=article.encode().ljust(16),
        stated_id=stated or None,
        date=timestamp(date) if date else None,
        withheld=Problem("draft", "front matter says draft: true") if is_draft else None,
        by_file_time=by_file_time,
        updated=timestamp(updated) if updated else None,
        marks=marks_of(title, name_of_page(file)),
        is_vague=is_vague,
    )


@pytest.fixture(params=[0, 2, 1_000], ids=["folded at the end", "the first two folded at once", "folded at once"])
def select(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[..., Selected]]:
    """Put each key into a file of its own (`0.md`, `1.md`, …), and fold."""
    monkeypatch.setattr("refeed.records.selection.select._AT_ONCE", request.param)
    with ExitStack() as stack:

        def fold(*keys: RecordKey, dates: Dates = ALL, paths: Sequence[str] = ()) -> Selected:
            selection = stack.enter_context(closing(Selection(dates, at_once=request.param > 0)))
            for file, each in enumerate(keys):
                selection.add(row(each, 0), file)
            return selection.fold(lambda file: paths[file] if paths else f"{file}.md")

        yield fold


def names(selected: Selected) -> list[str]:
    return [article.identity.decode().strip() for article in selected.newest_first()]


def test_newest_first(select: Select) -> None:
    assert names(select(key("old", OCTOBER), key("new", NOVEMBER))) == ["new", "old"]


def test_a_second_dump_of_an_old_article_does_not_displace_news(select: Select) -> None:
    # "old" is saved again in December, but its order is that of October.
    again = key("old", "2020-12-24T00:00:00Z")
    assert names(select(key("old", OCTOBER), key("new", NOVEMBER), again)) == ["new", "old"]


def test_the_newest_record_wins_and_the_others_are_told_with_it(select: Select) -> None:
    selection = select(key("a", OCTOBER), key("a", NOVEMBER), key("a", OCTOBER))
    (article,) = selection.newest_first()
    assert article.winner.record == RecordId(1, 0)
    assert list(selection.outcome.duplicates) == [(RecordId(0, 0), RecordId(1, 0)), (RecordId(2, 0), RecordId(1, 0))]


def test_equal_dates_the_longer_record_wins(select: Select) -> None:
    (article,) = select(key("a", OCTOBER, size=100), key("a", OCTOBER, size=101)).newest_first()
    assert article.winner.record == RecordId(1, 0)


def test_equal_dates_and_sizes_the_first_path_wins(select: Select) -> None:
    (article,) = select(key("a", OCTOBER), key("a", OCTOBER)).newest_first()
    assert article.winner.record == RecordId(0, 0)


def test_a_stated_update_counts_as_much_as_a_date(select: Select) -> None:
    edited = key("a", OCTOBER, size=90, updated="2020-12-01T00:00:00Z")
    (article,) = select(edited, key("a", OCTOBER), key("a", NOVEMBER)).newest_first()
    assert article.winner.record == RecordId(0, 0)
    # A later dump is newer than the edit; and the order is that of the earliest date whatever wins.
    (article,) = select(edited, key("a", "2020-12-02T00:00:00Z")).newest_first()
    assert (article.winner.record, article.date) == (RecordId(1, 0), timestamp(OCTOBER).value)


def test_an_update_that_is_still_to_come_decides_nothing_yet(select: Select) -> None:
    now = timestamp(NOVEMBER).value.timestamp()
    later = "2020-12-01T00:00:00Z"
    selected = select(key("a", OCTOBER, size=90, updated=later), key("a", OCTOBER), dates=Dates(now=now))
    assert next(selected.newest_first()).winner.record == RecordId(1, 0)
    assert selected.outcome.next_change == timestamp(later).value.timestamp()


def test_an_update_before_1970_is_none_and_one_after_2106_the_last_that_fits(select: Select) -> None:
    selected = select(
        key("a", OCTOBER, size=90, updated="1960-01-01T00:00:00Z"),
        key("a", OCTOBER),
        key("b", OCTOBER, updated="2200-01-01"),
    )
    assert {article.winner.record for article in selected.newest_first()} == {RecordId(1, 0), RecordId(2, 0)}


def test_a_row_is_small() -> None:
    assert len(row(key("a", OCTOBER, updated=NOVEMBER), 0)) == ROW_SIZE <= 72


def test_of_equal_dates_the_later_path_comes_first_as_people_count(select: Select) -> None:
    paths = ["day-9.md", "day-10.md", "day-02.md", "day-2.md", "b/1.md"]
    selected = select(*[key(path, OCTOBER) for path in paths], key("new", NOVEMBER), paths=[*paths, "a"])
    assert names(selected) == ["new", "day-10.md", "day-9.md", "day-2.md", "day-02.md", "b/1.md"]


def test_of_equal_dates_in_one_file_the_later_record_comes_first() -> None:
    with closing(Selection(ALL)) as selection:
        for number, article in enumerate(["first", "second", "third"]):
            selection.add(row(key(article, OCTOBER)._replace(number=number), 0), 0)
        assert names(selection.fold(str)) == ["third", "second", "first"]


def test_an_article_keeps_its_place_when_it_is_saved_again(select: Select) -> None:
    again = key("1", NOVEMBER)
    assert names(select(key("1", OCTOBER), key("2", OCTOBER), again)) == ["2", "1"]


@pytest.mark.parametrize(
    ("smaller", "larger"),
    [("9", "10"), ("a9b", "a10"), ("02", "2"), ("a/2", "a/02/x"), ("a", "b"), ("9" * 5000, "1" + "0" * 5000)],
)
def test_numbers_in_paths_count(smaller: str, larger: str) -> None:
    assert natural_key(smaller) < natural_key(larger)


def test_three_days_of_one_address_over_more_than_a_month_are_told(select: Select) -> None:
    days = ["2020-10-01T05:00:00Z", "2020-10-15T05:00:00Z", "2020-11-15T05:00:00Z"]
    selected = select(*[key("a", day) for day in days], key("b", OCTOBER))
    assert selected.outcome.shared == [SharedAddress(RecordId(2, 0), 3)]


@pytest.mark.parametrize(
    "days",
    [
        ("2020-10-01T05:00:00Z", "2020-11-15T05:00:00Z"),  # an article that was saved again
        ("2020-10-01T05:00:00Z", "2020-10-02T05:00:00Z", "2020-10-30T05:00:00Z"),  # within a month
        ("2020-10-01T05:00:00Z", "2020-11-15T05:00:00Z", "2020-11-15T08:00:00Z"),  # two of one day
        ("2020-10-01T05:00:00Z", None, "2020-11-15T05:00:00Z"),  # one that says no day
    ],
)
def test_an_article_that_was_saved_again_is_no_shared_address(select: Select, days: tuple[str | None, ...]) -> None:
    assert select(*[key("a", day) for day in days]).outcome.shared == []


POST: Final = key("a", OCTOBER, title="First look", file="look.md")


@pytest.mark.parametrize("is_draft", [False, True])
@pytest.mark.parametrize("file", ["half-a-year.md", "2020-11-11.md"])  # the second says nothing but its day
def test_two_records_of_one_address_with_nothing_else_in_common_are_told(
    file: str, is_draft: bool, select: Select
) -> None:
    other = key("a", NOVEMBER, title="Half a year later", file=file, is_draft=is_draft)
    for keys in permutations([POST, other]):
        shown = keys.index(POST if is_draft else other)
        assert select(*keys).outcome.shared == [SharedAddress(RecordId(shown, 0), 2)]


@pytest.mark.parametrize(
    "other",
    [
        key("a", NOVEMBER, title="First look", file="again.md"),
        key("a", NOVEMBER, title="Second look", file="2020-11-11-look.md"),
        key("a", OCTOBER, title="Second look", file="again.md", size=7),
        key("a", NOVEMBER, file="again.md"),  # without a title nothing contradicts
        key("a", None, title="Second look", file="again.md"),
        key("a", NOVEMBER, title="Second look", file="again.md", by_file_time=True),
    ],
)
def test_an_article_that_is_saved_again_keeps_its_title_its_day_or_its_name(other: RecordKey, select: Select) -> None:
    assert select(POST, other).outcome.shared == []


def test_two_records_of_one_file_and_address_are_told_apart_by_title_and_day() -> None:
    with closing(Selection(ALL)) as selection:
        again = key("a", NOVEMBER, title="Half a year later", file="look.md")
        selection.add(row(POST, 0) + row(again._replace(number=1), 0), 0)
        assert selection.fold(str).outcome.shared == [SharedAddress(RecordId(0, 1), 2)]


@pytest.mark.parametrize(
    ("public", "private", "goes_out"),
    [
        ("lunch.md", "dinner.md", True),
        ("blog/2020-10-11.md", "diary/2020-10-11.md", True),  # their names say only the day that they have in common
        ("blog/2020/10/11/index.md", "diary/2020/10/11/index.md", True),
        ("2021/lunch.md", "2022/lunch.md", False),  # the same file in a later dump
    ],
)
def test_what_shares_title_and_day_withdraws_only_the_file_of_its_name(
    public: str, private: str, goes_out: bool, select: Select
) -> None:
    shown = key("a", OCTOBER, file=public, is_vague=True)
    hidden = key("a", OCTOBER, file=private, is_vague=True, is_draft=True)
    for keys in permutations([shown, hidden, key("b", OCTOBER)]):
        selected = select(*keys)
        assert ("a" in names(selected), selected.outcome.withheld) == (goes_out, 1)


def test_a_draft_of_another_name_does_not_hide_the_one_that_withdraws(select: Select) -> None:
    keys = [key("a", OCTOBER, file="lunch.md", is_vague=True)]
    keys += [key("a", OCTOBER, file=f"{name}.md", is_vague=True, is_draft=True) for name in ("lunch", "dinner")]
    for order in permutations(keys):
        assert names(select(*order)) == []


def test_the_time_of_a_file_is_no_day_of_an_article(select: Select) -> None:
    days = ["2020-10-01T00:00:00Z", "2020-10-15T00:00:00Z", "2020-11-15T00:00:00Z"]
    assert select(*[key("a", day, by_file_time=True) for day in days]).outcome.shared == []


def test_a_newest_record_that_is_a_draft_withdraws_the_article(select: Select) -> None:
    selected = select(key("a", OCTOBER), key("a", NOVEMBER, is_draft=True))
    assert (names(selected), selected.outcome.withheld, selected.outcome.filtered) == ([], 1, 0)
    assert list(selected.outcome.duplicates) == [(RecordId(0, 0), RecordId(1, 0))]  # or it would be counted nowhere


def test_a_withheld_record_tells_nothing_of_the_article(select: Select) -> None:
    selected = select(key("a", OCTOBER, is_draft=True, stated="tag:a"), key("a", NOVEMBER))
    article = next(selected.newest_first())
    assert (article.date.isoformat(), article.stated) == ("2020-11-11T05:00:00+00:00", 0)


@pytest.mark.parametrize(("now", "shown"), [("2020-12-01", ["a"]), ("2020-12-02", [])])
def test_from_its_last_day_on_a_record_is_withheld(select: Select, now: str, shown: list[str]) -> None:
    end = datetime(2020, 12, 2, tzinfo=UTC)
    present = datetime.fromisoformat(now).replace(tzinfo=UTC).timestamp()
    selected = select(key("a", OCTOBER)._replace(expiry=end), dates=Dates(expired=present))
    assert names(selected) == shown
    assert (selected.outcome.withheld, len(selected.outcome.expired)) == (1 - len(shown), 1 - len(shown))
    assert selected.outcome.next_change == (end.timestamp() if shown else float("inf"))


def test_a_record_is_held_back_until_the_latest_of_date_and_release(select: Select) -> None:
    now = datetime(2020, 11, 20, tzinfo=UTC)
    keys = (
        key("past", OCTOBER)._replace(release=datetime(2020, 11, 1, tzinfo=UTC)),
        key("later", OCTOBER)._replace(release=datetime(2020, 12, 1, tzinfo=UTC)),
        key("never", None)._replace(release=NEVER),
    )
    selected = select(*keys, dates=Dates(now=now.timestamp()))
    assert names(selected) == ["past"]
    assert [held.seconds for held in selected.outcome.held_back] == [
        datetime(2020, 12, 1, tzinfo=UTC).timestamp(),
        float("inf"),
    ]


def test_an_older_draft_does_not_withdraw_it(select: Select) -> None:
    assert names(select(key("a", OCTOBER, is_draft=True), key("a", NOVEMBER))) == ["a"]


def test_what_has_no_date_comes_last_and_an_undated_copy_changes_nothing(select: Select) -> None:
    selection = select(key("undated", None), key("old", OCTOBER), key("old", None))
    assert names(selection) == ["old", "undated"]
    assert next(selection.newest_first()).winner.record == RecordId(1, 0)


def test_an_id_that_several_articles_state_is_shared(select: Select) -> None:
    selection = select(
        key("a", OCTOBER, stated="tag:x,2020:1"),
        key("b", OCTOBER, stated="tag:x,2020:1"),
        key("c", OCTOBER, stated="tag:x,2020:2"),
        key("c", NOVEMBER, stated="tag:x,2020:2"),
    )
    assert selection.is_shared(stated_id_mark("tag:x,2020:1"))
    assert not selection.is_shared(stated_id_mark("tag:x,2020:2"))


def test_rows_may_come_in_any_order(select: Select) -> None:
    keys = (key("a", OCTOBER), key("a", NOVEMBER, size=90), key("b", OCTOBER), key("a", NOVEMBER, is_draft=True))
    whole = select(*keys)
    for order in permutations(enumerate(keys)):
        with closing(Selection(Dates())) as selection:
            for file, each in order:
                selection.add(row(each, 0), file)
            shuffled = selection.fold(str)
            assert list(shuffled.newest_first()) == list(whole.newest_first())
            assert list(shuffled.outcome.duplicates) == list(whole.outcome.duplicates)


def test_what_is_dated_later_than_now_is_held_back_and_decides_nothing(select: Select) -> None:
    december = datetime(2020, 12, 1, tzinfo=UTC).timestamp()
    later = datetime(2020, 12, 24, tzinfo=UTC).timestamp()
    selected = select(key("a", OCTOBER), key("a", "2020-12-24T00:00:00Z"), dates=Dates(now=december))
    assert selected.outcome.held_back == [Timed(1, 1, later)]
    assert [article.winner.record for article in selected.newest_first()] == [RecordId(0, 0)]
    assert list(selected.outcome.duplicates) == []


def test_articles_of_other_dates_are_filtered_and_drafts_withheld(select: Select) -> None:
    since = datetime(2020, 11, 1, tzinfo=UTC).timestamp()
    selected = select(
        key("a", OCTOBER), key("b", NOVEMBER), key("c", NOVEMBER, is_draft=True), dates=Dates(since=since)
    )
    assert names(selected) == ["b"]
    assert (selected.outcome.wanted, selected.outcome.filtered, selected.outcome.withheld) == (1, 1, 1)


def test_more_articles_than_one_block_or_part_come_in_the_same_order(
    select: Select, monkeypatch: pytest.MonkeyPatch
) -> None:
    # 50 articles, 10 of them of one moment, and two records of 10; 7 rows are folded and 3 articles ordered at once.
    keys = [key(f"{n:02}", f"2020-10-{1 + n % 28:02}T05:00:00Z") for n in range(40)]
    keys += [key(f"{n:02}", NOVEMBER) for n in range(0, 40, 4)]
    keys += [key(f"same {n}", OCTOBER) for n in range(10)]
    # One id that two articles of several parts state, one that only the records of one article state.
    keys += [key("first", OCTOBER, stated="tag:x,2020:1"), key("second", NOVEMBER, stated="tag:x,2020:1")]
    keys += [key("third", day, stated="tag:x,2020:2") for day in (OCTOBER, NOVEMBER)]
    keys += [key("never", None), key("late", "2020-12-24T05:00:00Z"), key("draft", OCTOBER, is_draft=True)]
    whole = select(*keys)
    articles, duplicates = list(whole.newest_first()), list(whole.outcome.duplicates)
    for name in ("select._WHOLE", "select._PART", "merged_parts._PIECE"):
        monkeypatch.setattr(f"refeed.records.selection.{name}", 7)
    monkeypatch.setattr("refeed.records.selection.select._GATHERED", 1_000)
    monkeypatch.setattr("refeed.records.selection.article._FIRST_BLOCK", 3)
    divided = select(*keys)
    assert list(divided.newest_first()) == articles
    assert list(divided.outcome.duplicates) == duplicates
    assert divided.outcome == whole.outcome
    assert [divided.is_shared(stated_id_mark(f"tag:x,2020:{n}")) for n in (1, 2)] == [True, False]
    assert (len(articles), len(duplicates), divided.outcome.wanted) == (55, 11, 55)
