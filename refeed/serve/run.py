"""Run the server: listen first, build in a process of its own, answer until told to stop."""

import socket
from contextlib import closing
from dataclasses import replace
from ipaddress import ip_address
from threading import Event, Thread
from typing import Final

from refeed.options import Options
from refeed.pipeline.child_process import ChildProcess
from refeed.pipeline.destination import own_files
from refeed.problems import ConfigurationError, OutputError
from refeed.serve.addresses import FEED
from refeed.serve.app import make_app
from refeed.serve.builder import Builder, build_here
from refeed.serve.connections import make_server
from refeed.watch.file_events import FileWatcher
from refeed.watch.log import BuildLog

DEFAULT_HOST: Final = "127.0.0.1"
DEFAULT_PORT: Final = 8000


def serve(options: Options, log: BuildLog) -> None:
    """Serve the feed of the options until the process is told to stop; the log is told the address."""
    options = replace(options, output=None, format="atom")
    host, port = options.host or DEFAULT_HOST, DEFAULT_PORT if options.port is None else options.port
    # The child comes first: it must not inherit the socket, and before there are threads it is cheap.
    with closing(ChildProcess()) as child, _listening(host, port) as listener, closing(_watched(options, log)) as files:
        builder = Builder(options, log, make=lambda options, now: child.call(build_here, options, now))
        stop = Event()
        local = ip_address(listener.getsockname()[0]).is_loopback
        _must_not_leak(options, host, local=local)
        server = make_server(make_app(builder, options.base_url, local=local))
        worker = Thread(target=builder.run, args=(files.wait, stop), name="builder", daemon=True)
        worker.start()
        log.note(f"serving {_address(listener)}{FEED}")
        try:
            server.run(sockets=[listener])
        finally:
            stop.set()


def _must_not_leak(options: Options, host: str, *, local: bool) -> None:
    """Refuse to show others what its author has not published."""
    if options.withheld == "include" and not local:
        raise ConfigurationError(
            f"{host}: --withheld include shows drafts and private articles, so serve listens at this machine alone; "
            "leave out --host or --withheld"
        )


def _watched(options: Options, log: BuildLog) -> FileWatcher:
    return FileWatcher(
        options.paths or (options.folder,),
        exclude=options.exclude,
        own=lambda: own_files(options.config),
        index=options.index,
        poll=options.poll,
        note=log.note,
    )


def _listening(host: str, port: int) -> socket.socket:
    try:
        family, _, _, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)[0]
        return socket.create_server(address[:2], family=family, backlog=2_048)
    except OSError as error:
        message = f"{host}:{port}: cannot listen there: {error.strerror}; choose another --host or --port"
        raise OutputError(message) from None


def _address(listener: socket.socket) -> str:
    host, port = listener.getsockname()[:2]
    return f"http://[{host}]:{port}/" if ":" in host else f"http://{host}:{port}/"
