"""Name what exports hold besides articles, or in a form that is not read, by how the file begins."""

import re
from typing import Final

from refeed.startup.late_patterns import late_pattern

_SAVED_ADDRESSES: Final = "saved addresses without texts, as Pocket, Instapaper and browsers export them"
_OPML: Final = r"\A(?:\ufeff)?(?>\s*)(?:<\?xml(?>[^>]*)>(?>\s*))?(?:<!--[^>]{0,500}-->(?>\s*))?<opml\b"
# How it begins, the code of its problem, and what it is.
_PARTS: Final = (
    (
        late_pattern(r"\A(?:\ufeff)?\"?post_id\"?,\"?post_date\"?,"),
        "configuration",
        "the table of an export of Substack; its posts are read with their files in posts/",
    ),
    (
        late_pattern(r"\A(?>\s*)window\.YTD\.article"),
        "no-format",
        "long articles of an archive of X (Twitter), which are not read; give their pages, saved",
    ),
    (
        late_pattern(r"\A(?>\s*)window\.YTD\."),
        "configuration",
        "a part of an archive of X (Twitter) without its owner's posts",
    ),
    (
        late_pattern(
            r"\A(?>\s*)[\[{](?s:.{0,1000}?)(?:\"(?:creation_timestamp|thread_path|update_timestamp)\"|\"post\"(?>\s*):(?>\s*)\")"
        ),
        "configuration",
        "an export of Facebook or Instagram, which does not say who may read what it holds",
    ),
    (
        late_pattern(r"\A(?>\s*)\{(?s:.{0,1000}?)\"userEditedTimestampUsec\""),
        "configuration",
        "a note of Google Keep, which is for its writer alone",
    ),
    (
        late_pattern(r"\A(?>\s*)\{(?s:.{0,1000}?)\"OrderedCollection\""),
        "configuration",
        "a list of an export of Mastodon without its owner's posts",
    ),
    (
        late_pattern(r"\A(?:\ufeff)?\"?Book Id\"?,\"?Title\"?,"),
        "configuration",
        "a list of books from Goodreads, of which none has a review",
    ),
    (
        late_pattern(r"\A(?:\ufeff)?Date,ShareLink,ShareCommentary,"),
        "no-format",
        "posts of LinkedIn in a table that is not read",
    ),
    (
        late_pattern(r"\A(?>\s*)\[(?s:.{0,900}?)\"(?:children|title)\"(?s:.{0,900}?)\"(?:create|edit)-time\"(?>\s*):"),
        "no-format",
        "notes of Roam, which are not read; export them as Markdown",
    ),
    (
        late_pattern(r"(?s:\A.{0,2100}?)\nid: [0-9a-f]{32}\nparent_id:(?s:.{0,1000}?)\ntype_: "),
        "no-format",
        "a note as Joplin keeps it, which is not read; export the notes as Markdown with front matter",
    ),
    (
        late_pattern(r"\A///DOTCLEAR\|"),
        "no-format",
        "a backup of Dotclear, which is not read; give its feed",
    ),
    (late_pattern(rf"{_OPML}(?s:.{{0,2000}}?)\bxmlUrl="), "link-list", "a list of feeds as OPML"),
    (
        late_pattern(_OPML),
        "no-format",
        "an outline as OPML, which is not read; export its posts as JSON, RSS or Markdown",
    ),
    (late_pattern(r"\A(?:\ufeff)?(?:title,url,time_added|URL,Title,Selection)\b"), "link-list", _SAVED_ADDRESSES),
    (
        late_pattern(
            r"\A(?>\s*)\[(?>\s*)\{(?=[^{}]{0,2000}?\"(?:href|link|uri|url)\"\s{0,9}:\s{0,9}\"https?:)"
            r"(?=[^{}]{0,2000}?\"(?:name|title)\"\s{0,9}:)",
            re.IGNORECASE,
        ),
        "link-list",
        "addresses with their titles and without texts",
    ),
    (late_pattern(r"\A(?>\s*)<!DOCTYPE NETSCAPE-Bookmark-file-1>", re.IGNORECASE), "link-list", _SAVED_ADDRESSES),
    (
        late_pattern(r"\A(?>\s*)(?:<\?xml(?>[^>]*)>(?>\s*))?<posts\b(?>[^>]*)>(?>\s*)<post\s[^<>]{0,2000}?href="),
        "link-list",
        "bookmarks as XML; export them as JSON",
    ),
)


def part_of_export(head: str) -> tuple[str, str] | None:
    """Return the code and the message of the problem that a file is, if it is a part of a known export."""
    return next(((code, what) for begins, code, what in _PARTS if begins.match(head)), None)
