"""Read Markdown as people write it: CommonMark, GFM, and what the big site generators and note programs add."""

from collections.abc import Callable, Sequence
from functools import cache
from typing import Final

import refeed.startup.quick_markdown_it  # noqa: F401  before markdown-it, whose import it makes cheaper

# isort: split
from markdown_it import MarkdownIt
from markdown_it.common.normalize_url import normalizeLink
from markdown_it.helpers import parseLinkDestination, parseLinkLabel, parseLinkTitle
from markdown_it.renderer import RendererHTML
from markdown_it.rules_core import StateCore
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token
from mdit_py_plugins.deflist import deflist_plugin
from mdit_py_plugins.footnote import footnote_plugin

from refeed.markup.bare_addresses import address_at, unescaped
from refeed.markup.blocks.abbreviations import use_abbreviations
from refeed.markup.blocks.callouts import use_callouts
from refeed.markup.blocks.code_titles import ECHO, use_code_titles
from refeed.markup.blocks.html_blocks import use_html_blocks
from refeed.markup.blocks.indented_code import use_indented_code
from refeed.markup.blocks.late_blocks import use_late_blocks
from refeed.markup.blocks.lettered_lists import use_lettered_lists
from refeed.markup.blocks.mdx import use_mdx
from refeed.markup.blocks.raw_blocks import UNSHOWN, use_raw_blocks
from refeed.markup.blocks.table_of_contents import use_contents
from refeed.markup.blocks.task_lists import use_task_lists
from refeed.markup.blocks.underlined_headings import use_underlined_headings
from refeed.markup.dialect import Dialect
from refeed.markup.inline.attribute_lists import use_attribute_lists
from refeed.markup.inline.dashes import DASH, use_dashes
from refeed.markup.inline.emoji_names import use_emoji_names
from refeed.markup.inline.flanking import cjk_friendly_markdown
from refeed.markup.inline.highlights import use_highlights
from refeed.markup.inline.inline_elements import use_inline_elements
from refeed.markup.inline.regular_expressions import use_regular_expressions
from refeed.markup.inline.tex import use_tex
from refeed.markup.inline.wikilinks import NO_TARGETS, TARGETS, Targets, use_wikilinks
from refeed.markup.line_breaks import BREAKS, use_line_breaks
from refeed.startup.late_patterns import late_pattern
from refeed.startup.named_tuple import NamedTuple

# Of a host in lower case, or a path of the site, and signs that nobody escapes (RFC 3986, 2.2 and 2.3), without a port
# and a user.
_NORMAL: Final = late_pattern(
    r"(?:https?://(?>[a-z0-9]{1,63}(?:[.-][a-z0-9]{1,63}){1,20})|(?=/[A-Za-z0-9]))"
    r"(?>(?:/[A-Za-z0-9._~!*();,&=+$/-]{0,2000})?)(?:#[A-Za-z0-9._~-]{0,500})?"
)
# An address with nothing to unescape and without a bracket, and what stands behind it.
_PLAIN_ADDRESS: Final = late_pattern(r"[^\x00-\x20\x7f()<>\\&]{1,2000}(?=[ \n)])")
_DEEPEST: Final = 50  # levels; markdown-it looks through a bracket as often as it may be nested

# In this order: a rule goes before those that it names.
_PLUGINS: Final[tuple[Callable[[MarkdownIt], None], ...]] = (
    footnote_plugin,
    deflist_plugin,
    use_task_lists,
    use_raw_blocks,
    use_lettered_lists,
    use_indented_code,
    use_contents,
    use_callouts,
    use_late_blocks,
    use_html_blocks,
    use_attribute_lists,
    use_abbreviations,
    use_mdx,
    use_underlined_headings,
    use_emoji_names,
    use_code_titles,
    use_tex,
    use_wikilinks,
    use_highlights,
    use_regular_expressions,
    use_line_breaks,
    use_dashes,
    use_inline_elements,
)


def markdown_to_html(
    text: str,
    targets: Targets,
    unshown: Callable[[str], None],
    dialect: Dialect,
    *,
    indented_code: bool,
) -> str:
    """Return Markdown as HTML, not sanitised; perhaps indented blocks are no code.

    `unshown` is called with the first line of each block that is meant for other outputs than pages.
    """
    environment = {
        BREAKS: dialect.breaks,
        DASH: dialect.dash,
        ECHO: not dialect.hides_code,
        TARGETS: targets,
        UNSHOWN: unshown,
    }
    return str(_reader(indented_code=indented_code).render(text, environment))


