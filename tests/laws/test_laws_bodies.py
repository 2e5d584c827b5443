"""Laws of whole bodies, dirty ones too: what goes out is clean for good, leads somewhere, and has lost no article text.

The tables here are of their own making, shorter and blunter than those of refeed: a law must not share its mistakes.
"""

import re
from html import escape
from itertools import permutations

import pytest
from body_cases import CASES
from bs4 import BeautifulSoup, Tag
from hypothesis import example, given
from hypothesis import strategies as st
from soup import ARTICLE, BLOCK, PHRASES, SOUP, visible

from refeed.clean.body import Body, Cleaned, clean_body

URL = "https://news.example/2022/10/tides"

PROXIES = re.compile(
    r"//(?:images\.weserv\.nl|wsrv\.nl|i[0-9]\.wp\.com|[^/]*\.workers\.dev|cors-anywhere\.|corsproxy\.|api\.allorigins\.)"
)
PLACEHOLDERS = re.compile(r"picsum\.photos|/undefined\b|/spacer\.gif|/placeholder\.|data:image/gif")
TRACKING = re.compile(r"[?&](?:utm_\w+|fbclid|gclid|mc_cid|mc_eid|msclkid|spm|yclid)=")
ADDRESS = re.compile(r"(?:https?://[^/]|mailto:|tel:|ftp://)")
RASTER = re.compile(r"data:image/(?:avif|gif|jpeg|jpg|png|webp);base64,")

# What shows something without text; cells keep a table's columns in line.
SHOWING = {"audio", "br", "hr", "img", "source", "td", "th", "video", "wbr"}

# Boilerplate and things to mend; none of them is text of an article.
DIRT = (
    '<div class="sharedaddy"><h3>Share</h3><a href="https://twitter.com/share">Tweet</a></div>',
    '<div id="jp-relatedposts">Related</div>',
    "<p></p><p>&nbsp;</p><div><span></span></div>",
    "<br><hr><div>获取更多RSS：<br><a href='https://mirror.example'>https://mirror.example</a></div>",
    '<p>The post <a href="/1">Tea</a> appeared first on <a href="/">A</a>.</p>',
    "<p hidden>later</p><script>x()</script><style>p { }</style><!-- note -->",
    "<img src='https://images.weserv.nl/?url=pictures.example/a_w900.jpg'>",
    "<img src='https://images.weserv.nl?url=pictures.example/b.jpg' width='100%'>",
    "<img src='https://i0.wp.com/pictures.example/c.jpg?resize=10%2C10&amp;ssl=1'>",
    "<img src='https://cors.relay.workers.dev/?http://pictures.example/d.png'>",
    "<img src='data:image/gif;base64,R0lGOD' data-src='//pictures.example/e.jpg'>",
    "<img src='https://picsum.photos/400/300?random=1'><img src='undefined' alt>",
    "<img src='https://count.example/t.gif' width='1' height='1'>",
    "<img src='/f.jpg'><noscript><img src='/f.jpg'></noscript>",
    "<a href=''></a><a href='#top'></a><a href='javascript:void(0)'></a>",
    "<iframe src='//ad.doubleclick.net/x'></iframe><video></video><ins class='adsbygoogle'></ins>",
)
LINKED = (
    "<a href='/x?utm_source=feed&amp;id=1'>",
    "<a href='https://x.example/?fbclid=9'>",
    "<a href='x.html#part'>",
    "<a href='https://link.zhihu.com/?target=https%3A//x.example/%3Futm_medium%3Drss'>",
    "<a href='javascript:x()'>",
    "<a href='file:///C:/x.doc'>",
    "<a target=_blank rel=nofollow href='//x.example/y'>",
)
LINKS = st.builds(
    lambda start, text: f"<p>{start}{text}</a> is where it says so.</p>", st.sampled_from(LINKED), PHRASES
)
DIRTY = st.lists(st.one_of(BLOCK, LINKS, st.sampled_from(DIRT)), min_size=1, max_size=8).map("".join)

WORDS = st.text("abcdefgh 漢字仮名,.", min_size=1, max_size=30).filter(str.strip)


