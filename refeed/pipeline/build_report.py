"""What a build reports after both passes, or instead of the second one where there is nothing to build."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from math import isfinite
from typing import TYPE_CHECKING, Final

from refeed.options import Options
from refeed.paths import without_secrets
from refeed.pipeline.build_context import NO_DATE, BuildContext
from refeed.pipeline.feed_metadata import notes_on
from refeed.pipeline.first_pass.run import Decision, FirstPass
from refeed.pipeline.rule_use import report_unused
from refeed.pipeline.work_trees import notes_on_undated, number_of_undated
from refeed.quantities import amount
from refeed.report import FilterCount, NothingToBuildError, Report, Totals
from refeed.startup.named_tuple import NamedTuple

if TYPE_CHECKING:
    from refeed.model import Feed
    from refeed.pipeline.second_pass.run import SecondPass


# The options that filter or limit, as the command line has them.
_NAMES: Final = ("outlet", "author", "category", "language")
_LIMITS: Final = ("limit", "span", "max_bytes")


class Passes(NamedTuple):
    """The results of both passes."""

    first: FirstPass
    decision: Decision
    second: "SecondPass"

    @property
    def updated(self) -> datetime:
        """When the newest of the entries was updated."""
        return self.second.made.updated or NO_DATE

    @property
    def until(self) -> float:
        """Until when a build of these files would give the same feed, in seconds since 1970."""
        return min([self.second.made.until, self.decision.until])


def report_of(passes: Passes, feed: "Feed", context: BuildContext) -> Report:
    """Return what a build did, before anything is written."""
    (first, decision, second), options = passes, context.options
    unused = first.unused.with_entries(second.rules, is_whole=not second.totals.beyond_limit)
    unused_rules = report_unused(unused, first.files, options, context.now)
    notes = tuple(notes_on(feed, options, second))
    totals = first.totals + decision.totals + second.totals
    if totals.filtered and not totals.out:
        notes = (*notes, f"no article passed the filters: {amount(totals.filtered, 'record')} filtered out")
    beyond = first.left_out.beyond + decision.left_out.beyond + second.left_out.beyond + second.findings.beyond
    return Report(
        totals=totals,
        left_out=(*unused_rules, *first.left_out, *decision.left_out, *second.left_out),
        entry_problems=tuple(second.findings),
        beyond=beyond,
        notes=(*notes, *(f"{number:,} more problems are not listed [{code}]" for code, number in beyond.items())),
        filters=_filter_counts(options, {**first.missed, **decision.missed}, totals),
        due=datetime.fromtimestamp(passes.until, UTC) if isfinite(passes.until) else None,
    )


def _filter_counts(options: Options, missed: Mapping[str, int], totals: Totals) -> tuple[FilterCount, ...]:
    """Return the filters in force as the command line has them; `missed` counts what each left out, by option.

    What several of them leave out is counted for each.
    """
    stated = {
        **{name: [*getattr(options, name)] for name in _NAMES},
        "match": [pattern.pattern for pattern in options.match],
        **{name: [f"{when:%Y-%m-%dT%H:%M:%SZ}"] for name in ("since", "until") if (when := getattr(options, name))},
        "exclude": [*options.exclude],
    }
    units = {"since": "article", "until": "article", "exclude": "file or folder"}
    named = ((name, " ".join(f"--{name} {value}" for value in values)) for name, values in stated.items() if values)
    counts = [FilterCount(text, missed.get(name, 0), units.get(name, "record")) for name, text in named]
    if limits := " ".join(_limits(options)):
        counts.append(FilterCount(limits, totals.beyond_limit, "article"))
    return tuple(counts)


def _limits(options: Options) -> Iterator[str]:
    """Yield the limits of the feed that are stated and limit anything."""
    for name in _LIMITS:
        if value := getattr(options, name):
            yield f"--{name.replace('_', '-')}" + (f" {value}" if isinstance(value, int) else "")


def nothing_to_build(first: FirstPass, context: BuildContext) -> NothingToBuildError:
    """Return the error that ends a build without any record."""
    left_out, beyond = tuple(first.left_out), first.left_out.beyond
    report = Report(totals=first.totals, left_out=left_out, entry_problems=(), beyond=beyond)
    return NothingToBuildError("\n".join([_nothing(context.paths, report), *notes_on_undated(report, context)]), report)


def _nothing(paths: Sequence[str], report: Report) -> str:
    from refeed.formats import load_formats

    files = amount(report.totals.files_found, "file")
    found = f"{files}, none of them a dump" if report.totals.files_found else "no files"
    if undated := number_of_undated(report):
        found += f" ({undated:,} without a date: --undated last keeps them)"
    places = ", ".join(map(without_secrets, paths))
    return f"{places}: {found}; looked for {', '.join(load_formats())}; nothing was written"
