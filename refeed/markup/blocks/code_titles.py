"""Show the file name that the first line of a fence gives: `ruby:app.rb` (Qiita, Zenn), `js title="app.js"`.

Code that its author runs and does not show, as R Markdown and Quarto say it, is left out, and so is code within a line
whose result stands in its place on the page.
"""

import re
from collections.abc import Sequence
from html import escape
from typing import Any, Final

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.token import Token

from refeed.markup.blocks.raw_blocks import UNSHOWN
from refeed.markup.blocks.run_code import RunCode, read_run_code, results_within
from refeed.startup.late_patterns import late_pattern

# VitePress sets other things behind such a colon.
_COLON: Final = late_pattern(
    r"(?:diff )?[\w+#.-]{0,30}:(?!//|:|(?:no-)?line-numbers|\s)(?P<title>[^\n{}\"=]{1,200})", re.ASCII | re.IGNORECASE
)
# Docusaurus, Material for MkDocs; Quarto; Hextra (Hugo).
_ATTRIBUTE: Final = late_pattern(r"""(?:^|[\s{,])(?:filename|file|title)=(["'])(?P<title>[^"'\n]{1,200})\1""")
# How code is shown, behind its title.
_FLAGS: Final = late_pattern(r"(?<=\S)[ \t]{1,9}(?:show|no|hide)?-?line-?numbers[ \t]{0,9}$", re.ASCII | re.IGNORECASE)

# VitePress and Nuxt, in groups of code.
_BRACKETED: Final = late_pattern(
    r"[\w+#.-]{1,30}(?:[ \t]*\{[^{}\n]{0,100}\})?[ \t]+\[(?P<title>[^\[\]\n]{1,100})\][^\n]*", re.ASCII
)

_NOTES: Final = "footnotes"  # of a text, in the environment of its reader
ECHO: Final = "echo"  # in the environment of a reader: whether code that is run is shown


def use_code_titles(reader: MarkdownIt) -> None:
    """Teach a reader of Markdown the titles of code, and what is said of code that is run."""
    fence = reader.renderer.rules["fence"]  # type: ignore[attr-defined]  # the protocol of renderers names no rules

    def figure(run: RunCode, env: Any) -> str:
        if not run.caption:
            return run.pictures
        own = {key: value for key, value in env.items() if key != _NOTES}  # which stand below the text, not here
        caption = reader.renderInline(run.caption, own)
        return f"<figure>{run.pictures}<figcaption>{caption}</figcaption></figure>\n"

    def titled(tokens: Sequence[Token], index: int, options: Any, env: Any) -> str:
        token = tokens[index]
        info = token.info.strip()
        run = read_run_code(info, token.content) if info.startswith("{") else None
        if run is None:
            return _shown(info) + str(fence(tokens, index, options, env))
        if run.echo_of_others is not None:
            env[ECHO] = run.echo_of_others
        if run.is_left_out:
            return ""
        token.content = run.code
        if env.get(ECHO, True) if run.echo is None else run.echo:
            return _shown(info) + str(fence(tokens, index, options, env)) + figure(run, env)
        if not run.is_picture:
            env[UNSHOWN](f"{token.markup}{info}")
        return figure(run, env)

    reader.core.ruler.push("results_of_code", _leave_results_out)
    reader.add_render_rule("fence", lambda _, tokens, index, options, env: titled(tokens, index, options, env))


def _leave_results_out(state: StateCore) -> None:
    """Leave out code within a line that only its result stands for, and report it."""
    if "```{" not in state.src:
        return
    is_result = results_within(token.info.strip() for token in state.tokens if token.type == "fence")
    for token in state.tokens:
        results = [child for child in token.children or () if child.type == "code_inline" and is_result(child.content)]
        if results:
            token.children = [child for child in token.children or () if child not in results]
            for result in results:
                state.env[UNSHOWN](f"`{result.content}`")


def _shown(info: str) -> str:
    title = _title(info)
    return f"<p><strong>{escape(title)}</strong></p>\n" if title else ""


def _title(info: str) -> str:
    found = _COLON.fullmatch(info) or _ATTRIBUTE.search(info) or _BRACKETED.fullmatch(info)
    return _FLAGS.sub("", found["title"]).strip() if found else ""