def clean(text: str) -> Cleaned:
    return clean_body(Body(text, markdown=False, title="Tides", url=URL, dateline=None, images=()))


def elements(content: str) -> list[Tag]:
    return BeautifulSoup(f"<body>{content}", "html.parser").find_all(True)[1:]


def addresses(content: str) -> list[tuple[str, str, str]]:
    return [
        (tag.name, name, str(tag[name]))
        for tag in elements(content)
        for name in ("cite", "href", "poster", "src")
        if tag.has_attr(name)
    ]


def flaws(content: str) -> list[str]:
    """Name what may not stand in any body that goes out."""
    found = []
    for tag, name, value in addresses(content):
        if not ADDRESS.match(value) and not (tag == "img" and RASTER.match(value)):
            found.append(f"no absolute address: {tag} {name} {value}")
        if TRACKING.search(value):
            found.append(f"tracking parameter: {value}")
        if tag == "img" and (PROXIES.search(value) or PLACEHOLDERS.search(value)):
            found.append(f"no real picture: {value}")
    return found + [f"empty: {element}" for element in elements(content) if is_empty(element)]


def is_empty(element: Tag) -> bool:
    return element.name not in SHOWING and not element.get_text(strip=True) and element.find(list(SHOWING)) is None


def test_nothing_is_wrong_with_what_goes_out() -> None:
    assert {case.name: found for case in CASES if (found := flaws(case.content))} == {}


@pytest.mark.parametrize("dirt", list(permutations(DIRT, 2)), ids=lambda dirt: str(dirt)[:60])
def test_dirt_leaves_nothing_but_real_pictures(dirt: tuple[str, ...]) -> None:
    first, second = "The tide turned before noon, and the ships went out.", "They came back at dusk, all of them."
    content = clean(f"<p>{first}</p>{dirt[0]}<p>{second}</p>{dirt[1]}").content
    assert flaws(content) == []
    assert visible(content) == "".join(f"{first}{second}".split())


@given(DIRTY)
@example("".join(DIRT))
@example("".join(f"<p>{start}there</a> it stands</p>" for start in LINKED))
def test_nothing_is_wrong_with_any_body(text: str) -> None:
    content = clean(text).content
    assert flaws(content) == []
    assert clean(content).content == content


HEADER_PICTURES = (
    "https://pictures.example/a.jpg",
    "https://images.weserv.nl/?url=wx1.sinaimg.cn/large/a.jpg",
    "//p6-juejin.byteimg.com/a.image",
    "https://picsum.photos/400/300?random=1",
    "/f.jpg",
)


@given(DIRTY, st.lists(st.sampled_from(HEADER_PICTURES), max_size=2).map(tuple))
@example("<p>The tide.</p>", ("//p6-juejin.byteimg.com/a.image",))
def test_the_pictures_of_the_header_go_out_as_they_stay(text: str, images: tuple[str, ...]) -> None:
    content = clean_body(Body(text, markdown=False, title="Tides", url=URL, dateline=None, images=images)).content
    assert flaws(content) == []
    assert clean(content).content == content


@given(SOUP)
def test_nothing_is_wrong_with_what_is_left_of_soup(text: str) -> None:
    assert flaws(clean(text).content) == []


@given(st.lists(st.tuples(WORDS, st.sampled_from(DIRT)), min_size=1, max_size=5))
def test_between_dirt_no_sentence_of_an_article_is_lost(parts: list[tuple[str, str]]) -> None:
    text = "".join(f"<p>{escape(f'Of it they said: {words}; and more.')}</p>{dirt}" for words, dirt in parts)
    shown = visible(clean(text).content)
    for words, _ in parts:
        assert "".join(f"Of it they said: {words}; and more.".split()) in shown


@given(ARTICLE, st.sampled_from(DIRT))
def test_dirt_costs_no_text_of_an_article(text: str, dirt: str) -> None:
    text += "<p>Boilerplate that is the larger half of a body is not taken for boilerplate, so here is more.</p>"
    assert sorted(visible(clean(text + dirt).content)) == sorted(visible(clean(text).content))
