"""The plan of a site, for any archive: every article stands once in the archive, and every document is in order."""

from array import array
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from itertools import chain, pairwise
from typing import Final

from hypothesis import given
from hypothesis import strategies as st

from refeed.feeds.articles import Articles, Facet
from refeed.feeds.plan import Plan, plan_of
from refeed.options import NamedFeed, Options

NOON: Final = datetime(2024, 5, 6, 12, tzinfo=UTC)
MEGABYTE: Final = 1_000_000


def articles(dates: Sequence[datetime], size: int = 1_000, **members: Sequence[int]) -> Articles:
    """Return articles of these dates; `members` are the positions of those of an outlet."""
    seconds = array("d", sorted((date.timestamp() for date in dates), reverse=True))
    facets = {Facet("outlet", name): positions for name, positions in members.items()}
    return Articles(seconds, [size] * len(seconds), facets)


def planned(held: Articles, **options: object) -> Plan:
    return plan_of(held, Options(**options), head=500)  # type: ignore[arg-type]


DATES: Final = st.lists(
    st.integers(0, 30_000).map(lambda hours: NOON - timedelta(hours=11 * hours)), max_size=30
) | st.lists(st.just(NOON), max_size=30)


@given(DATES, st.sampled_from([1_000, MEGABYTE, 5 * MEGABYTE]), st.integers(0, 9))
def test_every_article_is_once_in_the_archive_and_each_document_is_in_order(
    dates: list[datetime], size: int, limit: int
) -> None:
    held = articles(dates, size)
    plan = planned(held, limit=limit)
    assert sorted(chain.from_iterable(one.positions for one in plan.archive)) == [*range(len(dates))]
    assert len({one.path for one in plan.archive}) == len(plan.archive)
    for positions in (*(one.positions for one in plan.archive), *(one.positions for one in plan.feeds)):
        assert list(positions) == sorted(positions)
    for one in plan.archive:
        months = {f"{datetime.fromtimestamp(held.dates[position], UTC):%Y/%m}" for position in one.positions}
        assert len(months) == 1
        assert one.path.startswith(f"archive/{months.pop()}")
        assert len(one.positions) == 1 or len(one.positions) * size <= 4 * MEGABYTE
    for older, newer in pairwise(plan.archive):
        assert min(older.positions) > max(newer.positions)
    assert plan.feeds[0].positions == tuple(range(min(limit or len(dates), len(dates))))


def test_a_large_month_is_divided_and_what_is_full_stays_as_it_is_when_an_article_is_added() -> None:
    month = [NOON + timedelta(minutes=number) for number in range(1_001)]
    before, after = planned(articles(month[:-1])), planned(articles(month))
    assert [one.path for one in before.archive] == ["archive/2024/05.xml", "archive/2024/05-2.xml"]
    assert [len(one.positions) for one in after.archive] == [500, 500, 1]
    # Positions count from the newest: each has moved by one.
    assert [[number - 1 for number in one.positions] for one in after.archive[:2]] == [
        list(one.positions) for one in before.archive
    ]


def test_a_feed_holds_the_newest_and_all_of_two_days_and_not_too_many_bytes() -> None:
    hourly = [NOON - timedelta(hours=number) for number in range(200)]
    assert len(planned(articles(hourly)).feeds[0].positions) == 50
    assert len(planned(articles([date - (date - NOON) / 2 for date in hourly])).feeds[0].positions) == 96
    assert len(planned(articles(hourly, MEGABYTE)).feeds[0].positions) == 3  # the head counts, too
    assert len(planned(articles(hourly, 9 * MEGABYTE)).feeds[0].positions) == 1
    assert len(planned(articles(hourly, MEGABYTE), limit=10).feeds[0].positions) == 10


def test_only_what_has_enough_articles_has_a_feed_and_only_its_own() -> None:
    held = articles([NOON] * 9, ledger=[0, 2, 4, 6, 8], gazette=[1, 3])
    assert [(feed.folder, feed.positions) for feed in planned(held, limit=3).feeds[1:]] == [
        ("outlet/ledger/", (0, 2, 4))
    ]
    assert len(planned(held, min_articles=2).feeds) == 3


def test_a_feed_of_ones_own_needs_no_number_of_articles_and_has_a_limit_of_its_own() -> None:
    held = articles([NOON] * 9)._replace(members={Facet("feeds", "fog"): [0, 3, 5], Facet("feeds", "ice"): []})
    named = {"fog": NamedFeed(limit=2), "ice": NamedFeed()}
    assert [(feed.folder, feed.positions) for feed in planned(held, named_feeds=named).feeds[1:]] == [
        ("feeds/fog/", (0, 3)),
        ("feeds/ice/", ()),
    ]


def test_of_two_outlets_with_one_name_that_of_the_older_articles_keeps_it() -> None:
    held = articles([NOON] * 9)
    first = held._replace(members={Facet("outlet", "Tides!"): [7, 8], Facet("outlet", "TIDES"): [0, 1]})
    folders = {feed.facet.name: feed.folder for feed in planned(first, min_articles=1).feeds[1:] if feed.facet}
    assert folders["Tides!"] == "outlet/tides/"
    assert folders["TIDES"].startswith("outlet/tides-")


def test_there_is_no_archive_where_none_is_wanted() -> None:
    assert planned(articles([NOON]), archive="none").archive == ()
