"""Write a synthetic archive of article dumps: every input format in one tree, out of invented words.

Nothing but COUNT and the seed decides a byte of it, and dump N is the same whatever COUNT is.

    python bench/generate.py FOLDER COUNT [--seed N] [--median BYTES] [--tree TREE] [--bare] [--describe]
"""

import argparse
import json
import os
from collections import Counter
from collections.abc import Callable, Mapping
from concurrent.futures import ProcessPoolExecutor
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from functools import cache
from itertools import chain
from pathlib import Path, PurePosixPath
from random import Random
from types import MappingProxyType
from typing import Final, NamedTuple
from urllib.parse import quote

import invented
import markup
from invented import Article, Language
from sizes import MEDIAN, draw_size

OUTLETS: Final = (
    ("(島)星雲社", "nebula.example"),
    ("Evening Ledger", "ledger.example"),
    ("Harbour Radio", "radio.harbour.example"),
    ("山海日报", "shanhai.example"),
    ("河岸通訊", "riverbank.example"),
    ("石桥周刊", "www.stonebridge.example"),
)

FIRST_DAY: Final = datetime(2016, 1, 1, tzinfo=UTC)
DAYS: Final = 2_500
RUN: Final = 50  # so many dumps come from one day, as a robot saves them
AGAIN: Final = 0.02  # dumped a second time, under the same address
STUB: Final = 0.10  # no text of their own
DIRT: Final = 0.04  # share of the blocks that are hard to clean

TREES: Final = ("mixed", "days", "flat")
CHUNK: Final = 1_000  # so many dumps at a time are the work of one process


class Kind(NamedTuple):
    """One way to write a dump."""

    share: int  # per cent, after counts in real archives: the mirrors' Jekyll trees are by far the largest
    linked: bool  # the header says where the article was published
    name: Callable[[Article], str]
    header: Callable[[Article], str]
    body: Callable[[Random, Article, int], str]


def _url(rng: Random, number: int, host: str, title: str, moment: datetime) -> str:
    shape = rng.random()
    if shape < 0.5:
        return f"https://{host}/a/{moment:%Y%m%d}/{700_000 + number}.html"
    if shape < 0.8:
        return f"http://{host}/{moment:%Y/%m/%d}/{quote(title[:20])}-{number}/"
    return f"https://{host}/article_{number}_({rng.randint(1, 9)})?source=rss&id={number}"


def _first_told(seed: int, number: int, languages: tuple[Language, ...]) -> Article:
    rng = Random(f"{seed} article {number}")
    shares = [kind.share for kind in KINDS.values()]
    # Number 0 has a link, so that the search backwards for an article to dump again always ends.
    kind = rng.choices(tuple(KINDS), weights=shares)[0] if number else "hybrid"
    day = Random(f"{seed} day {number // RUN}").randrange(DAYS)
    moment = FIRST_DAY + timedelta(days=day, seconds=rng.randrange(86_400))
    language = rng.choice(languages)
    title = invented.title(rng, language)
    outlet, host = rng.choice(OUTLETS)
    url = _url(rng, number, host, title, moment)
    return Article(number, kind, language, title, outlet, url, moment, stub=rng.random() < STUB, dirt=DIRT)


def make_article(seed: int, number: int, languages: tuple[Language, ...]) -> Article:
    """Invent article `number`, or say again what an earlier one was about."""
    rng = Random(f"{seed} again {number}")
    if not number or rng.random() >= AGAIN:
        return _first_told(seed, number, languages)
    before = rng.randrange(number)
    while not KINDS[(first := make_article(seed, before, languages)).kind].linked:
        before -= 1
    later = first.moment + timedelta(minutes=rng.randint(30, 60 * 24 * 40))
    title = f"{first.title} {rng.choice(first.language.words)}"  # most re-dumps have another title
    return first._replace(number=number, kind="hybrid", moment=later, title=title, stub=False, again=True)


def _safe(title: str) -> str:
    return title.replace("/", "--").replace('"', "”")[:50]


def _by_day(folder: str) -> Callable[[Article], str]:
    return lambda article: f"{folder}/{article.moment:%Y-%m-%d/%Y-%m-%d}-{_safe(article.title)}.md"


def _by_number(article: Article) -> str:
    title = f"_{_safe(article.title)}" if article.number % 5 > 1 else ""
    return f"articles/{article.moment:%Y-%m-%d}/{300_000 + article.number}{title}.md"


