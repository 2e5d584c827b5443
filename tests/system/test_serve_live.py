"""A running server follows the archive, bounds what clients can hold, and ends as it should."""

import os
import re
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from email.utils import parsedate_to_datetime
from http.client import HTTPException
from pathlib import Path
from threading import Event
from typing import Final
from urllib.parse import urlsplit

import feedparser
import pytest
from asking import PATIENCE, Live, at_home, fetch, serving, until
from command_line import dump, process, run

from refeed.pages.rendering import STATIC
from refeed.serve.http.codings import etag

PAUSE = 0.002  # seconds between two looks of a client: the server has to build beside four of them
EVERYWHERE = "0.0.0.0"  # noqa: S104


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    """Save a dump."""
    return dump(tmp_path / "archive", "tide.md", title="Tide").parent


@pytest.fixture(scope="module")
def standing(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Live]:
    """Start the server of all tests that only ask."""
    folder = tmp_path_factory.mktemp("standing")
    dump(folder / "archive", "tide.md", title="Tide")
    with serving(folder) as live:
        yield live


def connect(live: Live) -> socket.socket:
    return socket.create_connection(("127.0.0.1", urlsplit(live.url).port or 0), timeout=PATIENCE)


def has_ended(client: socket.socket) -> bool:
    """Wait until the server says something or hangs up, and return whether it hung up."""
    try:
        return client.recv(1) == b""
    except ConnectionResetError:
        return True


