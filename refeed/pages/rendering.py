"""Render pages from the templates, which show nothing but what they are given."""

from collections import Counter
from collections.abc import Iterable
from datetime import datetime, time
from functools import cache
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import quote

from refeed.digests import blake2b
from refeed.model import Entry
from refeed.pages.fit import is_foreign, picture
from refeed.pages.qr_code import qr_code
from refeed.startup.named_tuple import NamedTuple
from refeed.text.plain import legal
from refeed.version import VERSION
from refeed.vocabulary.english_dates import MONTHS

if TYPE_CHECKING:
    from jinja2 import Environment
    from markupsafe import Markup

STATIC: Final = Path(__file__).with_name("static")
"""The folder of files that pages refer to as `static/…` below the root."""


class Choice(NamedTuple):
    """A name and how many there are of it: of articles by an outlet, of files that were skipped."""

    name: str
    number: int


class Paging(NamedTuple):
    """Which part of a list a page shows, and what leads to its neighbours."""

    first: int  # of the articles on the page, counted from 1
    last: int
    total: int
    newer: str | None  # address
    older: str | None


class ShownEntry(NamedTuple):
    """One entry of the feed, and where it came from."""

    key: str  # names it in addresses: /entry/<key>; a UUID in lower case, the same as long as the id is the same
    entry: Entry
    path: str  # of the dump
    line: int  # where its record begins, from 1


class Visit(NamedTuple):
    """All that pages depend on of a request."""

    feed_url: str  # absolute: what to subscribe to
    root: str  # the path that all of the server's own addresses begin with; ends with "/"; "/feeds/" behind a proxy
    pictures: bool = True  # the articles' pictures may be loaded; not with ?pictures=off
    local: bool = False  # nobody but this machine is served: names of what is not published may be shown


def render(template: str, **facts: Any) -> bytes:
    """Return a page."""
    # Names of files hold whatever their system allows; no control character gets onto a page.
    return legal(_environment().get_template(template).render(**facts)).encode()


def load_templates() -> None:
    """Read all templates, and import what they need, so that the first page is made as fast as the next one."""
    environment = _environment()
    for name in environment.list_templates():
        environment.get_template(name)
    qr_code("https://x.example/feed.xml")


def choices(names: Iterable[str]) -> list[Choice]:
    """Count names, those that stand most often first."""
    return sorted((Choice(*pair) for pair in Counter(names).items()), key=lambda choice: (-choice.number, choice.name))


@cache
def templates_seal() -> bytes:
    """Digest all templates: pages of the same articles differ where these do."""
    files = sorted(Path(__file__).with_name("templates").iterdir())
    return blake2b(b"\0".join(file.read_bytes() for file in files), digest_size=16).digest()


@cache
def _environment() -> "Environment":
    from jinja2 import Environment, PackageLoader, StrictUndefined

    environment = Environment(
        loader=PackageLoader("refeed.pages"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    environment.filters |= {"moment": _moment, "number": "{:,}".format, "quoted": lambda key: quote(key, safe="")}
    environment.globals |= {
        "is_foreign": is_foreign,
        "picture": lambda address: markup(picture(address)),
        "qr_code": lambda address: markup(qr_code(address)),
        "version": VERSION,
    }
    environment.filters["with_code"] = _with_code
    return environment


def markup(text: str) -> "Markup":
    """Mark HTML as safe: only what the sanitiser or this package wrote."""
    from markupsafe import Markup

    return Markup(text)  # noqa: S704


def _with_code(words: str) -> "Markup":
    """Write words in which code stands between backticks."""
    texts = (
        f"<code>{escape(text)}</code>" if place % 2 else escape(text) for place, text in enumerate(words.split("`"))
    )
    return markup("".join(texts))


def _moment(when: datetime) -> "Markup":
    """Write a moment in UTC, for the page's script to say it in the viewer's zone; midnight is a day without a time."""
    day = f"{when.day} {MONTHS[when.month - 1]} {when.year}"
    if when.time() == time():
        return markup(f'<time datetime="{when:%Y-%m-%d}">{day}</time>')
    return markup(f'<time datetime="{when:%Y-%m-%dT%H:%M:%SZ}">{day}, {when:%H:%M} UTC</time>')
