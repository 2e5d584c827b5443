"""Write a page that shows bodies before and after cleaning side by side, with where every field comes from.

Nothing on the left can act: it is written anew from the parsed body with the elements of the sanitiser's own table, and
goes through the sanitiser last; an <iframe sandbox> would be as harmless, but has a height of its own, and loads what
the body names. Pictures and players on the left are their addresses: looking at a tracker or a proxy must not call it.
"""

from collections.abc import Iterator
from html import escape
from typing import BinaryIO, Final

from bs4 import BeautifulSoup, Tag

from refeed.html.pieces import picture_address, pieces_of
from refeed.html.sanitise import ALLOWED, sanitise
from refeed.html.tree import BLOCKS, MEDIA, attribute, parse
from refeed.inspection.inspected import Inspected
from refeed.inspection.page_style import style
from refeed.inspection.record_html import as_text, problem_list, provenance, steps
from refeed.inspection.record_table import votes
from refeed.markup.convert import to_html
from refeed.model import SafeHtml
from refeed.quantities import amount
from refeed.spool import Spool
from refeed.version import VERSION

# Nothing runs, nothing is fetched but pictures, and no host learns from which page.
_POLICY: Final = (
    "default-src 'none'; img-src https: http: data:; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"
)
# HTML Standard, 13.1.2: elements without an end tag.
_VOID: Final = frozenset({"br", "hr", "wbr"})
# Elements that stand for nothing here: the frame of a page, and the choices of a picture or player.
_UNWRITTEN: Final = frozenset({"body", "head", "html", "source"})


class Page:
    """The page while records come in: each is written as soon as it is there, the index of all stands above them."""

    def __init__(self) -> None:
        """Begin with no record."""
        self._sections = Spool()
        self._index: list[str] = []

    def __len__(self) -> int:
        return len(self._index)

    def add(self, inspected: Inspected) -> None:
        """Add one record."""
        number = len(self._index) + 1
        self._index.append(_line(number, inspected))
        self._sections.append(_encode("\n".join(_section(number, inspected)) + "\n"))

    def write(self, out: BinaryIO) -> None:
        """Write the whole page."""
        out.write(_encode(_head()))
        if len(self) > 1:
            out.write(_encode(f"<nav>\n<ol>\n{''.join(self._index)}</ol>\n</nav>\n"))
        out.writelines(self._sections)
        out.write(b"</main>\n</body>\n</html>\n")

    def close(self) -> None:
        """Let go of the temporary file that a long page is kept in."""
        self._sections.close()


def _encode(text: str) -> bytes:
    return text.encode("utf-8", "backslashreplace")


def _head() -> str:
    return f"""<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{_POLICY}">
<meta name="referrer" content="no-referrer">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="generator" content="refeed {VERSION}">
<title>refeed inspect</title>
<style>
{style()}</style>
</head>
<body>
<main>
<header>
<h1>Before and after</h1>
<p>On the left each body as it came: <del>what is struck through</del> was removed, and <samp>addresses</samp> stand for
pictures and players, which are not loaded. On the right what goes into the feed.</p>
</header>
"""


def _line(number: int, inspected: Inspected) -> str:
    """Write a record's line of the index."""
    removed = sum(change.removed for change in inspected.changes)
    facts = [inspected.reason or amount(removed, "character") + " removed"]
    if inspected.problems:
        facts.append(amount(len(inspected.problems), "problem"))
    name = as_text(inspected.title or inspected.path)
    return f'<li><a href="#record-{number}">{name}</a> <small>{as_text(", ".join(facts))}</small></li>\n'


def _section(number: int, inspected: Inspected) -> Iterator[str]:
    language = f' lang="{as_text(inspected.language)}"' if inspected.language else ""
    yield f'<section class="record" id="record-{number}">'
    yield f"<h2{language}>{as_text(inspected.title or inspected.path)}</h2>"
    yield f'<p class="place"><bdi>{as_text(inspected.path)}</bdi>:{inspected.line}, {as_text(_status(inspected))}</p>'
    yield from problem_list(inspected.problems)
    if inspected.status != "skipped":
        yield "<h3>What each step did</h3>"
        yield from steps(inspected)
        yield from _bodies(inspected, language)
        yield "<h3>Where each field comes from</h3>"
        yield from provenance(inspected)
    yield "</section>"


def _status(inspected: Inspected) -> str:
    claims = f"{inspected.reason or inspected.format}; votes: {votes(inspected)}"
    return claims if inspected.status != "skipped" else f"{inspected.status}: {claims}"


def _bodies(inspected: Inspected, language: str) -> Iterator[str]:
    yield '<div class="sides">'
    yield f'<div class="side"><h3>Before</h3><div class="body before"{language}>'
    yield before(inspected.raw, inspected.body, inspected.gone, is_source=inspected.is_source)
    yield f'</div></div>\n<div class="side"><h3>After</h3><div class="body after"{language}>'
    yield inspected.content
    yield "</div></div>\n</div>"
    for name, source in (("as it came", inspected.raw), ("as it goes out", inspected.content)):
        size = amount(len(source), "character")
        yield f"<details><summary>The body {name}, {size}</summary><pre>{as_text(source)}</pre></details>"


def before(raw: str, markup: str, gone: frozenset[int], *, is_source: bool = False) -> SafeHtml:
    """Return a raw body, safe to show, with what was removed from it in <del>."""
    soup = parse(to_html(raw, markup, is_source=is_source).html)
    lost = {id(piece.node) for number, piece in enumerate(pieces_of(soup)) if number in gone}
    return sanitise("".join(_write(soup, lost)))


def _write(soup: BeautifulSoup, lost: set[int]) -> Iterator[str]:
    """Write a tree without recursion, elements that are not allowed as what they hold."""
    shown = {id(piece.node): piece for piece in pieces_of(soup)}
    stack = [(iter(soup.contents), "")]
    while stack:
        node = next(stack[-1][0], None)
        if node is None:
            yield stack.pop()[1]
        elif not isinstance(node, Tag):
            text = escape(str(node), quote=False) if id(node) in shown else " "
            yield f"<del>{text}</del>" if id(node) in lost else text
        elif node.name in MEDIA:
            address = f"<samp>{node.name} {escape(picture_address(node))}</samp>"
            yield f"<del>{address}</del>" if id(node) in lost else address
        else:
            start, end = _tags(node)
            yield start
            stack.append((iter(node.contents), end))


def _tags(tag: Tag) -> tuple[str, str]:
    """Return the start and the end of an element; an unknown block is a <div>, anything else unknown is nothing."""
    name = tag.name if tag.name in ALLOWED else "div" if tag.name in BLOCKS else ""
    if not name or tag.name in _UNWRITTEN:
        return "", ""
    kept = [key for key in tag.attrs if key in ALLOWED[name] or key in {"dir", "lang"}]
    shown = "".join(f' {key}="{escape(attribute(tag, key))}"' for key in kept)
    return f"<{name}{shown}>", "" if name in _VOID else f"</{name}>"
