"""Run the server: listen first, build in a separate process, answer until told to stop."""

import os
import socket
from contextlib import ExitStack, closing, nullcontext, suppress
from dataclasses import replace
from ipaddress import ip_address
from threading import Event, Thread
from typing import Final
from urllib.parse import urlsplit

import anyio

from refeed.options import Options
from refeed.pages.rendering import load_templates
from refeed.pipeline.workers.processes.child_process import ChildProcess
from refeed.problems import ConfigurationError, OutputError
from refeed.search.update import file_for
from refeed.serve.app import make_app
from refeed.serve.builder import Builder, Counter, build_here
from refeed.serve.http.access_log import logged
from refeed.serve.http.addresses import FEED, absolute, is_local
from refeed.serve.http.connections import make_server
from refeed.serve.indexer import Indexer
from refeed.serve.on_demand.entries import OnDemand
from refeed.serve.on_demand.provenance import AT_ONCE, Tracer
from refeed.watch.file_events import watch_dumps
from refeed.watch.log import BuildLog

DEFAULT_HOST: Final = "127.0.0.1"
DEFAULT_PORT: Final = 8000


def serve(options: Options, log: BuildLog, *, counter: Counter = nullcontext) -> None:
    """Serve the feed of the options until the process is told to stop; the address goes to the log.

    `counter` shows how far the first build has come.
    """
    options = replace(options, output=None, format="atom")
    host, port = options.host or DEFAULT_HOST, DEFAULT_PORT if options.port is None else options.port
    _must_not_leak(options, host)
    with ExitStack() as stack:
        # The children come first: they must not inherit the socket, and before there are threads they are cheap.
        child, maker, reader, *tracers = [stack.enter_context(closing(ChildProcess())) for _ in range(3 + AT_ONCE)]
        listener = stack.enter_context(_listening(host, port))
        files = stack.enter_context(closing(watch_dumps(options, log.note)))
        linked = _with_links(options, listener)
        words = file_for(linked)
        indexer = Indexer(linked, words, log, reader.call) if words else None
        builder = Builder(
            linked,
            log,
            make=lambda options, now: child.call(build_here, options, now),
            told=indexer.tell if indexer else lambda _: None,
            counter=counter,
        )
        child.told = builder.hear
        local = ip_address(listener.getsockname()[0]).is_loopback
        is_preview = options.withheld == "include"
        app = make_app(
            builder,
            options.base_url,
            tracer=Tracer(tracers),
            finder=(lambda: indexer.finder) if indexer else None,
            on_demand=OnDemand(maker, words),
            local=local,
            is_preview=is_preview,
        )
        server = make_server(logged(app, _write_line) if options.access_log else app)
        stop = Event()
        Thread(target=builder.run, args=(files.wait, stop), name="builder", daemon=True).start()
        if indexer:
            Thread(target=indexer.run, args=(stop.is_set,), name="indexer", daemon=True).start()
        log.note(f"serving {_address(listener)}{FEED}")
        if linked is options:
            log.note("the feed does not say where it is; give its address with --base-url")
        anyio.run(anyio.to_thread.run_sync, load_templates)  # both are slow the first time; the build goes on meanwhile
        try:
            server.run(sockets=[listener])
        finally:
            stop.set()


def _write_line(line: str) -> None:
    with suppress(OSError):  # nobody follows it any more
        print(line, flush=True)  # noqa: T201  it is data, as a feed is


def _must_not_leak(options: Options, host: str) -> None:
    """Refuse to show others what its author has not published: to other machines, or under a public address."""
    if options.withheld != "include":
        return
    for setting, name in (("--host", host), ("--base-url", urlsplit(options.base_url or "").netloc)):
        if name and not is_local(f"[{name}]" if setting == "--host" and ":" in name else name):
            raise ConfigurationError(
                f"{setting} {name}: --withheld include shows drafts and private articles, so serve answers only this "
                f"machine; leave out {setting} or --withheld"
            )


def _with_links(options: Options, listener: socket.socket) -> Options:
    """Let the feed say where it is and which page belongs to it, as far as that is known.

    Nobody knows under which name a server is reached that listens everywhere: that needs --base-url.
    """
    if options.base_url is None and ip_address(listener.getsockname()[0]).is_unspecified:
        return options
    page, feed = absolute(options.base_url or _address(listener))
    link = options.feed.link or page
    return replace(options, base_url=feed, feed=replace(options.feed, link=link), entry_pages=f"{page}entry/{{}}")


def _listening(host: str, port: int) -> socket.socket:
    try:
        family, _, _, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)[0]
        return socket.create_server(address[:2], family=family, backlog=2_048)
    except OSError as error:
        reason = os.strerror(error.errno) if error.errno and error.errno > 0 else error.strerror
        message = f"{host}:{port}: cannot listen there: {reason}; choose another --host or --port"
        raise OutputError(message) from None


def _address(listener: socket.socket) -> str:
    host, port = listener.getsockname()[:2]
    return f"http://[{host}]:{port}/" if ":" in host else f"http://{host}:{port}/"
