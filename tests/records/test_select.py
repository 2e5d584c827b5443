"""Folding records into articles, and their order."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from datetime import UTC, datetime
from itertools import permutations
from typing import Final

import pytest

from refeed.model import RecordKey, Timestamp
from refeed.records.select import Dates, HeldBack, RecordId, Selected, Selection, row, stated_id_mark

Select = Callable[..., Selected]
ALL: Final = Dates()

OCTOBER: Final = "2020-10-11T05:00:00Z"
NOVEMBER: Final = "2020-11-11T05:00:00Z"


def key(article: str, date: str | None, *, size: int = 100, is_draft: bool = False, stated: str = "") -> RecordKey:
    when = datetime.fromisoformat(date).astimezone(UTC) if date else None
    return RecordKey(
        number=0,
        line=1,
        size=size,
        identity=article.encode().ljust(16),
        stated_id=stated or None,
        date=Timestamp(when, "second", "stated", when.date().isoformat()) if when else None,
        is_draft=is_draft,
    )


@pytest.fixture
def select() -> Iterator[Callable[..., Selected]]:
    """Put each key into a file of its own, and settle."""
    with ExitStack() as stack:

        def fold(*keys: RecordKey, dates: Dates = ALL) -> Selected:
            selection = stack.enter_context(closing(Selection()))
            for file, each in enumerate(keys):
                selection.add(row(each, 0), file)
            return selection.fold(dates)

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
    assert list(selection.duplicates) == [(RecordId(0, 0), RecordId(1, 0)), (RecordId(2, 0), RecordId(1, 0))]


def test_equal_dates_the_longer_record_wins(select: Select) -> None:
    (article,) = select(key("a", OCTOBER, size=100), key("a", OCTOBER, size=101)).newest_first()
    assert article.winner.record == RecordId(1, 0)


def test_equal_dates_and_sizes_the_first_path_wins(select: Select) -> None:
    (article,) = select(key("a", OCTOBER), key("a", OCTOBER)).newest_first()
    assert article.winner.record == RecordId(0, 0)


def test_a_newest_record_that_is_a_draft_withdraws_the_article(select: Select) -> None:
    selected = select(key("a", OCTOBER), key("a", NOVEMBER, is_draft=True))
    assert (names(selected), selected.filtered) == ([], 1)


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
        with closing(Selection()) as selection:
            for file, each in order:
                selection.add(row(each, 0), file)
            shuffled = selection.fold(Dates())
            assert list(shuffled.newest_first()) == list(whole.newest_first())
            assert shuffled.duplicates == whole.duplicates


def test_what_is_dated_later_than_now_is_held_back_and_decides_nothing(select: Select) -> None:
    december = datetime(2020, 12, 1, tzinfo=UTC).timestamp()
    later = datetime(2020, 12, 24, tzinfo=UTC).timestamp()
    selected = select(key("a", OCTOBER), key("a", "2020-12-24T00:00:00Z"), dates=Dates(now=december))
    assert selected.held_back == [HeldBack(1, 1, later)]
    assert [article.winner.record for article in selected.newest_first()] == [RecordId(0, 0)]
    assert selected.duplicates == []


def test_articles_of_other_dates_and_withdrawn_ones_are_filtered(select: Select) -> None:
    since = datetime(2020, 11, 1, tzinfo=UTC).timestamp()
    selected = select(
        key("a", OCTOBER), key("b", NOVEMBER), key("c", NOVEMBER, is_draft=True), dates=Dates(since=since)
    )
    assert names(selected) == ["b"]
    assert (selected.count, selected.filtered) == (1, 2)


def test_more_articles_than_one_block_or_part_come_in_the_same_order(
    select: Select, monkeypatch: pytest.MonkeyPatch
) -> None:
    # 40 articles, two records of every fourth one; 7 rows are folded at once and 3 articles ordered at once.
    keys = [key(f"{n:02}", f"2020-10-{1 + n % 28:02}T05:00:00Z") for n in range(40)]
    keys += [key(f"{n:02}", NOVEMBER) for n in range(0, 40, 4)]
    whole = select(*keys)
    articles, duplicates = list(whole.newest_first()), list(whole.duplicates)
    monkeypatch.setattr("refeed.records.select._PART", 7)
    monkeypatch.setattr("refeed.records.select._FIRST_BLOCK", 3)
    divided = select(*keys)
    assert list(divided.newest_first()) == articles
    assert list(divided.duplicates) == duplicates
    assert (len(articles), len(duplicates), divided.count) == (40, 10, 40)
