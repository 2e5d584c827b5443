"""Write blocks of Markdown, line by line."""

from collections.abc import Iterable, Iterator


def fenced(lines: list[str], language: str) -> Iterator[str]:
    """Yield code between fences."""
    longest = max((len(line) - len(line.lstrip("`")) for line in lines), default=0)
    fence = "`" * max(3, longest + 1)
    yield from ("", fence + language, *lines, fence, "")


def quoted(lines: Iterable[str]) -> Iterator[str]:
    """Yield a quote."""
    yield ""
    yield from (f"> {line}".rstrip() if not line.endswith("  ") else f"> {line}" for line in lines)
    yield ""
