"""Measure the search of `refeed serve`: how long queries take, and whether anybody waits while articles are read.

python bench/search.py [--count N] [--queries N] [--keep FOLDER]

A third of the articles are Chinese. Words are as frequent as in languages (Zipf), so that queries find many or few.
"""

import argparse
import os
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from http.client import HTTPConnection
from itertools import accumulate
from pathlib import Path
from random import Random
from statistics import median, quantiles
from threading import Event, Thread
from typing import Final, NamedTuple
from urllib.parse import quote

from serving import BENCH, PYTHON, Served, cpu, free_port, get, until_ready

COUNT: Final = 28_000
QUERIES: Final = 300
LENGTH: Final = (60, 700)  # words of a text
SYLLABLES: Final = ("ba", "den", "fi", "gor", "hu", "kel", "lin", "mo", "nar", "os", "pri", "sul", "ta", "ver", "wim")
PATHS: Final = ("/feed.xml", "/", "/problems", "/healthz")  # that somebody asks for while articles are read
CONTROL: Final = "another server"  # Python's own, of an empty folder: how long one waits on this machine in any case
KINDS: Final = (
    ("pages", "/search", ""),
    ("pages, best first", "/search", "&order=best"),
    ("feeds", "/search.xml", ""),
)
LATE: Final = 100.0  # milliseconds that no answer should take
MOST: Final = 7_200.0  # seconds that reading may take on a machine with much else to do


class Vocabulary(NamedTuple):
    """Words, the frequent ones first, and how often they come."""

    words: tuple[str, ...]
    weights: tuple[float, ...]
    blank: str

    def some(self, rng: Random, count: int) -> list[str]:
        """Draw words."""
        return rng.choices(self.words, cum_weights=self.weights, k=count)


def vocabulary(rng: Random, words: list[str], blank: str) -> Vocabulary:
    """Make words as frequent as those of languages."""
    unique = [*dict.fromkeys(words)]
    rng.shuffle(unique)
    return Vocabulary(tuple(unique), tuple(accumulate(1 / (rank + 2) for rank in range(len(unique)))), blank)


def vocabularies(rng: Random) -> tuple[Vocabulary, Vocabulary]:
    """Invent a language in Latin letters, and one in Chinese characters, most words of which have two."""
    latin = ["".join(rng.choices(SYLLABLES, k=rng.randint(1, 5))) for _ in range(30_000)]
    characters = [chr(0x4E00 + number) for number in range(3_000)]
    chinese = ["".join(rng.choices(characters, k=rng.choice((1, 2, 2, 2, 3, 4)))) for _ in range(30_000)]
    return vocabulary(rng, latin, " "), vocabulary(rng, chinese, "")


def write(folder: Path, count: int, rng: Random, languages: tuple[Vocabulary, Vocabulary]) -> None:
    """Write the dumps."""
    for number in range(count):
        language = languages[number % 3 == 0]
        moment = datetime(2016, 1, 1, tzinfo=UTC) + timedelta(hours=3 * number)
        texts = language.some(rng, rng.randint(*LENGTH))
        size = rng.randint(20, 60)
        paragraphs = [language.blank.join(texts[start : start + size]) for start in range(0, len(texts), size)]
        facts = {
            "title": language.blank.join(language.some(rng, 7)),
            "date": moment.isoformat(),
            "link": f"https://host{number % 12}.example/{number}",
            "author": f"Author {number % 97}",
            "tags": f"[{', '.join(language.some(rng, 2))}]",
        }
        header = "".join(f"{name}: {value}\n" for name, value in facts.items())
        body = "".join(f"<p>{paragraph}</p>\n" for paragraph in paragraphs)
        place = folder / f"{moment:%Y}" / f"{moment:%m}" / f"{number}.md"
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(f"---\n{header}---\n\n{body}")


def queries(rng: Random, languages: tuple[Vocabulary, Vocabulary], count: int) -> Iterator[str]:
    """Invent what people type: one to three words, phrases, words that are not finished; a third Chinese."""
    for number in range(count):
        language = languages[number % 3 == 0]
        words = language.some(rng, rng.randint(1, 3))
        if number % 7 == 0:
            yield f'"{language.blank.join(words)}"'
        elif number % 5 == 0:
            yield " ".join([*words[:-1], words[-1][: max(2, len(words[-1]) - 2)]])
        else:
            yield " ".join(words)


