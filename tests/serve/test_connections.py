"""What refeed uses of uvicorn's internals is there: pyproject.toml pins the versions for which this holds."""

import asyncio
import inspect

import pytest
import uvicorn
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol, RequestResponseCycle
from uvicorn.server import Server, ServerState

# What is overridden or called, with its parameters.
METHODS = [
    (HttpToolsProtocol, "connection_made", ["self", "transport"]),
    (HttpToolsProtocol, "connection_lost", ["self", "exc"]),
    (HttpToolsProtocol, "data_received", ["self", "data"]),
    (HttpToolsProtocol, "on_headers_complete", ["self"]),
    (HttpToolsProtocol, "send_400_response", ["self", "msg"]),
    (HttpToolsProtocol, "_start_asgi_task", ["self", "cycle", "app"]),
    (Server, "on_tick", ["self", "counter"]),
    (Server, "capture_signals", ["self"]),
    (Server, "handle_exit", ["self", "sig", "frame"]),
]


@pytest.mark.parametrize(("owner", "name", "parameters"), METHODS, ids=lambda value: getattr(value, "__name__", None))
def test_a_method_is_as_refeed_knows_it(owner: type, name: str, parameters: list[str]) -> None:
    method = getattr(owner, name, None)
    told = f"uvicorn {uvicorn.__version__}: {owner.__name__}.{name} has changed; see refeed/serve/http/connections.py"
    assert method is not None, told
    assert [*inspect.signature(method).parameters] == parameters, told


async def nothing(scope: object, receive: object, send: object) -> None:
    """Stand for an application."""


@pytest.mark.parametrize("name", ["connections", "headers", "transport", "url"])
def test_a_connection_has_what_refeed_looks_at(name: str) -> None:
    loop = asyncio.new_event_loop()
    try:
        config = uvicorn.Config(nothing, http=HttpToolsProtocol, ws="none", lifespan="off", log_config=None)
        config.load()
        connection = HttpToolsProtocol(config, ServerState(), {}, loop)
        connection.on_message_begin()
    finally:
        loop.close()
    assert hasattr(connection, name), f"uvicorn {uvicorn.__version__}: HttpToolsProtocol.{name} is gone"


@pytest.mark.parametrize("name", ["disconnected", "message_event", "response_complete"])
def test_a_cycle_says_how_far_its_answer_is(name: str) -> None:
    assert f"self.{name} = " in inspect.getsource(RequestResponseCycle.__init__)


def test_the_server_ticks_ten_times_a_second_and_knows_its_connections() -> None:
    assert "asyncio.sleep(0.1)" in inspect.getsource(Server.main_loop)  # see _TICKS
    assert hasattr(ServerState(), "connections")
