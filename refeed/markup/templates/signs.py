"""Tell whether a text may hold a template expression; most hold none, and the code for them is large."""

from types import MappingProxyType
from typing import Final

from refeed.startup.late_patterns import finds_any, has_any, late_pattern

TICKED: Final = r"`(?:codepen|codesandbox|embed|gist|instagram|soundcloud|spotify|tweet|twitter|video|vimeo|youtube):"
# The beginnings of expressions; a text without any is not searched further. Words in brackets before an address are a
# link, unless Notion writes them.
_WORDS: Final = ("%[", "={", "<<<", "8<-", "file=")
_SIGNS: Final = MappingProxyType(
    {
        "{": late_pattern(r"\{(?:[{%#]|::comment\}|:[:/]nomarkdown|:/\}|/\*|(?:attach|filename|index|static|tag)\})"),
        "[": late_pattern(
            r"\[(?:/|[A-Za-z_-]{2,40}(?=[ \]])(?![^\[\]<]{0,2000}\]\()"
            r"|(?:audio|bookmark|embed|file|link_preview|pdf|video)\]\(|f:id:|\^ref\]|\]\((?:vimeo|youtube):)"
        ),
        ":": late_pattern(r":(?::|[a-z][a-z0-9-]{0,40}[\[{]|(?:barcode|embed|image|title)[]:=])"),
        "<": late_pattern("</?[A-Z]"),
        "@": late_pattern(r"@[\[/]"),
        "`": late_pattern(TICKED),
        "|": late_pattern(r"\|(?:attach|filename|static)\|"),
    }
)
_SIGN_OF_SHOWN: Final = late_pattern(r"\[[A-Za-z/]")


def has_sign(text: str, *, is_source: bool) -> bool:
    """Return whether something in a text begins as an expression does; a page that was made holds WordPress's only."""
    if not is_source:
        return _SIGN_OF_SHOWN.search(text) is not None
    return has_any(text, _WORDS) or finds_any(_SIGNS, text)