def words_to_html(text: str) -> str:
    """Return Markdown of one line as HTML, not sanitised and without a paragraph around it."""
    return str(_reader(indented_code=False).renderInline(text, {BREAKS: False, TARGETS: NO_TARGETS}))


@cache
def _reader(*, indented_code: bool) -> MarkdownIt:
    """Return the reader; what only looks like a tag, `List<String>`, is text."""
    reader = cjk_friendly_markdown("commonmark", {"html": True, "maxNesting": _DEEPEST})
    reader.enable(["table", "strikethrough"])
    # An address that is not safe would leave the whole link as it is written; sanitising leaves it out.
    reader.validateLink = lambda _: True  # type: ignore[assignment, method-assign]
    reader.normalizeLink = _normalise  # type: ignore[assignment, method-assign]
    reader.helpers = _Helpers  # type: ignore[assignment]
    reader.renderer.renderAttrs = _attributes  # type: ignore[attr-defined]
    for plugin in _PLUGINS:
        reader.use(plugin)
    if not indented_code:
        reader.disable("code")
    reader.inline.ruler.before("escape", "bare_address", _link_address)
    reader.core.ruler.at("normalize", _settle_line_ends)
    reader.add_render_rule("footnote_caption", _footnote_number)
    reader.add_render_rule("footnote_anchor", lambda *_: "")  # links within the page lead nowhere in a reader
    return reader


class _Address(NamedTuple):
    """An address in a link, as markdown-it has it: whether there is one, its end, the address itself."""

    ok: bool
    pos: int
    str: str


class _Helpers:
    """What markdown-it's rules for links and pictures ask."""

    parseLinkLabel = staticmethod(parseLinkLabel)  # noqa: N815
    parseLinkTitle = staticmethod(parseLinkTitle)  # noqa: N815

    @staticmethod
    def parseLinkDestination(text: str, start: int, end: int) -> object:  # noqa: N802
        """Return the address at a place; markdown-it looks at each character of any."""
        found = _PLAIN_ADDRESS.match(text, start, end)
        return _Address(True, found.end(), found[0]) if found else parseLinkDestination(text, start, end)


def _attributes(token: Token) -> str:
    """Write the attributes of an element; most have none."""
    return RendererHTML.renderAttrs(token) if token.attrs else ""


def _settle_line_ends(state: StateCore) -> None:
    """Write what CommonMark reads for line ends and NUL (0.31.2, 2.1 and 2.3), where there are any."""
    state.src = state.src.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "\ufffd")


def _normalise(address: str) -> str:
    """Return an address in ASCII, as markdown-it does, which takes apart even those that nothing is to be done to."""
    return address if _NORMAL.fullmatch(address) else normalizeLink(address)


def _link_address(state: StateInline, silent: bool) -> bool:
    """Make a link of an address that is written out, but not in a link."""
    start = state.pos
    if state.src[start] == ":":
        start = _scheme_start(state)
    elif state.src[start] != "w":
        return False
    address = address_at(state.src, start, state.posMax) if start >= 0 and not state.linkLevel else None
    if address is None:
        return False
    if not silent:
        state.pending = state.pending[: len(state.pending) - (state.pos - start)]
        opening = state.push("link_open", "a", 1)
        opening.attrs = {"href": state.md.normalizeLink(address.url)}
        opening.markup, opening.info = "linkify", "auto"
        state.push("text", "", 0).content = unescaped(state.src[start : address.end])
        state.push("link_close", "a", -1).markup = "linkify"
    state.pos = address.end
    return True


def _scheme_start(state: StateInline) -> int:
    """Return where the word before a colon begins if it is `http` or `https`, -1 if it is not."""
    for length in (5, 4):
        start = state.pos - length
        if start >= 0 and state.src[start : state.pos].lower() in {"http", "https"}:
            return start
    return -1


def _footnote_number(_renderer: object, tokens: Sequence[Token], index: int, *_: object) -> str:
    return f"[{tokens[index].meta['id'] + 1}]"  # the same wherever the text comes back to a note
