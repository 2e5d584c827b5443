"""Tell HTML elements in a line of Markdown from other words between angle brackets: `List<String>`, `<path>`."""

import re
from collections.abc import Mapping, Sequence
from html import escape
from typing import Final

from markdown_it import MarkdownIt
from markdown_it.token import Token
from markdown_it.utils import EnvType

from refeed.html.sanitise import ALLOWED
from refeed.html.tree import BLOCKS
from refeed.startup.late_patterns import late_pattern
from refeed.startup.named_tuple import NamedTuple

# Elements that a writer of Markdown may mean; any other word between angle brackets is a word.
_ELEMENTS: Final = (
    BLOCKS
    | ALLOWED.keys()
    | {"button", "embed", "font", "iframe", "input", "label", "noscript", "object", "param", "script", "style", "svg"}
    | {"fancybox"}  # themes of Hexo: around pictures
    | {"acronym", "big", "blink", "marquee", "nobr", "picture", "strike", "tt", "var", "wbr"}
    # MathML Core, 2.2
    | {"annotation", "maction", "math", "menclose", "merror", "mfenced", "mfrac", "mi", "mmultiscripts", "mn", "mo"}
    | {"mover", "mpadded", "mphantom", "mprescripts", "mroot", "mrow", "ms", "mspace", "msqrt", "mstyle", "msub"}
    | {"msubsup", "msup", "mtable", "mtd", "mtext", "mtr", "munder", "munderover", "semantics"}
)
# The rest of HTML's elements, whose names are words that people put between angle brackets: meant if something is said
# to them.
_SELDOM: Final = frozenset(
    {
        *("area", "base", "canvas", "col", "colgroup", "data", "datalist", "link", "map", "meta", "meter", "optgroup"),
        *("option", "output", "progress", "select", "slot", "source", "template", "textarea", "track"),
    }
)
# Parts of a table or a page, which are nothing without it (HTML Standard, 13.2.6.4.7): a parser drops the tag.
_PARTS: Final = frozenset({"body", "caption", "head", "html", "tbody", "td", "tfoot", "th", "thead", "tr"})
_NEVER_SHOWN: Final = "template"
_TAG: Final = late_pattern(r"<(?P<end>/?)(?P<name>[A-Za-z][^\s/>]*)(?P<says>[^>]*)")
_BOTH: Final = 2  # tags of an element
_TAGS: Final = "tags"  # in the environment of a reader: what the tags of each line show, by the line


class _Shown(NamedTuple):
    """What the tags of one line show together."""

    tokens: Sequence[Token]  # the line
    has_table: bool  # it begins one, or ends a part of one
    opened: Mapping[str, int]  # where an element that is seldom meant is first opened with something said to it
    last_end: int  # where the last `</template>` stands: what is in one is never shown, so that it is meant
    ended: frozenset[str]  # the custom elements that end in it


def use_inline_elements(reader: MarkdownIt) -> None:
    """Teach a reader of Markdown to show words between angle brackets."""
    reader.add_render_rule("html_inline", _inline_html)


def may_be_element(name: str) -> bool:
    """Return whether HTML has an element of a name, or a custom one may have it."""
    return "-" in name or name.lower() in _ELEMENTS | _SELDOM | _PARTS


def _inline_html(_renderer: object, tokens: Sequence[Token], index: int, _options: object, env: EnvType) -> str:
    content = tokens[index].content
    return content if _is_element(tokens, index, env) else escape(content, quote=False)


def _is_element(tokens: Sequence[Token], index: int, env: EnvType) -> bool:
    """Return whether a tag is one, by its name, what it says, and the tags beside it.

    A custom element has a hyphen and an end (HTML Standard, 4.13.3): `<your-name>` alone are words.
    """
    tag = _TAG.match(tokens[index].content)
    if tag is None:
        return True
    name, is_end, says = _parts(tag)
    if "-" in name:
        return is_end or says or name in _shown(tokens, env).ended
    if name in _PARTS:
        return is_end or says or _shown(tokens, env).has_table
    if name in _SELDOM:
        shown = _shown(tokens, env)
        is_ended = name == _NEVER_SHOWN and not is_end and index < shown.last_end
        return says or is_ended or (is_end and shown.opened.get(name, index) < index)
    return name in _ELEMENTS or _is_empty_element(tokens)


def _is_empty_element(tokens: Sequence[Token]) -> bool:
    """Return whether all of a line is an element with nothing in it, whatever its name: nobody writes that as words."""
    tags = [_TAG.match(token.content) for token in tokens] if len(tokens) == _BOTH else []
    parts = [_parts(tag) for tag in tags if tag]
    return len(parts) == _BOTH and parts[0][0] == parts[1][0] and not parts[0][1] and parts[1][1]


def _parts(tag: re.Match[str]) -> tuple[str, bool, bool]:
    """Return the name of a tag, whether it ends an element, and whether it says something to it."""
    return tag["name"].lower(), bool(tag["end"]), bool(tag["says"].strip(" /\n"))


def _shown(tokens: Sequence[Token], env: EnvType) -> _Shown:
    """Return what the tags of a line show: the line is looked through once, not for each of them."""
    lines: dict[int, _Shown] = env.setdefault(_TAGS, {})
    found = lines.get(id(tokens))
    if found is None:
        found = lines[id(tokens)] = _look_through(tokens)
    return found


def _look_through(tokens: Sequence[Token]) -> _Shown:
    has_table, opened, last_end, ended = False, dict[str, int](), -1, set[str]()
    for index, token in enumerate(tokens):
        tag = _TAG.match(token.content) if token.type == "html_inline" else None
        if tag is None:
            continue
        name, is_end, says = _parts(tag)
        has_table = has_table or name == "table" or (is_end and name in _PARTS)
        if "-" in name and is_end:
            ended.add(name)
        if name == _NEVER_SHOWN and is_end:
            last_end = index
        if not is_end and name in _SELDOM and (says or name == _NEVER_SHOWN):
            opened.setdefault(name, index)
    return _Shown(tokens, has_table, opened, last_end, frozenset(ended))
