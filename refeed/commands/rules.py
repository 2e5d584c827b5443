"""refeed rules: propose rules for what recurs in the articles of a source."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from refeed.clock import present
from refeed.commands._shared import OK, gather, print_lines, progress, tell, with_index
from refeed.config.command_line import GroupedCommand, examples, with_settings
from refeed.console import visible
from refeed.options import Options
from refeed.problems import RefeedError

if TYPE_CHECKING:
    from refeed.rules.proposals import Proposal
    from refeed.rules.sample import Sample


@click.command(
    "rules",
    cls=GroupedCommand,
    short_help="Propose rules for what recurs in the articles of a source.",
    epilog=examples("refeed rules harbour.example archive", "refeed rules archive"),
)
@with_settings("rules", "[SOURCE] [PATH]...")
def rules(paths: tuple[str, ...], **given: Any) -> int:
    """Look for what recurs in at least 60 % of a source's newest 200 articles, and print rules that take it away.

    SOURCE is a host, or a pattern for paths such as `posts/*`; a file or folder is a PATH.
    Without a source all are listed with the number of rules for each, those with most articles first.

    Articles are looked at as they go out, so nothing is proposed that refeed leaves out by itself. The rules are lines
    for refeed.toml; nothing is written. Read them first: what an author repeats in every article recurs, too.
    """
    from refeed.pipeline.chosen_records import chosen_records
    from refeed.rules.sample import sample, samples

    source = paths[0] if paths and not (Path(paths[0]).exists() or paths[0].startswith(("/", "./", "../"))) else None
    options, own, _ = gather(paths if source is None else paths[1:], given)
    with (
        progress(options) as count,
        chosen_records(with_index(options), present(options), own=own, progress=count) as records,
    ):
        if source is None:
            print_lines(_by_source(samples(records), options))
        else:
            print_lines(_rules(sample(source, records), options))
    return OK


COMMAND = rules


def _rules(sample: "Sample", options: Options) -> Iterator[str]:
    """Return the rules for one source, as lines of refeed.toml or as JSON."""
    from refeed.console import dumps
    from refeed.quantities import amount
    from refeed.rules.proposals import proposals
    from refeed.rules.toml_lines import rule_lines

    looked_at = len(sample.articles)
    if not looked_at:
        raise RefeedError(f"{sample.source}: no articles of this source; `refeed rules` alone lists the sources")
    found = proposals(sample)
    if options.json:
        yield dumps(_facts(sample, found))
    elif found:
        remarks = {one.value: f"{one.articles} of {looked_at}: {one.example}" for one in found}
        yield from rule_lines(sample.source, sample.rules.plus(*(one.rules for one in found)), remarks)
    tell(
        options, f"{amount(len(found), 'rule')} for {visible(sample.source)}; {amount(looked_at, 'article')} looked at"
    )


def _by_source(samples: "Sequence[Sample]", options: Options) -> Iterator[str]:
    """Return a line for each source with enough articles."""
    from refeed.console import dumps
    from refeed.quantities import amount
    from refeed.rules.proposals import FEWEST, proposals

    few = 0
    for sample in samples:
        found = proposals(sample)
        if options.json:
            yield dumps(_facts(sample, found))
        elif len(sample.articles) < FEWEST:
            few += 1
        else:
            rules, looked_at = amount(len(found), "rule"), amount(len(sample.articles), "article")
            yield visible(f"{sample.source}: {rules if found else 'nothing recurs'}, {looked_at} looked at")
    left = f" ({few:,} with fewer than {FEWEST} articles, too few to find what recurs)" if few else ""
    tell(options, f"{amount(len(samples), 'source')}{left}; refeed rules SOURCE prints the rules of one")


def _facts(sample: "Sample", found: "Sequence[Proposal]") -> dict[str, Any]:
    rules = [one._asdict() for one in found]
    return {"source": sample.source, "articles": len(sample.articles), "rules": rules}
