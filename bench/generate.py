"""Write a synthetic archive of article dumps: every input format in one tree, out of invented words.

Nothing but COUNT and the seed decides a byte of it, and dump N is the same whatever COUNT is.

    python bench/generate.py FOLDER COUNT [--seed N]
"""

import argparse
import json
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path
from random import Random
from types import MappingProxyType
from typing import Final, NamedTuple
from urllib.parse import quote

import invented
from invented import Language

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
SIGMA: Final = 1.1  # of the log-normal sizes: p90 is four times the median, p99 thirteen times
LARGEST: Final = 200_000
HUGE: Final = 1_000_000  # one dump in a thousand

SMALL: Final = '<div><small style="color: #999;">'
VIDEO: Final = '<iframe width="560" height="315" src="https://video.example/embed/1" allowfullscreen></iframe>'
FOOTER: Final = (
    '<br><hr><div>获取更多RSS：<br><a href="https://feedx.net" style="color:orange" target="_blank">'
    'https://feedx.net</a> <br><a href="https://feedx.xyz" style="color:orange" target="_blank">'
    "https://feedx.xyz</a><br></div>"
)


class Article(NamedTuple):
    """What one dump is about."""

    number: int
    kind: str
    language: Language
    title: str
    outlet: str
    url: str
    moment: datetime
    stub: bool


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
    return Article(number, kind, language, title, outlet, url, moment, stub=rng.random() < STUB)


def _article(seed: int, number: int, languages: tuple[Language, ...]) -> Article:
    rng = Random(f"{seed} again {number}")
    if not number or rng.random() >= AGAIN:
        return _first_told(seed, number, languages)
    before = rng.randrange(number)
    while not KINDS[(first := _article(seed, before, languages)).kind].linked:
        before -= 1
    later = first.moment + timedelta(minutes=rng.randint(30, 60 * 24 * 40))
    title = f"{first.title} {rng.choice(first.language.words)}"  # most re-dumps have another title
    return first._replace(number=number, kind="hybrid", moment=later, title=title, stub=False)


def _size(rng: Random, number: int, median: int) -> int:
    return HUGE if number % 1_000 == 999 else min(LARGEST, int(median * rng.lognormvariate(0, SIGMA)))


def _picture(rng: Random, article: Article) -> str:
    host = article.url.split("/")[2]
    address = f"img.{host}/{article.moment:%Y/%m}/{article.number}_{rng.randint(1, 999)}.jpg"
    caption, shape = rng.choice(article.language.sentences), rng.random()
    if shape < 0.4:
        return f'<img src="https://images.weserv.nl/?url={address}" width="100%">{SMALL}{caption}</small></div>'
    if shape < 0.7:
        return f'<img src="https://images.weserv.nl?url={address}" width="100%">{SMALL}</small></div>'
    if shape < 0.9:
        return f'<figure><img class="lazyload" data-src="https://{address}"><figcaption>{caption}</figcaption></figure>'
    return f'<p><img src="//{address}" alt srcset="https://{address} 1x, https://{address}?w=2 2x"></p>'


def _block(rng: Random, article: Article, text: str) -> str:
    word, shape = rng.choice(article.language.words), rng.random()
    if shape < 0.72:
        return f"<p>{text}</p>"
    if shape < 0.80:
        return f"<p>{text}<br/> <br/></p>{_picture(rng, article)}"
    if shape < 0.90:
        address = rng.choice(
            (article.url, "/a/1.html", "//cdn.example/?a=1&amp;b=2", "https://a.example/?utm_source=b")
        )
        return f'<p><a href="{address}" target="_blank"><strong>{word}</strong></a>{text}</p>'
    if shape < 0.94:
        return f'<h2 style="margin: 0">{word}</h2><p><span data-id="7">{text}</span></p>'
    if shape < 0.97:
        return f"<blockquote><p>{text}</p></blockquote>"
    return f"<ul><li>{word}</li><li>{text}</li></ul><p>&nbsp;</p>"


