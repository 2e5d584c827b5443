"""Tell from its settings what a site shows two hyphens as; quotation marks stay as they are written.

https://gohugo.io/configuration/markup/#typographer, https://pandoc.org/MANUAL.html#extension-smart (Quarto),
https://kramdown.gettalong.org/syntax.html#typographic-symbols (Jekyll, Bridgetown), the settings of Hexo's renderers,
https://docs.astro.build/en/reference/configuration-reference/#markdownsmartypants
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from refeed.named_tuple import NamedTuple
from refeed.sites.values import NO, Value, text_at

SHORT: Final = "–"
LONG: Final = "—"
_HUGO: Final = "markup.goldmark.extensions.typographer"


class _Setting(NamedTuple):
    """Where a generator is told whether it does so, and what it does unless it is told."""

    paths: tuple[str, ...]
    default: bool = True
    dash: str = SHORT


_SETTINGS: Final[Mapping[str, _Setting]] = MappingProxyType(
    {
        "Astro": _Setting(("markdown.smartypants",), dash=LONG),
        # So do its renderers `marked`, which every new site has, `markdown-it`, `kramed` and `pandoc`.
        "Hexo": _Setting(
            ("marked.smartypants", "markdown.render.typographer", "markdown.typographer", "kramed.smartypants")
        ),
        "Hugo": _Setting((_HUGO,)),
        "Pelican": _Setting(("typogrify",), default=False, dash=LONG),
        "Zola": _Setting(("markdown.smart_punctuation",), default=False),
    }
)
# Where other settings say that something else reads its Markdown: their path, and what none of them holds.
_ENGINES: Final = MappingProxyType(
    {
        "Bridgetown": (("markdown", "commonmark"), ("kramdown.gfm_quirks", "no_auto_typographic")),
        "Jekyll": (
            *(("markdown", engine) for engine in ("commonmark", "redcarpet", "rdiscount", "pandoc", "maruku")),
            ("kramdown.gfm_quirks", "no_auto_typographic"),
        ),
        "Quarto": (("from", "-smart"), ("format.html.from", "-smart")),
    }
)
_EXTENSION: Final = "smarty"  # of Python-Markdown


def dash_of(generator: str, table: Mapping[str, Value]) -> str:
    """Return what the pages of a site with these settings show `--` of Markdown as, "" where they leave it."""
    if generator == "MkDocs":
        extensions = table.get("markdown_extensions")
        return SHORT if isinstance(extensions, list) and _EXTENSION in extensions else ""
    if others := _ENGINES.get(generator):
        return "" if any(word in text_at(table, path).lower() for path, word in others) else SHORT
    setting = _SETTINGS.get(generator)
    if setting is None or text_at(table, f"{_HUGO}.disable").lower() == "true":
        return ""
    said = text_at(table, *setting.paths).lower()
    return setting.dash if (said not in NO if said else setting.default) else ""
