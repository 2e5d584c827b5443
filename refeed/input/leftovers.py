"""Recognise by name what programs leave beside files: backups, copies, halves; each is older or not whole."""

from collections.abc import Sequence
from typing import Final

from refeed.startup.late_patterns import late_words

_OF_TEXTS: Final = (".md", ".adoc", ".htm", ".html", ".markdown", ".mdx", ".org", ".rst", ".txt")
_MARKDOWN: Final = ".md/"
# What copies are called. Only beside the original it is one: a title may say so, too.
COPIES: Final = (
    *("backup", "bak", "conflict", "copia", "copie", "copy", "cópia", "konfliktkopie", "kopia", "kopie"),
    *("old", "orig", "копия"),
    *("副本", "コピー", "복사본"),
)
# Without one of these, in lower case, a name that ends as texts do is none of all that.
_MARKS: Final = ("#", "~", "base", "local", "remote", "tmp", *COPIES)
_MARK: Final = late_words(_MARKS)


def leftovers(names: Sequence[str]) -> frozenset[str]:
    """Return which of the names of the files in a folder are those of leftovers."""
    joined = "/".join((*names, ""))
    # Of a folder whose names are all of Markdown, or have no mark, as of nearly every small one, none is asked itself.
    others = [] if joined.count(_MARKDOWN) == len(names) else [name for name in names if not name.endswith(_OF_TEXTS)]
    marked = [name for name in names if _MARK.search(name.lower())] if _have_mark(joined) else []
    if not others and not marked:
        return frozenset()
    from refeed.input.leftover_names import has_sign, is_leftover  # to make its patterns takes longer than to walk

    beside = frozenset(names)
    return frozenset(name for name in (*others, *filter(has_sign, marked)) if is_leftover(name, beside))


def _have_mark(names: str) -> bool:
    return any(map(names.lower().__contains__, _MARKS))
