"""Read the links of notes (Obsidian, Logseq, Foam): `[[Page|words]]` leads to a post, `![[photo.jpg]]` is a picture.

Where nobody knows the post, the words stay.
"""

import re
from typing import TYPE_CHECKING, Final
from urllib.parse import quote

from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline

if TYPE_CHECKING:
    from markdown_it.token import Token

# Not what is a link already (`[[1]](https://…)`, `[[words]][name]`), a test of a shell (`[[ -f x ]]`), or an index
# (`x[[1]]`).
_LINK: Final = re.compile(
    r"!?\[\[(?![\s\d]+\]|\s)(?P<target>[^\[\]|\n]{1,300})(?:\|(?P<label>[^\[\]\n]{0,300}))?\]\](?![(\[])"
)
_INDEXED: Final = re.compile(r"[0-9A-Za-z_\]]")  # other scripts write no blank before a link
_PICTURE: Final = re.compile(r"[^#]*\.(?:avif|bmp|gif|jpe?g|png|svg|webp)", re.IGNORECASE)
POSTS: Final = "posts"  # in the environment of a reader: what finds a post by its name
_SIZE: Final = re.compile(r"[0-9]{1,5}(?:x[0-9]{1,5})?")


def use_wikilinks(reader: MarkdownIt) -> None:
    """Teach a reader of Markdown the links of notes."""
    reader.inline.ruler.before("link", "wikilink", _inline)


def _inline(state: StateInline, silent: bool) -> bool:
    text, position = state.src, state.pos
    if text[position] not in "![" or (position and _INDEXED.match(text[position - 1])):
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
    if is_embedded and _PICTURE.fullmatch(target):
        token = state.push("image", "img", 0)
        token.attrs = {"src": quote(target, safe="/:?&=%"), "alt": ""}
        token.content = "" if _SIZE.fullmatch(label) else label
        token.children = []
        state.md.inline.parse(token.content, state.md, state.env, token.children)
        return
    name = target.partition("#")[0].strip()
    post = state.env[POSTS](name) if name and not state.linkLevel else None
    if post:
        opening = state.push("link_open", "a", 1)
        opening.attrs = {"href": state.md.normalizeLink(post.address)}
    if label:
        _write_words(state, label, linked=post is not None)
    else:
        state.push("text", "", 0).content = target.lstrip("#^")
    if post:
        state.push("link_close", "a", -1)


def _write_words(state: StateInline, label: str, *, linked: bool) -> None:
    """Write words with their marks; no link stands in a link."""
    if state.pending:
        state.pushPending()
    words: list[Token] = []
    state.md.inline.parse(label, state.md, state.env, words)
    state.tokens += [word for word in words if not (linked and word.type in {"link_open", "link_close"})]
