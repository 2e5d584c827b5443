"""Refuse invalid requests, and those for a host name that is not ours, before they reach a route."""

from collections.abc import Iterable
from typing import Final
from urllib.parse import unquote

from starlette.datastructures import Headers
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

from refeed.serve.http.addresses import is_local
from refeed.serve.http.conditions import Answer, plain

# What proxies add to a request that they pass on (RFC 7239; RFC 9110, 7.6.3; nginx, HAProxy, Apache, Cloudflare, …).
_OF_PROXIES: Final = frozenset(
    {
        *(b"cf-connecting-ip", b"forwarded", b"true-client-ip", b"via", b"x-client-ip", b"x-cluster-client-ip"),
        *(b"x-forwarded", b"x-forwarded-for", b"x-forwarded-host", b"x-forwarded-port", b"x-forwarded-proto"),
        *(b"x-forwarded-server", b"x-original-forwarded-for", b"x-real-ip"),
    }
)


class Sent(Response):
    """An answer as starlette sends it."""

    def __init__(self, answer: Answer) -> None:
        """Take a finished answer."""
        self.status_code, self.raw_headers, self.body = answer
        self.background = None


def with_one_host(app: ASGIApp) -> ASGIApp:
    """Refuse a request that names no host, or several (RFC 9112, 3.2): a proxy may have believed another one."""

    async def inner(scope: Scope, receive: Receive, send: Send) -> None:
        hosts = len(Headers(scope=scope).getlist("host")) if scope["type"] == "http" else 1
        if hosts > 1 or (hosts == 0 and scope.get("http_version") == "1.1"):
            await Sent(plain(400, "A request names one host.", [("connection", "close")]))(scope, receive, send)
        else:
            await app(scope, receive, send)

    return inner


def only_local(app: ASGIApp, own: str) -> ASGIApp:
    """Keep out web pages whose name was made to resolve to this machine (DNS rebinding)."""

    async def inner(scope: Scope, receive: Receive, send: Send) -> None:
        host = Headers(scope=scope).get("host") if scope["type"] == "http" else None
        if host and host.lower() != own.lower() and not is_local(host):
            text = "This server is for its own machine; give --base-url to serve it under a name."
            await Sent(plain(421, text))(scope, receive, send)
        else:
            await app(scope, receive, send)

    return inner


def is_forwarded(headers: Iterable[tuple[bytes, bytes]]) -> bool:
    """Return whether a proxy says that it passed the request on: then it may come from anywhere."""
    return any(name.lower() in _OF_PROXIES for name, _ in headers)


def only_direct(app: ASGIApp) -> ASGIApp:
    """Answer no request that a proxy passed on: for what only its author may see, until it is published."""

    async def inner(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and is_forwarded(scope["headers"]):
            text = "With --withheld include this server shows drafts, and answers no request that came through a proxy."
            await Sent(plain(403, text))(scope, receive, send)
        else:
            await app(scope, receive, send)

    return inner


def without_prefix(app: ASGIApp, root: str) -> ASGIApp:
    """Take the path of the base URL off, where the proxy in front has left it on."""
    if root == "/":
        return app

    prefix = unquote(root)

    async def inner(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and scope["path"].startswith(prefix):
            scope = {**scope, "path": scope["path"][len(prefix) - 1 :]}
        await app(scope, receive, send)

    return inner
