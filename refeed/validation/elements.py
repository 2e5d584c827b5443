"""Which elements may and must stand in which, in Atom and RSS."""

from collections import Counter
from collections.abc import Iterator
from typing import Any

from refeed.startup.named_tuple import NamedTuple
from refeed.validation.finding import Finding


class Grammar(NamedTuple):
    """The children of one element by their names; in Atom with the namespace."""

    required: frozenset[str]  # each stands once
    optional: frozenset[str]  # may stand once
    many: frozenset[str]


def child_findings(element: Any, grammar: Grammar, namespace: str = "") -> Iterator[Finding]:
    """Yield what is missing, what stands too often, and what the format does not know; other namespaces are free."""
    start = f"{{{namespace}}}" if namespace else ""
    children = [child for child in element if isinstance(child.tag, str) and _is_in(child.tag, start)]
    counts = Counter(child.tag[len(start) :] for child in children)
    own = element.tag.rpartition("}")[2]
    for name in sorted(grammar.required - counts.keys()):
        yield Finding("missing-element", f"{own} has no {name}", element.sourceline)
    for child in children:
        name = child.tag[len(start) :]
        if name not in grammar.required | grammar.optional | grammar.many:
            yield Finding("undefined-element", f"{own}: there is no element {name}", child.sourceline)
        elif counts[name] > 1 and name not in grammar.many:
            yield Finding("repeated-element", f"{own}: {name} stands {counts[name]} times", child.sourceline)
            counts[name] = 1  # told


def _is_in(tag: str, start: str) -> bool:
    return tag.startswith(start) if start else not tag.startswith("{")
