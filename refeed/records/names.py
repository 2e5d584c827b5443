"""Read the name out of the ways in which people write an author: with an address, as a link, after "by"."""

import re
from typing import Final

from refeed.text.plain import plain

_WIKI_LINK: Final = re.compile(
    r"\[\[(?:[^\[\]|]{0,200}\|)?([^\[\]|]{1,200})\]\]"
)  # Obsidian: the part after the bar is shown
_LINK: Final = re.compile(r"\[([^\[\]]{1,200})\]\([^()]{0,2000}\)")
_TAG: Final = re.compile(r"</?[A-Za-z][^<>]{0,2000}>")
_MAIL: Final = r"[^\s<>()@]{1,64}@[^\s<>()@]{1,255}"
# `Ada <ada@example.org>`, as mail writes it; `ada@example.org (Ada)`, as RSS does.
_NAME_AND_MAIL: Final = re.compile(rf"(.*?)\s?[<(\[]\s?(?:mailto:)?{_MAIL}\s?[>)\]]")
_MAIL_AND_NAME: Final = re.compile(rf"(?:mailto:)?{_MAIL}\s?\((.+)\)")
_LONE_MAIL: Final = re.compile(_MAIL)
_BY: Final = re.compile(r"(?:by|von|par|por|文)(?: ?[:：/／] ?|\s)(?=\S)", re.IGNORECASE)


def wording_of(text: str) -> str:
    """Return what a reader sees of a text with links of Markdown or of a wiki in it."""
    if "[" not in text:
        return text
    return _LINK.sub(r"\1", _WIKI_LINK.sub(r"\1", text))


def name_of(text: str) -> str:
    """Return an author's name as plain text; an address of mail is never shown (RFC 4287, 3.2: it is no name)."""
    written = wording_of(text)
    with_mail = _NAME_AND_MAIL.fullmatch(written.strip()) or _MAIL_AND_NAME.fullmatch(written.strip())
    if with_mail:
        written = with_mail[1]
    name = plain(_TAG.sub("", written)).strip()
    if _LONE_MAIL.fullmatch(name):
        return name.partition("@")[0]
    return _BY.sub("", name, count=1) if _BY.match(name) else name
