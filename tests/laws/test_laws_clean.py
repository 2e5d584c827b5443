"""Laws of cleaning: any text is a body, what comes out is safe and legal, and no text of an article is lost."""

import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from soup import ARTICLE, SOUP, visible

from refeed.addresses.pictures import real_picture
from refeed.clean.body import Body, Cleaned, clean_body
from refeed.clean.types import BodyRules
from refeed.clean.user_rules import selector_fault
from refeed.html.paragraphs import paragraphs
from refeed.html.sanitise import sanitise
from refeed.html.tree import parse, squeeze
from refeed.markup.convert import to_html
from refeed.markup.detect import detect_markup
from refeed.text.plain import legal, plain, summarise

URL = "https://example.org/news/1"

# XML 1.0, 2.2: the characters that a document may hold.
LEGAL = re.compile("[\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]*")

ANY = st.text(st.characters(), max_size=200)


def clean(text: str, *, markdown: bool = False) -> Cleaned:
    return clean_body(Body(text, markdown=markdown, title="A title", url=URL, dateline=None, images=()))


@given(st.one_of(SOUP, ANY))
@example("<pre>\n\n\n\nx</pre>")
@example("<a href='https://x.example'><a href='https://y.example'>z</a></a>")
def test_sanitising_twice_is_sanitising_once(text: str) -> None:
    once = sanitise(text)
    assert sanitise(once) == once
    assert LEGAL.fullmatch(once)


@given(st.one_of(SOUP, ANY), st.booleans())
@example("\x00", True)
@example("<", False)
@example("https://example.org/only", False)
@example("<?xml version='1.0'?><rss/>", False)
def test_any_text_is_a_body(text: str, markdown: bool) -> None:
    cleaned = clean(text, markdown=markdown)
    assert LEGAL.fullmatch(cleaned.content)
    assert LEGAL.fullmatch(cleaned.text)
    assert sanitise(cleaned.content) == cleaned.content


@given(SOUP)
def test_nothing_that_runs_comes_out(text: str) -> None:
    tags = "".join(re.findall("<[^>]*>", clean(text).content)).lower()
    assert "javascript:" not in tags
    assert not re.search(r"<(?:script|style|iframe|object|embed|form|input|svg|link|meta)|\son\w+=", tags)


@given(ARTICLE)
def test_what_is_clean_stays_as_it_is(text: str) -> None:
    once = clean(text).content
    assert clean(once).content == once


@given(ARTICLE)
def test_no_text_of_an_article_is_lost(text: str) -> None:
    cleaned = clean(text)
    assert sorted(visible(cleaned.content)) == sorted(visible(text))


@given(ARTICLE)
def test_the_text_is_what_the_content_shows(text: str) -> None:
    cleaned = clean(text)
    assert sorted("".join(cleaned.text.split())) == sorted(visible(cleaned.content))


@given(ARTICLE)
def test_paragraphs_hold_all_the_text(text: str) -> None:
    soup = parse(text)
    assert "".join(paragraph.said for paragraph in paragraphs(soup)) == squeeze(soup.get_text())


@given(st.one_of(SOUP, ANY), st.text(max_size=20), st.text(max_size=20).filter(lambda old: old.strip()))
@example("<p>a</p>", "", "\\1")
def test_any_rule_does_for_any_text(text: str, selector: str, old: str) -> None:
    keep = None if selector_fault(selector) else selector
    rules = BodyRules(drop=("p > b", ".entry-content"), keep=keep, replace=((old, "\\1"),))
    body = Body(text, markdown=False, title="", url=URL, dateline=None, images=(), rules=rules)
    assert sanitise(clean_body(body).content) == clean_body(body).content


@given(ANY)
def test_plain_text_is_one_legal_line(text: str) -> None:
    line = plain(text)
    assert LEGAL.fullmatch(line)
    assert "\n" not in line
    assert line == " ".join(line.split())


@given(ANY, st.integers(1, 60))
def test_a_summary_is_the_beginning_of_its_text(text: str, size: int) -> None:
    begin = "".join(text.split())
    summary = "".join(summarise(text, size).split())
    assert begin.startswith((summary, summary.removesuffix("…")))


@given(ANY)
def test_a_picture_has_a_web_address_or_none(text: str) -> None:
    assert (real_picture(text, URL) or "https://").startswith(("http://", "https://"))


@given(ANY)
def test_plain_text_loses_only_white_space(text: str) -> None:
    body = legal(text).replace("<", "").replace("&", "").replace("{", "")
    assert detect_markup(body, markdown=False) == "text"
    shown = re.sub("</?p>|<br>|<a [^>]*>|</a>", "", to_html(body, "text", is_source=False).html).replace("&gt;", ">")
    assert "".join(shown.split()) == "".join(body.split())


@pytest.mark.parametrize("piece", ["<", "&", "[", "*", "<div>", "<b>", "`", "\\", "(", "=", "<p>x", "- ", "\n", "&lt;"])
@pytest.mark.parametrize("markdown", [False, True])
def test_a_long_line_of_one_thing_is_a_body(piece: str, markdown: bool) -> None:
    assert LEGAL.fullmatch(clean("# x\n" + piece * (20_000 // len(piece)), markdown=markdown).content)
