"""What a header says about who may read the article, and when: whatever its author did not publish stays unpublished.

Where a value is in doubt it withholds: a feed cannot take back what it has shown.
"""

from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType
from typing import Final

from refeed.formats._fields import Value, key_name
from refeed.formats._typography import BLANKS, BRACKETS, MARKS, WITHOUT_WIDTH
from refeed.problems import Problem

# Keys with a "yes" that withholds → code of the problem. Any value is a yes that is not a "no": `password: 1234`, too.
_YES_WITHHOLDS: Final = MappingProxyType(
    {
        "confidential": "private",
        "draft": "draft",  # Hugo, Jekyll, Zola, Astro, Eleventy, Docusaurus
        "encrypt": "locked",
        "encrypted": "locked",
        "expired": "expired",
        "inprogress": "draft",
        "internal": "private",
        "isdraft": "draft",
        "isencrypted": "locked",
        "islocked": "locked",
        "isprivate": "private",
        "isprotected": "locked",
        "locked": "locked",
        "passphrase": "locked",
        "passwd": "locked",
        "password": "locked",  # hexo-blog-encrypt, hugo-encryptor, WordPress
        "passwordprotected": "locked",
        "postpassword": "locked",
        "private": "private",  # Qiita, Hexo's and Typecho's themes
        "protected": "locked",
        "pwd": "locked",
        "secret": "private",
        "unlisted": "private",  # Docusaurus
        "unpublished": "draft",
        "wip": "draft",
        "草稿": "draft",
        "密码": "locked",
        "私密": "private",
    }
)
# Keys with a "no" that withholds → code.
_NO_WITHHOLDS: Final = MappingProxyType(
    {
        "ispublic": "private",
        "ispublished": "draft",
        "listed": "private",
        "public": "private",
        "publish": "draft",  # Obsidian
        "published": "draft",  # Jekyll, Zenn, dev.to
        "visible": "private",
        "发布": "draft",
    }
)
# Keys with a word for the state of the article, and what the words mean; others are states of something else.
STATES: Final = frozenset({"access", "poststatus", "publish", "published", "state", "status", "visibility", "状态"})
_MEANINGS: Final = MappingProxyType(
    {
        "draft": (
            *("autodraft", "deleted", "draft", "future", "idea", "inherit", "inprogress", "inreview", "needsreview"),
            *(
                "notpublished",
                "pending",
                "pendingreview",
                "rejected",
                "removed",
                "review",
                "scheduled",
                "todo",
                "trash",
            ),
            *("trashed", "unfinished", "unpublished", "wip", "workinprogress", "writing"),
            *("borrador", "bozza", "brouillon", "entwurf", "rascunho", "черновик", "下書き", "草稿"),
        ),
        "private": (
            *("friends", "hidden", "internal", "private", "secret", "skip", "unlisted"),
            *("privado", "privat", "privé", "私密", "私有", "非公開", "非公开", "隐藏"),
        ),
        "locked": (*("encrypted", "locked", "members", "paid", "password", "passwordprotected", "protected", "加密"),),
        "expired": ("expired",),
    }
)
_STATES: Final = MappingProxyType({word: code for code, words in _MEANINGS.items() for word in words})
_NO: Final = frozenset(
    {"", "-", "0", "f", "false", "n", "never", "no", "none", "null", "nil", "off", "undefined", "~", "否", "无", "無"}
)
_YES: Final = frozenset({"1", "on", "t", "true", "y", "yes", "是"})
# Keys that withhold with a plain "yes" only: other values are dates, or names of what is hidden.
_PLAIN_YES_WITHHOLDS: Final = MappingProxyType({"scheduled": "draft", "skip": "private"})
# Keys of a table inside of the header that speaks of the article: Hugo's params and build, Zola's extra, and others.
_TABLES: Final = frozenset(
    {"build", "extra", "meta", "metadata", "page", "params", "post", "publication", "publish", "status", "visibility"}
)
_NOT_BUILT: Final = frozenset({"list", "render"})  # of Hugo's build options: `render: never` makes no page
_BLANKS: Final = str.maketrans("", "", " _-\t\n" + BLANKS + WITHOUT_WIDTH + MARKS + "".join(map("".join, BRACKETS)))

