"""refeed serve: serve the feed and a page of it over HTTP."""

from functools import partial
from typing import Any

import click

from refeed.commands._shared import OK, gather, progress, with_index
from refeed.config.command_line import GroupedCommand, examples, with_settings
from refeed.problems import ConfigurationError


@click.command(
    "serve",
    cls=GroupedCommand,
    short_help="Serve the feed and a page of it over HTTP.",
    epilog=examples("refeed serve archive --port 8000"),
)
@with_settings("serve")
def serve(paths: tuple[str, ...], **given: Any) -> int:
    """Serve a feed of the dumps below PATH as /feed.xml, and a page of it as /, until stopped.

    The feed is built at the start and again whenever dumps change.
    refeed.toml is used as in `build`. This command needs more packages: pip install 'refeed[serve]'.
    """
    from refeed.watch.log import BuildLog

    options = with_index(gather(paths, given).options)
    try:
        from refeed.serve.run import serve as run
    except ModuleNotFoundError as error:
        message = f"serve needs a package that is not installed ({error.name}): pip install 'refeed[serve]'"
        raise ConfigurationError(message) from None
    run(options, BuildLog(quiet=options.quiet), counter=partial(progress, options))
    return OK


COMMAND = serve
