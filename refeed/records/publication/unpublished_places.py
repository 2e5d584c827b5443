"""Recognise names of folders and files whose contents nobody has published."""

from functools import lru_cache
from types import MappingProxyType
from typing import Final

from refeed.formats.publication.languages import DRAFT_PLURALS, DRAFT_WORDS, PRIVATE_WORDS, TOPICS
from refeed.formats.publication.values import composed
from refeed.records.publication.draft_words import speaks_of_draft
from refeed.startup.late_patterns import late_pattern

# Folders in an archive whose files are not published: `_drafts` is Jekyll's and Hexo's, the others are people's habits.
_PLURALS: Final = ("drafts", "entwuerfe", "koncepty", *DRAFT_PLURALS)
_BINS: Final = (
    *("trash", "cestino", "corbeille", "lixeira", "papelera", "papierkorb", "prullenbak"),
    *("корзина", "回收站", "ゴミ箱", "휴지통"),
)
_STAGES: Final = (
    *("draft", "draft post", "draft posts", "in progress", "not published", "pending", "queue", "queued", "scheduled"),
    *("to be published", "to be written", "to publish", "to write", "unfinished", "unpublished", "wip"),
    *("discarded", "not used", "rejected", "scrapped", "trashed", "unused", "work in progress"),
)
_PRIVATE: Final = ("private", "private notes", "private posts", *PRIVATE_WORDS)
_CODES: Final = MappingProxyType(
    {
        **dict.fromkeys(_PRIVATE, "private"),
        **dict.fromkeys((*DRAFT_WORDS, *_PLURALS, *_BINS, *_STAGES, ".trash"), "draft"),
        **dict.fromkeys(TOPICS, ""),
    }
)
# With a `_` more words mean it: few generators read such folders, and none of them as posts.
_WITH_MARK: Final = MappingProxyType(
    {
        **dict.fromkeys(("concepten", "deleted", "future", "koncept", "templates"), "draft"),  # "concepts", too
        **dict.fromkeys(("confidential", "hidden", "internal", "secret", "unlisted"), "private"),
    }
)
# Of the words of a name: `my drafts`, `00-drafts`, `drafts (2021)`, `drafts.old`; no `drafts of wind`, no `overdrafts`.
_WORDS: Final = late_pattern(r"[^\W\d_]+")
_STATED: Final = MappingProxyType(
    {
        **dict.fromkeys(("discarded", "draft", "rejected", "scrapped", "unpublished", "unused", "wip"), "draft"),
        **dict.fromkeys(("private", "unlisted"), "private"),
    }
)
_BESIDE: Final = frozenset(
    {"article", "articles", "backup", "bak", "blog", "content", "copy", "entries", "my", "new", "note", "notes", "old"}
    | {"page", "pages", "post", "posts", "writing"}
)
# What another draft is of; before any other word it is one of this kind.
_OTHER_DRAFTS: Final = frozenset(
    {"back", "beer", "down", "expansion", "fantasy", "military", "mlb", "mock", "nba", "nfl", "nhl", "on"}
    | {"over", "the", "up", "wnba"}
)
# Of files that hold many articles, their names say what folders' names do.
_LISTS: Final = (".atom", ".csv", ".jl", ".js", ".json", ".jsonl", ".mbox", ".ndjson", ".rdf", ".rss", ".tsv", ".xml")
_DELETED: Final = "deleted"  # X: deleted-tweets.js
# Letterboxd's export has folders of what was deleted, and of what belongs to no film any more.
_OF_LETTERBOXD: Final = ("/deleted", "/orphaned")
_ITS_TABLES: Final = frozenset({"comments.csv", "diary.csv", "reviews.csv"})
# Of these the names say that they hold what people wrote to one another.
_OF_OBJECTS: Final = (".csv", ".jl", ".js", ".json", ".jsonl", ".ndjson", ".tsv")
_MESSAGES: Final = frozenset(
    {"chat", "chat history", "chats", "conversation", "conversations", "direct message", "direct messages", "dm", "dms"}
    | {"imessage", "imessages", "inbox", "messages archive", "private message", "private messages", "sms", "whatsapp"}
    | {"whatsapp chat"}
)
_ARCHIVE: Final = late_pattern(r"(?:\.(?:7z|bz2|gz|tar|tbz2?|tgz|txz|tzst|xz|zip|zst)){1,3}!?\Z")
# Where Logseq and DokuWiki keep older states of pages, which may have been deleted since.
_OLDER: Final = ("/logseq/bak/", "/logseq/version-files/", "/data/attic/")
_BLANKS: Final = str.maketrans("-_", "  ")