def _link(article: Article) -> str:
    return f"[{article.title}]({article.url})\n------\n"


def _dated_link(article: Article) -> str:
    return f"{_link(article)}日期：{format_datetime(article.moment)}\n\n"


def _epoch_link(article: Article) -> str:
    epoch = "NaN" if article.number % 50 == 7 else f"{article.moment.timestamp():.0f}000"
    return f"<!--{epoch}-->\n{_link(article)}\n"


def _jekyll(article: Article) -> str:
    title, outlet = article.title.replace('"', '\\"'), article.outlet
    return (
        f'---\nlayout: post\ntitle: "{title}"\ndate: {article.moment:%Y-%m-%dT%H:%M:%S}.000Z\nauthor: {outlet}\n'
        f"from: {article.url}\ntags: [ {outlet} ]\ncategories: [ {outlet} ]\n---\n"
    )


def _hybrid(article: Article) -> str:
    return f"{_jekyll(article)}<!--{article.moment.timestamp():.0f}000-->\n{_link(article)}"


def _hexo(article: Article) -> str:
    date = "Invalid Date" if article.number % 50 == 9 else format_datetime(article.moment, usegmt=True)
    picture = f"'https://picsum.photos/400/300?random={article.number}'"
    return (
        f"\n---\ntitle: '{article.title}'\ncategories: \n - 新媒体\n - {article.outlet}\nheadimg: {picture}\n"
        f"author: {article.outlet}\ncomments: false\ndate: {date}\nthumbnail: {picture}\n---\n\n"
    )


def _hugo_toml(article: Article) -> str:
    title, tag = (json.dumps(text, ensure_ascii=False) for text in (article.title, article.outlet))
    date = f"{article.moment:%Y-%m-%dT%H:%M:%S}Z"
    return f"+++\ntitle = {title}\ndate = {date}\ndraft = false\ntags = [{tag}]\n+++\n\n"


def _hugo_json(article: Article) -> str:
    facts = {"title": article.title, "date": f"{article.moment:%Y-%m-%dT%H:%M:%S}+00:00", "tags": [article.outlet]}
    return json.dumps(facts, ensure_ascii=False, indent=2) + "\n\n"


def _pelican(article: Article) -> str:
    return f"Title: {article.title}\nDate: {article.moment:%Y-%m-%d %H:%M}\nAuthor: {article.outlet}\nTags: a, b\n\n"


KINDS: Final[Mapping[str, Kind]] = MappingProxyType(
    {
        "dated-link": Kind(6, True, _by_number, _dated_link, markup.html),
        "epoch-link": Kind(12, True, _by_number, _epoch_link, markup.html),
        "hexo": Kind(12, False, _by_day("source/_posts"), _hexo, markup.robot),
        "hugo-json": Kind(2, False, _by_day("content/posts"), _hugo_json, markup.markdown),
        "hugo-toml": Kind(3, False, _by_day("content/posts"), _hugo_toml, markup.markdown),
        "hybrid": Kind(53, True, _by_day("archived"), _hybrid, markup.boxed),
        "jekyll": Kind(8, True, _by_day("_posts"), _jekyll, markup.indented),
        "pelican": Kind(4, False, _by_day("content"), _pelican, markup.markdown),
    }
)


