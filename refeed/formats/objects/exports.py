"""Translate the keys of known exports into the common vocabulary: X, Mastodon, LiveJournal and others."""

import re
from collections.abc import Callable
from html import escape
from types import MappingProxyType
from typing import Final

from refeed.formats.bodies.movable_type_text import paragraphs
from refeed.formats.objects.activities import activity, is_activity
from refeed.formats.objects.outlines import outline
from refeed.formats.objects.reviews import book_review, film_review
from refeed.formats.objects.texts import Values, rows_of, text_of
from refeed.formats.objects.tumblr_posts import tumblr_object
from refeed.formats.objects.zhihu_posts import zhihu_answer, zhihu_article
from refeed.startup.late_patterns import late_pattern
from refeed.vocabulary.fields import Value, key_name

_RETWEET: Final = "RT @"
_SHORT: Final = late_pattern(r"https?://t\.co/\w{1,40}")
_LJ_NAME: Final = late_pattern(
    r"<lj\s{1,20}(?:user|comm)\s{0,20}=[\"']?([\w-]{1,40})[\"']?\s{0,20}/?>(?:</lj>)?", re.IGNORECASE
)
_LJ_CUT: Final = late_pattern(r"</?lj-cut[^<>]{0,200}>", re.IGNORECASE)
_LIVE: Final = "live"
_STATES_OF_TEXTPATTERN: Final = MappingProxyType(
    {"1": "draft", "2": "hidden", "3": "pending", "4": _LIVE, "5": _LIVE}  # 5 is sticky
)
_OBJECT_ID: Final = late_pattern(r"[0-9a-f]{24}")


def in_known_words(values: dict[str, Value]) -> dict[str, Value]:
    """Return the values of an object under keys of the vocabulary; what is never published as an article has none."""
    said = next(
        (say for keys, say in _EXPORTS if keys <= values.keys() and (say is not activity or is_activity(values))), None
    )
    return values if said is None else said(values)


def journal_entry(values: Values) -> dict[str, Value]:
    """Return an entry of LiveJournal, from its XML or its table.

    The moment is that of the server, in UTC; but the author's own day counts, who may have dated the entry back.
    """
    own, logged = text_of(values, "eventtime"), text_of(values, "logtime")
    security = text_of(values, "security").strip()
    text = _LJ_NAME.sub(r"\1", _LJ_CUT.sub("", text_of(values, "event")))
    return {
        "title": text_of(values, "subject"),
        "html": paragraphs(text, ""),
        "date": f"{logged}Z" if logged and logged[:10] == own[:10] else own,
        "security": security,
        "allowmask": text_of(values, "allowmask"),
        "private": "no" if security.casefold() in {"", "public"} else "yes",
    }


def _tweet(values: Values) -> dict[str, Value]:
    """Return a post of X; newer archives have an object around each. The words of others are no posts of its owner."""
    around = values.get("tweet")
    tweet = {key_name(key): value for key, value in around.items()} if isinstance(around, dict) else values
    text, number = text_of(tweet, "fulltext"), text_of(tweet, "idstr")
    if text.startswith(_RETWEET) or not number:
        return {}
    media = rows_of(tweet, "extendedentities", "media") or rows_of(tweet, "entities", "media")
    links = {text_of(one, "url"): one for one in rows_of(tweet, "entities", "urls")}
    pictures = {text_of(one, "url"): "" for one in media}

    def shown(match: re.Match[str]) -> str:
        if match[0] in links:
            one = links[match[0]]
            return f'<a href="{escape(text_of(one, "expanded_url"))}">{escape(text_of(one, "display_url"))}</a>'
        return pictures.get(match[0], match[0])

    body = _SHORT.sub(shown, text).strip().replace("\n", "<br>\n")
    language = text_of(tweet, "lang")
    scopes = tweet.get("scopes")
    is_for_followers = isinstance(scopes, dict) and text_of(scopes, "followers") == "true"
    return {
        **({"visibility": "private"} if is_for_followers else {}),
        "html": f"<p>{body}</p>" + "".join(map(_shown_medium, media)),
        "date": text_of(tweet, "createdat"),
        "url": f"https://x.com/i/web/status/{number}",
        "tags": [text_of(one, "text") for one in rows_of(tweet, "entities", "hashtags")],
        "language": "" if language == "und" or language.startswith("q") else language,  # qme, zxx: no language
    }


def _long_post(values: Values) -> dict[str, Value]:
    """Return the long text of a post of X, by which a list of posts is known that begins with such texts."""
    note = values.get("notetweet")
    core = note.get("core") if isinstance(note, dict) else None
    if not isinstance(note, dict) or not isinstance(core, dict):
        return {}
    return {"text": core.get("text", ""), "date": note.get("createdAt", "")}


def _shown_medium(medium: Values) -> str:
    picture = escape(text_of(medium, "media_url_https"))
    info = medium.get("video_info")
    variants = rows_of(medium, "video_info", "variants") if isinstance(info, dict) else []
    videos = [one for one in variants if text_of(one, "content_type") == "video/mp4"]
    if not videos:
        return f'<p><img src="{picture}" alt="{escape(text_of(medium, "ext_alt_text"))}"></p>'
    best = max(videos, key=lambda one: int(text_of(one, "bitrate") or 0) if text_of(one, "bitrate").isdecimal() else 0)
    return f'<p><video src="{escape(text_of(best, "url"))}" poster="{picture}"></video></p>'


