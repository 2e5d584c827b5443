"""Which records the user wants by what their heads say. Pure: no file, no body."""

from refeed.model import RecordMeta
from refeed.options import Options


def look_at_heads(options: Options) -> bool:
    """Return whether any filter needs more than a key."""
    return bool(options.category or options.author or options.outlet or options.language or options.match)


def passes(meta: RecordMeta, options: Options) -> bool:
    """Return whether a record passes: every kind of filter must hold, and of one kind any value."""
    return (
        (not options.category or any(name in meta.categories for name in options.category))
        and (not options.author or any(name in meta.authors for name in options.author))
        and (not options.outlet or meta.outlet in options.outlet)
        and (not options.language or any(_in_language(meta.language, wanted) for wanted in options.language))
        and (not options.match or any(pattern.search(meta.title) for pattern in options.match))
    )


def _in_language(stated: str | None, wanted: str) -> bool:
    """Return whether a language tag is the wanted one or begins with it (RFC 4647, 3.3.1: basic filtering)."""
    return stated is not None and f"{stated}-".lower().startswith(f"{wanted}-".lower())
