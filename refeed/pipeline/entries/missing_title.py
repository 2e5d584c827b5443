"""Find a title for a record without one: in its file's name, or else its address."""

import re
from typing import Final

from refeed.model import Document, RecordMeta
from refeed.sites.post import NAMELESS
from refeed.startup.late_patterns import late_pattern
from refeed.text.plain import one_line

# What robots put around the title in a file's name: a day or a number before it, the kind of file after it.
_FILE_NAME: Final = late_pattern(r"(?:\d{4}-\d{2}-\d{2}[-_ ]?|\d+_)?(.*?)(?:\.[A-Za-z0-9]{1,5})?", re.DOTALL)
_NAMELESS: Final = NAMELESS | {"note", "untitled"}  # the folder has the name, or nothing
# Formats of files that hold many articles, also where this one holds a single one.
_COLLECTIONS: Final = frozenset({"feed", "mail", "movable-type", "xml-export"})
_AROUND_ONE: Final = 64  # bytes around the only record of a file, at most: `window.YTD.tweets.part0 = [`
_FEWEST_WORDS: Final = 3  # of a name that is no title by chance
_SIGNS: Final = 20
_PARTS: Final = late_pattern(r"[\W_]+")
# Where a sentence ends, or a block.
_ENDING: Final = late_pattern(
    r"(?P<title>[\"'”’»)\]]{0,3}[!?…！？]{0,3})[\"'”’»)\]]{0,3}(?:(?<=[!?…！？])\s|\.\s|。|[ \t]*\n)"
)
_HASH: Final = late_pattern(r"(?=.*[0-9])[0-9a-fA-F]{6,}")


def title_of_file(meta: RecordMeta, document: Document) -> str:
    """Return the title that the name of a post's file is; "" where that is a number, a digest or not the post's own."""
    if not meta.markdown or meta.key.number or meta.format in _COLLECTIONS:
        return ""
    if meta.format == "records" and len(document.data) - meta.key.size > _AROUND_ONE:
        return ""
    *folders, file = meta.source.name.split("/")
    name = _bare(file)
    if name.lower() in _NAMELESS and folders:
        name = _bare(folders[-1])
    parts = [part for part in _PARTS.split(name) if part and not _HASH.fullmatch(part)]
    letters = sum(map(str.isalpha, "".join(parts)))
    if name.lower() in _NAMELESS or letters < 2 or letters <= sum(map(str.isdecimal, name)):
        return ""
    title = name if any(map(str.isspace, name)) else name.replace("-", " ").replace("_", " ")
    return _shown(title[:1].upper() + title[1:])


def as_text_begins(name: str, text: str) -> str | None:
    """Return a name as the text that begins with it writes it; None if it does not begin so, or has nothing behind it.

    "" if the name is but a part of the first sentence, as what programs cut from it: `im-blown-away-by-this-ive`.
    """
    parts, signs = _PARTS.split(name.lower()), enumerate(text[: 2 * len(name) + _SIGNS])
    if len(parts) <= _FEWEST_WORDS:
        return None
    end = 0
    for letter in "".join(parts):
        at, sign = next((one for one in signs if one[1].isalnum()), (0, ""))
        if sign.lower() != letter:
            return None
        end = at + 1
    if not any(sign.isalnum() for _, sign in signs):
        return None
    ending = _ENDING.match(text, end)
    return one_line(text[: ending.end("title")]) if ending else ""


def name_of_record(meta: RecordMeta) -> str:
    """Name a record that has neither title nor text: by its address, else by its file."""
    if meta.url:
        return meta.url.partition("://")[2].rstrip("/")
    return _shown(_bare(meta.source.name.rpartition("/")[2])) or "untitled"


def _bare(file: str) -> str:
    found = _FILE_NAME.fullmatch(file)
    return found[1].strip() if found else ""


def _shown(name: str) -> str:
    return name.encode("utf-8", "replace").decode()
