"""The address that a value of a header holds: as Markdown, as HTML, in brackets, without its scheme, in a sentence."""

import re
from typing import Final

from refeed.startup.late_patterns import late_pattern

# Markdown's link, or an address between angle brackets.
_LINK: Final = late_pattern(r"\[[^\[\]]*\]\(<?(?>([^<>()]+(?:\([^<>()]*\)[^<>()]*)*))(?:>[^()]*)?\)|<([^<>]+)>")
_TITLE_OF_LINK: Final = late_pattern(r"""\s["']""")
_HREF: Final = late_pattern(r"""<a\s[^<>]{0,500}?\bhref\s*=\s*["']?([^\s"'<>]+)""", re.IGNORECASE)
# An address alone, with blanks and commas as they are in the names of files; no other one behind it.
_ALONE: Final = late_pattern(r"https?://(?!\Z)(?>[^:<>\"]*)(?>(?:(?::(?!//)|\"(?![\s>]|\Z))[^:<>\"]*)*)", re.IGNORECASE)
# In a sentence, full-width punctuation ends it: no sentence goes on without a blank in Latin script.
_IN_TEXT: Final = late_pattern(
    r"https?://[^\s<>\"]+?(?=[,，、；;]{1,4}\s{0,4}https?://|[,，、；;]?(?:[\s<>\"，。、；！？）】」』》]|\Z))",
    re.IGNORECASE,
)
# As browsers read it (WHATWG URL, 4.4): one slash or none; and as people miss a key.
_BROKEN: Final = late_pattern(r"(https?)(?: ?[:：] ?[/／]{0,2}|//) ?(?=[^\s/:：／]+\.)", re.IGNORECASE)
# A host without its scheme: one that begins with www, or one with a path.
_HOST: Final = late_pattern(
    r"(?:www\.(?:[\w-]{1,63}\.){1,5}|(?:[\w-]{1,63}\.){1,5}(?=[a-z]{2,24}(?::[0-9]{1,5})?/))"
    r"[a-z]{2,24}(?::[0-9]{1,5})?(?:[/?#]\S*)?",
    re.IGNORECASE,
)
# What a sentence ends with; three full stops are no end of one.
_END: Final = late_pattern(r"(?:[。，、；！？]|(?<![.…])[.,;]|\*{1,2})\Z")
_MOST_MARKS: Final = 4
_PAIRS: Final = (("(", ")"), ("[", "]"), ("（", "）"), ("【", "】"))
# Endings of sound and videos.
_RECORDINGS: Final = frozenset(
    {"aac", "flac", "m4a", "m4b", "m4v", "mp3", "mp4", "oga", "ogg", "ogv", "opus", "wav", "webm"}
)
_LAST_MARKS: Final = frozenset("。，、；！？.,;*)]）】")  # what _END and _PAIRS end with


def address_in(text: str) -> str:
    """Return the address in a text; the text itself if it holds none."""
    if _ALONE.fullmatch(text):  # nearly always
        return text if text[-1].isalnum() else _without_end(text)
    link = _LINK.fullmatch(_without_end(text))
    if link:
        return _with_scheme(_TITLE_OF_LINK.split((link[1] or link[2]).strip(), maxsplit=1)[0].rstrip())
    found = _HREF.search(text)
    if found:
        return found[1]
    within = _IN_TEXT.search(text)
    return _without_end(within[0]) if within else _with_scheme(text)


def leads_to_recording(address: str) -> bool:
    """Return whether an address is that of a sound or a video, which is no page."""
    return address.partition("?")[0].rpartition(".")[2].lower() in _RECORDINGS


def _without_end(text: str) -> str:
    """Return an address without the full stop of its sentence and a closing bracket that nothing in it opens."""
    if text[-1:].isalnum() or text[-1:] == "/":  # nearly always
        return text
    for _ in range(_MOST_MARKS):
        if text[-1:] not in _LAST_MARKS:  # nearly always
            return text
        end = _END.search(text, max(0, len(text) - 2))
        if end:
            text = text[: end.start()]
        elif any(text.endswith(close) and text.count(close) > text.count(first) for first, close in _PAIRS):
            text = text[:-1]
    return text


def _with_scheme(text: str) -> str:
    broken = _BROKEN.match(text)
    if broken:
        return f"{broken[1]}://{text[broken.end() :]}"
    bare = _without_end(text)
    return f"https://{bare}" if _HOST.fullmatch(bare) else text
