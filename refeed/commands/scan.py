"""refeed scan: keep what the first pass finds, for a build that merges it."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import click

from refeed.clock import present
from refeed.commands._shared import OK, gather, progress, tell
from refeed.config.command_line import GroupedCommand, examples, with_settings


@click.command(
    "scan",
    cls=GroupedCommand,
    short_help="Keep what a build needs to know of a folder.",
    epilog=examples("refeed scan archive/2025 -o 2025.rows", "refeed scan archive/2026 -o 2026.rows"),
)
@with_settings("scan")
def scan(paths: tuple[str, ...], **given: Any) -> int:
    """Read everything below PATH and write what `refeed build --from` needs to choose articles: one row a record.

    Parts of an archive can be scanned at different times and on different machines; `refeed build --from *.rows` merges
    them in any order. It gives the feed that it would give of the same PATHs, and reads only the dumps that go out; so
    they must lie under the same names there.
    """
    from refeed.pipeline.first_pass.rows_file import keep_rows
    from refeed.pipeline.output.destination import own_files, sink
    from refeed.quantities import amount, size

    target = given["output"]  # never that of refeed.toml, which is the feed
    options, own, _ = gather(paths, given)
    options = replace(options, output=None if target == "-" else target)
    with progress(options) as count:
        totals, notes = keep_rows(
            options, present(options), sink(options.output), own=own | own_files(options.output), progress=count
        )
    name, files, records = options.output, amount(totals.files_found, "file"), amount(totals.records_read, "record")
    written = f"wrote {name}: " if name else ""
    bytes_ = f", {size(Path(name).stat().st_size)}" if name and Path(name).is_file() else ""
    tell(options, *(f"note: {note}" for note in notes), f"{written}{records} of {files}{bytes_}")
    return OK


COMMAND = scan