@pytest.fixture(scope="module")
def named(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Live]:
    """Start a server that knows under which address others find it."""
    folder = tmp_path_factory.mktemp("named")
    dump(folder / "archive", "tide.md", title="Tide")
    with serving(folder, "--base-url", "https://news.example/tide") as live:
        yield live


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Save the archive of all tests that leave it as it was."""
    return dump(tmp_path_factory.mktemp("shared") / "archive", "tide.md", title="Tide").parent


@pytest.fixture(scope="module")
def following(shared: Path) -> Iterator[Live]:
    """Start the server of that archive."""
    with serving(shared.parent) as live:
        yield live


@pytest.fixture
def followed(shared: Path, following: Live) -> Iterator[Path]:
    """Return the archive, and wait after the test until the server shows it as it was."""
    yield shared
    assert [path.name for path in shared.iterdir()] == ["tide.md"]
    until(lambda: [entry.title for entry in feedparser.parse(fetch(following.url).body).entries] == ["Tide"])


def test_a_dump_that_is_added_edited_or_removed_shows(followed: Path, following: Live) -> None:
    dump(followed, "deep/er/new.md", title="Quay")
    until(lambda: following.shows("Quay"))
    dump(followed, "deep/er/new.md", title="Pier")
    until(lambda: following.shows("Pier"))
    (followed / "deep" / "er" / "new.md").unlink()
    until(lambda: not following.shows("Pier"))
    (followed / "deep" / "er").rmdir()
    (followed / "deep").rmdir()


def test_a_folder_that_another_takes_the_place_of_is_followed(followed: Path, following: Live) -> None:
    old, new = followed.with_name("old"), followed.with_name("next")
    dump(new, "other.md", title="Other")
    followed.rename(old)
    new.rename(followed)
    until(lambda: following.shows("Other"))
    dump(followed, "more.md", title="Quay")
    until(lambda: following.shows("Quay"))
    followed.rename(new)
    old.rename(followed)


def test_no_request_sees_half_a_build(followed: Path, following: Live) -> None:
    with ThreadPoolExecutor(4) as clients:
        done = Event()

        def poll() -> list[tuple[str, str, bytes]]:
            seen = {}
            while not done.is_set():
                reply = fetch(following.url)
                done.wait(PAUSE)
                seen[reply.headers["etag"]] = (reply.headers["etag"], reply.headers["last-modified"], reply.body)
            return [*seen.values()]

        polls = [clients.submit(poll) for _ in range(4)]
        for number in range(4):
            dump(followed, "tide.md", title=f"Tide {number}", body="<p>High water.</p>" * 500 * number)
            until(lambda: following.shows(f"Tide {number}"))  # noqa: B023  asked at once
        done.set()
        dump(followed, "tide.md", title="Tide")
        seen = {state for each in polls for state in each.result()}
    for tag, _, body in seen:
        assert etag(body) == tag
        assert not feedparser.parse(body).bozo
    assert len({tag for tag, _, _ in seen}) == len({date for _, date, _ in seen}) == len(seen) >= 4


def test_after_a_restart_readers_that_poll_by_date_get_nothing_twice(archive: Path, tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = str(free.getsockname()[1])
    with serving(tmp_path, "--port", port) as live:
        first = fetch(live.url)
    with serving(tmp_path, "--port", port) as live:
        again = fetch(live.url, If_Modified_Since=first.headers["last-modified"])
        assert again.status == 304
        dump(archive, "new.md", title="Quay")
        until(lambda: live.shows("Quay"))
        later = fetch(live.url, If_Modified_Since=first.headers["last-modified"])
        assert later.status == 200
        dates = [parsedate_to_datetime(reply.headers["last-modified"]) for reply in (first, again, later)]
        assert dates[0] == dates[1] < dates[2] <= parsedate_to_datetime(later.headers["date"])


def links_of(live: Live) -> list[tuple[str, str]]:
    """Return the links of the feed, without the one to its archive."""
    links = feedparser.parse(fetch(live.url).body).feed.get("links", [])
    return [(link.rel, link.href) for link in links if link.rel != "prev-archive"]


def test_the_feed_says_where_it_is_and_has_one_page(archive: Path, tmp_path: Path, standing: Live, named: Live) -> None:
    assert archive.is_dir()
    here = standing.url.removesuffix("feed.xml")
    assert links_of(standing) == [("self", standing.url), ("alternate", here)]
    expected = [("self", "https://news.example/tide/feed.xml"), ("alternate", "https://news.example/tide/")]
    assert links_of(named) == expected
    with serving(tmp_path, "--host", EVERYWHERE) as live:  # reached under who knows what name
        assert links_of(live._replace(url=live.url.replace(EVERYWHERE, "127.0.0.1"))) == []
    (tmp_path / "refeed.toml").write_text('paths = ["archive"]\n[feed]\nlink = "https://harbour.example/"\n')
    with serving(tmp_path, name="") as live:
        assert links_of(live) == [("self", live.url), ("alternate", "https://harbour.example/")]


@pytest.mark.parametrize(
    ("head", "status"),
    [
        (b"GET /feed.xml HTTP/1.1\r\n\r\n", b"400"),
        (b"GET /feed.xml HTTP/1.1\r\nHost: localhost\r\nHost: localhost\r\n\r\n", b"400"),
        (b"GET /feed.xml HTTP/1.0\r\nHost: localhost\r\nHost: x.example\r\n\r\n", b"400"),
        (b"GET /feed.xml HTTP/1.1\r\nHost: localhost\r\n\r\n", b"200"),
        (b"GET /feed.xml HTTP/1.0\r\n\r\n", b"200"),
    ],
    ids=["1.1 without", "1.1 with two", "1.0 with two", "1.1 with one", "1.0 without"],
)
def test_a_request_names_one_host(standing: Live, head: bytes, status: bytes) -> None:
    with connect(standing) as client:
        client.sendall(head)
        assert client.recv(12) == b"HTTP/1.1 " + status


def test_a_build_process_that_is_killed_costs_no_feed_and_is_replaced(followed: Path, following: Live) -> None:
    for child in children_of(following):
        os.kill(child, signal.SIGKILL)
    assert following.shows("Tide")
    dump(followed, "new.md", title="Quay")
    until(lambda: following.shows("Quay"))
    (followed / "new.md").unlink()


def test_no_process_is_left_when_it_is_killed(archive: Path, tmp_path: Path) -> None:
    assert archive.is_dir()
    with serving(tmp_path) as live:
        children = children_of(live)
        assert children
        live.process.kill()
        until(lambda: not any(is_running(child) for child in children))


def children_of(live: Live) -> list[int]:
    pid = live.process.pid
    return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def is_running(pid: int) -> bool:
    try:
        return ") Z " not in Path(f"/proc/{pid}/stat").read_text()
    except FileNotFoundError:
        return False


@pytest.mark.parametrize("ending", [signal.SIGTERM, signal.SIGINT], ids=["SIGTERM", "SIGINT"])
def test_it_ends_gracefully(archive: Path, tmp_path: Path, ending: signal.Signals) -> None:
    assert archive.is_dir()
    with serving(tmp_path) as live, connect(live) as idle:
        live.process.send_signal(ending)
        assert live.process.wait(PATIENCE) == 0
        assert has_ended(idle)


def test_a_request_that_is_too_large_is_refused(standing: Live) -> None:
    assert fetch(standing.url, X_Long="x" * 20_000).status == 431
    assert fetch(standing.url, X_Long="x" * 10_000).status == 200
    assert fetch(f"{standing.url}?{'x' * 20_000}").status == 431


def test_two_hundred_slow_clients_keep_nobody_out(standing: Live) -> None:
    with ExitStack() as stack:
        for _ in range(200):
            stack.enter_context(connect(standing)).sendall(b"GET /feed.xml HTTP/1.1\r\nHost: x\r\nX-Slow: ")
        assert fetch(standing.url).status == 200


def test_more_connections_than_there_may_be_cost_the_oldest_silent_one(standing: Live) -> None:
    with ExitStack() as stack:
        clients = [stack.enter_context(connect(standing)) for _ in range(510)]
        assert fetch(standing.url).status == 200
        assert has_ended(clients[0])


def test_clients_on_which_nothing_moves_are_let_go(archive: Path, tmp_path: Path) -> None:
    fill(archive)
    with serving(tmp_path, "--limit", "0", changed=SOON) as live, ExitStack() as stack:
        # They never take the answers. The second request of one waits until the first is answered.
        readers = [stack.enter_context(asking_only(live, times=times)) for times in (1, 2)]
        writer = stack.enter_context(connect(live))
        writer.sendall(b"GET /feed.xml HT")
        assert has_ended(writer)
        until(lambda: not any(is_held(live, reader) for reader in readers))


def test_clients_that_take_no_answers_keep_nobody_out(archive: Path, tmp_path: Path) -> None:
    fill(archive)
    few = {"refeed.serve.http.connections._MOST": 3}
    with serving(tmp_path, "--limit", "0", changed=few) as live, ExitStack() as stack:
        for _ in range(4):
            stack.enter_context(asking_only(live, times=2))
        until(lambda: answers(live))


def test_a_client_that_leaves_before_it_is_answered_is_no_failure(archive: Path, tmp_path: Path) -> None:
    fill(archive)
    with serving(tmp_path, "--limit", "0") as live:
        with asking_only(live, times=3) as reader:
            assert reader.recv(1) == b"H"
        assert fetch(live.url).status == 200  # what comes later is seen later
        live.process.terminate()
        assert live.process.stderr
        assert "Traceback" not in live.process.stderr.read()


SOON: Final = {"refeed.serve.http.connections.PATIENCE": 2.0}


def fill(archive: Path) -> None:
    """Make a feed larger than what the system's buffers hold, which is 4 MB."""
    for number in range(36):
        dump(archive, f"{number}.md", title="Long", body=f"<p>{'Harbour' * 18_000}</p>")


