"""What is answered follows from the bytes, their date and the request alone (RFC 9110)."""

import gzip
from datetime import UTC, datetime

import brotli
import pytest

from refeed.options import Options
from refeed.pages.rendering import Visit
from refeed.problems import ConfigurationError
from refeed.serve.http.addresses import Addresses, is_local
from refeed.serve.http.codings import choose, etag, make_variants
from refeed.serve.http.conditions import Answer, Resource, plain
from refeed.serve.run import serve
from refeed.watch.log import BuildLog

BODY = b"<feed>" + b"harbour " * 200 + b"</feed>"
CHANGED = datetime(2026, 5, 1, 8, 0, 0, tzinfo=UTC)
VARIANTS = make_variants(BODY, quality=6)
RESOURCE = Resource(VARIANTS, [("content-type", "text/x"), ("cache-control", "max-age=9")], CHANGED)
IDENTITY, GZIP, BR = VARIANTS
TAG = IDENTITY.etag


def answer(**headers: str) -> Answer:
    return RESOURCE.answer([(name.replace("_", "-").encode(), value.encode()) for name, value in headers.items()])


def header(answer: Answer, name: str) -> str | None:
    return next((value.decode() for key, value in answer.headers if key == name.encode()), None)


def test_every_coding_holds_the_same_and_has_its_own_tag() -> None:
    assert [variant.coding for variant in VARIANTS] == ["identity", "gzip", "br"]
    assert gzip.decompress(GZIP.body) == brotli.decompress(BR.body) == IDENTITY.body == BODY
    assert len({variant.etag for variant in VARIANTS}) == 3
    assert make_variants(BODY, quality=6) == VARIANTS


def test_a_coding_that_makes_nothing_smaller_is_not_offered() -> None:
    assert [variant.coding for variant in make_variants(b"x", quality=6)] == ["identity"]


# What a client sends, and what it gets. br is the smallest here.
ACCEPTED = [
    (None, "identity"),
    ("", "identity"),  # RFC 9110, 12.5.3: no coding at all is wanted
    ("identity", "identity"),
    ("gzip", "gzip"),
    ("x-gzip", "gzip"),
    ("GZIP", "gzip"),
    ("deflate, gzip, br, zstd", "br"),  # libcurl
    ("gzip, deflate", "gzip"),  # Python's requests
    ("gzip;q=1.0, br;q=0.5", "gzip"),
    ("gzip;q=0.2, br;q=0.8", "br"),
    ("gzip ; q=0.2 , br ; q=0.8", "br"),
    ("gzip;q=0", "identity"),
    ("gzip;q=0.000, br;q=0", "identity"),
    ("*", "br"),
    ("*;q=0.5, gzip", "gzip"),
    ("br;q=0, *", "gzip"),
    ("zstd", "identity"),
    ("identity;q=0.5, gzip;q=0.4", "identity"),
    ("identity, gzip;q=0.9", "identity"),
    ("identity;q=0", None),
    ("identity;q=0, gzip", "gzip"),
    ("*;q=0", None),
    ("*;q=0, identity", "identity"),
    ("*;q=0, identity;q=0.1", "identity"),
    ("gzip;q=high", "identity"),  # what cannot be read counts for nothing
    ("gzip;level=9", "identity"),
    ("gzip;q=٥", "identity"),
    (",,;q=1,", "identity"),
]


@pytest.mark.parametrize(("accepted", "coding"), ACCEPTED, ids=[str(accepted) for accepted, _ in ACCEPTED])
def test_a_client_gets_the_coding_that_it_likes_best(accepted: str | None, coding: str | None) -> None:
    found = choose(accepted, VARIANTS)
    assert (found and found.coding) == coding


def test_an_answer_says_all_that_caches_need() -> None:
    whole = answer(accept_encoding="gzip")
    assert whole.status == 200
    assert whole.body == GZIP.body
    assert header(whole, "etag") == GZIP.etag
    assert header(whole, "content-encoding") == "gzip"
    assert header(whole, "content-length") == str(len(GZIP.body))
    assert header(whole, "last-modified") == "Fri, 01 May 2026 08:00:00 GMT"
    assert header(whole, "vary") == "accept-encoding"
    short = answer(accept_encoding="gzip", if_none_match=GZIP.etag)
    assert (short.status, short.body) == (304, b"")
    for name in ("cache-control", "etag", "last-modified", "vary"):  # RFC 9110, 15.4.5
        assert header(short, name) == header(whole, name)
    assert header(short, "date")
    assert header(short, "content-length") is header(short, "content-type") is None


EARLIER, SAME, LATER = (f"Fri, 01 May 2026 {time} GMT" for time in ("07:59:59", "08:00:00", "08:00:01"))

