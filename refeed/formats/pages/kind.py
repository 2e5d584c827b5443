"""Tell the page of an article from all other pages that people and robots save: lists, searches, errors, log-ins."""

import re
from itertools import islice
from typing import Final
from urllib.parse import parse_qsl, urlsplit

from refeed.formats.pages.json_ld import Graph
from refeed.formats.pages.metadata import PageMetadata
from refeed.formats.pages.tree import SavedPage, names_of, shown

# What such pages have for a title, alone or before the name of the site.
_OTHER_TITLE: Final = re.compile(
    r"(?:(?:http |error ){0,2}(?:40[0-9]|410|429|50[0-4])(?: error)?(?:[ :!.-]{1,3}(?:page )?(?:not found|forbidden))?"
    r"|(?:the )?page (?:was )?not found|not found|access denied|forbidden"
    r"|just a moment|attention required!?|are you a robot\??|too many requests|service unavailable|bad gateway"
    r"|log ?in|sign ?in|sign ?up|register|log in or sign up|search(?: results.{0,80})?|search for .{1,80}"
    r"|you searched for .{1,80}|(?:category|tag|author|archives?)(?: archives?)?: .{1,80}"
    r"|seite nicht gefunden|page non trouvée|página no encontrada|anmelden|connexion|iniciar sesión"
    r"|登[录錄入陆]|用户登录|注册|搜索(?:结果)?.{0,40}|搜尋.{0,40}|(?:页面|頁面|网页|網頁)(?:不存在|未找到|没有找到)|找不到.{0,20}|安全验证|验证码"
    r"|ログイン|検索結果.{0,40}|ページが見つかりません.{0,20})(?:\.{3}|…)?\s*(?:[-–—|:·»_<].*)?",
    re.IGNORECASE | re.DOTALL,
)
_LONGEST_TITLE: Final = 300
# Classes of WordPress's and others' <body>: of lists of posts, and of a single one.
_LISTS: Final = frozenset({"archive", "blog", "error404", "search", "search-results", "tag-template"})
_CHAT: Final = frozenset({"chat_page"})  # Telegram
_LOG: Final = frozenset({"chatlog"})  # Discord
_NETWORK: Final = frozenset({"_a6-g"})  # around each post or message in exports of Facebook and Instagram
_NOTE: Final = frozenset({"note"})
_ICONS: Final = frozenset({"meta-icons"})  # of a note of Google Keep: whether it is pinned or in the archive
_PARTS_OF_STORIES: Final = ("p", "blockquote", "li", "pre", "h1", "h2", "h3", "h4", "figure")
_OF_ARTICLES: Final = frozenset(_PARTS_OF_STORIES[4:])
_PART_OF_STORY: Final = "graf"  # a class of Medium's
_LONGEST_RESPONSE: Final = 1_500  # characters
_SAVED_ADDRESSES: Final = "Pocket Export"
_SINGLES: Final = frozenset({"single", "single-post", "post-template"})
_SEARCHES: Final = frozenset({"q", "query", "s", "search"})
_SEARCH_PATH: Final = re.compile(r"/search(?:/|\Z)", re.IGNORECASE)
_HOME: Final = re.compile(r"/?(?:index\.[a-z]{3,5})?", re.IGNORECASE)


def says_article(metadata: PageMetadata, graph: Graph) -> bool:
    """Return whether the head of a page says that the page is an article."""
    type_ = metadata.first("og:type").lower()
    return bool(graph.articles) or type_ in {"article", "blog.post"} or bool(metadata.first("article:published_time"))


def why_no_article(page: SavedPage, metadata: PageMetadata, graph: Graph, title: str, address: str) -> str:
    """Return what a page is, if it is no article's; "" where nothing says so."""
    if says_article(metadata, graph):  # themes call the body of an article `blog`, too
        return ""
    return _why_export(page, title) or _why_by_marks(page, metadata, graph, title, address)


def _why_by_marks(page: SavedPage, metadata: PageMetadata, graph: Graph, title: str, address: str) -> str:
    body = next(page.root.iter("body"), page.root)
    classes = names_of(body)
    if classes.isdisjoint(_SINGLES) and (graph.is_list or not classes.isdisjoint(_LISTS)):
        return "a list of articles"
    if _is_one_dated_article(page, metadata):  # whatever its title says: "Search for meaning"
        return ""
    if _OTHER_TITLE.fullmatch(title[:_LONGEST_TITLE].strip()):
        return "a page of a search, an error or a log-in, by its title"
    if any((one.get("type") or "").lower() == "password" for one in page.root.iter("input")):
        return "a page with a log-in"
    return _by_address(address)


def _why_export(page: SavedPage, title: str) -> str:
    if _is_response(page):
        return "a response to a story of Medium, by its form: it has no title but its first words"
    names = frozenset[str]().union(*map(names_of, page.root.iter("div", "section")))
    if _CHAT & names:
        return "a chat of Telegram; export it again as machine-readable JSON"
    if _LOG & names:
        return "a chat of Discord; export it again as JSON"
    if _NETWORK & names:
        return "an export of Facebook or Instagram, which does not say who may read what it holds"
    if _NOTE & names and _ICONS & names:
        return "a note of Google Keep, which is for its writer alone"
    return "saved addresses without texts" if title.strip() == _SAVED_ADDRESSES else ""


def _is_response(page: SavedPage) -> bool:
    """Return whether a page of Medium's export is a comment on another's story; nothing in it says so plainly.

    It is short, and its title is how its text begins. An essay of that form goes out.
    """
    parts = [one for one in page.root.iter(*_PARTS_OF_STORIES) if _PART_OF_STORY in names_of(one)]
    if (
        not parts
        or any(one.tag in _OF_ARTICLES for one in parts)
        or sum(len(shown(one)) for one in parts) > _LONGEST_RESPONSE
    ):
        return False
    title = next((shown(one) for one in page.root.iter("h1") if "p-name" in names_of(one)), "").rstrip(" .…")
    return bool(title) and shown(parts[0]).startswith(title)


def _is_one_dated_article(page: SavedPage, metadata: PageMetadata) -> bool:
    return len([*islice(page.root.iter("article"), 2)]) == 1 and next(metadata.said("dates"), None) is not None


def is_home_page(address: str) -> bool:
    """Return whether an address is that of a whole site."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return False
    return bool(_HOME.fullmatch(parts.path)) and not parts.query


def _by_address(address: str) -> str:
    if not address:
        return ""
    if is_home_page(address):
        return "the front page of a site"
    try:
        parts = urlsplit(address)
        keys = {key.lower() for key, _ in parse_qsl(parts.query, max_num_fields=100)}
    except ValueError:
        return ""
    if _SEARCH_PATH.search(parts.path) or not keys.isdisjoint(_SEARCHES):
        return "a page of search results"
    return ""