def asking_only(live: Live, *, times: int) -> socket.socket:
    """Ask for the feed, some times at once, over a connection from which nobody reads."""
    client = socket.socket()
    client.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 10_000)
    client.connect(("127.0.0.1", urlsplit(live.url).port or 0))
    client.sendall(b"GET /feed.xml HTTP/1.1\r\nHost: localhost\r\n\r\n" * times)
    return client


def answers(live: Live) -> bool:
    """Return whether a new client is answered, not dropped."""
    try:
        return fetch(live.url).status == 200
    except (ConnectionError, HTTPException):
        return False


def is_held(live: Live, client: socket.socket) -> bool:
    """Return whether the server has the other end of a connection open, as Linux lists it."""
    ports = [f":{port:04X}" for port in (urlsplit(live.url).port, client.getsockname()[1])]
    rows = [line.split() for line in Path("/proc/net/tcp").read_text().splitlines()[1:]]
    # local address, remote address, …, inode; what is closed and still sends has none
    return any([row[1][-5:], row[2][-5:]] == ports and row[9] != "0" for row in rows)


def test_at_this_machine_alone_no_other_name_is_answered_unless_it_is_the_base_url(standing: Live, named: Live) -> None:
    assert fetch(standing.url, Host="localhost:8000").status == 200
    refused = fetch(standing.url, Host="evil.example")
    assert refused.status == 421
    assert b"--base-url" in refused.body
    assert fetch(named.url, Host="news.example").status == 200


