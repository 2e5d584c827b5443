"""The program, `refeed` or `python -m refeed`: run the command line, and end the process without delay."""

import atexit
import gc
import os
import sys


def run() -> None:
    """Run refeed and end the process with its exit status."""
    # Most new objects are code and tables, which live as long as the process does: garbage is looked for less often,
    # and so already while what every program of Python needs is loaded.
    gc.set_threshold(100_000, *gc.get_threshold()[1:])
    # glibc returns freed memory above 128 kB to the system, and each page faults when the next file or module needs it.
    # Once it has seen a larger block come and go, it keeps twice the size of that.
    bytes(1_000_000)
    import threading
    from contextlib import suppress
    from importlib import import_module

    try:
        from refeed.startup.package_modules import find_package_modules

        find_package_modules()
        from refeed.startup.late_imports import import_late

        # They make enumerations, and in Python 3.11 all classes a second time, of what the built-in ones have.
        for name in ("datetime", "signal"):
            with suppress(ImportError):  # not every Python has these
                import_late(name, import_module(f"_{name}"))
        # Libraries import them for addresses in brackets and for paths of Windows.
        for name in ("ipaddress", "ntpath"):
            import_late(name)
        from refeed.startup.quick_click import load_click

        load_click()
        from refeed.cli import main

        status = main()
    except KeyboardInterrupt:  # while refeed was being loaded; later on the command line tells it
        status = _interrupted()
    if threading.active_count() == 1 and not _is_watched():
        # All that is left is to take down every object, one by one, which takes long beside a small build.
        atexit._run_exitfuncs()  # noqa: SLF001  without them other packages' files and processes would be left behind
        with suppress(AttributeError, OSError, ValueError):  # there is none, or nobody reads it any more
            sys.stderr.flush()
        os._exit(status)
    raise SystemExit(status)


def _interrupted() -> int:
    """Say it as the command line does, which may not be there yet; return the status of a program that Ctrl-C ended."""
    from contextlib import suppress

    with suppress(AttributeError, OSError, ValueError):  # there is no stderr, or nobody reads it any more
        sys.stderr.write("\nrefeed: interrupted; the -o file was not changed\n")
    return 130


def _is_watched() -> bool:
    """Return whether a debugger or profiler has begun this program and has work left when it ends."""
    if sys.version_info >= (3, 12) and any(map(sys.monitoring.get_tool, range(6))):
        return True
    return bool(sys.gettrace() or sys.getprofile())


if __name__ == "__main__":  # a worker process that is spawned loads this module again
    run()