def _others(seed: int, count: int) -> Mapping[str, bytes]:
    rng = Random(f"{seed} others")
    links = "".join(f"9-{day} [{day}](/articles/{300_000 + day}.md)\n\n" for day in range(1, 30))
    pictures = {f"images/{n}.png": b"\x89PNG\r\n\x1a\n" + rng.randbytes(20_000) for n in range(1 + count // 500)}
    return {
        "LICENSE": b"Invented text, free for every use.\n",
        "README.md": b"# Archive\n\nA synthetic archive: no article in it was ever published.\n",
        "allurls.dat": "".join(f"https://ledger.example/{n}\n" for n in range(min(count, 100_000))).encode(),
        "lists/ledger.md": f"Evening Ledger\n------\n\n{links}".encode(),
        "subs.json": json.dumps([{"name": name, "host": host} for name, host in OUTLETS]).encode(),
        **pictures,
    }


class Dump(NamedTuple):
    """What was written of one article."""

    kind: str
    size: int  # bytes
    tags: int  # counted as "<"


class EntryTask(NamedTuple):
    """What decides how an archive looks."""

    folder: Path
    seed: int = 1
    median: int = MEDIAN  # bytes of a body
    tree: str = "mixed"


def generate(order: EntryTask, count: int, *, bare: bool = False, processes: int = 1) -> list[Dump]:
    """Fill a new or empty folder with `count` dumps and, unless it shall be bare, a few files that are none."""
    order.folder.mkdir(parents=True, exist_ok=True)
    if any(order.folder.iterdir()):
        raise FileExistsError(f"{order.folder} is not empty")
    for name, data in {} if bare else _others(order.seed, count).items():
        (order.folder / name).parent.mkdir(exist_ok=True)
        (order.folder / name).write_bytes(data)
    chunks = [range(start, min(start + CHUNK, count)) for start in range(0, count, CHUNK)]
    if processes == 1 or len(chunks) == 1:
        return [dump for chunk in chunks for dump in _write(order, chunk)]
    with ProcessPoolExecutor(processes) as pool:
        return list(chain.from_iterable(pool.map(_write, [order] * len(chunks), chunks)))


_languages = cache(invented.languages)  # making them takes as long as some hundred dumps


def _write(order: EntryTask, numbers: range) -> list[Dump]:
    """Write the dumps of these numbers."""
    languages = _languages(order.seed)
    dumps = []
    for number in numbers:
        article = make_article(order.seed, number, languages)
        rng, kind = Random(f"{order.seed} body {number}"), KINDS[article.kind]
        data = (kind.header(article) + kind.body(rng, article, draw_size(rng, order.median))).encode()
        path = order.folder / _place(article, kind.name(article), order.tree)
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("xb") as file:  # two dumps of one name would make an archive of another size
            file.write(data)
        dumps.append(Dump(article.kind, len(data), data.count(b"<")))
    return dumps


def _place(article: Article, usual: str, tree: str) -> PurePosixPath:
    """Return where a dump stands; one of an article that was dumped before has its number in its name."""
    path = PurePosixPath(usual)
    if article.again:
        path = path.with_stem(f"{path.stem[:50]}-{article.number}")
    if tree == "mixed":
        return path
    return PurePosixPath(f"{article.moment:%Y-%m-%d}" if tree == "days" else "", path.name)


def describe(dumps: list[Dump]) -> str:
    """Say in three lines how many dumps there are, how large, how dense their markup is, and in which formats."""
    sizes, tags = sorted(dump.size for dump in dumps), sum(dump.tags for dump in dumps)
    p50, p90, p99 = (sizes[int(len(sizes) * share)] / 1e3 for share in (0.50, 0.90, 0.99))
    kinds = sorted(Counter(dump.kind for dump in dumps).items())
    return (
        f"{len(sizes)} dumps, {sum(sizes) / 1e6:.1f} MB, {sum(sizes) / max(tags, 1):.0f} bytes per tag\n"
        f"kB: median {p50:.1f}, p90 {p90:.1f}, p99 {p99:.1f}, largest {sizes[-1] / 1e3:.1f}\n"
        + ", ".join(f"{kind} {count / len(sizes):.0%}" for kind, count in kinds)
    )


def main() -> None:
    """Read the command line."""
    parser = argparse.ArgumentParser(description="Write a synthetic archive of article dumps.")
    parser.add_argument("folder", type=Path, metavar="FOLDER", help="new or empty")
    parser.add_argument("count", type=int, metavar="COUNT", help="how many dumps, at least 1")
    parser.add_argument("--seed", type=int, default=1, help="another number, another archive (default: 1)")
    parser.add_argument("--median", type=int, default=MEDIAN, help=f"bytes of a body (default: {MEDIAN})")
    parser.add_argument("--tree", choices=TREES, default="mixed", help="of the site generators, of days, or none")
    parser.add_argument("--bare", action="store_true", help="only dumps: no pictures, lists or other files")
    parser.add_argument(
        "--processes", type=int, default=os.cpu_count() or 1, help="at work (default: one for each core)"
    )
    parser.add_argument("--describe", action="store_true", help="say what was written: sizes, density, formats")
    options = parser.parse_args()
    order = EntryTask(options.folder, options.seed, options.median, options.tree)
    dumps = generate(order, options.count, bare=options.bare, processes=options.processes)
    if options.describe:
        print(describe(dumps))


if __name__ == "__main__":
    main()