@contextmanager
def server(folder: Path, cache: Path) -> Iterator[tuple[int, int]]:
    """Run a server; yield its port and its process."""
    port = free_port()
    command = [PYTHON, "-m", "refeed", "serve", str(folder), "--port", str(port), "--index", str(cache / "index")]
    environment = {**os.environ, "XDG_CACHE_HOME": str(cache)}
    child = subprocess.Popen(command, env=environment, stderr=subprocess.DEVNULL, cwd=BENCH.parent)
    try:
        until_ready(port)
        yield port, child.pid
    finally:
        child.send_signal(signal.SIGTERM)
        child.wait()


@contextmanager
def control() -> Iterator[int]:
    """Run a server that does nothing else; yield its port."""
    port = free_port()
    with tempfile.TemporaryDirectory() as empty:
        command = [PYTHON, "-m", "http.server", str(port), "--bind", "127.0.0.1", "--directory", empty]
        child = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        try:
            yield port
        finally:
            child.terminate()
            child.wait()


def watch(ports: dict[str, int], stop: Event, waits: dict[str, list[float]]) -> None:
    """Ask servers again and again, and note how long each answer took, in milliseconds."""
    time.sleep(1)  # until all listen
    while not stop.is_set():
        for name, port in ports.items():
            begun = time.perf_counter()
            get(port, "/" if name == CONTROL else name)
            waits.setdefault(name, []).append(1000 * (time.perf_counter() - begun))
            stop.wait(0.05)


def until_whole(port: int) -> float:
    """Wait until all articles can be searched; return how long that took, in seconds."""
    begun = time.monotonic()
    while time.monotonic() - begun < MOST:
        _, _, page = get(port, "/browse")
        if b"of them in the feed" in page:
            return time.monotonic() - begun
        time.sleep(5)
    raise SystemExit("not all articles were read")


def tell(name: str, milliseconds: list[float]) -> None:
    """Print how long something took."""
    cuts = quantiles(milliseconds, n=1000)
    late = sum(one > LATE for one in milliseconds)
    print(
        f"{name:28} median {median(milliseconds):6.1f} ms, 95 of 100 below {cuts[949]:6.1f} ms, "
        f"99 below {cuts[989]:6.1f} ms, longest {max(milliseconds):6.1f} ms, {late} over {LATE:.0f} ms, "
        f"of {len(milliseconds)}",
        flush=True,
    )


def measure_reading(port: int, process: int) -> None:
    """Read all articles while somebody asks for pages."""
    before = cpu(Served(port, (process,)))
    stop, waits = Event(), dict[str, list[float]]()
    with control() as other:
        ports = {**dict.fromkeys(PATHS, port), CONTROL: other}
        asking = Thread(target=watch, args=(ports, stop, waits))
        asking.start()
        try:
            print(f"all articles were read after {until_whole(port):.0f} s")
            print(f"{cpu(Served(port, (process,))) - before:.1f} s of CPU for the answers meanwhile")
        finally:
            stop.set()
            asking.join()
            for path, found in sorted(waits.items()):
                tell(f"{path}, while reading", found)


def measure_queries(port: int, process: int, typed: list[str]) -> None:
    """Search over one connection."""
    served = Served(port, (process,))
    connection = HTTPConnection("127.0.0.1", port, timeout=30)
    for name, path, ending in KINDS:
        times, before = [], cpu(served)
        for text in typed:
            begun = time.perf_counter()
            connection.request("GET", f"{path}?q={quote(text)}{ending}", headers={"accept-encoding": "gzip"})
            connection.getresponse().read()
            times.append(1000 * (time.perf_counter() - begun))
        tell(name, times)
        print(f"{'':28} {1000 * (cpu(served) - before) / len(typed):.1f} ms of CPU each")


def main() -> None:
    """Read the command line."""
    parser = argparse.ArgumentParser(description="Measure the search of `refeed serve`.")
    parser.add_argument("--count", type=int, default=COUNT, help=f"articles (default: {COUNT})")
    parser.add_argument("--queries", type=int, default=QUERIES, help=f"default: {QUERIES}")
    parser.add_argument("--keep", type=Path, help="where the archive and its index stay; used again if they are there")
    options = parser.parse_args()
    rng = Random(1)
    languages = vocabularies(rng)
    with tempfile.TemporaryDirectory() as temporary:
        work = options.keep or Path(temporary)
        archive = work / "archive"
        if not archive.exists():
            write(archive, options.count, rng, languages)
        typed = [*queries(Random(2), languages, options.queries)]
        with server(archive, work) as (port, process):
            measure_reading(port, process)
            measure_queries(port, process, typed)
        for file in sorted(work.glob("index*")):
            print(f"{file.name:28} {file.stat().st_size / 1e6:.1f} MB")
        with server(archive, work) as (port, _):
            print(f"after a restart all can be searched after {until_whole(port):.1f} s")


if __name__ == "__main__":
    main()
