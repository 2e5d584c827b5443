"""refeed watch: write the feed again whenever dumps change."""

import signal
from contextlib import suppress
from typing import Any

import click

from refeed.commands._shared import OK, gather, with_index
from refeed.config.command_line import GroupedCommand, examples, with_settings


@click.command(
    "watch",
    cls=GroupedCommand,
    short_help="Write the feed again whenever dumps change.",
    epilog=examples("refeed watch archive -o feed.xml"),
)
@with_settings("watch")
def watch(paths: tuple[str, ...], **given: Any) -> int:
    """Write a feed of the dumps below PATH to FILE (-o), and write it again whenever they change, until stopped.

    refeed.toml is used as in `build`.
    """
    from refeed.watch.log import BuildLog
    from refeed.watch.run import watch as run

    options = with_index(gather(paths, given).options)
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # stopped by Ctrl-C or by SIGTERM alike
    with suppress(KeyboardInterrupt):
        run(options, BuildLog(quiet=options.quiet))
    return OK


COMMAND = watch
