"""The titles of callouts that state none."""

from typing import Final

from refeed.startup.late_patterns import late_pattern

# The kinds whose name is a word for readers. The others (`:::center`, `:::message`) say only how the box looks.
KINDS: Final = frozenset(
    {
        "abstract", "attention", "bug", "caution", "danger", "error", "example", "fail", "failure", "faq", "help",
        "hint", "important", "info", "note", "question", "quote", "seealso", "success", "summary", "tip", "tldr",
        "todo", "warning",
    }
)  # fmt: skip


# `**Note:** mind the step`: strong words that end as a label does.
_LABEL: Final = late_pattern(r"\s*(?:\*\*|__)[^*_\n]{1,40}(?:[:!\uff1a\uff01](?:\*\*|__)|(?:\*\*|__)[:\uff1a])")


def callout_title(kind: str, title: str | None, text: str = "") -> str:
    """Return a callout's own title, else its kind where that is a word and no label begins the text."""
    given = (title or "").strip().strip("\"'").strip()
    return given or (kind.capitalize() if kind.lower() in KINDS and not _LABEL.match(text) else "")
