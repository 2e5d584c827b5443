"""Drop links that share the article, subscribe or lead to comments, unless they stand in a sentence."""

from collections.abc import Iterator
from types import MappingProxyType
from typing import Final

from bs4.element import NavigableString, Tag

from refeed.addresses.parts import listed
from refeed.clean.boilerplate.wordings import SHARING
from refeed.clean.types import Body, Note
from refeed.html.page import Page
from refeed.html.paragraphs import Paragraph, block_around, paragraphs
from refeed.html.tree import TagSet, attribute, outermost, shown
from refeed.startup.late_patterns import late_pattern

_LONGEST: Final = 30
# What a row of buttons says besides them.
_LABELS: Final = SHARING | {"", "share:", "分享", "分享："}

# Hosts at which an address shares the article somewhere, and how its path begins then; a link to one is a button.
_SHARERS: Final = MappingProxyType(
    {
        "addtoany.com": ("add_to", "share"),
        "api.whatsapp.com": ("send",),
        "bsky.app": ("intent/",),
        "buffer.com": ("add",),
        "connect.qq.com": ("widget/shareqq",),
        "digg.com": ("submit",),
        "facebook.com": ("dialog/share", "share.php", "sharer"),
        "getpocket.com": ("edit", "save"),
        "google.com": ("bookmarks/mark",),
        "line.me": ("r/msg",),
        "linkedin.com": ("sharearticle",),
        "pinterest.com": ("pin/create",),
        "plus.google.com": ("bookmarks/mark", "share"),
        "reddit.com": ("submit",),
        "service.weibo.com": ("share",),
        "sns.qzone.qq.com": ("cgi-bin/qzshare",),
        "social-plugins.line.me": ("lineit/share", "r/msg"),
        "t.me": ("share/",),
        "telegram.me": ("share/",),
        "threads.net": ("intent/",),
        "tumblr.com": ("share", "widgets/share"),
        "twitter.com": ("intent/tweet", "share"),
        "v.t.sina.com.cn": ("share",),
        "wa.me": ("?text=",),
        "x.com": ("intent/", "share"),
    }
)
_SCHEMES: Final = frozenset({"", "http:", "https:"})
_SHARING_APP: Final = "whatsapp://send"
# Substack's and Ghost's buttons: on the site, and for one of its posts; and how their paths begin.
_SUBSCRIBING: Final = late_pattern(
    r"https?://[^/?#]{1,200}/"
    r"(?:subscribe/?(?:[?#]|\Z)|#/portal/signup|p/[\w-]{1,200}(?:/comments\b|\?(?:[^#]*&)?action=share\b))"
)
_SUBSCRIBING_BEGINNINGS: Final = ("subscribe", "#/portal/signup", "p/")
# Places of a page where readers comment.
_COMMENTING: Final = late_pattern(r"#(?:comment-form|comments|disqus_thread|reply-title|respond)\Z")


def drop_buttons(page: Page, _body: Body) -> Iterator[Note]:
    """Drop rows of buttons with their label, and buttons that say nothing."""
    found = [link for link in page.elements("a") if _is_button(link)]
    buttons = TagSet(found)
    rows = [_row(paragraph, buttons) for holder in _holders(page, found) for paragraph in paragraphs(holder)]
    for held, label in rows:
        if held and label.said.lower().strip("|·/") in _LABELS:
            yield sum(map(page.drop, page.remaining(held))) + (page.drop_paragraph(label) if label.texts else 0)
    for link in page.remaining(found):
        if not shown(link):
            yield page.drop(link)


def _holders(page: Page, buttons: list[Tag]) -> list[Tag]:
    """List the outermost blocks around buttons."""
    holders = TagSet(map(block_around, buttons))
    return outermost([tag for tag in (page.soup, *page.elements()) if tag in holders]) if buttons else []


def _row(paragraph: Paragraph, buttons: TagSet) -> tuple[list[Tag], Paragraph]:
    """Return the buttons in a paragraph, and what it says besides."""
    pairs = [(text, _button_around(text, buttons)) for text in paragraph.texts]
    return [link for _, link in pairs if link], Paragraph.of(text for text, link in pairs if link is None)


def _button_around(text: NavigableString, buttons: TagSet) -> Tag | None:
    return next((tag for tag in text.parents if tag in buttons), None)


def _is_button(link: Tag) -> bool:
    return _is_for_readers(attribute(link, "href")) and len(shown(link)) <= _LONGEST


def _is_for_readers(address: str) -> bool:
    """Return whether an address shares the article, subscribes to it, or is where readers comment."""
    scheme, _, rest = address.partition("//")
    host, _, path = rest.partition("/")
    if path.startswith(_SUBSCRIBING_BEGINNINGS) and _SUBSCRIBING.match(address):
        return True
    sharer = listed(host, _SHARERS) if scheme.lower() in _SCHEMES else None
    if sharer and path.lower().startswith(_SHARERS[sharer]):
        return True
    return address.lower().startswith(_SHARING_APP) or _COMMENTING.search(address) is not None
