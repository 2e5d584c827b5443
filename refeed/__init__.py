"""Turn folders of mixed-format article dumps into one clean Atom feed.

import refeed

report = refeed.build(["archive"])
print(report.totals)
Path("feed.xml").write_bytes(report.feed)
"""

from refeed.version import VERSION

TYPE_CHECKING = False  # for type checkers it is not; typing, which has it too, is loaded when the program has begun
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime
    from pathlib import Path
    from typing import Any

    from refeed.limits import Limits
    from refeed.model import Entry, Feed
    from refeed.options import FeedOptions, Options, SiteOptions
    from refeed.problems import ConfigurationError, OutputError, Problem, RefeedError, Severity
    from refeed.report import NothingToBuildError, Origin, Report, Totals

    Paths = str | Path | Sequence[str | Path]

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
    "clean_html",
    "entries",
    "inspect",
    "load_settings",
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
    paths: "Paths" = (),
    *,
    options: "Options | None" = None,
    now: "datetime | None" = None,
    output: "str | Path | None" = None,
) -> "Report":
    """Build the feed of the dumps below the paths and return what became of every file and record.

    `paths` are folders and files (default: those of the options, else the working directory). `now` must be aware; it
    is the clock's time by default and decides what is still held back, and which dates lie too far ahead. With `output`
    the feed replaces that file, whole or not at all; without it the report holds the feed (`report.feed`, UTF-8 bytes).

    Raises NothingToBuildError when there is no dump, ConfigurationError for a path that does not exist, OutputError
    when the file cannot be written, ValueError for options that the command line would not take. A file that cannot be
    read is no exception but a problem in the report.
    """
    import os
    from dataclasses import replace

    from refeed.options import CONFIGURATION_NAME
    from refeed.pipeline.build import build as run
    from refeed.pipeline.output.atomic_write import write_atomically
    from refeed.pipeline.output.destination import own_files

    options, moment = _prepared(paths, options, now)
    target = os.fspath(output) if output is not None else options.output
    own = own_files(options.config or CONFIGURATION_NAME, target)
    if target is None:
        return run(options, moment, own=own)
    return run(replace(options, output=target), moment, sink=lambda write: write_atomically(target, write), own=own)


def entries(options: "Options | None" = None, *, now: "datetime | None" = None) -> "Iterator[Entry]":
    """Return the entries of the feed of `options.paths`, newest first: selected, dated, cleaned, sanitised.

    They are those that `build` puts into the feed, in its order. Raises what `build` raises, and RefeedError when there
    are errors and `options.strict` is set.
    """
    from refeed.options import CONFIGURATION_NAME
    from refeed.pipeline.build import build_with_entries
    from refeed.pipeline.entries.packed_entry import unpack_entry
    from refeed.pipeline.output.destination import own_files
    from refeed.problems import RefeedError

    options, moment = _prepared((), options, now)
    built = build_with_entries(options, moment, own=own_files(options.config or CONFIGURATION_NAME, options.output))
    if not built.report.written:
        raise RefeedError("there are errors, and `strict` is set")
    return map(unpack_entry, built.entries)


def inspect(
    paths: "Paths" = (), *, options: "Options | None" = None, now: "datetime | None" = None
) -> "Iterator[dict[str, Any]]":
    """Yield every record of every file below the paths as `refeed inspect --json` shows it, with its evidence.

    A file that gave no record is one whose `status` is "skipped", and `reason` says why. A fact that is not known is
    None, or an empty list or dictionary.
    """
    from refeed.inspection.inspect import inspect as run
    from refeed.options import CONFIGURATION_NAME
    from refeed.pipeline.output.destination import own_files

    options, moment = _prepared(paths, options, now)
    own = own_files(options.config or CONFIGURATION_NAME, options.output)
    return (inspected.as_dict() for inspected in run(options, moment, own=own))


def load_settings(path: "str | Path") -> "Options":
    """Read a refeed.toml; relative paths in it start at its own folder.

    It is trusted as one that `--config` names. Raises ConfigurationError, which names the line and what is allowed.
    """
    from pathlib import Path

    from refeed.config.toml_file import load_configuration

    return load_configuration(Path(path))


def clean_html(
    body: str,
    *,
    title: str = "",
    url: str | None = None,
    markdown: bool = False,
    site: "SiteOptions | None" = None,
) -> str:
    """Return the body of an article as it would go out: without boilerplate, with absolute links, sanitised.

    `title` and `url` are the article's; what repeats the title is dropped, and links are resolved against the address.
    `markdown` says that the body may be Markdown. `site` brings rules of its own (`keep`, `drop`, `replace`).
    """
    from refeed.clean.body import clean_body
    from refeed.clean.types import Body, BodyRules
    from refeed.config.checked import checked
    from refeed.dates.dateline import find_dateline
    from refeed.model import OPENING
    from refeed.options import Options, SiteOptions

    site = checked(Options(sources={"*": site or SiteOptions()})).sources["*"]
    raw = Body(
        text=body,
        markdown=markdown,
        title=title,
        url=url,
        dateline=find_dateline(body[:OPENING]),
        images=(),
        rules=BodyRules(site.drop or (), site.keep, site.replace or ()),
    )
    return clean_body(raw).content


def _prepared(paths: "Paths", options: "Options | None", now: "datetime | None") -> "tuple[Options, datetime]":
    """Check what was given and fill in what was not."""
    import os
    from dataclasses import replace
    from datetime import datetime

    from refeed.clock import present
    from refeed.config.checked import checked
    from refeed.options import Options

    if not isinstance(options, Options | None):
        raise TypeError(f"options: expected refeed.Options, not {type(options).__name__}")
    if not isinstance(now, datetime | None):
        raise TypeError(f"now: expected a datetime, not {type(now).__name__}")
    given = (paths,) if isinstance(paths, str | os.PathLike) else paths
    options = options or Options()
    options = checked(replace(options, paths=tuple(os.fspath(path) for path in given)) if given else options)
    moment = now or present(options)
    if moment.tzinfo is None:
        raise ValueError("now: expected a time with a time zone")
    return options, moment