def _bookmark(values: Values) -> dict[str, Value]:
    """Return a bookmark of Pinboard: the page that it is about is not its own."""
    title, address, text = text_of(values, "description"), text_of(values, "href"), text_of(values, "extended")
    return {
        "title": title,
        "content": text or f'<p><a href="{escape(address)}">{escape(title)}</a></p>',
        "date": text_of(values, "time"),
        "external_url": address,
        "tags": [*text_of(values, "tags").split()],
        "public": text_of(values, "shared"),
    }


def _dev_to_article(values: Values) -> dict[str, Value]:
    path = text_of(values, "path")
    own = {"url": f"https://dev.to{path}"} if path.startswith("/") and not text_of(values, "canonicalurl") else {}
    tags: list[Value] = [tag.strip() for tag in text_of(values, "cachedtaglist").split(",")]
    kept = {key: value for key, value in values.items() if key != "createdat" or not values.get("publishedat")}
    return {
        "author": text_of(values, "cachedusername"),
        "image": text_of(values, "mainimage"),
        **kept,
        **own,
        "tags": tags,
    }


def _anonymous(values: Values) -> dict[str, Value]:
    """Return a post of Write.as; one of no blog has no name in its address, and is for those who have its link."""
    return {**values, **({} if text_of(values, "slug") else {"visibility": "unlisted"})}


def _of_textpattern(values: Values) -> dict[str, Value]:
    """Return a row of Textpattern's table of articles, whose states are numbers; others have words for theirs."""
    status = text_of(values, "status")
    if not (name := _STATES_OF_TEXTPATTERN.get(status)):
        return {**values}
    return {**values, "status": name if name == _LIVE else f"{status} ({name} in Textpattern: a draft)"}


def _newsletter(values: Values) -> dict[str, Value]:
    """Return a post of beehiiv."""
    return {
        "title": text_of(values, "webtitle") or text_of(values, "emailsubjectline"),
        "subtitle": text_of(values, "websubtitle"),
        "content_html": text_of(values, "contenthtml"),
        "date": text_of(values, "createdat"),
        "url": text_of(values, "url"),
        "image": text_of(values, "thumbnailurl"),
        "tags": [tag.strip() for tag in text_of(values, "contenttags").split(";")],
        "status": text_of(values, "status"),
        "members_only": "no" if text_of(values, "audience") in {"", "both", "free"} else "yes",
    }


def _wix_post(values: Values) -> dict[str, Value]:
    """Return a post of Wix: the rich text is in a notation of its own, beside the words alone."""
    day = text_of(values, "publisheddate")
    return {
        "title": text_of(values, "title"),
        "text": text_of(values, "plaincontent"),
        "date": day,
        "updated": text_of(values, "lastpublisheddate"),
        "author": text_of(values, "author"),
        "excerpt": text_of(values, "excerpt"),
        "slug": text_of(values, "slug"),
        "categories": [part.strip() for part in text_of(values, "categories").split(",")],
        "draft": "false" if day else "true",
    }


def _without_numbers(values: Values) -> dict[str, Value]:
    """Return a post of Hashnode without the numbers that its tags have there."""
    tags = values.get("tags")
    named = [tag for tag in tags if not _is_number(tag)] if isinstance(tags, list) else tags
    return {**values, "tags": named or []}


def _is_number(tag: Value) -> bool:
    return isinstance(tag, str) and _OBJECT_ID.fullmatch(tag) is not None


# What an object of an export has, and what it says.
_EXPORTS: Final[tuple[tuple[frozenset[str], Callable[[Values], dict[str, Value]]], ...]] = (
    (frozenset({"tweet"}), _tweet),
    (frozenset({"actor", "object", "type"}), activity),
    (frozenset({"notetweet"}), _long_post),
    (frozenset({"createdat", "fulltext", "idstr"}), _tweet),
    (frozenset({"created", "subs", "text"}), outline),
    (frozenset({"description", "extended", "href", "shared", "time"}), _bookmark),
    (frozenset({"allowmask", "event", "eventtime", "itemid"}), journal_entry),
    (frozenset({"bodymarkdown", "cachedtaglist", "title"}), _dev_to_article),
    (
        frozenset({"bodymarkdown", "createdat", "idcode"}),
        lambda _: {},
    ),  # dev.to: what its owner wrote below others' articles
    (frozenset({"cuid", "dateadded", "slug"}), _without_numbers),
    (frozenset({"authorid", "lastmod", "posted", "status"}), _of_textpattern),
    (frozenset({"appearance", "body", "rtl", "slug"}), _anonymous),
    (frozenset({"audience", "contenthtml", "webtitle"}), _newsletter),
    (frozenset({"plaincontent", "richcontent", "publisheddate"}), _wix_post),
    (frozenset({"bookid", "bookshelves", "myreview"}), book_review),
    (frozenset({"letterboxduri", "review", "watcheddate"}), film_review),
    (frozenset({"reblogkey", "urlwithslug"}), tumblr_object),
    (frozenset({"content", "createdtime", "excerpt", "question"}), zhihu_answer),
    (frozenset({"commentpermission", "content", "excerpttitle"}), zhihu_article),
)
