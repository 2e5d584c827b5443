"""Tell whether a text may hold a template expression: most hold none, and what reads and writes them is large."""

from typing import Final

from refeed.late_patterns import late_pattern

TICKED: Final = r"`(?:codepen|codesandbox|embed|gist|instagram|soundcloud|spotify|tweet|twitter|video|vimeo|youtube):"
# The beginnings of expressions; a text without any is not searched further. Each begins with a character as it stands,
# not with one of several: then the search passes all others quickly. Words in brackets before an address are a link,
# unless Notion writes them.
_SIGN: Final = late_pattern(
    r"\{[{%#]|\{::comment\}|%\[|@\[|@/|\[/|\[[A-Za-z_-]{2,40}(?=[ \]])(?![^\[\]<]{0,2000}\]\()"
    r"|\[(?:audio|bookmark|embed|file|link_preview|pdf|video)\]\("
    r"|\{(?:attach|filename|index|static|tag)\}|\|(?:attach|filename|static)\|"
    r"|</?[A-Z]|=\{|::|:[a-z][a-z0-9-]{0,40}[\[{]|<<<|8<-|\{:[:/]nomarkdown|:(?:barcode|embed|image|title)|\[f:id:|\{/\*"
    rf"|\[\^ref\]|{TICKED}|file=|\[\]\((?:vimeo|youtube):"
)
_SIGN_OF_SHOWN: Final = late_pattern(r"\[[A-Za-z/]")


def has_sign(text: str, *, is_source: bool) -> bool:
    """Return whether something in a text begins as an expression does; a page that was made holds WordPress's only."""
    return (_SIGN if is_source else _SIGN_OF_SHOWN).search(text) is not None
