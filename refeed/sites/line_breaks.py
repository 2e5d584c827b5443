"""Read from its settings whether a site shows every line break of Markdown, where CommonMark shows a blank."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from refeed.sites.notations.values import NO, Value, text_at
from refeed.startup.named_tuple import NamedTuple


class _Setting(NamedTuple):
    """Where a generator is told so, and what it does unless it is told."""

    paths: tuple[str, ...]
    default: bool = False


_SETTINGS: Final[Mapping[str, _Setting]] = MappingProxyType(
    {
        # So do its renderers `marked`, which every new site has, `markdown-it` and `kramed`, unless told otherwise.
        "Hexo": _Setting(("marked.breaks", "markdown.render.breaks", "markdown.breaks", "kramed.breaks"), default=True),
        "Hugo": _Setting(("markup.goldmark.renderer.hardwraps",)),
        "Jekyll": _Setting(("kramdown.hard_wrap", "commonmarker.options.hardbreaks")),
    }
)
_EXTENSION: Final = "nl2br"  # of Python-Markdown


def keeps_line_breaks(generator: str, table: Mapping[str, Value]) -> bool:
    """Return whether the pages of a site with these settings show every line break of its Markdown."""
    extensions = table.get("markdown_extensions")
    if generator == "MkDocs":
        return isinstance(extensions, list) and _EXTENSION in extensions
    setting = _SETTINGS.get(generator, _Setting(()))
    said = text_at(table, *setting.paths)
    is_default = setting.default and "pandoc" not in table  # another renderer of Hexo's
    return said.lower() not in NO if said else is_default
