"""The runs that go on until they are stopped, as the command line starts them."""

import signal
from contextlib import suppress

from refeed.news import News
from refeed.options import Options
from refeed.problems import ConfigurationError


def serve(options: Options) -> None:
    """Serve until stopped; where packages are missing, say how to get them."""
    try:
        from refeed.serve.run import serve as run
    except ModuleNotFoundError as error:
        message = f"serve needs a package that is not installed ({error.name}): pip install 'refeed[serve]'"
        raise ConfigurationError(message) from None
    run(options, News())


def watch(options: Options) -> None:
    """Keep a file up to date until stopped, by Ctrl-C or by SIGTERM alike."""
    from refeed.watch import watch as run

    signal.signal(signal.SIGTERM, signal.default_int_handler)
    with suppress(KeyboardInterrupt):
        run(options, News())
