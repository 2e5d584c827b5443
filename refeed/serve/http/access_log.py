"""Log requests in the common log format, which tools for logs of web servers read; without queries.

What somebody searched for stands in queries, and in no log.
"""

import re
from collections.abc import Callable
from email.utils import formatdate
from time import time
from typing import Final

from starlette.types import ASGIApp, Message, Receive, Scope, Send

# What would end a quoted field or a line, or has a meaning to a terminal.
_UNPRINTABLE: Final = re.compile(r"[^\x20\x21\x23-\x5b\x5d-\x7e]")


def logged(app: ASGIApp, write: Callable[[str], object]) -> ASGIApp:
    """Have a line written for every request that is answered."""

    async def inner(scope: Scope, receive: Receive, send: Send) -> None:
        status, size = 500, 0

        async def sent(message: Message) -> None:
            nonlocal status, size
            if message["type"] == "http.response.start":
                status = message["status"]
            else:
                size += len(message.get("body", b""))
            await send(message)

        begun = time()
        try:
            await app(scope, receive, sent)
        finally:
            if scope["type"] == "http":
                write(_line(scope, begun, status, 0 if scope["method"] == "HEAD" else size))

    return inner


def _line(scope: Scope, begun: float, status: int, size: int) -> str:
    client = scope.get("client") or ("-", 0)
    _, day, month, year, clock, _ = formatdate(begun, usegmt=True).split()
    path = (scope.get("raw_path") or scope["path"].encode("utf-8", "surrogateescape")).partition(b"?")[0]
    request = f"{scope['method']} {path.decode('latin-1')} HTTP/{scope.get('http_version', '1.1')}"
    quoted = _UNPRINTABLE.sub(lambda found: f"\\x{ord(found[0]):02x}", request)
    return f'{client[0]} - - [{day}/{month}/{year}:{clock} +0000] "{quoted}" {status} {size or "-"}'
