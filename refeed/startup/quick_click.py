"""Load click without the modules of which it uses next to nothing."""

from importlib import import_module

from refeed.startup.late_imports import hints_as_written, import_late, known, patterns_kept


def load_click() -> None:
    """Import click. To be called before anybody else does."""
    with (
        hints_as_written(),
        patterns_kept(),
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
    # dataclasses imports both, and uses neither for classes that have a docstring.
    import_late("copy")
    import_late("inspect")


def _cleandoc(text: str) -> str:
    """Return a line as it is, and have more than one laid out."""
    return text if text.isprintable() and text == text.strip() else str(import_module("inspect").cleandoc(text))
