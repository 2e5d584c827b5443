"""Tell apart the settings of Hexo, of Jekyll, and of Octopress, which is Jekyll: all are in a `_config.yml`.

https://hexo.io/docs/configuration, https://jekyllrb.com/docs/configuration/,
https://github.com/imathis/octopress/blob/master/_config.yml
"""

from collections.abc import Mapping
from typing import Final

_HEXOS: Final = frozenset(
    {
        "default_category",
        "default_layout",
        "index_generator",
        "new_post_name",
        "permalink_defaults",
        "post_asset_folder",
        "pretty_urls",
        "public_dir",
        "skip_render",
        "source_dir",
    }
)
_JEKYLLS: Final = frozenset(
    {"code_dir", "destination", "gems", "highlighter", "kramdown", "pygments", "rdiscount", "redcarpet", "source"}
)
_OCTOPRESS: Final = frozenset({"blog_index_asides", "code_dir", "default_asides"})


def is_hexo(table: Mapping[str, object]) -> bool:
    """Return whether settings have keys of Hexo alone."""
    return not _HEXOS.isdisjoint(table)


def is_jekyll(table: Mapping[str, object]) -> bool:
    """Return whether settings have keys of Jekyll alone, and none of Hexo."""
    return not _JEKYLLS.isdisjoint(table) and not is_hexo(table)


def is_octopress(table: Mapping[str, object]) -> bool:
    """Return whether settings of Jekyll are those of Octopress."""
    return not _OCTOPRESS.isdisjoint(table)
