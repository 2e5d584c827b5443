"""What stands before the routes: requests that are none, or come under a name that is not ours, go no further."""

from urllib.parse import unquote

from starlette.datastructures import Headers
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

from refeed.serve.addresses import is_local
from refeed.serve.conditions import Answer, plain


class Sent(Response):
    """An answer as starlette sends it."""

    def __init__(self, answer: Answer) -> None:
        """Take it as it is."""
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
    """Keep web pages out whose name was made to lead here: to a browser they would be the owner of what they read."""

    async def inner(scope: Scope, receive: Receive, send: Send) -> None:
        host = Headers(scope=scope).get("host") if scope["type"] == "http" else None
        if host and host.lower() != own.lower() and not is_local(host):
            text = "This server is for its own machine; give --base-url to serve it under a name."
            await Sent(plain(421, text))(scope, receive, send)
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