def test_a_port_that_is_taken_is_named(archive: Path, tmp_path: Path) -> None:
    assert archive.is_dir()
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        ran = process("serve", "archive", "--port", port, cwd=tmp_path)
    assert ran.status == 1
    assert f"127.0.0.1:{port}: cannot listen there" in ran.err
    assert "Traceback" not in ran.err


def test_a_path_that_does_not_exist_is_wrong_usage(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    monkeypatch.chdir(tmp_path)
    ran = run(capfdbinary, "serve", "nothing", "--port", "0")
    assert ran.status == 2
    assert "nothing: No such file or directory" in ran.err


# One process for each package, which are copies of one that has read everything but the server.
WITHOUT = """
import os, sys
import refeed.commands.serve, refeed.watch.log
from refeed.cli import main

for missing in sys.argv[1:]:
    if not (child := os.fork()):
        sys.modules[missing] = None
        sys.exit(main(["serve", "."]))
    print(missing, os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), file=sys.stderr, flush=True)
"""


def test_without_the_extra_it_says_how_to_install_it(archive: Path) -> None:
    packages = ("brotli", "httptools", "starlette", "uvicorn")
    done = subprocess.run(
        [sys.executable, "-c", WITHOUT, *packages],
        cwd=archive,
        env=at_home(archive.parent),
        capture_output=True,
        text=True,
        check=True,
        timeout=PATIENCE,
    )
    told, statuses = done.stderr.splitlines()[0::2], done.stderr.splitlines()[1::2]
    assert statuses == [f"{name} 2" for name in packages]
    for name, line in zip(packages, told, strict=True):
        assert re.fullmatch(
            rf"refeed: serve needs a package that is not installed \({name}\b.*\): pip install 'refeed\[serve\]'", line
        )


STARTED: Final = """
import sys
from refeed.options import Options
from refeed.pages import rendering
from refeed.serve import run
from refeed.watch.log import BuildLog

class Server:
    def run(self, sockets):
        print(*sorted(name for _, name in rendering._environment().cache))
        print(*sorted({"anyio._backends._asyncio", "segno"} & {*sys.modules}))

run.make_server = lambda app: Server()
run.serve(Options(paths=(".",), port=0), BuildLog(lambda *_: None))
"""


def test_all_that_pages_need_is_read_before_anybody_asks(archive: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", STARTED],
        cwd=archive,
        env=at_home(archive.parent),
        capture_output=True,
        text=True,
        check=True,
        timeout=PATIENCE,
    )
    templates = sorted(path.name for path in (STATIC.parent / "templates").iterdir())
    assert done.stdout.splitlines() == [" ".join(templates), "anyio._backends._asyncio segno"]
