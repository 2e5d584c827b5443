"""Laws of the sanitiser over soup of dangerous pieces: what comes out is stable, allowed, and nothing else."""

import re
from html import unescape

from bs4 import BeautifulSoup
from hypothesis import example, given
from soup import HOSTILE

from refeed.clean.body import Body, clean_body
from refeed.html.sanitise import sanitise

URL = "https://example.org/news/1"


# Shorter and blunter than the sanitiser's own tables: a law must not share their mistakes.
TAG = re.compile(r"</?([a-z][a-z0-9]*)((?: [a-z]+=\"[^\"]*\")*)>")
FORBIDDEN = re.compile(
    "applet|base|button|embed|form|frame|frameset|iframe|input|link|math|meta|noscript|object|param|plaintext|script"
    "|select|style|svg|template|textarea|title|xmp"
)
ADDRESS = re.compile(
    r"(?:https?|ftp)://|mailto:|tel:|data:image/(?:avif|bmp|gif|jpe?g|png|webp);base64,", re.IGNORECASE
)


def flaws(content: str) -> list[str]:
    """Name what may not stand in what the sanitiser let through."""
    found = []
    for name, attributes in TAG.findall(content):
        if FORBIDDEN.fullmatch(name):
            found.append(f"element: {name}")
        for key, value in re.findall(r"([a-z]+)=\"([^\"]*)\"", attributes):
            if key.startswith("on") or key in {"class", "id", "name", "rel", "srcset", "style", "target"}:
                found.append(f"attribute: {key}")
            if key in {"cite", "href", "poster", "src"} and not ADDRESS.match(unescape(value)):
                found.append(f"address: {value}")
    rest = TAG.sub("", content)
    return found + [f"no tag, and no text: {rest}"] * ("<" in rest or ">" in rest)


@given(HOSTILE)
@example("<noscript><p title='</noscript><img src=x onerror=ran()>'>")
@example("<form><math><mtext></form><form><mglyph><style></math><img src onerror=ran()>")
def test_only_what_is_allowed_comes_out_and_it_is_stable(soup: str) -> None:
    once = sanitise(soup)
    assert flaws(once) == []
    assert sanitise(once) == once


@given(HOSTILE)
def test_a_parser_of_another_kind_reads_the_same(soup: str) -> None:
    once = sanitise(soup)
    written = BeautifulSoup(f"<body>{once}</body>", "html.parser").body
    assert written is not None
    # bs4 writes white space alone in its own way.
    assert "".join(sanitise(written.decode_contents()).split()) == "".join(once.split())


@given(HOSTILE)
def test_a_body_of_it_is_clean_for_good(soup: str) -> None:
    once = clean_body(Body(soup, markdown=False, title="", url=URL, dateline=None, images=()))
    assert flaws(once.content) == []
    assert (
        clean_body(Body(once.content, markdown=False, title="", url=URL, dateline=None, images=())).content
        == once.content
    )
