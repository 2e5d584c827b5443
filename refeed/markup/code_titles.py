"""Show the name of a file that the first line of a fence gives: `ruby:app.rb` (Qiita, Zenn), `js title="app.js"`.

Code that its author runs and does not show, as R Markdown and Quarto say it, is left out.
"""

import re
from collections.abc import Sequence
from html import escape
from typing import Any, Final

from markdown_it import MarkdownIt
from markdown_it.token import Token

# VitePress sets other things behind such a colon.
_COLON: Final = re.compile(
    r"(?:diff )?[\w+#.-]{0,30}:(?!//|:|(?:no-)?line-numbers|\s)(?P<title>[^\n{}\"=]{1,200})", re.ASCII | re.IGNORECASE
)
# Docusaurus, Material for MkDocs; Quarto; Hextra (Hugo).
_ATTRIBUTE: Final = re.compile(r"""(?:^|[\s{,])(?:filename|file|title)=(["'])(?P<title>[^"'\n]{1,200})\1""")
# How code is shown, behind its title.
_FLAGS: Final = re.compile(r"(?<=\S)[ \t]{1,9}(?:show|no|hide)?-?line-?numbers[ \t]{0,9}$", re.ASCII | re.IGNORECASE)

# VitePress and Nuxt, in groups of code.
_BRACKETED: Final = re.compile(
    r"[\w+#.-]{1,30}(?:[ \t]*\{[^{}\n]{0,100}\})?[ \t]+\[(?P<title>[^\[\]\n]{1,100})\][^\n]*", re.ASCII
)

# knitr, in a fence that is run: `{r setup, include=FALSE}`; Quarto also says it in the first lines of the code.
_HIDDEN: Final = re.compile(
    r"\{[ \t]*[A-Za-z][\w.-]{0,30}(?=[\s,}])(?>(?:\"[^\"\n]*\"|'[^'\n]*'|[^\"'}\n](?!\binclude\b))*)"
    r"[\s,]include[ \t]*=[ \t]*F(?:ALSE)?[ \t]*[,}]"
)
_RUN: Final = re.compile(r"\{[ \t]*[A-Za-z]")
_HIDDEN_BELOW: Final = re.compile(
    r"(?>(?:(?:#|//|--|%%)\|(?![ \t]*include:)[^\n]*\n)*)(?:#|//|--|%%)\|[ \t]*include:[ \t]*false\b"
)


def use_code_titles(reader: MarkdownIt) -> None:
    """Teach a reader of Markdown the titles of code."""
    fence = reader.renderer.rules["fence"]  # type: ignore[attr-defined]  # the protocol of renderers names no rules

    def titled(tokens: Sequence[Token], index: int, *rest: Any) -> str:
        info = tokens[index].info.strip()
        if _RUN.match(info) and (_HIDDEN.match(info) or _HIDDEN_BELOW.match(tokens[index].content)):
            return ""
        title = _title(info)
        return (f"<p><strong>{escape(title)}</strong></p>\n" if title else "") + str(fence(tokens, index, *rest))

    reader.add_render_rule("fence", lambda _, *given: titled(*given))


def _title(info: str) -> str:
    found = _COLON.fullmatch(info) or _ATTRIBUTE.search(info) or _BRACKETED.fullmatch(info)
    return _FLAGS.sub("", found["title"]).strip() if found else ""
