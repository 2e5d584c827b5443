"""refeed validate: say what is wrong with feeds."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

import click

from refeed.commands._shared import NOT_RIGHT, OK, gather, print_lines, print_problems, with_index
from refeed.config.command_line import examples
from refeed.console import say, visible
from refeed.problems import Severity

if TYPE_CHECKING:
    from refeed.validation.validate import Validated


@click.command(
    "validate",
    short_help="Say what is wrong with feeds.",
    epilog=examples("refeed validate feed.xml", "refeed validate site --archive archive"),
)
@click.argument("files", nargs=-1, required=True, metavar="FILE...", type=click.Path())
@click.option(
    "--archive",
    type=click.Path(),
    metavar="PATH",
    help="Name the dump in PATH that each entry with a finding was made of.",
)
@click.option("--strict", is_flag=True, help="Exit with 1 if there are warnings, too.")
@click.option("--json", "as_json", is_flag=True, help="Print the findings as JSON, one line per file.")
@click.option("--quiet", "-q", is_flag=True, help="Print only errors.")
@click.option("--verbose", "-v", is_flag=True, help="Print every finding, not only the first of each kind.")
def validate(
    files: tuple[str, ...], *, archive: str | None, strict: bool, as_json: bool, quiet: bool, verbose: bool
) -> int:
    """Check feeds against the specifications of Atom, RSS 2.0, JSON Feed, archives (RFC 5005) and deletion (RFC 6721).

    Each finding comes with its line, its entry, the rule that is broken and the cure. FILE may be a folder: all feeds
    in it are checked. The documents of an archive should be checked together, because each has to lead to the next.

    The exit status is 1 if there are errors.
    """
    from refeed.console import dumps
    from refeed.validation.files import read_documents
    from refeed.validation.lines import facts, finding_lines, summary_line
    from refeed.validation.validate import validate_all

    found = validate_all(read_documents(files))
    origins = _origins(archive) if archive is not None else {}
    for file, one in found.items():
        if as_json:
            print_lines([dumps(facts(file, one, origins))])
            continue
        print_problems(map(visible, finding_lines(file, one, origins, only_errors=quiet, verbose=verbose)))
        if not quiet:
            say(summary_line(file, one))
    return NOT_RIGHT if _is_wrong(found, strict=strict) else OK


COMMAND = validate


def _is_wrong(found: "Mapping[str, Validated]", *, strict: bool) -> bool:
    counting = {Severity.ERROR, Severity.WARNING} if strict else {Severity.ERROR}
    return any(finding.severity in counting for one in found.values() for finding in one.findings)


def _origins(archive: str) -> Mapping[str, str]:
    """Build the archive, with its own settings, and return the dump of each entry."""
    from refeed.clock import present
    from refeed.validation.files import origins_in

    options = with_index(gather((archive,), {}).options)
    return origins_in(options, present(options))
