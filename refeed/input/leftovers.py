"""Recognise by their names what programs leave beside files: backups, copies, halves; each is older or not whole."""

from collections.abc import Sequence
from typing import Final

_OF_TEXTS: Final = (".md", ".adoc", ".htm", ".html", ".markdown", ".mdx", ".org", ".rst", ".txt")
# What copies are called. Only beside the original it is one: a title may say so, too.
COPIES: Final = (
    *(
        "backup",
        "bak",
        "conflict",
        "copia",
        "copie",
        "copy",
        "cópia",
        "konfliktkopie",
        "kopia",
        "kopie",
        "old",
        "копия",
    ),
    *("副本", "コピー", "복사본"),
)
# Without one of these a name that ends as texts do is none of all that; words are looked for where nearly none stands.
_MARKS: Final = ("#", "~", "base", "local", "remote", "conflict", "orig", "tmp", *COPIES)


def leftovers(names: Sequence[str]) -> frozenset[str]:
    """Return which of the names of the files in a folder are those of leftovers."""
    text = "/".join(names).lower()
    marks = [mark for mark in _MARKS if mark in text]  # nearly always none
    others = [name for name in names if not name.endswith(_OF_TEXTS)]
    marked = [name for name in names if _holds_any(name.lower(), marks)] if marks else []
    if not others and not marked:
        return frozenset()
    from refeed.input.leftover_names import has_sign, is_leftover  # to make its patterns takes longer than to walk

    beside = frozenset(names)
    return frozenset(name for name in (*others, *filter(has_sign, marked)) if is_leftover(name, beside))


def _holds_any(lowered: str, marks: Sequence[str]) -> bool:
    return any(mark in lowered for mark in marks)
