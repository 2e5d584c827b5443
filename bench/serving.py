"""Measure `refeed serve`: against nginx, per poll, under slow clients, and from a new dump to the feed.

python bench/serving.py [--count N] [--median BYTES] [--seconds N] [--rounds N] [--folder FOLDER]

Needs wrk and nginx (Debian: apt-get install wrk nginx-light). All traffic stays on this machine.
"""

import argparse
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from http.client import HTTPConnection
from json import loads
from pathlib import Path
from statistics import median
from typing import Final, NamedTuple

BENCH: Final = Path(__file__).resolve().parent
PYTHON: Final = sys.executable
TICK: Final = os.sysconf("SC_CLK_TCK")
READY: Final = 120.0  # seconds that a first build may take
SLOW: Final = 200  # clients that send a byte now and then
CHANGES: Final = 1_000
CHANGING: Final = 10.0  # seconds
NGINX: Final = """
daemon off; worker_processes 1; pid {folder}/nginx.pid; error_log stderr crit;
events {{ worker_connections 1024; }}
http {{
  access_log off; sendfile on; tcp_nopush on; keepalive_requests 100000000;
  types {{ application/atom+xml xml; }}
  server {{ listen 127.0.0.1:{port}; root {folder}; }}
}}
"""


class Served(NamedTuple):
    """A program that answers on a port."""

    port: int
    pids: tuple[int, ...]


def free_port() -> int:
    """Find a port that nobody listens on."""
    with socket.create_server(("127.0.0.1", 0)) as found:
        return int(found.getsockname()[1])


def get(port: int, path: str = "/feed.xml", **headers: str) -> tuple[int, dict[str, str], bytes]:
    """Fetch something over a connection of its own."""
    connection = HTTPConnection("127.0.0.1", port, timeout=30)
    try:
        connection.request("GET", path, headers={name.replace("_", "-"): value for name, value in headers.items()})
        answer = connection.getresponse()
        return answer.status, {name.lower(): value for name, value in answer.getheaders()}, answer.read()
    finally:
        connection.close()


def until_ready(port: int) -> None:
    """Wait until a server answers with a feed."""
    end = time.monotonic() + READY
    while time.monotonic() < end:
        try:
            if get(port)[0] == 200:
                return
        except OSError:
            pass
        time.sleep(0.05)
    raise SystemExit(f"nothing is served at port {port}")


@contextmanager
def program(command: Sequence[str], port: int, cache: str) -> Iterator[Served]:
    """Run a server until it is not needed any more."""
    environment = {**os.environ, "XDG_CACHE_HOME": cache}
    child = subprocess.Popen([*command], env=environment, stderr=subprocess.DEVNULL, cwd=BENCH.parent)
    try:
        until_ready(port)
        listed = Path(f"/proc/{child.pid}/task/{child.pid}/children").read_text()
        yield Served(port, (child.pid, *map(int, listed.split())))
    finally:
        child.send_signal(signal.SIGTERM)
        child.wait()


def cpu(served: Served) -> float:
    """Return the CPU seconds that a server has used so far."""
    used = 0
    for pid in served.pids:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        used += int(fields[11]) + int(fields[12])
    return used / TICK


class Load(NamedTuple):
    """What a server did under load."""

    rate: float  # answers a second
    cost: float  # milliseconds of CPU an answer


def load(served: Served, seconds: int, headers: Sequence[str] = ()) -> Load:
    """Let wrk ask over sixteen connections that stay open."""
    told = [part for header in headers for part in ("-H", header)]
    before = cpu(served)
    command = ["wrk", "-t1", "-c16", f"-d{seconds}s", *told, f"http://127.0.0.1:{served.port}/feed.xml"]
    said = subprocess.run(command, check=True, stdout=subprocess.PIPE, encoding="utf-8").stdout
    if "Non-2xx" in said or "Socket errors" in said:
        raise SystemExit(said)
    (rate,), (count,) = re.findall(r"Requests/sec: +([\d.]+)", said), re.findall(r"(\d+) requests in", said)
    return Load(float(rate), 1000 * (cpu(served) - before) / int(count))


def single_polls(served: Served, count: int, etag: str) -> float:
    """Return the CPU milliseconds of a poll over a connection of its own that ends in 304."""
    before = cpu(served)
    for _ in range(count):
        if get(served.port, If_None_Match=etag)[0] != 304:
            raise SystemExit("a poll did not end in 304")
    return 1000 * (cpu(served) - before) / count