# The conditions of a request, and the status.
CONDITIONS = [
    ({"if_none_match": TAG}, 304),
    ({"if_none_match": f"W/{TAG}"}, 304),  # a proxy that packs marks tags as weak; they are compared weakly
    ({"if_none_match": f'"other", {TAG}'}, 304),
    ({"if_none_match": "*"}, 304),
    ({"if_none_match": '"other"'}, 200),
    ({"if_none_match": TAG.strip('"')}, 200),
    ({"if_none_match": GZIP.etag}, 200),  # the client's copy is packed, and it did not say that it reads that
    ({"if_none_match": ""}, 200),
    ({"if_modified_since": SAME}, 304),
    ({"if_modified_since": LATER}, 304),
    ({"if_modified_since": EARLIER}, 200),
    ({"if_modified_since": "Friday, 01-May-26 08:00:00 GMT"}, 304),  # RFC 9110, 5.6.7: the two old forms
    ({"if_modified_since": "Fri May  1 08:00:00 2026"}, 304),
    ({"if_modified_since": "yesterday"}, 200),
    ({"if_modified_since": "Fri, 99 May 2026 08:00:00 GMT"}, 200),
    ({"if_none_match": '"other"', "if_modified_since": LATER}, 200),  # the tag decides alone
    ({"if_none_match": TAG, "if_modified_since": EARLIER}, 304),
    ({"if_match": TAG}, 200),
    ({"if_match": "*"}, 200),
    ({"if_match": f"W/{TAG}"}, 412),  # compared strongly
    ({"if_match": '"other"'}, 412),
    ({"if_match": TAG, "if_none_match": TAG}, 304),
    ({"if_unmodified_since": SAME}, 200),
    ({"if_unmodified_since": EARLIER}, 412),
    ({"if_match": TAG, "if_unmodified_since": EARLIER}, 200),
]


@pytest.mark.parametrize(("headers", "status"), CONDITIONS, ids=[str(headers) for headers, _ in CONDITIONS])
def test_conditions_decide_as_the_standard_says(headers: dict[str, str], status: int) -> None:
    assert answer(**headers).status == status


def test_a_tag_may_come_in_a_second_header() -> None:
    headers = [(b"if-none-match", b'"a"'), (b"if-none-match", TAG.encode())]
    assert RESOURCE.answer(headers).status == 304


def test_without_a_date_only_the_tag_counts() -> None:
    undated = Resource(VARIANTS, [])
    assert header(undated.answer([]), "last-modified") is None
    assert undated.answer([(b"if-modified-since", SAME.encode())]).status == 200
    assert undated.answer([(b"if-unmodified-since", EARLIER.encode())]).status == 200


def test_who_takes_no_coding_is_told_so() -> None:
    refused = answer(accept_encoding="identity;q=0")
    assert refused.status == 406
    assert header(refused, "vary") == "accept-encoding"


def test_a_plain_answer_is_never_kept() -> None:
    assert header(plain(503, "x"), "cache-control") == "no-store"


def test_a_tag_is_of_the_bytes() -> None:
    assert etag(b"a") != etag(b"b")
    assert etag(b"a").startswith('"')


PLACES = [
    # base URL, the feed's address, the root
    ("https://x.example/feeds/", "https://x.example/feeds/feed.xml", "/feeds/"),
    ("https://x.example/feeds", "https://x.example/feeds/feed.xml", "/feeds/"),
    ("https://x.example", "https://x.example/feed.xml", "/"),
    ("https://x.example/a/all.xml", "https://x.example/a/all.xml", "/a/"),
    ("https://x.example/消息/", "https://x.example/%E6%B6%88%E6%81%AF/feed.xml", "/%E6%B6%88%E6%81%AF/"),
]


@pytest.mark.parametrize(("base", "feed", "root"), PLACES, ids=[base for base, *_ in PLACES])
def test_the_base_url_says_where_visitors_are(base: str, feed: str, root: str) -> None:
    assert Addresses(base).visit("other.example", ("127.0.0.1", 8000), pictures=True) == Visit(feed, root, True)


@pytest.mark.parametrize(
    "host", [None, "localhost", "LOCALHOST:8000", "127.0.0.1:80", "127.9.9.9", "[::1]:8000", "a.localhost"]
)
def test_names_of_this_machine(host: str | None) -> None:
    assert is_local(host)


@pytest.mark.parametrize(
    "host",
    [
        "evil.example",
        "127.0.0.1.evil.example",
        "localhost.evil.example",
        "10.0.0.1",
        "[2001:db8::1]",
        ":80",
        "localhost:80@evil.example",
    ],
)
def test_names_of_others(host: str) -> None:
    assert not is_local(host)


# The Host header, and what pages show of it without a base URL.
HOSTS = [
    ("news.example:8080", "http://news.example:8080/feed.xml"),
    ("[::1]:8000", "http://[::1]:8000/feed.xml"),
    (None, "http://127.0.0.1:8000/feed.xml"),
    ('x"><script>', "http://127.0.0.1:8000/feed.xml"),
    ("user@evil.example", "http://127.0.0.1:8000/feed.xml"),
    ("evil.example/path", "http://127.0.0.1:8000/feed.xml"),
]


@pytest.mark.parametrize(("host", "feed"), HOSTS, ids=[str(host) for host, _ in HOSTS])
def test_without_a_base_url_the_host_that_was_asked_for_counts(host: str | None, feed: str) -> None:
    assert Addresses(None).visit(host, ("127.0.0.1", 8000), pictures=False) == Visit(feed, "/", False)


@pytest.mark.parametrize(
    "where",
    [
        {"host": "0.0.0.0"},  # noqa: S104
        {"host": "::"},
        {"host": "192.168.0.2"},
        {"host": "feeds.example"},
        {"base_url": "https://feeds.example/"},
        {"base_url": "https://feeds.example:8443/feed.xml"},
    ],
)
def test_no_preview_is_served_to_others(where: dict[str, str]) -> None:
    options = Options(withheld="include", **where)  # type: ignore[arg-type]
    with pytest.raises(ConfigurationError, match="--withheld include shows drafts"):
        serve(options, BuildLog(lambda *_: None))
