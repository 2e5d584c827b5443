"""Limit what a client can take up: the size and time of a request, and the number of connections."""

import asyncio
import signal
from collections.abc import Generator, Iterable
from contextlib import contextmanager
from time import monotonic
from typing import Any, Final

import uvicorn
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol, RequestResponseCycle

PATIENCE: Final = 15.0  # seconds in which a whole request has to come, or a byte of the answer has to be taken
_LARGEST: Final = 16_384  # bytes of a request
_MOST: Final = 500  # connections; systems allow a process about 1,000 open files
_BACKLOG: Final = 2_048
_TICKS: Final = 10  # a second, in ticks of the server

_TOO_LARGE: Final = b"HTTP/1.1 431 Request Header Fields Too Large\r\ncontent-length: 0\r\nconnection: close\r\n\r\n"


class Connection(HttpToolsProtocol):
    """A connection that ends when nothing moves on it."""

    since: float  # when a whole request came last, or the client last took something of the answer
    _answered: RequestResponseCycle | None = None  # the request whose answer was begun last: others may wait behind it
    _unsent = 0  # bytes of the answers that the client had not taken when they were looked at
    _unread = 0  # bytes that came and are no whole request

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Accept a connection; if there are too many, drop the one that has been silent for longest."""
        self.since = monotonic()
        super().connection_made(transport)
        if len(self.connections) > _MOST:
            min(_of(self.connections), key=Connection._rank).transport.abort()

    def connection_lost(self, exc: Exception | None) -> None:
        """Tell the request that is being answered: uvicorn tells the last one that came, which may wait behind it."""
        if self._answered and not self._answered.response_complete:
            self._answered.disconnected = True
            self._answered.message_event.set()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """Read on; what does not become a request in time and size is refused."""
        self._unread += len(data)
        super().data_received(data)
        if self._unread > _LARGEST and not self.transport.is_closing():
            self.transport.write(_TOO_LARGE)
            self.transport.close()

    def on_headers_complete(self) -> None:
        """Begin to answer, unless it came all at once and is too large."""
        if len(self.url) + sum(len(name) + len(value) for name, value in self.headers) > _LARGEST:
            raise ValueError("too large")  # the parser stops, and says so
        self._unread, self.since = 0, monotonic()
        super().on_headers_complete()

    def send_400_response(self, msg: str) -> None:
        """Refuse what is no request; what is only too large is refused as such."""
        if self._unread <= _LARGEST:
            super().send_400_response(msg)

    def look(self, now: float) -> None:
        """End the connection if nothing has moved for too long."""
        if self._moves():
            self._unsent, self.since = self.transport.get_write_buffer_size(), now
        elif now - self.since > PATIENCE:
            self.transport.abort()

    def _moves(self) -> bool:
        """Return whether an answer is being made, or was taken from since the last look.

        Requests that wait for the client to take earlier answers are no work, or a client could wait for ever.
        """
        unsent = self.transport.get_write_buffer_size()
        return unsent != self._unsent or (unsent == 0 and self._at_work())

    def _at_work(self) -> bool:
        return self._answered is not None and not self._answered.response_complete

    def _rank(self) -> tuple[bool, float]:
        return self._moves(), self.since

    def _start_asgi_task(self, cycle: RequestResponseCycle, app: Any) -> None:
        self._answered = cycle
        super()._start_asgi_task(cycle, app)


def _of(connections: Iterable[Any]) -> list[Connection]:
    return [each for each in connections if isinstance(each, Connection)]


class Server(uvicorn.Server):
    """The ASGI server, which looks after its connections, and ends gracefully and with success when told to."""

    async def on_tick(self, counter: int) -> bool:
        """Look at every connection once a second."""
        if counter % _TICKS == 0:
            now = monotonic()
            for connection in _of(self.server_state.connections):
                connection.look(now)
        return await super().on_tick(counter)

    @contextmanager
    def capture_signals(self) -> Generator[None, None, None]:
        """Take the signals that end a program, and do not raise them again: this is how a server ends."""
        before = {each: signal.signal(each, self.handle_exit) for each in (signal.SIGINT, signal.SIGTERM)}
        try:
            yield
        finally:
            for each, handler in before.items():
                signal.signal(each, handler)


def make_server(app: Any) -> Server:
    """Make a server that says nothing but what went wrong."""
    config = uvicorn.Config(
        app,
        http=Connection,
        ws="none",
        lifespan="off",
        log_config=None,
        log_level="error",
        access_log=False,
        proxy_headers=False,
        server_header=False,
        date_header=False,  # ours is exact to the second
        backlog=_BACKLOG,
        timeout_keep_alive=int(PATIENCE),
        timeout_graceful_shutdown=5,
    )
    return Server(config)
