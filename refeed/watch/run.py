"""Keep a file up to date: build it again whenever dumps change."""

from contextlib import closing
from datetime import UTC, datetime
from functools import partial

from refeed.options import CONFIGURATION_NAME, Options
from refeed.pipeline.build import build
from refeed.pipeline.destination import own_files, sink
from refeed.problems import ConfigurationError, RefeedError
from refeed.report import Report
from refeed.watch.file_events import FileWatcher
from refeed.watch.log import BuildLog
from refeed.watch.schedule import keep_building


def watch(options: Options, news: BuildLog) -> None:
    """Write `options.output` at once and then after every change, until interrupted; a build that fails leaves it."""
    if options.output is None:
        raise ConfigurationError("watch keeps a file up to date; give -o FILE")
    listening = FileWatcher(
        options.paths or (options.folder,),
        exclude=options.exclude,
        own=lambda: own_files(CONFIGURATION_NAME, options.output),
        index=options.index,
        poll=options.poll,
        note=news.note,
    )
    with closing(listening) as changes:
        keep_building(partial(_build, options, news), changes.wait)


def _build(options: Options, news: BuildLog) -> Report | None:
    """Build once, and tell how it went."""
    try:
        # The output is another file after every change of it.
        own = own_files(CONFIGURATION_NAME, options.output)
        report = build(options, options.now or datetime.now(UTC), sink=sink(options.output), own=own)
        if not report.written:
            news.failed("there are errors, and `strict` is set: nothing was written")
        elif report.changed:
            news.built(report)
    except (RefeedError, OSError) as error:  # the latter: no room for what is temporary, or for a process
        news.failed(str(error))
        return None
    return report
