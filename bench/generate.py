"""Write a synthetic archive of article dumps: every input format in one tree, out of invented words.

Nothing but COUNT and the seed decides a byte of it, and dump N is the same whatever COUNT is.

    python bench/generate.py FOLDER COUNT [--seed N] [--median BYTES] [--describe]
"""

import argparse
import json
from collections import Counter
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from math import exp, log
from pathlib import Path
from random import Random
from types import MappingProxyType
from typing import Final, NamedTuple
from urllib.parse import quote

import invented
import markup
from invented import Article, Language

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
MEDIAN: Final = 3_000
DIRT: Final = 0.04  # share of the blocks that are hard to clean

# After sizes in real archives: p50, p90, p99 are 22, 52, 176 kB where articles are long, 3.1, 12, 47 kB elsewhere.
LONG: Final = 10_000
P90: Final = log(5)
NEAR_LONG: Final = 0.53  # the slope from the median to p90
NEAR_SHORT: Final = 0.84
FAR: Final = 0.56  # from p90 on
LARGEST: Final = 700_000


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
    return first._replace(number=number, kind="hybrid", moment=later, title=title, stub=False)


def _size(rng: Random, median: int) -> int:
    """Draw the size of a body, from a straight line on each side of p90 in log size over log rank."""
    rank = rng.random()
    distance = -log(2 * min(rank, 1 - rank) or 1e-9)  # 0 at the median, 1.61 at p90, 3.91 at p99
    near = NEAR_LONG if median >= LONG else NEAR_SHORT
    if rank < 0.5:
        return int(median * exp(-near * distance))
    return min(LARGEST, int(median * exp(near * min(distance, P90) + FAR * max(0.0, distance - P90))))


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
        "allurls.dat": "".join(f"https://ledger.example/{n}\n" for n in range(count)).encode(),
        "lists/ledger.md": f"Evening Ledger\n------\n\n{links}".encode(),
        "subs.json": json.dumps([{"name": name, "host": host} for name, host in OUTLETS]).encode(),
        **pictures,
    }


class Dump(NamedTuple):
    """What was written of one article."""

    kind: str
    size: int  # bytes
    tags: int  # counted as "<"


def generate(folder: Path, count: int, seed: int = 1, *, median: int = MEDIAN) -> list[Dump]:
    """Fill a new or empty folder with `count` dumps, and a few files that are none; bodies have `median` bytes."""
    folder.mkdir(parents=True, exist_ok=True)
    if any(folder.iterdir()):
        raise FileExistsError(f"{folder} is not empty")
    languages = invented.languages(seed)
    dumps = []
    for number in range(count):
        article = make_article(seed, number, languages)
        rng, kind = Random(f"{seed} body {number}"), KINDS[article.kind]
        data = (kind.header(article) + kind.body(rng, article, _size(rng, median))).encode()
        path = folder / kind.name(article)
        path.parent.mkdir(parents=True, exist_ok=True)
        if path.exists():  # an article dumped again on its day
            path = path.with_stem(f"{path.stem[:50]}-{number}")
        path.write_bytes(data)
        dumps.append(Dump(article.kind, len(data), data.count(b"<")))
    for name, data in _others(seed, count).items():
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_bytes(data)
    return dumps


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
    parser.add_argument("--describe", action="store_true", help="say what was written: sizes, density, formats")
    options = parser.parse_args()
    dumps = generate(options.folder, options.count, options.seed, median=options.median)
    if options.describe:
        print(describe(dumps))


if __name__ == "__main__":
    main()
