"""Folding records into articles, and their order."""

from datetime import UTC, datetime
from itertools import permutations
from typing import Final

from refeed.model import Dated, Key
from refeed.select import Record, Selection

OCTOBER: Final = "2020-10-11T05:00:00Z"
NOVEMBER: Final = "2020-11-11T05:00:00Z"


def key(article: str, date: str | None, *, size: int = 100, draft: bool = False, stated: str = "") -> Key:
    when = datetime.fromisoformat(date).astimezone(UTC) if date else None
    return Key(
        number=0,
        line=1,
        size=size,
        identity=article.encode().ljust(16),
        stated_id=stated or None,
        date=Dated(when, "second", "stated", when.date().isoformat()) if when else None,
        draft=draft,
    )


def select(*keys: Key) -> Selection:
    selection = Selection()
    for file, each in enumerate(keys):
        selection.add(each, file)
    return selection


def names(selection: Selection) -> list[str]:
    return [article.identity.decode().strip() for article in selection.newest_first()]


def test_newest_first() -> None:
    assert names(select(key("old", OCTOBER), key("new", NOVEMBER))) == ["new", "old"]


def test_a_second_dump_of_an_old_article_does_not_displace_news() -> None:
    # "old" is saved again in December, but its order is that of October.
    again = key("old", "2020-12-24T00:00:00Z")
    assert names(select(key("old", OCTOBER), key("new", NOVEMBER), again)) == ["new", "old"]


def test_the_newest_record_wins_and_the_others_are_told_with_it() -> None:
    selection = select(key("a", OCTOBER), key("a", NOVEMBER), key("a", OCTOBER))
    (article,) = selection.newest_first()
    assert article.winner.record == Record(1, 0)
    assert list(selection.duplicates()) == [(Record(0, 0), Record(1, 0)), (Record(2, 0), Record(1, 0))]


def test_equal_dates_the_longer_record_wins() -> None:
    (article,) = select(key("a", OCTOBER, size=100), key("a", OCTOBER, size=101)).newest_first()
    assert article.winner.record == Record(1, 0)


def test_equal_dates_and_sizes_the_first_path_wins() -> None:
    (article,) = select(key("a", OCTOBER), key("a", OCTOBER)).newest_first()
    assert article.winner.record == Record(0, 0)


def test_a_newest_record_that_is_a_draft_withdraws_the_article() -> None:
    (article,) = select(key("a", OCTOBER), key("a", NOVEMBER, draft=True)).newest_first()
    assert article.withdrawn


def test_an_older_draft_does_not_withdraw_it() -> None:
    (article,) = select(key("a", OCTOBER, draft=True), key("a", NOVEMBER)).newest_first()
    assert not article.withdrawn


def test_what_has_no_date_comes_last_and_an_undated_copy_changes_nothing() -> None:
    selection = select(key("undated", None), key("old", OCTOBER), key("old", None))
    assert names(selection) == ["old", "undated"]
    assert next(selection.newest_first()).winner.record == Record(1, 0)


def test_an_id_that_several_articles_state_is_shared() -> None:
    selection = select(
        key("a", OCTOBER, stated="tag:x,2020:1"),
        key("b", OCTOBER, stated="tag:x,2020:1"),
        key("c", OCTOBER, stated="tag:x,2020:2"),
        key("c", NOVEMBER, stated="tag:x,2020:2"),
    )
    assert selection.is_shared("tag:x,2020:1")
    assert not selection.is_shared("tag:x,2020:2")


def test_tables_merge_in_any_order() -> None:
    keys = (key("a", OCTOBER), key("a", NOVEMBER, size=90), key("b", OCTOBER), key("a", NOVEMBER, draft=True))
    whole = list(select(*keys).newest_first())
    for order in permutations(enumerate(keys)):
        merged = Selection()
        for file, each in order:
            part = Selection()
            part.add(each, file)
            merged.merge(part)
        assert list(merged.newest_first()) == whole
