"""Read the links of notes (Obsidian, Logseq, Foam): `[[Page|words]]` leads to a post, `![[photo.jpg]]` is a picture.

Where nobody knows the post, the words stay.
"""

import re
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Final

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.rules_inline import StateInline

from refeed.markup.double_brackets import NO_NOTES
from refeed.model import LinkedPost
from refeed.startup.late_patterns import late_pattern
from refeed.startup.named_tuple import NamedTuple
from refeed.vocabulary.pictures import ANY_PICTURE_ENDING

if TYPE_CHECKING:
    from markdown_it.token import Token

# Not what is a link already (`[[1]](https://…)`, `[[words]][name]`), a test of a shell (`[[ -f x ]]`), or an index
# (`x[[1]]`). Obsidian's Digital Garden escapes the line outside of tables, too.
_LINK: Final = late_pattern(
    r"!?\[\[(?![\s\d]+\]|\s)(?P<target>[^\[\]|\n]{1,300}?)(?:\\?\|(?P<label>[^\[\]\n]{0,300}))?\]\](?![(\[])"
)
# Other scripts write no blank before a link; before a lone `_` emphasis begins.
_INDEXED: Final = late_pattern(r"[0-9A-Za-z\]]|(?<=[0-9A-Za-z_])_")
# Themes read a place behind a mark (`photo.jpg#center`), too.
_PICTURE: Final = late_pattern(rf"([^#]*{ANY_PICTURE_ENDING})(?:#[\w-]{{0,40}})?", re.IGNORECASE)
TARGETS: Final = "targets"  # in the environment of a reader: what finds where the links of notes lead
# What stands behind a picture and says how it looks; all else are words for it.
_LOOK: Final = late_pattern(
    r"[0-9]{1,5}(?:x[0-9]{1,5})?(?:px|%)?|cent(?:er|re)|left|right|inl(?:ine)?[LR]?|banner", re.IGNORECASE
)


class Targets(NamedTuple):
    """Finds where the links of notes lead, by the name in the link; None where that is unknown."""

    post: Callable[[str], LinkedPost | None]
    picture: Callable[[str], str | None]  # its address


NO_TARGETS: Final = Targets(lambda _: None, lambda _: None)


def use_wikilinks(reader: MarkdownIt) -> None:
    """Teach a reader of Markdown the links of notes."""
    reader.inline.ruler.before("link", "wikilink", _inline)
    reader.core.ruler.after("inline", "picture_sizes", _drop_sizes)


def _inline(state: StateInline, silent: bool) -> bool:
    text, position = state.src, state.pos
    if text[position] not in "![" or (position and _INDEXED.match(text, position - 1)):
        return False
    found = _LINK.match(text, position, state.posMax)
    if found is None:
        return False
    if not silent:
        _write(state, found, is_embedded=found[0][0] == "!")
    state.pos = found.end()
    return True


def _write(state: StateInline, found: re.Match[str], *, is_embedded: bool) -> None:
    target, label = found["target"].strip(), (found["label"] or "").strip()
    if is_embedded and (picture := _PICTURE.fullmatch(target)):
        _write_picture(state, picture[1].strip(), label)
        return
    name = target.partition("#")[0].strip()
    post = state.env[TARGETS].post(name) if name and not state.linkLevel else None
    if post is None and found[0] == f"[[{name}]]" and name in NO_NOTES:
        state.push("text", "", 0).content = found[0]
        return
    if post:
        opening = state.push("link_open", "a", 1)
        opening.attrs = {"href": state.md.normalizeLink(post.address)}
    if label:
        _write_words(state, label, linked=post is not None)
    else:
        state.push("text", "", 0).content = target.lstrip("#^")
    if post:
        state.push("link_close", "a", -1)


def _write_picture(state: StateInline, name: str, label: str) -> None:
    """Write a picture; if its file is unknown, its words stay."""
    words = _without_look(label.split("|"))
    address = state.env[TARGETS].picture(name)
    if address is None:
        _write_words(state, words, linked=False)
        return
    token = state.push("image", "img", 0)
    token.attrs = {"src": address, "alt": ""}
    _name(token, words, state)


def _without_look(parts: Sequence[str]) -> str:
    return "|".join(part for part in parts if not _LOOK.fullmatch(part.strip())).strip()


def _name(picture: "Token", words: str, state: StateCore | StateInline) -> None:
    """Let words with their marks stand for a picture."""
    picture.content, picture.children = words, []
    state.md.inline.parse(words, state.md, state.env, picture.children)


def _drop_sizes(state: StateCore) -> None:
    """Leave out how pictures of other sites look: `![words|300](https://…)`."""
    for block in state.tokens if "|" in state.src else ():
        for token in block.children or ():
            alt, *said = token.content.split("|") if token.type == "image" else ("",)
            if said:
                _name(token, "|".join(filter(None, (alt.strip(), _without_look(said)))), state)


def _write_words(state: StateInline, label: str, *, linked: bool) -> None:
    """Write words with their marks; no link stands in a link."""
    if state.pending:
        state.pushPending()
    words: list[Token] = []
    state.md.inline.parse(label, state.md, state.env, words)
    state.tokens += [word for word in words if not (linked and word.type in {"link_open", "link_close"})]
