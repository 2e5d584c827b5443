"""Read from the settings of a site what it shows two hyphens as; quotation marks stay as they are written.

https://gohugo.io/configuration/markup/#typographer, https://pandoc.org/MANUAL.html#extension-smart (Quarto),
https://kramdown.gettalong.org/syntax.html#typographic-symbols (Jekyll, Bridgetown), the settings of Hexo's renderers,
https://docs.astro.build/en/reference/configuration-reference/#markdownsmartypants
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from refeed.sites.config_yml import is_octopress
from refeed.sites.notations.values import NO, Value, table_at, text_at
from refeed.startup.named_tuple import NamedTuple

SHORT: Final = "–"
LONG: Final = "—"
_HUGO: Final = "markup.goldmark.extensions.typographer"


class _Setting(NamedTuple):
    """Where a generator is told whether it does so, and what it does unless it is told."""

    paths: tuple[str, ...]
    default: bool = True
    dash: str = SHORT
    kind: tuple[str, ...] = ()  # where it is told which dash


_SETTINGS: Final[Mapping[str, _Setting]] = MappingProxyType(
    {
        "Astro": _Setting(
            ("markdown.smartypants", "markdown.smartypants.dashes"), dash=LONG, kind=("markdown.smartypants.dashes",)
        ),
        # So do its renderers `marked`, which every new site has, `markdown-it`, `kramed` and `pandoc`.
        "Hexo": _Setting(
            (
                *("marked.smartypants", "markdown.render.typographer", "markdown.typographer", "kramed.smartypants"),
                "markdown_it_plus.typographer",
            )
        ),
        "Hugo": _Setting((_HUGO,)),
        "Pelican": _Setting(("typogrify",), default=False, dash=LONG, kind=("typogrify_dashes",)),
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
            ("kramdown.typographic_symbols.ndash", "--"),  # itself
        ),
        "Quarto": (("from", "-smart"), ("format.html.from", "-smart")),
    }
)
_WITH_SHORT: Final = "oldschool"  # of SmartyPants: two hyphens are a short dash, three a long one
_EXTENSIONS: Final = ("smarty", "markdown.extensions.smarty")  # of Python-Markdown


def dash_of(generator: str, table: Mapping[str, Value]) -> str:
    """Return what the pages of a site with these settings show `--` of Markdown as, "" where they leave it."""
    if generator == "MkDocs":
        return SHORT if _has_extension(table) else ""
    if generator == "Jekyll" and is_octopress(table):
        return SHORT  # by its filter, whatever reads its Markdown
    if others := _ENGINES.get(generator):
        return "" if any(word in _said_at(table, path) for path, word in others) else SHORT
    setting = _SETTINGS.get(generator)
    if setting is None or text_at(table, f"{_HUGO}.disable").lower() == "true":
        return ""
    said = text_at(table, *setting.paths).lower()
    dash = SHORT if text_at(table, *setting.kind).lower() == _WITH_SHORT else setting.dash
    return dash if (said not in NO if said else setting.default) else ""


def _has_extension(table: Mapping[str, Value]) -> bool:
    """Return whether the extension for dashes is asked for, and its settings do not say that there are none."""
    extensions = table.get("markdown_extensions", [])
    for one in extensions if isinstance(extensions, list) else [extensions]:
        settings = one if isinstance(one, dict) else {one: {}} if isinstance(one, str) else {}
        for name in _EXTENSIONS:
            own = settings.get(name)
            if own is not None:
                return not isinstance(own, dict) or text_at(own, "smart_dashes").lower() not in NO
    return False


def _said_at(table: Mapping[str, Value], path: str) -> str:
    """Return the text at a path, or those of a list, in lower case."""
    *outer, last = path.split(".")
    for key in outer:
        table = table_at(table, key)
    said = table.get(last, "")
    texts = said if isinstance(said, list) else [said]
    return " ".join(text for text in texts if isinstance(text, str)).lower()