def compare_with_nginx(served: Served, cache: str, seconds: int, rounds: int) -> None:
    """Serve the same bytes with nginx, and let both answer in turns."""
    _, facts, body = get(served.port)
    folder, port = Path(cache) / "nginx", free_port()
    folder.mkdir()
    folder.chmod(0o755)
    Path(cache).chmod(0o755)
    (folder / "feed.xml").write_bytes(body)
    (folder / "nginx.conf").write_text(NGINX.format(folder=folder, port=port))
    nginx = shutil.which("nginx") or "/usr/sbin/nginx"
    with program([nginx, "-e", "stderr", "-c", str(folder / "nginx.conf")], port, cache) as other:
        since = get(port)[1]["last-modified"]
        known = {"refeed": (served, f"If-None-Match: {facts['etag']}"), "nginx": (other, f"If-Modified-Since: {since}")}
        whole: dict[str, list[Load]] = {name: [] for name in known}
        short: dict[str, list[Load]] = {name: [] for name in known}
        for _ in range(rounds):
            for name, (one, header) in known.items():
                whole[name].append(load(one, seconds))
                short[name].append(load(one, seconds, [header]))
    print(f"the feed: {len(body)} bytes; wrk -t1 -c16, {rounds} rounds of {seconds} s in turns, medians")
    for title, measured in (("200", whole), ("304", short)):
        rates = {name: median(each.rate for each in of_one) for name, of_one in measured.items()}
        costs = {name: median(each.cost for each in of_one) for name, of_one in measured.items()}
        print(f"{title}: refeed / nginx: {rates['refeed'] / rates['nginx']:.2f}")
        for name in measured:
            print(f"  {name:<8} {rates[name]:>10.0f} a second {costs[name]:>8.3f} ms CPU each")
    print(f"304 over a new connection each: {single_polls(served, 2_000, facts['etag']):.3f} ms CPU")


def waits(served: Served, count: int) -> list[float]:
    """Return the seconds that single clients wait for the whole feed."""
    found = []
    for _ in range(count):
        start = time.perf_counter()
        get(served.port)
        found.append(time.perf_counter() - start)
    return found


def slow_clients(served: Served) -> None:
    """Keep requests open that never end, and ask beside them."""
    alone = waits(served, 50)
    with ExitStack() as stack:
        clients = [stack.enter_context(socket.create_connection(("127.0.0.1", served.port))) for _ in range(SLOW)]
        for client in clients:
            client.sendall(b"GET /feed.xml HTTP/1.1\r\nHost: x\r\nX-Slow: ")
        beside = []
        for _ in range(5):
            for client in clients:
                client.sendall(b"x")
            beside += waits(served, 10)
    print(f"a client: at most {1000 * max(alone):.1f} ms alone, {1000 * max(beside):.1f} ms beside {SLOW} slow ones")


def dump(number: int) -> str:
    """Write an article that is newer than all of the archive."""
    return f"<!--{1_780_000_000_000 + 1000 * number}-->\n[New {number}](https://new.example/{number})\n------\n\n<p>New.</p>\n"


def until_shown(served: Served, text: str) -> float:
    """Wait until the feed says something, and tell how long that took."""
    start, tag = time.monotonic(), ""
    while True:
        status, facts, body = get(served.port, If_None_Match=tag)
        if status == 200:
            tag = facts["etag"]
            if text.encode() in body:
                return time.monotonic() - start
        time.sleep(0.02)


def new_dumps(served: Served, folder: Path, rounds: int) -> None:
    """Add single dumps, and then many in a short time."""
    times, costs = [], []
    for number in range(rounds):
        before = cpu(served)
        (folder / f"new-{number}.md").write_text(dump(number))
        times.append(until_shown(served, f'new.example/{number}"'))
        costs.append(cpu(served) - before)
        time.sleep(2)
    print(
        f"a new dump is in the feed after {median(times):.2f} s (median), {max(times):.2f} s (longest of {rounds}); "
        f"{median(costs):.2f} s of CPU"
    )
    builds = loads(get(served.port, "/healthz")[2])["builds"]
    start, before = time.monotonic(), cpu(served)
    for number in range(CHANGES):
        (folder / f"burst-{number % 100}.md").write_text(dump(rounds + number))
        time.sleep(max(0.0, start + CHANGING * (number + 1) / CHANGES - time.monotonic()))
    last = until_shown(served, f'new.example/{rounds + CHANGES - 1}"')
    time.sleep(3)
    built = loads(get(served.port, "/healthz")[2])["builds"] - builds
    print(
        f"{CHANGES} changes in {CHANGING:.0f} s: {built} rebuilds, {cpu(served) - before:.1f} s of CPU; "
        f"the last is in the feed {last:.2f} s after it"
    )


def main() -> None:
    """Read the command line, make the archive unless there is one, and measure."""
    parser = argparse.ArgumentParser(description="Measure refeed serve.")
    parser.add_argument("--count", type=int, default=20_000, help="dumps in the archive (default: 20000)")
    parser.add_argument("--median", type=int, default=3_000, help="bytes of a body (default: 3000)")
    parser.add_argument("--seconds", type=int, default=4, help="of load in a round (default: 4)")
    parser.add_argument("--rounds", type=int, default=5, help="of each measurement (default: 5)")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as cache:
        folder, port = Path(cache) / "archive", free_port()
        sizes = [str(folder), str(options.count), "--median", str(options.median)]
        subprocess.run([PYTHON, str(BENCH / "generate.py"), *sizes], check=True)
        with program([PYTHON, "-m", "refeed", "serve", str(folder), "--port", str(port)], port, cache) as served:
            compare_with_nginx(served, cache, options.seconds, options.rounds)
            slow_clients(served)
            new_dumps(served, folder, options.rounds)


if __name__ == "__main__":
    main()
