"""What a callout is headed with."""

from typing import Final

# The kinds whose name is a word for readers. The others (`:::center`, `:::message`) say only how the box looks.
KINDS: Final = frozenset(
    {
        "abstract", "attention", "bug", "caution", "danger", "error", "example", "fail", "failure", "faq", "help",
        "hint", "important", "info", "note", "question", "quote", "seealso", "success", "summary", "tip", "tldr",
        "todo", "warning",
    }
)  # fmt: skip


def callout_title(kind: str, title: str | None) -> str:
    """Return a callout's own title, else its kind where that is a word."""
    given = (title or "").strip().strip("\"'").strip()
    return given or (kind.capitalize() if kind.lower() in KINDS else "")