def _dateline(rng: Random, article: Article) -> str:
    written = article.moment - timedelta(seconds=rng.randint(2, 6 * 3_600))
    iso, byline = f"{written:%Y-%m-%dT%H:%M:%S}.000Z", rng.choice(article.language.words)
    lines = (format_datetime(written, usegmt=True), iso, f"{byline}<br>{iso}", "", "", "")
    return f"<div><i>{line}</i></div>" if (line := rng.choice(lines)) else ""


def _html(rng: Random, article: Article, size: int) -> str:
    if article.stub:
        return rng.choice(("", "", VIDEO, f"<p>{article.language.words[0]}</p>"))
    lead = _picture(rng, article) if rng.random() < 0.6 else ""
    blocks = [_block(rng, article, text) for text in invented.paragraphs(rng, article.language, size)]
    return _dateline(rng, article) + lead + "".join(blocks) + (FOOTER if rng.random() < 0.12 else "")


def _boxed_html(rng: Random, article: Article, size: int) -> str:
    return f"\n<div>\n{_html(rng, article, size)}\n</div>\n\n"


def _indented_html(rng: Random, article: Article, size: int) -> str:
    lines = _html(rng, article, size).replace("><", ">\n  <")
    header = f' <header>\n  <h1 class="entry-title">\n   {article.title}\n  </h1>\n </header>\n'
    return f'<article class="post hentry">\n{header} <div class="entry-content">\n  {lines}\n </div>\n</article>\n'


def _robot_html(rng: Random, article: Article, size: int) -> str:
    lines = _html(rng, article, size).replace("><", "> \n<").replace("<img ", '<img referrerpolicy="no-referrer" ')
    return f"<div>   \n{lines}  \n</div>\n            "


def _markdown(rng: Random, article: Article, size: int) -> str:
    word = article.language.words[0]
    marks = (f"## {word}\n\n", f"- {word}\n- {word}\n\n", f"[{word}]({article.url}) ", "> ", "", "", "", "")
    paragraphs = [word] if article.stub else invented.paragraphs(rng, article.language, size)
    return "\n\n".join(rng.choice(marks) + text for text in paragraphs) + "\n"


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
        "dated-link": Kind(6, True, _by_number, _dated_link, _html),
        "epoch-link": Kind(12, True, _by_number, _epoch_link, _html),
        "hexo": Kind(12, False, _by_day("source/_posts"), _hexo, _robot_html),
        "hugo-json": Kind(2, False, _by_day("content/posts"), _hugo_json, _markdown),
        "hugo-toml": Kind(3, False, _by_day("content/posts"), _hugo_toml, _markdown),
        "hybrid": Kind(53, True, _by_day("archived"), _hybrid, _boxed_html),
        "jekyll": Kind(8, True, _by_day("_posts"), _jekyll, _indented_html),
        "pelican": Kind(4, False, _by_day("content"), _pelican, _markdown),
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


def generate(folder: Path, count: int, seed: int = 1, *, median: int = 4_000) -> None:
    """Fill a new or empty folder with `count` dumps, and a few files that are none; bodies have `median` bytes."""
    folder.mkdir(parents=True, exist_ok=True)
    if any(folder.iterdir()):
        raise FileExistsError(f"{folder} is not empty")
    languages = invented.languages(seed)
    for number in range(count):
        article = _article(seed, number, languages)
        rng, kind = Random(f"{seed} body {number}"), KINDS[article.kind]
        body = kind.body(rng, article, _size(rng, number, median))
        path = folder / kind.name(article)
        path.parent.mkdir(parents=True, exist_ok=True)
        if path.exists():  # an article dumped again on its day
            path = path.with_stem(f"{path.stem[:50]}-{number}")
        path.write_bytes((kind.header(article) + body).encode())
    for name, data in _others(seed, count).items():
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_bytes(data)


def main() -> None:
    """Read the command line."""
    parser = argparse.ArgumentParser(description="Write a synthetic archive of article dumps.")
    parser.add_argument("folder", type=Path, metavar="FOLDER", help="new or empty")
    parser.add_argument("count", type=int, metavar="COUNT", help="how many dumps")
    parser.add_argument("--seed", type=int, default=1, help="another number, another archive (default: 1)")
    options = parser.parse_args()
    generate(options.folder, options.count, options.seed)


if __name__ == "__main__":
    main()
