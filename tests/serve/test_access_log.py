"""The log of requests is in the common log format, and tells nobody what somebody searched for."""

import re
from typing import Final

import pytest
from asking import ask
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

from refeed.serve.http.access_log import logged

# https://httpd.apache.org/docs/current/logs.html#common
LINE: Final = re.compile(r'(\S+) - - \[\d\d/[A-Z][a-z]{2}/\d{4}:\d\d:\d\d:\d\d \+0000\] "(.*)" (\d{3}) (\d+|-)')


def app_of(response: Response) -> ASGIApp:
    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        await response(scope, receive, send)

    return app


def log_of(path: str, response: Response, method: str = "GET") -> list[tuple[str, ...]]:
    lines = list[str]()
    ask(logged(app_of(response), lines.append), path, method)
    found = [LINE.fullmatch(line) for line in lines]
    return [one.groups() if one else () for one in found]


def test_a_line_says_what_was_asked_for_and_what_was_sent() -> None:
    assert log_of("/feed.xml", Response(b"12345")) == [("-", "GET /feed.xml HTTP/1.1", "200", "5")]
    assert log_of("/feed.xml", Response(status_code=304)) == [("-", "GET /feed.xml HTTP/1.1", "304", "-")]
    assert log_of("/feed.xml", Response(b"12345"), "HEAD") == [("-", "HEAD /feed.xml HTTP/1.1", "200", "-")]


def test_no_query_is_logged() -> None:
    assert log_of("/search?q=my+secret", Response(b"1")) == [("-", "GET /search HTTP/1.1", "200", "1")]


def test_no_request_ends_its_field_or_line() -> None:
    ((_, request, _, _),) = log_of('/a" 200 9\n\x1b[2J\\', Response(b"1"))
    assert request == r"GET /a\x22 200 9\x0a\x1b[2J\x5c HTTP/1.1"


def test_what_fails_is_logged_too() -> None:
    async def app(_: Scope, __: Receive, ___: Send) -> None:
        raise RuntimeError

    lines = list[str]()
    with pytest.raises(RuntimeError):
        ask(logged(app, lines.append), "/")
    assert lines[0].endswith('"GET / HTTP/1.1" 500 -')
