"""Markdown against the examples of its specifications: CommonMark 0.31.2, and the extensions of GFM 0.29.

.ci/check unpacks both texts beside the environment that runs the tests. Without them the test does not run, except in
CI, where missing texts are a failure.
"""

import os
import re
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Final, NamedTuple

import pytest
from lxml import etree, html

from refeed.markup.convert import to_html

SPECIFICATIONS: Final = Path(sys.prefix, "share", "markdown-specifications")

# Why examples are read otherwise on purpose → their numbers.
COMMONMARK: Final[dict[str, tuple[int, ...]]] = {
    "lines of at most 40 columns are a verse or an address, and stay lines": (
        14, 25, 28, 37, 46, 49, 70, 87, 88, 93, 104, 105, 106, 113, 138, 145, 213, 216, 217, 220, 222, 224,
        228, 229, 230, 232, 233, 238, 243, 247, 250, 251, 253, 285, 292, 293, 304, 334, 367, 384, 405, 423, 432, 490,
        494, 505, 543, 552, 556, 587, 621, 648, 649,
    ),
    "a word between angle brackets that names no element is text": (201, 491, 524, 536, 613, 614, 615, 623),
    "strong words whose marks have a blank inside, at one end, are strong": (379, 391, 427, 471),
    "an element that stands inside of lines begins no block": (162, 164, 165, 166),
    "marks in an element around one line are read": (159, 189),
    "links of notes are words": (548, 559, 590),
    "a title may hold quotation marks": (508,),
    "an address that is written out is a link": (602, 608, 611),
    "a comment goes before the text is read": (177,),
    "code in another element stays whole over its empty lines": (148,),
    "an element that nothing ends swallows nothing": (173,),
    "a fence below the end of an element is code": (161,),
    "emphasis below the end of an element is emphasis": (151, 186),
    "a component of MDX is not HTML": (163,),
    "a sentence that is indented is no code": (289,),
    "an item indented by four columns or more below a list is an item, as in Python-Markdown": (313,),
    "an address that begins at the root of a site may hold blanks, as kramdown reads it": (488,),
}  # fmt: skip
GFM: Final[dict[str, tuple[int, ...]]] = {
    "the line under the head of a table may have too few cells": (203,),
    "only addresses of the web become links": (628,),
    "addresses of mail are not linked: feeds do not show them": (629, 630, 631),
}

# A text of a single paragraph keeps all its line breaks, so that each example has another before it.
BEFORE: Final = "The sea is calm."
EXAMPLE: Final = re.compile(r"^`{32} example(.*)\n((?:.*\n)*?)\.\n((?:.*\n)*?)`{32}$", re.MULTILINE)
BLOCKS: Final = re.compile(
    r" *(</?(?:blockquote|br|code|dd|div|dl|dt|h[1-6]|hr|li|ol|p|pre|table|tbody|td|th|thead|tr|ul)\b[^<>]*>) *"
)
RAW: Final = frozenset({"pre", "script", "style", "textarea"})

pytestmark = pytest.mark.skipif(
    not SPECIFICATIONS.is_dir() and "CI" not in os.environ, reason=f"{SPECIFICATIONS} is not there; see .ci/check"
)


class Example(NamedTuple):
    """One example of a specification."""

    number: int
    extension: str
    markdown: str
    html: str


def examples(name: str) -> Iterator[Example]:
    text = (SPECIFICATIONS / name).read_text("utf-8").replace("→", "\t")
    for number, found in enumerate(EXAMPLE.finditer(text), 1):
        yield Example(number, found[1].strip(), found[2], found[3])


def normal(text: str) -> str:
    """Write HTML so that two spellings of what readers see are equal."""
    root = html.fragment_fromstring(text, create_parent="div")
    etree.strip_tags(root, etree.Comment)
    fold(root, is_raw=False)
    for element in root.iter():
        rewrite(element)
    return BLOCKS.sub(r"\1", etree.tostring(root, encoding="unicode"))


def fold(element: html.HtmlElement, *, is_raw: bool) -> None:
    """Make one blank of white space, but where it is shown as it stands."""
    is_raw |= element.tag in RAW
    if not is_raw:
        element.text = folded(element.text)
    for child in element:
        fold(child, is_raw=is_raw)
        if not is_raw:
            child.tail = folded(child.tail)


def folded(text: str | None) -> str:
    return re.sub("[ \t\n]+", " ", text or "")


def rewrite(element: html.HtmlElement) -> None:
    """Return one spelling of what cleaning treats alike or drops."""
    says = {name: value for name, value in sorted(element.attrib.items()) if name != "class"}
    if alignment := says.pop("style", None):
        says["align"] = alignment.removeprefix("text-align:")
    if element.tag == "input":
        says |= dict.fromkeys(says.keys() - {"type"}, "")
    if element.tag == "del":
        element.tag = "s"
    element.attrib.clear()
    element.attrib.update(says)


def differing(name: str, *, extensions: bool) -> set[int]:
    return {
        example.number
        for example in examples(name)
        if bool(example.extension) == extensions
        and normal(to_html(f"{BEFORE}\n\n{example.markdown}", "markdown", is_source=True).html)
        != normal(f"<p>{BEFORE}</p>\n{example.html}")
    }


def listed(table: Mapping[str, Sequence[int]]) -> set[int]:
    numbers = [number for row in table.values() for number in row]
    assert len(numbers) == len(set(numbers)), "an example has one reason"
    return set(numbers)


def test_commonmark_is_read_as_specified_but_for_what_is_listed() -> None:
    assert differing("commonmark.txt", extensions=False) == listed(COMMONMARK)


def test_the_extensions_of_github_are_read_as_specified_but_for_what_is_listed() -> None:
    assert differing("gfm.txt", extensions=True) == listed(GFM)
