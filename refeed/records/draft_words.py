"""Find the words of the marks that people give drafts: nearly no title has one, and the patterns of marks are slow."""

from typing import Final

# As a casefolded text has them; `publish` is in `unpublished` and `do not publish`, too.
_WORDS: Final = (
    *("draft", "wip", "private", "unlisted", "publish", "disabled", "borrador", "brouillon", "entwurf", "rascunho"),
    *("черновик", "下書き", "草稿", "초안"),
)


def speaks_of_draft(text: str) -> bool:
    """Return whether a title, or the name of a file, holds one of the words in any case."""
    return any(map(text.casefold().__contains__, _WORDS))
