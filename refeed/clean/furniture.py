"""Drop what mirrors, plug-ins and publishers put around an article. The rules are data, the code only applies them."""

import re
from collections.abc import Iterator
from types import MappingProxyType
from typing import Final, NamedTuple

from bs4 import BeautifulSoup, Tag

from refeed.clean.step import Body, Note
from refeed.clean.tree import attribute, drop, leaves, shown, sizes, standing, tags, words

# Word of a class, or id → what it is. Exact, in lower case.
_NAMES: Final = MappingProxyType(
    {
        "ad-container": "advert",
        "ad-disclaimer-container": "affiliate notice",
        "addtoany_share_save_container": "share buttons (AddToAny)",
        "adsbygoogle": "advert",
        "adslot": "advert",
        "advertisement": "advert",
        "copy-code-btn": "copy button",
        "copy-to-clipboard-button": "copy button",
        "disclaimer-affiliate": "affiliate notice",
        "donate-us": "donation box",
        "dotcom-ad": "advert",
        "innity-in-post": "advert",
        "jetpack-likes-widget": "like buttons (Jetpack)",
        "jetpack-likes-widget-wrapper": "like buttons (Jetpack)",
        "jp-relatedposts": "related posts (Jetpack)",
        "o-self-promo": "promotion of the publisher's own newsletter",
        "robots-nocontent": "marked as no content by the page itself",
        "sd-sharing-enabled": "share buttons (Jetpack)",
        "sharedaddy": "share buttons (Jetpack)",
        "social-share": "share buttons",
        "social-share-buttons": "share buttons",
        "standardarticlebody_trustbadgecontainer": "the publisher's own standards",
        "support-author": "donation box",
        "wp-block-jetpack-sharing-buttons": "share buttons (Jetpack)",
    }
)

# Beginnings of such words, where machines add a number or a hash.
_BEGINNINGS: Final = (
    "a2a_kit",  # AddToAny
    "adcontainer-",  # styled-components
    "adslot__",
    "adslot_",
    "atatags-",  # WordAds
    "dfp-ad-",  # Google Ad Manager
    "div-gpt-ad",  # Google Ad Manager
    "google_ads_",
)


class Wording(NamedTuple):
    """A text that is furniture wherever a whole block, or a whole link, says it."""

    needle: str  # without it in the body the pattern is not tried
    pattern: re.Pattern[str]  # over the whole text, its white space folded
    why: str


_LONGEST: Final = 1_500

# Blocks.
_BLOCKS: Final = (
    Wording("appeared", re.compile(r"The post .+ (?:first appeared|appeared first|appeared) on .+"), "WordPress feeds"),
    Wording("Better Feed", re.compile(r"Feed enhanced by Better Feed from .*"), "a WordPress plug-in"),
    Wording("del.icio.us", re.compile(r"© .*\| ?Permalink ?\|.*Add to ?del\.icio\.us.*"), "the same plug-in"),
    Wording("获取更多RSS", re.compile(r"获取更多RSS ?[：:].*"), "the mirror's advertisement of itself"),
)

# Links, buttons and other phrases.
_PHRASES: Final = (
    Wording("...more", re.compile(r"\.\.\.more"), "leads from a teaser to the article"),
    Wording("复制代码", re.compile(r"复制代码"), "copy button"),
    Wording("文章纠错", re.compile(r"文章纠错"), "form for reporting errors"),
    Wording("查看知乎", re.compile(r"查看知乎(?:讨论|原文)"), "leads to the page that the text is from"),
)
# Addresses that share the article somewhere; a link to one is a button, however short its text.
_SHARING: Final = re.compile(
    r"https?://(?:[\w-]+\.)?(?:addtoany\.com/(?:add_to|share)|facebook\.com/sharer|linkedin\.com/shareArticle"
    r"|pinterest\.com/pin/create|plus\.google\.com/share|reddit\.com/submit|service\.weibo\.com/share"
    r"|t\.me/share/|telegram\.me/share/|twitter\.com/(?:intent/tweet|share)|x\.com/intent/)",
    re.IGNORECASE,
)
# Places of a page where readers comment.
_COMMENTING: Final = re.compile(r"#(?:comment-form|comments|disqus_thread|reply-title|respond)\Z")
_LONGEST_BUTTON: Final = 30

_PHRASE_TAGS: Final = frozenset({"a", "button", "span"})


def drop_named(soup: BeautifulSoup, _body: Body) -> Iterator[Note]:
    """Drop elements whose class or id says what they are; never the larger half of a body."""
    named = [tag for tag in tags(soup) if ("class" in tag.attrs or "id" in tag.attrs) and _is_named(tag)]
    size = sizes(soup) if named else {}
    for tag in standing(named):
        if size.get(id(tag), 0) * 2 <= size.get(id(soup), 0):
            yield drop(tag)


def drop_worded(soup: BeautifulSoup, _body: Body) -> Iterator[Note]:
    """Drop blocks and links whose whole text is a known wording."""
    text = soup.get_text()
    blocks = [wording for wording in _BLOCKS if wording.needle in text]
    phrases = [wording for wording in _PHRASES if wording.needle in text]
    if blocks:
        for block in leaves(soup):
            if _says(block, blocks):
                yield drop(block)
    if phrases:
        for tag in standing(tags(soup)):
            if tag.name in _PHRASE_TAGS and _says(tag, phrases):
                yield drop(tag)


def drop_buttons(soup: BeautifulSoup, _body: Body) -> Iterator[Note]:
    """Drop links that share the article, and links to the comment form that stand alone in a block."""
    for link in standing(tags(soup)):
        if link.name != "a" or not (address := attribute(link, "href")):
            continue
        text = shown(link)
        if len(text) <= _LONGEST_BUTTON and (
            _SHARING.match(address) or (_COMMENTING.search(address) and link.parent and shown(link.parent) == text)
        ):
            yield drop(link)


def _is_named(tag: Tag) -> bool:
    return any(name in _NAMES or name.startswith(_BEGINNINGS) for name in (*words(tag), *words(tag, "id")))


def _says(tag: Tag, wordings: list[Wording]) -> bool:
    text = " ".join(tag.get_text().split())
    return len(text) <= _LONGEST and any(wording.pattern.fullmatch(text) for wording in wordings)
