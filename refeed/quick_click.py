"""Load click without the modules of which it uses next to nothing: a seventh of a build in which nothing is new."""

from importlib import import_module
from types import SimpleNamespace
from typing import Any, Final

from refeed.late_imports import import_late, in_place_of


class _Inspect:
    """What click knows as inspect: it lays out the help of every option with it, and hardly uses more."""

    __spec__ = None  # each import asks

    @staticmethod
    def cleandoc(text: str) -> str:
        """Return a line as it is, and have more than one laid out."""
        return text if text.isprintable() and text == text.strip() else str(import_module("inspect").cleandoc(text))

    def __getattr__(self, name: str) -> Any:
        return getattr(import_module("inspect"), name)


# Nothing translates what click says: gettext would look for a catalogue at each text, by the locale, and find none.
_GETTEXT: Final = SimpleNamespace(gettext=str, ngettext=lambda one, more, count: one if count == 1 else more)
# refeed has no option whose type is a UUID. The module loads platform, which compiles ten patterns.
_UUID: Final = SimpleNamespace(UUID=object)


def load_click() -> None:
    """Import click. To be called before anybody else does."""
    with in_place_of(gettext=_GETTEXT, inspect=_Inspect(), uuid=_UUID):
        import click  # noqa: F401  it is only loaded here
    # dataclasses imports both, and neither is used for classes that have a docstring.
    import_late("copy")
    import_late("inspect")
