"""Report rules of the settings that matched nothing: exclusions, filters, tables of sources, rules for bodies."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from itertools import islice
from types import MappingProxyType
from typing import Final

from refeed.input.discover import Batch
from refeed.model import RecordMeta, SourceFile
from refeed.options import Options, fits_path, is_path_pattern, table_name
from refeed.problems import Problem
from refeed.records.filters import Filter, filters_of
from refeed.startup.named_tuple import NamedTuple

_LOOKED_AT: Final = 2_000  # files in which names are looked for, when a filter matches nothing
_SHOWN: Final = 5  # names
_PLURALS: Final = MappingProxyType(
    {"author": "authors", "category": "categories", "language": "languages", "outlet": "outlets"}
)


class UnusedRules(NamedTuple):
    """The rules that have matched nothing so far."""

    filters: frozenset[Filter]
    patterns: tuple[str, ...]  # of [sources], for paths
    hosts: tuple[str, ...] = ()  # of [sources]
    exclude: tuple[str, ...] = ()
    body_rules: tuple[str, ...] = ()  # `drop` and `replace`

    def without(self, batch: Batch, matched: Iterable[Filter]) -> "UnusedRules":
        """Leave out those that match a batch or a record of it."""
        left = tuple(name for name in self.patterns if not any(fits_path(name, file) for file in batch.names))
        return self._replace(filters=self.filters.difference(matched), patterns=left)

    def with_entries(self, applied: Iterable[tuple[str, bool]], *, is_whole: bool) -> "UnusedRules":
        """Judge by the entries that were made: which rules apply to them, and whether each did something there.

        A host may be one of articles that lie beyond the limit; so it is judged only where every article was made.
        """
        rules = [*applied]
        used = {rule for rule, is_used in rules if is_used}
        idle = sorted({rule for rule, _ in rules} - used)
        hosts = tuple(host for host in self.hosts if is_whole and table_name(host) not in used)
        return self._replace(hosts=hosts, body_rules=tuple(idle))


def rules_of(options: Options) -> UnusedRules:
    """Return all rules that may turn out to be unused."""
    hosts = tuple(pattern for pattern in options.sources if not is_path_pattern(pattern))
    return UnusedRules(frozenset(filters_of(options)), tuple(filter(is_path_pattern, options.sources)), hosts)


def report_unused(
    unused: UnusedRules, files: Iterable[SourceFile], options: Options, now: datetime
) -> Iterator[Problem]:
    """Yield a problem for every rule that matched nothing, with what may have been meant."""
    for message in (*_unused_places(unused, options), *_unused_filters(unused, files, options, now)):
        yield Problem("rule-unused", message, options.config or "settings")


def _unused_places(unused: UnusedRules, options: Options) -> Iterator[str]:
    for pattern in unused.exclude:
        yield f"exclude = {pattern!r} left out nothing"
    roots = [path.removesuffix("/").rpartition("/")[2] + "/" for path in options.paths]
    for pattern in unused.patterns:
        root = next((root for root in roots if pattern.startswith(root)), None)
        hint = f'; names begin below the folder that is read: try "{pattern.removeprefix(root)}"' if root else ""
        yield f"{table_name(pattern)} matched no file{hint}"
    yield from (f"{table_name(host)} matched no article" for host in unused.hosts)
    yield from (f"{rule} found nothing in any article" for rule in unused.body_rules)


def _unused_filters(unused: UnusedRules, files: Iterable[SourceFile], options: Options, now: datetime) -> Iterator[str]:
    known = _known_names(files, options, now) if unused.filters else {}
    for key, value in sorted(unused.filters):
        near, others = _nearest(value, known[key]) if key in known else ([], [])
        hint = f"; known {_PLURALS[key]} are {', '.join(others)}" if others else ""
        if near:
            hint = f"; did you mean {' or '.join(map(repr, near))}?"
        yield f"{key} = {value!r} matched no article{hint}"


def _known_names(files: Iterable[SourceFile], options: Options, now: datetime) -> Mapping[str, Counter[str]]:
    """Count the names in the first files: enough for a hint, and little work in the largest archive."""
    from functools import partial  # all of these only where a filter matches nothing

    from refeed.pipeline.guard import guarded, limit_time
    from refeed.records.context import context_for
    from refeed.records.reader import read_metadata

    context = context_for(options, now)
    known = {key: Counter[str]() for key in _PLURALS}
    with limit_time(options.allow.max_seconds):
        for file in islice(files, _LOOKED_AT):
            outcome = guarded(file, partial(read_metadata, file, context), debug=False)
            for meta, _ in () if isinstance(outcome, Problem) else outcome.records:
                for key, names in _names_of(meta).items():
                    known[key].update(names)
    return known


def _names_of(meta: RecordMeta) -> Mapping[str, tuple[str, ...]]:
    return {
        "author": meta.authors,
        "category": meta.categories,
        "language": (meta.language,) if meta.language else (),
        "outlet": (meta.outlet,) if meta.outlet else (),
    }


def _nearest(wanted: str, known: Counter[str]) -> tuple[list[str], list[str]]:
    """Return the names that are like the wanted one, and the commonest ones."""
    from difflib import get_close_matches

    names = sorted(known, key=lambda name: (-known[name], name))
    lower = {name.lower(): name for name in reversed(names)}
    close = [lower[name] for name in get_close_matches(wanted.lower(), lower, n=_SHOWN, cutoff=0.6)]
    close += [name for name in names if wanted.lower() in name.lower()]
    return list(dict.fromkeys(close))[:_SHOWN], names[:_SHOWN]
