"""Which records the user wants by what their heads say. Pure: no file, no body."""

from refeed.model import Head
from refeed.options import Options


def look_at_heads(options: Options) -> bool:
    """Tell whether any filter needs more than a key."""
    return bool(options.category or options.author or options.source or options.match)


def passes(head: Head, options: Options) -> bool:
    """Tell whether a record passes: every kind of filter must hold, and of one kind any value."""
    return (
        (not options.category or any(name in head.categories for name in options.category))
        and (not options.author or any(name in head.authors for name in options.author))
        and (not options.source or head.outlet in options.source)
        and (not options.match or any(pattern.search(head.title) for pattern in options.match))
    )
