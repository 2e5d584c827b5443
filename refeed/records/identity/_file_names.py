"""What a file's name says of its page: its stem and, for a translation, its language. FROZEN, as the whole package."""

import re
from functools import lru_cache
from typing import Final

from refeed.startup.late_patterns import late_pattern

# ISO 639-1 (no code has been added since 2003), and the countries that are written for their languages.
_LANGUAGES: Final = (
    " aa ab ae af ak am an ar as av ay az ba be bg bh bi bm bn bo br bs ca ce ch cn co cr cs cu cv cy cz da de dk dv"
    " dz ee el en eo es et eu fa ff fi fj fo fr fy ga gd gl gn gr gu gv ha he hi hk ho hr ht hu hy hz ia id ie ig ii"
    " ik io is it iu ja jp jv ka kg ki kj kk kl km kn ko kr ks ku kv kw ky la lb lg li ln lo lt lu lv mg mh mi mk ml"
    " mn mr ms mt my na nb nd ne ng nl nn no nr nv ny oc oj om or os pa pi pl ps pt qu rm rn ro ru rw sa sc sd se sg"
    " si sk sl sm sn so sq sr ss st su sv sw ta te tg th ti tk tl tn to tr ts tt tw ty ua ug uk ur uz ve vi vo wa wo"
    " xh yi yo za zh zu "
)
# A language with script or region (RFC 5646, 2.1).
_TAG: Final = late_pattern(r"([a-z]{2})(?:[-_][a-z]{4})?(?:[-_](?:[a-z]{2}|[0-9]{3}))?", re.ASCII | re.IGNORECASE)
_LONGEST_TAG: Final = 11
_BEHIND_LANGUAGE: Final = frozenset({"", "-"})
_LONGEST_ENDING: Final = 8  # letters and digits behind the last dot
# `index.de`, `post_pt-br`, `post.zh_CN`: at the end of a stem.
_TRANSLATION: Final = late_pattern(
    r"(.+?)[._]([a-z]{2}(?:(?:-[A-Za-z]{4})?(?:-[A-Za-z]{2}|-[0-9]{3})?|(?:_[A-Z][a-z]{3})?(?:_[A-Z]{2})?))", re.DOTALL
)
# A day, perhaps with a time, before a name: `2021-03-04-lunch`, `20210304120500 lunch`, `2021年3月4日 午饭`.
_DAY_BEFORE: Final = late_pattern(
    r"(?:19|20)[0-9]{2}(?:[-_./年][0-9]{1,2}[-_./月][0-9]{1,2}日?|[0-9]{4}(?:[0-9]{4}(?:[0-9]{2})?)?)(?![0-9])[\W_]*"
)
_CENTURIES: Final = ("19", "20")
_MARKDOWN: Final = ".md"  # the ending of nearly all files
_NAMELESS: Final = frozenset({"", "_index", "index", "readme"})  # the folder names the page (Hugo's bundles)


def is_language(text: str) -> bool:
    """Return whether a text is a language's tag as folders and addresses have it: `de`, `pt-br`, `zh_Hant_TW`."""
    match = _TAG.fullmatch(text) if len(text) <= _LONGEST_TAG else None
    return bool(match and f" {match[1].lower()} " in _LANGUAGES)


def page_of(name: str) -> tuple[str, str]:
    """Return the stem that names a page, and its language: `r/index.de.md`, `de/r.md` and `r/de.md` are r and de."""
    folder, _, last = name.rpartition("/")
    stem, dot, ending = last.rpartition(".")
    if not dot or not 0 < len(ending) <= _LONGEST_ENDING or not (ending.isascii() and ending.isalnum()):
        stem = last
    translation = _TRANSLATION.fullmatch(stem) if "." in stem or "_" in stem else None
    language = ""
    if translation and is_language(translation[2]):
        stem, language = translation[1], translation[2]
    # Nearly always.
    if len(stem) > _LONGEST_TAG or (stem.lower() not in _NAMELESS and not is_language(stem)):
        return stem, language or _language_of(folder)
    parts = [*name.split("/")[:-1], stem]
    while len(parts) > 1 and (parts[-1].lower() in _NAMELESS or is_language(parts[-1])):
        part = parts.pop()
        language = language or (part if is_language(part) else "")
    return parts[-1], language or _language_of("/".join(parts[:-1]))


def name_of_page(file: str) -> str:
    """Return the name that a file gives its page, without the day before it; "" where it says no more than that."""
    last = file.rpartition("/")[2]
    stem = last[: -len(_MARKDOWN)] if last[-len(_MARKDOWN) :] == _MARKDOWN else ""
    # Otherwise it names the page, and no language.
    if (len(stem) <= _LONGEST_TAG and not _is_short_name(stem)) or "." in stem or "_" in stem:
        stem, _ = page_of(file)
    day = _DAY_BEFORE.match(stem) if stem[:2] in _CENTURIES else None
    return stem[day.end() :] if day else stem


def _is_short_name(stem: str) -> bool:
    """Return whether a stem without dots and underscores names its page: the number of a post, say."""
    return stem.isdecimal() or (stem[2:3] not in _BEHIND_LANGUAGE and stem.lower() not in _NAMELESS)


@lru_cache(maxsize=256)  # files of one folder stand side by side
def _language_of(folder: str) -> str:
    return next((part for part in reversed(folder.split("/")) if is_language(part)), "")
