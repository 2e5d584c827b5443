"""The one place where an unexpected exception becomes a problem: refeed's own mistake costs one file, not the feed."""

import traceback
from collections.abc import Callable
from typing import TypeVar

from refeed.model import Source
from refeed.problems import Problem, RefeedError

T = TypeVar("T")


def guarded(source: Source, work: Callable[[], T], *, debug: bool) -> T | Problem:
    """Do the work on one file; if refeed itself fails on it, give the problem that names it."""
    try:
        return work()
    except RefeedError:
        raise
    except ImportError as error:
        raise RefeedError(f"a package that refeed needs is missing or broken: {error}; install refeed again") from error
    except Exception as error:  # noqa: BLE001  whatever it is, the other files go on, and the exit status tells
        message = f"refeed failed here ({type(error).__name__}: {error}); please report it"
        if debug:
            message += "\n" + "".join(traceback.format_exception(error)).rstrip()
        return Problem("internal-error", source.path, 0, message)
