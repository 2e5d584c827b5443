"""refeed inspect: show what refeed makes of files, with the evidence."""

import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

from refeed.clock import present
from refeed.commands._shared import FAILED_INSIDE, NOTHING_WRITTEN, OK, gather, print_lines, tell, with_index
from refeed.config.command_line import GroupedCommand, examples, with_settings
from refeed.options import Options
from refeed.problems import RefeedError, Severity

if TYPE_CHECKING:
    from refeed.inspection.inspected import Inspected

_ALL: Final = "--html FILE and --json show all."
_MOST: Final = 5  # records that are printed where nobody names a file: each has a screen of lines


@click.command(
    "inspect",
    cls=GroupedCommand,
    short_help="Show what refeed makes of files, with the evidence.",
    epilog=examples("refeed inspect archive/2020-05-01.md", "refeed inspect archive --html compare.html"),
)
@with_settings("inspect")
@click.option(
    "--rule",
    "rules",
    multiple=True,
    metavar="KEY=VALUE",
    help="Show what a rule does: drop=SELECTOR, keep=SELECTOR, replace=OLD=>NEW; repeatable.",
)
def inspect(paths: tuple[str, ...], *, rules: tuple[str, ...], **given: Any) -> int:
    """Show what refeed makes of the files in PATH: every field with its evidence, the body, and problems.

    The body is shown before and after cleaning, with what each step removed. --html FILE shows both side by side in a
    browser. refeed.toml is used as in `build`, with all its rules. Of a folder the first five records are shown.

    With --rule the first PATH is a file, and the other ones the archive (default: the `paths` of refeed.toml, else the
    folder of the file). The article is shown before and after, then how many articles of its source would change,
    three of them, and the lines for refeed.toml. Nothing is written.
    """
    if rules:
        return _try(rules, paths, given)
    from refeed.inspection.compare_page import Page
    from refeed.inspection.inspect import inspect as run
    from refeed.pipeline.output.atomic_write import write_atomically
    from refeed.quantities import amount

    options, own, _ = gather(paths, given)
    is_whole = bool(paths) and not any(Path(path).is_dir() for path in paths)
    options, names = _in_archives(options, is_named=bool(given.get("config")))
    printed = _Printed(options, None if is_whole or options.json or options.html else _MOST)
    with closing(Page()) as page:
        found = run(options, present(options), own=own, names=names)
        print_lines(printed.lines(found, page.add if options.html else None))
        if not printed.records:
            raise RefeedError(f"{', '.join(options.paths or (options.folder,))}: no files to inspect")
        if options.html:
            write_atomically(options.html, page.write)
            tell(options, f"wrote {options.html}: {amount(printed.records, 'record')} before and after cleaning")
    if options.strict and any(severity is Severity.ERROR for severity, _ in printed.problems):
        return NOTHING_WRITTEN
    return FAILED_INSIDE if (Severity.ERROR, "internal-error") in printed.problems else OK


COMMAND = inspect


class _Printed:
    """The records that have been printed so far: how many, and the severities and codes of their problems."""

    def __init__(self, options: Options, most: int | None) -> None:
        """Print at most `most` records; None: all."""
        self._options, self._most = options, most
        self._lines_of = _record_printer(options)
        self.records = 0
        self.problems = set[tuple[Severity, str]]()

    def lines(self, found: "Iterable[Inspected]", add: "Callable[[Inspected], None] | None") -> Iterator[str]:
        """Yield the lines of each record, and hand it to a page as well, if there is one."""
        for inspected in found:
            if self.records == self._most:
                told = f"note: these are the first {self._most} records; name a file to see its own. {_ALL}"
                tell(self._options, told)
                return
            self.records += 1
            self.problems.update((problem.severity, problem.code) for problem in inspected.problems)
            if add:
                add(inspected)
            yield from self._lines_of(inspected)


def _in_archives(options: Options, *, is_named: bool) -> tuple[Options, dict[str, str]]:
    """Return options whose paths lead to files through their archives, and the name in it of each file."""
    from dataclasses import replace

    from refeed.paths import INTO
    from refeed.rules.archive import in_archive

    files = (path for path in options.paths if Path(path).is_file() or INTO in path)
    found = {path: in_archive(path, options.config, is_named=is_named) for path in files}
    paths = (found[path].path if path in found else path for path in options.paths)
    return replace(options, paths=tuple(paths)), {source.path: source.name for source in found.values()}


def _try(texts: tuple[str, ...], paths: tuple[str, ...], given: dict[str, Any]) -> int:
    """Show what rules do to the article in the first path, and to others of its source."""
    from dataclasses import replace

    from refeed.clean.types import BodyRules
    from refeed.console import dumps
    from refeed.pipeline.chosen_records import chosen_records
    from refeed.rules.archive import archive_of, path_below
    from refeed.rules.rule_text import parse_rule
    from refeed.rules.sample import article_in, sample
    from refeed.rules.trial import try_rules
    from refeed.rules.trial_lines import trial_lines

    try:
        rules = BodyRules().plus(*map(parse_rule, texts))
    except ValueError as error:
        raise click.BadParameter(str(error), param_hint="--rule") from None
    if given.get("html"):
        raise click.UsageError("--html shows an article before and after cleaning, not what --rule would change")
    if not paths or Path(paths[0]).is_dir():
        raise click.UsageError("--rule needs the file of an article as the first PATH")
    if not Path(paths[0]).exists():
        raise click.UsageError(f"{paths[0]}: no such file")
    options, own, _ = gather(paths, given)
    archive = paths[1:] or archive_of(paths[0], options.config, is_named=bool(given.get("config")))
    with chosen_records(with_index(replace(options, paths=archive)), present(options), own=own) as records:
        found = article_in(path_below(paths[0], archive) or paths[0], records)
        if found is None:
            raise RefeedError(f"{paths[0]}: no article; `refeed inspect {paths[0]}` says why")
        source, article = found
        trial = try_rules(rules, article, sample(source, records))
    print_lines([dumps(trial.as_dict())] if options.json else trial_lines(trial))
    return OK


def _record_printer(options: Options) -> "Callable[[Inspected], Iterable[str]]":
    """Choose how a record is printed: as JSON, not at all beside a page, in a terminal's width, or as plain lines."""
    from refeed.console import dumps
    from refeed.inspection.record_table import plain_lines, terminal_lines

    if options.json:
        return lambda inspected: [dumps(inspected.as_dict())]
    if options.html:
        return lambda _: ()
    if not (sys.stdout and sys.stdout.isatty()):
        return plain_lines
    from rich.console import Console

    console = Console(emoji=False, markup=False)
    return lambda inspected: terminal_lines(inspected, console)
