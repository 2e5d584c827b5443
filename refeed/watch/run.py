"""Keep a file up to date: build it again whenever dumps change."""

from contextlib import closing
from datetime import datetime
from functools import partial

from refeed.clock import check_of, present
from refeed.options import Options
from refeed.pipeline.build import build
from refeed.pipeline.output.destination import own_files, sink
from refeed.pipeline.workers.processes.child_process import ChildProcess
from refeed.problems import ConfigurationError, RefeedError
from refeed.report import Report
from refeed.watch.file_events import watch_dumps
from refeed.watch.log import BuildLog
from refeed.watch.schedule import keep_building


def watch(options: Options, log: BuildLog) -> None:
    """Write `options.output` at once and then after every change, until interrupted; a build that fails leaves it."""
    if options.output is None:
        raise ConfigurationError("watch keeps a file up to date; give -o FILE")
    # The child comes first: before there are threads it is cheap.
    with closing(ChildProcess()) as child, closing(watch_dumps(options, log.note)) as files:
        keep_building(partial(_rebuild, options, log, child), files.wait)


def _rebuild(options: Options, log: BuildLog, child: ChildProcess) -> Report | None:
    """Build once, and tell how it went."""
    try:
        report = child.call(_build, options, present(options))
        if not report.written:
            raise RefeedError("there are errors, and `strict` is set: nothing was written")  # noqa: TRY301
    except RefeedError as error:
        log.failed(str(error))
        return None
    if report.changed:
        log.built(report)
    return report


def _build(options: Options, now: datetime) -> Report:
    # The output is another file after every change of it.
    own = own_files(options.config, options.output)
    return build(options, now, sink=sink(options.output), own=own, check=check_of(options, now, options.output))
