"""Extract the name from the ways in which people write an author: with an address, as a link, after "by"."""

import html
import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Final

from refeed.model import Statement
from refeed.site import Site
from refeed.startup.late_patterns import late_pattern
from refeed.text.plain import plain

_WIKI_LINK: Final = late_pattern(
    r"\[\[(?:[^\[\]|]{0,200}\|)?([^\[\]|]{1,200})\]\]"
)  # Obsidian: the part after the bar is shown
_LINK: Final = late_pattern(r"\[([^\[\]]{1,200})\]\([^()]{0,2000}\)")
_TAG: Final = late_pattern(r"</?[A-Za-z][^<>]{0,2000}>")
_MAIL: Final = r"[^\s<>()@]{1,64}@[^\s<>()@]{1,255}"
# `Ada <ada@example.org>`, as mail writes it; `ada@example.org (Ada)`, as RSS does; `Ada, ada@example.org`.
_NAME_AND_MAIL: Final = late_pattern(rf"(.*?)\s?[<(\[]\s?(?:mailto:)?{_MAIL}\s?[>)\]]()")
_MAIL_AND_NAME: Final = late_pattern(rf"(?:mailto:)?{_MAIL}\s?\((.+)\)()")
# A hyphen parts them beside a blank alone: one inside an address (`ada@sea-fog.example`, `ada-eva@…`) is a part of it.
_BESIDE: Final = r"(?:[\s,:|–—]|(?<=\s)-|-(?=\s)){1,9}"
_NAME_BESIDE_MAIL: Final = late_pattern(
    rf"\A(?:(?:mailto:)?{_MAIL}{_BESIDE}(\S.{{0,99}})|(\S.{{0,98}}?){_BESIDE}(?:mailto:)?{_MAIL})\Z"
)
# Those of others who are named in the same text.
_MORE_MAIL: Final = late_pattern(
    r"[\s,;:|–—-]{1,9}[<(\[]?(?:mailto:)?[^\s<>()@,;|]{1,64}@[^\s<>()@,;|]{1,250}\.[A-Za-z]{2,24}[>)\]]?(?=[\s,;|]|\Z)"
)
_LONGEST_BESIDE_MAIL: Final = 200  # characters of a name and an address that nothing else parts
_LONE_MAIL: Final = late_pattern(_MAIL)
_WITH_ADDRESS: Final = late_pattern(r"(.*?\S)\s?[<(\[]?\s?https?://\S+[>)\]]?")
_BY: Final = late_pattern(
    r"(?:(?:(?:written |posted )?by|par|por|文)(?: ?[:：/／] ?|\s)"
    r"|(?:author|autor|auteur|autore|von|автор|作者|撰文|记者|記者|著者|글) ?[:：/／] ?)(?=\S)",
    re.IGNORECASE,
)
_EMPHASIS: Final = late_pattern(r"([*_]{1,3})([^*_]+)\1")


def wording_of(text: str) -> str:
    """Return what a reader sees of a text with links of Markdown or of a wiki in it."""
    if "[" not in text:
        return text
    return _LINK.sub(r"\1", _WIKI_LINK.sub(r"\1", text))


def with_names(authors: tuple[Statement, ...], site: Site | None) -> tuple[Statement, ...]:
    """Return authors by the names that their site has for the keys by which posts name them."""
    if site is None or not site.authors:
        return authors
    names = _by_key(site.authors)
    return tuple(one._replace(text=name) for one in authors for name in _named(one.text, names))


@lru_cache(maxsize=64)
def _by_key(authors: tuple[tuple[str, str], ...]) -> Mapping[str, str]:
    return dict(authors)


def _named(text: str, names: Mapping[str, str]) -> tuple[str, ...]:
    """Return the names of one key, or of several in one text; a text of which a part is no key stays as it is."""
    keys = [text] if text.strip().casefold() in names else text.split(",")
    found = [names.get(key.strip().casefold()) for key in keys]
    return tuple(name for name in found if name) if all(found) else (text,)


def _with_mail(text: str) -> re.Match[str] | None:
    """Return a match whose group is a name beside an address of mail."""
    found = _NAME_AND_MAIL.fullmatch(text) or _MAIL_AND_NAME.fullmatch(text)
    return found or (_NAME_BESIDE_MAIL.fullmatch(text) if len(text) <= _LONGEST_BESIDE_MAIL else None)


def name_of(text: str) -> str:
    """Return an author's name as plain text; an address of mail is never shown (RFC 4287, 3.2: it is no name)."""
    written = wording_of(html.unescape(text))
    with_mail = _with_mail(written.strip()) if "@" in written else None
    if with_mail:
        written = _MORE_MAIL.sub("", with_mail[1] or with_mail[2])
    elif with_address := _WITH_ADDRESS.fullmatch(written.strip()):
        written = with_address[1]
    name = plain(_TAG.sub("", written)).strip()
    if _LONE_MAIL.fullmatch(name):
        before, _, behind = name.partition("@")
        return before if "." in behind or behind.isascii() else name  # `马森@破土工作室`: of a group
    if emphasised := _EMPHASIS.fullmatch(name):
        name = emphasised[2]
    return _BY.sub("", name, count=1) if _BY.match(name) else name