# `x.draft.md`, `x (draft).md`; what stands in such names beside it may be a title. Words in capitals are none of it,
# unless the whole name is in capitals. `draft_Tide-1a2b.html` is Medium's, and so is
# such a name in Markdown with the number of a post.
_BY_NAME: Final = late_pattern(
    r"(?i:\.(?:draft|disabled|unpublished|wip)(?:\.[^./]+)?\Z|[\[(【](?:draft|wip|下書き|草稿|초안)[\])】])"
    r"|\A(?:(?i:draft_.*(?:\.html?|-[0-9a-f]{10,12}\.md))\Z|(?:DRAFT|WIP|下書き|草稿|초안)[-_ ])"
    r"|\A(?=[^a-z.]*[a-z]).*[-_ ](?:DRAFT|WIP)\.[^.]*\Z"
    r"|(?P<private>(?i:\.(?:private|unlisted)(?:\.[^./]+)?\Z|[\[(【]private[\])】]))"
)


@lru_cache(maxsize=256)  # files of one folder stand side by side
def code_of_folders(path: str) -> str:
    """Return the code of the problem of all files in a folder, by its name or one around it; "" if there is none."""
    whole = composed(path)
    if holds_older_states(whole):
        return "draft"
    return next(filter(None, map(_code_of, whole.casefold().split("/"))), "")


def holds_older_states(folder: str) -> bool:
    """Return whether a folder holds what pages were before: that says nothing of what they are now."""
    return ("logseq" in folder or "data/" in folder) and any(place in f"/{folder}/" for place in _OLDER)


def code_of_name(name: str, folder: str = "") -> str:
    """Return the code of the problem that a file's own name states, beside the folder that it lies in, or ""."""
    if name in _ITS_TABLES and f"/{folder}".endswith(_OF_LETTERBOXD):
        return "draft"
    found = _BY_NAME.search(composed(name)) if speaks_of_draft(name) else None
    if found is None:
        return _code_of_list(composed(name).casefold()) if name.casefold().endswith(_LISTS) else ""
    return "private" if found["private"] else "draft"


def names_messages(name: str) -> bool:
    """Return whether a file is named for what people wrote to one another; of theconversation.com it may be, too."""
    stem, _, ending = name.casefold().rpartition(".")
    return f".{ending}" in _OF_OBJECTS and stem.translate(_BLANKS).strip() in _MESSAGES


def _code_of_list(name: str) -> str:
    if names_messages(name):
        return "private"
    stem = name.rpartition(".")[0]
    return "draft" if _WORDS.findall(stem)[:1] == [_DELETED] else _code_of(stem)


@lru_cache(maxsize=256)  # most have the folders around them in common
def _code_of(folder: str) -> str:
    folder = _ARCHIVE.sub("", folder) if "." in folder else folder
    words = folder.translate(_BLANKS).strip()
    code = _CODES.get(words, "")
    if not code and folder.startswith("_"):
        code = _WITH_MARK.get(words, "")
    return code or _code_of_words(_WORDS.findall(folder))


def _code_of_words(words: list[str]) -> str:
    """Return the code of the problem that the words of a name state, or ""."""
    if not words or words[1:2] == ["of"]:
        return ""
    if words[0] in _PLURALS or words[-1] in _PLURALS:
        return "draft"
    code = next((_STATED[word] for word in words if word in _STATED), "")
    if code and all(word in _STATED or word in _BESIDE for word in words):
        return code
    return "draft" if words[-1] == "draft" and _OTHER_DRAFTS.isdisjoint(words) else ""
