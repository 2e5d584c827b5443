"""Load click without the modules that it hardly uses."""

from importlib import import_module
from typing import Any

from refeed.startup.late_imports import compiled_kept, hints_as_written, import_late, known


def load_click() -> None:
    """Import click. To be called before anybody else does."""
    with (
        hints_as_written(),
        compiled_kept(),
        known(
            # Nothing translates what click says: gettext would look for a catalogue at each text, by the locale.
            gettext={"gettext": str, "ngettext": lambda one, more, count: one if count == 1 else more},
            # It lays out the help of every option, whether it is shown or not.
            inspect={"cleandoc": _cleandoc},
            # No option of refeed is a UUID. The module loads platform, which compiles ten patterns.
            uuid={"UUID": object},
        ),
    ):
        import click  # noqa: F401  it is only loaded here
    _compare_late()
    # dataclasses imports both, and uses neither for classes that have a docstring.
    import_late("copy")
    import_late("inspect")
    with compiled_kept():  # of what each command loads
        import dataclasses  # noqa: F401
        import json  # noqa: F401
        import urllib.parse  # noqa: F401


def _compare_late() -> None:
    """Let click look for similar options only when it tells the user that there is no such option.

    It takes every short option for a long one first, and compares it with all of them before it fails. That takes
    as long as parsing the command line, and no setting of click avoids it.
    """
    import click.parser

    class NoSuchOption(click.NoSuchOption):
        def __init__(
            self, option_name: str, message: str | None = None, possibilities: Any = None, ctx: Any = None
        ) -> None:
            super().__init__(option_name, message, None, ctx)
            self._there = possibilities

        def format_message(self) -> str:
            return click.NoSuchOption(self.option_name, self.message, self._there, self.ctx).format_message()

    vars(click.parser)["NoSuchOption"] = NoSuchOption


def _cleandoc(text: str) -> str:
    """Return a line as it is, and have more than one laid out."""
    return text if text.isprintable() and text == text.strip() else str(import_module("inspect").cleandoc(text))
