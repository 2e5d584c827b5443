"""Tell files and lists of what readers wrote below articles from the articles, by their names."""

import unicodedata
from collections.abc import Iterable, Mapping
from pathlib import PurePosixPath
from typing import Any, Final

from refeed.startup.late_patterns import late_pattern
from refeed.vocabulary.fields import Value, key_name
from refeed.vocabulary.keys import TITLES

LISTS: Final = frozenset({"annotations", "comments", "mentions", "reactions", "replies", "responses", "webmentions"})
"""Lists of what readers wrote, and files of such lists."""

# Of files these are so among other words and in a folder of that name, `fog-comments.json`, `comments/fog.json`, unless
# what is in it has titles, as an article on comments does; the others may be one's own: `press-mentions.json`.
_ALONE: Final = frozenset({"comments", "webmentions"})
# As these, whole or among other words; in many languages the word is that of an opinion in a newspaper, too.
_COMMENTS: Final = frozenset(
    {"comment", "comentari", "comentario", "comentarios", "comentaris", "comentário", "comentários", "commentaire"}
    | {"commentaires", "commenti", "commento", "comentarii", "komentar", "komentari", "komentarz", "komentarze"}
    | {"komentáře", "komentář", "komentáre", "kommentar", "kommentare", "kommentarer", "kommentaari", "kommentit"}
    | {"kommentti", "kommentek", "hozzászólások", "lesermeinungen", "leserkommentare", "opmerkingen", "reacties"}
    | {"yorum", "yorumlar", "коментарі", "комментарии", "комментарий", "σχόλια", "תגובות", "تعليقات", "نظرات"}
    | {"bình luận", "ความคิดเห็น", "टिप्पणियाँ", "댓글", "코멘트", "コメント", "留言", "評論", "评论", "迴響", "回响"}
    | {"guestbook", "gästebuch", "gaestebuch", "gastenboek", "goldenbook", "留言板", "留言簿", "방명록"}
)
_IN_CAMEL_CASE: Final = tuple(map(str.capitalize, sorted(_ALONE | {"comment"})))
_BETWEEN_WORDS: Final = late_pattern(r"[-_. ]")
_HEADING: Final = late_pattern(rb"(?>\s*)(?:#[ \t]|<[hH]1\b)")
# What has no title of its own may have that of the article below which it stands.
_TITLES: Final = TITLES - {"posttitle"}
# Beside a text without a title in a folder of comments: what says who wrote it, or to what.
_OF_COMMENTS: Final = frozenset(
    {"avatar", "email", "emailhash", "emailmd5", "gravatar", "inreplyto", "ip", "message", "name", "nick", "nickname"}
    | {"parent", "parentid", "postid", "postslug", "replyid", "replyingto", "replyname", "replythread", "replyto"}
    | {"slug", "thread", "url", "website"}
)


def is_of_readers(name: str, first: Iterable[Mapping[str, Value]]) -> bool:
    """Return whether a file is named for what readers wrote, and its first objects do not say something else."""
    return _stem(name).lower() in LISTS or (_is_named(name) and not any(map(_has_title, first)))


def are_comments(key: str, first: Iterable[Mapping[str, Any]]) -> bool:
    """Return whether a list within an object is one of comments, by its key, and none of the first has a title."""
    return key.lower() in _COMMENTS and not any(map(_has_title, first))


def is_comment(name: str, values: Mapping[str, Value], text: bytes) -> bool:
    """Return whether a text with a header is what a reader wrote: it is in a folder of comments, without a title.

    A heading that it begins with is one: `kommentar` is the opinion of a newspaper, too.
    """
    if _HEADING.match(text):
        return False
    folders = name.rpartition("/")[0]
    is_in_folder = bool(folders) and any(map(_is_word, unicodedata.normalize("NFC", folders.lower()).split("/")))
    return is_in_folder and not _OF_COMMENTS.isdisjoint(values) and not _has_title(values)


def _stem(name: str) -> str:
    return unicodedata.normalize("NFC", PurePosixPath(name).stem)


def _is_named(name: str) -> bool:
    stem = _stem(name)
    folders = unicodedata.normalize("NFC", name.lower()).split("/")[:-1]
    words = (stem.lower(), *_BETWEEN_WORDS.split(stem.lower()), *folders)
    return stem.endswith(_IN_CAMEL_CASE) or any(map(_is_word, words))


def _is_word(word: str) -> bool:
    return word in _ALONE or word in _COMMENTS


def _has_title(values: Mapping[str, Any]) -> bool:
    return any(value and key_name(key) in _TITLES for key, value in values.items())