EXPIRIES: Final = (
    "expirydate",  # Hugo
    "unpublishdate",  # Hugo
    "expires",
    "expire",
    "expiry",
    "expiration",
    "expirationdate",
    "expiredate",
    "expiresat",
    "expireat",
    "unpublishat",
    "unpublishon",
    "validuntil",
    "过期时间",
)
# When it may go out. Some are dates of publication as well.
RELEASES: Final = (
    "publishdate",  # Hugo
    "published",
    "pubdate",
    "publishedat",
    "publisheddate",
    "datepublished",
    "embargo",
    "embargodate",
    "embargountil",
    "embargoeduntil",
    "goeslive",
    "publishafter",
    "publishat",
    "publishon",
    "releasedate",
    "schedule",
    "scheduled",
    "scheduledat",
    "scheduledfor",
    "scheduleddate",
)
_HIDES: Final = frozenset({"hidden", "hide", "unindexed"})  # off the lists of some themes: it goes out, with a warning

KNOWN: Final = frozenset({*_YES_WITHHOLDS, *_NO_WITHHOLDS, *STATES, *EXPIRIES, *RELEASES, *_HIDES})
_DATED: Final = frozenset({*EXPIRIES, *RELEASES})
_ASKED: Final = KNOWN | _TABLES | _PLAIN_YES_WITHHOLDS.keys()


def withheld(values: Mapping[str, Value], where: str = "front matter") -> Problem | None:
    """Return why the article is not published, if its header says so at the top or in a table about the article."""
    for name, text in _pairs(values):
        code = _code(name, _word(text))
        if code:
            shown = "…" if code == "locked" else text.strip()[:40]  # a password is nobody's business
            return Problem(code, f"{where} says {name}: {shown}")
    return None


def hidden(values: Mapping[str, Value]) -> Problem | None:
    """Return the warning for an article that its theme leaves off its lists."""
    for name, text in _pairs(values):
        if name in _HIDES and _word(text) in _YES:
            return Problem("hidden", f"front matter says {name}: {text.strip()}")
    return None


def speaks_of_publication(names: Iterable[str]) -> bool:
    """Return whether any of these keys may withhold the article or date its release."""
    return not _ASKED.isdisjoint(names)


def is_plainly_published(values: Mapping[str, Value]) -> bool:
    """Return whether these keys neither withhold the article nor date its release or its end."""
    dated = (value for name, value in values.items() if key_name(name) in _DATED)
    return withheld(values) is None and all(isinstance(value, str) and _word(value) in _YES | _NO for value in dated)


def _pairs(values: Mapping[str, Value]) -> Iterator[tuple[str, str]]:
    """Return the keys of the header and of its tables, each with every text that it holds."""
    for key, value in values.items():
        name = key_name(key)
        if isinstance(value, dict):
            if name in _TABLES:
                inner = {key: text for key, text in value.items() if key_name(key) not in _NOT_BUILT or name == "build"}
                yield from _pairs(inner)
            continue
        for item in value if isinstance(value, list) else [value]:
            if isinstance(item, str):
                yield name, item


def _word(text: str) -> str:
    return text.strip().casefold().translate(_BLANKS)


def _code(name: str, word: str) -> str | None:
    if name in _YES_WITHHOLDS and word not in _NO:
        return _YES_WITHHOLDS[name]
    if word in _YES and name in _PLAIN_YES_WITHHOLDS:
        return _PLAIN_YES_WITHHOLDS[name]
    if word and word in _NO:
        return "private" if name in _NOT_BUILT else _NO_WITHHOLDS.get(name)
    return _STATES.get(word) if name in STATES else None
