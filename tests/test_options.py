"""The options of the library: whatever the command line would refuse, they refuse, and say what is allowed."""

import pickle
import re
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

import refeed
from refeed import FeedOptions, Limits, Options, SiteOptions
from refeed.config.checked import checked

# Values of the wrong kind, and what the message begins with after "Options.".
REFUSED: dict[str, tuple[dict[str, Any], str]] = {
    "a word that is none": ({"undated": "never"}, "undated: expected one of: skip, last, mtime, git, not 'never'"),
    "a misspelt word": ({"content": "sumary"}, "content: expected one of: full, summary, not 'sumary'"),
    "no word": ({"stubs": None}, "stubs: expected one of: link, summary, skip, not None"),
    "a list for a word": ({"future": ["hold"]}, "future: expected one of: hold, include, not ['hold']"),
    "a negative limit": ({"limit": -1}, "limit: expected a number of at least 0, not -1"),
    "a limit that is no number": ({"limit": "50"}, "limit: expected a number of at least 0, not '50'"),
    "a limit that is a fraction": ({"limit": 5.0}, "limit: expected a number of at least 0, not 5.0"),
    "a limit that is a truth": ({"limit": True}, "limit: expected a number of at least 0, not True"),
    "no workers": ({"workers": 0}, "workers: expected a number from 1 to 256, not 0"),
    "a port that is none": ({"port": 70_000}, "port: expected a number from 0 to 65535, not 70000"),
    "a text for a list": ({"exclude": "*.md"}, "exclude: expected a list, such as ['*.md'], not '*.md'"),
    "a text for paths": ({"paths": "in"}, "paths: expected a list, such as ['in'], not 'in'"),
    "a set for a list": ({"category": {"fog"}}, "category: expected a list, such as [{'fog'}], not {'fog'}"),
    "a number in a list": ({"author": ["Ada", 3]}, "author[1]: expected a text, not 3"),
    "a text for a pattern": ({"match": ["fog"]}, "match[0]: expected a compiled regular expression, not 'fog'"),
    "a pattern for bytes": ({"match": [re.compile(b"x")]}, "match[0]: expected a compiled regular expression"),
    "a table for a source": (
        {"sources": {"x.example": {"title": "X"}}},
        "sources['x.example']: expected SiteOptions, not {'title': 'X'}",
    ),
    "a list of sources": ({"sources": [SiteOptions()]}, "sources: expected a mapping, not [SiteOptions("),
    "a table for the feed": ({"feed": {"title": "X"}}, "feed: expected FeedOptions, not {'title': 'X'}"),
    "a table of limits": ({"allow": {"max_records": 3}}, "allow: expected Limits, not {'max_records': 3}"),
    "a time without a zone": ({"since": datetime(2020, 1, 1)}, "since: expected a time with a time zone, not"),  # noqa: DTZ001
    "a text for a time": ({"now": "2020-01-01"}, "now: expected a time with a time zone, not '2020-01-01'"),
    "a text for a span": ({"span": "48h"}, "span: expected a timedelta that is not negative, not '48h'"),
    "a negative span": ({"span": timedelta(hours=-1)}, "span: expected a timedelta that is not negative"),
    "a word for a switch": ({"strict": "yes"}, "strict: expected True or False, not 'yes'"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_a_value_of_the_wrong_kind_is_refused_at_once(case: str) -> None:
    values, message = REFUSED[case]
    with pytest.raises(ValueError, match=re.escape(f"Options.{message}")):
        Options(**values)


def test_so_are_those_of_the_feed_and_of_sources() -> None:
    with pytest.raises(ValueError, match=r"^FeedOptions\.title: expected a text, not 3$"):
        FeedOptions(title=3)  # type: ignore[arg-type]
    with pytest.raises(ValueError, match=r"^SiteOptions\.drop: expected a list, such as \['\.tip'\], not '\.tip'$"):
        SiteOptions(drop=".tip")  # type: ignore[arg-type]
    for pairs in ([("a",)], [("a", "b", "c")], ["ab"], [("a", 1)]):
        with pytest.raises(ValueError, match=r"^SiteOptions\.replace\[0\]"):
            SiteOptions(replace=pairs)  # type: ignore[arg-type]


def test_lists_become_tuples_and_paths_become_texts() -> None:
    options = Options(paths=[Path("in")], category=["fog"], output=Path("feed.xml"))  # type: ignore[arg-type]
    assert (options.paths, options.category, options.output) == (("in",), ("fog",), "feed.xml")
    assert SiteOptions(replace=[["a", "b"]]).replace == (("a", "b"),)  # type: ignore[arg-type]


# Texts that have to be read before it is known whether they are right.
UNREADABLE: dict[str, tuple[Options, str]] = {
    "a format": (Options(format="rss2"), "Options.format: expected one of: atom, json, rss"),
    "an address": (Options(base_url="/feeds"), "Options.base_url: expected an absolute address"),
    "an id": (Options(feed=FeedOptions(id="x")), "Options.feed.id: expected an absolute IRI or a UUID"),
    "a selector": (
        Options(sources={"x.example": SiteOptions(drop=("p >",))}),
        "Options.sources['x.example'].drop: not a valid CSS selector",
    ),
    "a zone": (
        Options(sources={"x.example": SiteOptions(timezone="Paris")}),
        "Options.sources['x.example'].timezone: expected a time zone",
    ),
    "an abbreviation": (
        Options(sources={"x.example": SiteOptions(abbreviations={"CST": "China"})}),
        "Options.sources['x.example'].abbreviations: expected a time zone",
    ),
    "a replacement": (
        Options(sources={"x.example": SiteOptions(replace=((" ", "x"),))}),
        "Options.sources['x.example'].replace: expected a list of pairs",
    ),
    "a host": (Options(sources={"https://x.example/": SiteOptions()}), "Options.sources: expected a host"),
    "a limit": (Options(allow=Limits(max_records=0)), "Options.allow.max_records: expected a number of at least 1"),
    "a depth": (
        Options(allow=Limits(max_header_depth=999)),
        "Options.allow.max_header_depth: expected a number from 1",
    ),
}


@pytest.mark.parametrize("case", UNREADABLE)
def test_a_text_that_cannot_be_read_is_refused_by_a_build(case: str, tmp_path: Path) -> None:
    options, message = UNREADABLE[case]
    with pytest.raises(ValueError, match=re.escape(message)):
        refeed.build(tmp_path, options=options)


def test_what_is_right_stays_as_it_is_and_hosts_are_written_as_those_of_articles() -> None:
    site = SiteOptions(drop=(".tip",), timezone="Europe/Paris", abbreviations={"CST": "Asia/Shanghai"})
    options = Options(
        sources={"WWW.X.example": site, "old/*": SiteOptions()}, limit=3, since=datetime(2020, 1, 1, tzinfo=UTC)
    )
    assert list(checked(options).sources) == ["x.example", "old/*"]
    assert checked(checked(options)) == checked(options)
    assert checked(Options()) == Options()


def test_that_nothing_can_be_built_can_be_sent_to_another_process(tmp_path: Path) -> None:
    with pytest.raises(refeed.NothingToBuildError) as caught:
        refeed.build(tmp_path)
    again = pickle.loads(pickle.dumps(caught.value))  # noqa: S301  our own
    assert (str(again), again.report) == (str(caught.value), caught.value.report)
