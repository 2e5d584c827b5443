"""Recognise by their names what programs leave beside files: backups, copies, halves; each is older or not whole."""

import re
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
# Without one of these, in lower case, a name that ends as texts do is none of all that.
_MARK: Final = re.compile("|".join(("#", "~", "base", "local", "remote", "conflict", "orig", "tmp", *COPIES)))


def leftovers(names: Sequence[str]) -> frozenset[str]:
    """Return which of the names of the files in a folder are those of leftovers."""
    others = [name for name in names if not name.endswith(_OF_TEXTS)]
    is_any_marked = _MARK.search("/".join(names).lower())  # nearly always none
    marked = [name for name in names if _MARK.search(name.lower())] if is_any_marked else []
    if not others and not marked:
        return frozenset()
    from refeed.input.leftover_names import has_sign, is_leftover  # to make its patterns takes longer than to walk

    beside = frozenset(names)
    return frozenset(name for name in (*others, *filter(has_sign, marked)) if is_leftover(name, beside))
