"""Write bodies as news sites, site generators and mirrors leave them, out of invented words.

The markup is as dense as in real archives: a tag for every 70 to 80 bytes. Its shapes are in shapes.txt.
"""

from datetime import timedelta
from email.utils import format_datetime
from pathlib import Path
from random import Random
from types import MappingProxyType
from typing import Final, NamedTuple

import invented
from invented import Article

VIDEO: Final = '<iframe width="560" height="315" src="https://video.example/embed/1" allowfullscreen></iframe>'
FOOTER: Final = (
    '<br><hr><div>获取更多RSS：<br><a href="https://feedx.net" style="color:orange" target="_blank">'
    'https://feedx.net</a> <br><a href="https://feedx.xyz" style="color:orange" target="_blank">'
    "https://feedx.xyz</a><br></div>"
)


class Shapes(NamedTuple):
    """Templates, and how often each is used."""

    templates: tuple[str, ...]
    weights: tuple[int, ...]


def _read_shapes() -> dict[str, Shapes]:
    _, *sections = Path(__file__).with_name("shapes.txt").read_text(encoding="utf-8").split("\n== ")
    shapes = {}
    for section in sections:
        name, *lines = section.splitlines()
        parted = [line.partition(" ") for line in lines if line]
        shapes[name] = Shapes(tuple(html for _, _, html in parted), tuple(int(weight) for weight, _, _ in parted))
    return shapes


SHAPES: Final = MappingProxyType(_read_shapes())


def _pick(rng: Random, name: str) -> str:
    shapes = SHAPES[name]
    return rng.choices(shapes.templates, shapes.weights)[0]


def _fill(rng: Random, article: Article, template: str) -> str:
    """Put invented words and addresses into a template; one that names a paragraph or a picture gets it first."""
    if "{text}" in template:
        template = template.replace("{text}", _paragraph(rng, article))
    if "{picture}" in template:
        template = template.replace("{picture}", _fill(rng, article, _pick(rng, "picture")))
    if "{" not in template:
        return template
    host, n = article.url.split("/")[2], rng.randint(1, 99_999)
    return template.format(
        line=rng.choice(article.language.sentences).strip(),
        word=rng.choice(article.language.words),
        image=f"img.{host}/{article.moment:%Y/%m}/{article.number}_{n}.jpg",
        page=f"https://{host}/a/{article.moment:%Y%m%d}/{n}.html",
        n=n,
        newline="\n",
    )


def _paragraph(rng: Random, article: Article) -> str:
    said = invented.sentences(rng, article.language)
    return "".join(sentence + _fill(rng, article, _pick(rng, "inline")) for sentence in said).strip()


def _dateline(rng: Random, article: Article) -> str:
    written = article.moment - timedelta(seconds=rng.randint(2, 6 * 3_600))
    iso, byline = f"{written:%Y-%m-%dT%H:%M:%S}.000Z", rng.choice(article.language.words)
    lines = (format_datetime(written, usegmt=True), iso, f"{byline}<br>{iso}", "", "", "")
    return f"<div><i>{line}</i></div>" if (line := rng.choice(lines)) else ""


def html(rng: Random, article: Article, size: int) -> str:
    """Write a body of about `size` bytes, in one line."""
    if article.stub:
        return rng.choice(("", "", VIDEO, f"<p>{article.language.words[0]}</p>"))
    blocks = [_dateline(rng, article), _fill(rng, article, _pick(rng, "picture")) if rng.random() < 0.6 else ""]
    while size > 0:
        template = _pick(rng, "dirt" if rng.random() < article.dirt else "block")
        blocks.append(_fill(rng, article, template))
        size -= len(blocks[-1].encode())
    return "".join(blocks) + (FOOTER if rng.random() < 0.12 else "")


def boxed(rng: Random, article: Article, size: int) -> str:
    """Write a body as the mirrors' Jekyll trees have it."""
    return f"\n<div>\n{html(rng, article, size)}\n</div>\n\n"


def indented(rng: Random, article: Article, size: int) -> str:
    """Write a body as a saved WordPress page, pretty-printed, with its own heading."""
    lines = html(rng, article, size).replace("><", ">\n  <")
    header = f' <header>\n  <h1 class="entry-title">\n   {article.title}\n  </h1>\n </header>\n'
    return f'<article class="post hentry">\n{header} <div class="entry-content">\n  {lines}\n </div>\n</article>\n'


def robot(rng: Random, article: Article, size: int) -> str:
    """Write a body as a robot hands it to Hexo."""
    lines = html(rng, article, size).replace("><", "> \n<").replace("<img ", '<img referrerpolicy="no-referrer" ')
    return f"<div>   \n{lines}  \n</div>\n            "


def markdown(rng: Random, article: Article, size: int) -> str:
    """Write a body in Markdown."""
    word = article.language.words[0]
    if article.stub:
        return f"{word}\n"
    marks = (f"## {word}\n\n", f"- {word}\n- {word}\n\n", f"[{word}]({article.url}) ", "> ", "", "", "", "")
    blocks: list[str] = []
    while size > 0:
        blocks.append(rng.choice(marks) + "".join(invented.sentences(rng, article.language)).strip())
        size -= len(blocks[-1].encode()) + 2
    return "\n\n".join(blocks) + "\n"
