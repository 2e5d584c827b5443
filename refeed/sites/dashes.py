"""Tell from its settings whether a site shows two and three hyphens as dashes.

https://gohugo.io/configuration/markup/#typographer, https://pandoc.org/MANUAL.html#extension-smart (Quarto)
"""

from collections.abc import Mapping
from typing import Final

from refeed.sites.values import NO, Value, text_at

_HUGO: Final = "markup.goldmark.extensions.typographer"
_QUARTO: Final = ("from", "format.html.from")
_WITHOUT: Final = "-smart"


def joins_dashes(generator: str, table: Mapping[str, Value]) -> bool:
    """Return whether the pages of a site with these settings show `--` as a dash, as those of Hugo and Quarto do."""
    if generator == "Hugo":
        is_disabled = text_at(table, f"{_HUGO}.disable").lower() == "true"
        return not is_disabled and text_at(table, _HUGO).lower() not in NO
    return generator == "Quarto" and _WITHOUT not in text_at(table, *_QUARTO)
