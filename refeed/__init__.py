"""Turn folders of mixed-format article dumps into one clean Atom feed.

import refeed

report = refeed.build(["archive"])
print(report.totals)
Path("feed.xml").write_bytes(report.feed)
"""

from datetime import datetime
from typing import TYPE_CHECKING

from refeed.version import VERSION

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from refeed.limits import Limits
    from refeed.model import Entry, Feed
    from refeed.options import FeedOptions, Options, SiteOptions
    from refeed.problems import ConfigurationError, OutputError, Problem, RefeedError, Severity
    from refeed.report import NothingToBuildError, Origin, Report, Totals

__all__ = [
    "ConfigurationError",
    "Entry",
    "Feed",
    "FeedOptions",
    "Limits",
    "NothingToBuildError",
    "Options",
    "Origin",
    "OutputError",
    "Problem",
    "RefeedError",
    "Report",
    "Severity",
    "SiteOptions",
    "Totals",
    "build",
]

__version__ = VERSION

# Public names and where they live: imported when they are asked for, so that `refeed --help` pays for none of them.
_HOMES = {
    "ConfigurationError": "problems",
    "Entry": "model",
    "Feed": "model",
    "FeedOptions": "options",
    "Limits": "limits",
    "NothingToBuildError": "report",
    "Options": "options",
    "Origin": "report",
    "OutputError": "problems",
    "Problem": "problems",
    "RefeedError": "problems",
    "Report": "report",
    "Severity": "problems",
    "SiteOptions": "options",
    "Totals": "report",
}


def __getattr__(name: str) -> object:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)


def build(
    paths: "str | Path | Sequence[str | Path]" = (),
    *,
    options: "Options | None" = None,
    now: datetime | None = None,
    output: "str | Path | None" = None,
) -> "Report":
    """Build the feed of the dumps below the paths and return what became of every file and record.

    `paths` are folders and files (default: those of the options, else the working directory). `now` must be aware; it
    is the clock's time by default and decides what is still held back, and which dates lie too far ahead. With `output`
    the feed replaces that file, whole or not at all; without it the report holds the feed (`report.feed`, UTF-8 bytes).

    Raises NothingToBuildError when there is no dump, ConfigurationError for a path that does not exist, OutputError
    when the file cannot be written; a file that cannot be read is no exception but a problem in the report.
    """
    import os
    from dataclasses import replace
    from datetime import UTC

    from refeed.config.checked import checked
    from refeed.options import Options
    from refeed.pipeline.build import build as run
    from refeed.pipeline.destination import own_files, to_file

    options = checked(options or Options())
    if isinstance(paths, str | os.PathLike):
        paths = (paths,)
    if paths:
        options = replace(options, paths=tuple(os.fspath(path) for path in paths))
    now = now or options.now or datetime.now(UTC)
    if now.tzinfo is None:
        raise ValueError("now must be aware: give it a time zone")
    target = os.fspath(output) if output is not None else options.output
    own = own_files(options.config, target)
    if target is None:
        return run(options, now, own=own)
    return run(replace(options, output=target), now, sink=lambda write: to_file(target, write), own=own)
