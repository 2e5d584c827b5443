"""What goes out does nothing in a browser: it runs no script and asks for nothing but its pictures."""

import html
from collections.abc import Iterator
from pathlib import Path

import pytest
from body_cases import CASES, Case
from bs4 import BeautifulSoup
from chromium import Browser, Shown, running
from hypothesis import example, given
from lxml import etree
from soup import HOSTILE

from refeed.clean.body import clean_body
from refeed.clean.summary import summary_of
from refeed.cli import main
from refeed.html.sanitise import sanitise

SPECIMENS = [case for case in CASES if case.name.startswith("hostile")]
ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    """Run one browser for all tests of this module."""
    with running(tmp_path_factory.mktemp("profile")) as browser:
        yield browser


def pictures(content: str) -> set[str]:
    """List the addresses that a body may ask for: of pictures, and of the pictures that stand for videos."""
    soup = BeautifulSoup(f"<body>{content}", "html.parser")
    found = {str(tag[name]) for tag in soup.find_all(True) for name in ("poster", "src") if tag.has_attr(name)}
    return found - {str(tag["src"]) for tag in soup.find_all(["audio", "source", "video"]) if tag.has_attr("src")}


def harm(shown: Shown, content: str) -> list[str]:
    """Name everything that came of a body and should not."""
    allowed = pictures(content)
    return [
        *(["it ran a script"] if shown.ran else []),
        *(f"it has a handler: {name}" for name in shown.handlers),
        *(f"it opened a dialog: {kind}" for kind in shown.dialogs),
        *(f"it opened a document: {url}" for url in shown.documents),
        *(f"it asked for more than pictures: {kind} {url}" for kind, url in shown.requests if kind != "Image"),
        *(f"it asked for an unknown picture: {url}" for _, url in shown.requests if url not in allowed),
    ]


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("<img src='https://pics.example/a.jpg' onload='ran()'>", "it ran a script"),
        ("<svg><animate onbegin=ran() attributeName=x dur=1s></svg>", "it ran a script"),
        ("<a href='javascript:ran()'>a</a>", "it ran a script"),
        ("<p onmouseover=ran()>a</p>", "it has a handler: onmouseover"),
        ("<img src='https://pics.example/a.jpg' onload='alert(1)'>", "it opened a dialog: alert"),
        ("<iframe srcdoc='<script>parent.ran()</script>'></iframe>", "it opened a document: frame"),
        ("<object data='https://evil.example/x'></object>", "it opened a document: frame"),
        (
            "<meta http-equiv=refresh content='0;url=https://evil.example/'>",
            "it opened a document: https://evil.example/",
        ),
        ("<link rel=stylesheet href='https://evil.example/x.css'>", "Stylesheet https://evil.example/x.css"),
        ("<style>@import 'https://evil.example/y.css'</style>", "Stylesheet https://evil.example/y.css"),
        ("<video src='https://s.example/v.mp4'></video>", "Media https://s.example/v.mp4"),
        ("<p style='background:url(https://evil.example/t.gif)'>a</p>", "unknown picture: https://evil.example/t.gif"),
    ],
)
def test_the_browser_notices_what_is_harmful(browser: Browser, raw: str, expected: str) -> None:
    assert any(expected in found for found in harm(browser.show(raw), raw))


@pytest.mark.parametrize("case", SPECIMENS, ids=lambda case: case.name)
def test_a_hostile_body_does_nothing(browser: Browser, case: Case) -> None:
    cleaned = clean_body(case.body)
    summary = html.escape(summary_of(cleaned.content, "", cleaned.captions))  # it is text, and readers are told so
    for content in (cleaned.content, summary):
        assert harm(browser.show(content), content) == []
        assert [sanitise(written) for written in browser.again(content)] == [sanitise(content)] * 2


def test_a_feed_of_hostile_bodies_does_nothing(browser: Browser, tmp_path: Path) -> None:
    title = "<img src=x onerror=ran()><script>ran()</script>"
    for number, case in enumerate(SPECIMENS):
        heading = f"<!--17000000{number:02}000-->\n[{title} {number}](https://example.org/news/{number})\n------\n\n"
        # A file with NUL in it is taken for a program; the test above has shown those bodies.
        (tmp_path / f"{number}.md").write_text(heading + case.raw.replace("\0", ""), encoding="utf-8")
    out = tmp_path.with_suffix(".xml")
    arguments = ["build", str(tmp_path), "--limit", "0", "--now", "2026-11-20T00:00:00Z", "-o", str(out)]
    assert main(arguments) == 0
    entries = etree.parse(out).getroot().findall(f"{ATOM}entry")
    assert len(entries) == len(SPECIMENS)
    for entry in entries:
        content = entry.find(f"{ATOM}content")
        assert content.get("type") == "html"
        assert harm(browser.show(content.text), content.text) == []
    texts = [element for entry in entries for name in ("title", "summary") for element in entry.findall(ATOM + name)]
    assert len(texts) > len(entries)
    assert {element.get("type", "text") for element in texts} == {"text"}
    assert title in texts[0].text
    shown = "".join(f"<p>{html.escape(element.text)}</p>" for element in texts)
    assert harm(browser.show(shown), shown) == []


@given(HOSTILE)
@example("<math><mtext><table><mglyph><style><!--</style><img title='--&gt;&lt;img src=1 onerror=ran()&gt;'>")
@example("<svg></p><style><a id='</style><img src=1 onerror=ran()>'>")
def test_any_soup_is_read_as_it_was_meant_and_does_nothing(browser: Browser, soup: str) -> None:
    content = sanitise(soup)
    assert harm(browser.show(content), content) == []
    assert [sanitise(written) for written in browser.again(content)] == [content] * 2
