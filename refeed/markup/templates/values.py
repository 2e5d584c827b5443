"""Values that templates write out: paths of the site, and quoted strings that are meant to be seen."""

import re
from typing import Final

from refeed.startup.late_patterns import late_pattern

# What stands for the site, before a path: Jekyll, Octopress, Hexo, Hugo, Zola. The article's own address is its base.
SITE: Final = frozenset(
    {
        "$.site.baseurl", ".site.baseurl", "base", "base_path", "base_url", "baseurl", "config.base_url",
        "config.root", "config.url", "page.baseurl", "root_url", "site.base_url", "site.baseurl",
        "site.github.url", "site.production_url", "site.root", "site.siteurl", "site.url", "siteurl",
        "url_root",
    }
)  # fmt: skip

_CONTENTS: Final = frozenset({"toc"})  # MultiMarkdown, Zola: a list of the headings

_QUOTED_VALUE: Final = late_pattern(r"""\s*(?:"([^"]*)"|'([^']*)')\s*""")
# Nunjucks (Hexo), Tera (Zola), Eleventy: functions that make an address of a path.
ADDRESS_FUNCTIONS: Final = ("asset", "get_url", "url", "url_for")
_CALL: Final = late_pattern(
    rf"""\s*(?:{"|".join(ADDRESS_FUNCTIONS)})\s*\(\s*(?:path\s*=\s*)?(?:"([^"]*)"|'([^']*)')[^()]*\)\s*"""
)
_FROM_TOP: Final = frozenset({"absolute_url", "relative_url"})  # filters of Jekyll
_FILTER: Final = late_pattern(r"\s*(append|prepend)\s*:(.*)", re.DOTALL)
# Filters are split where no string is.
_PART: Final = late_pattern(r"""(?:[^|"']|"[^"]*"|'[^']*')+""")


def value_of(expression: str) -> str | None:
    """Return a value that is known without evaluating anything, None for any other."""
    parts = _PART.findall(expression)
    value = _value(parts[0]) if parts else None
    if value is None:
        return None
    if _CALL.fullmatch(parts[0]):
        value = _from_top(value)
    for part in parts[1:]:
        if part.strip() in _FROM_TOP:
            value = _from_top(value)
        if found := _FILTER.fullmatch(part):
            other = _value(found[2]) or ""
            value = value + other if found[1] == "append" else other + value
    return value


def _from_top(path: str) -> str:
    """Return a path as one from the top of the site, which an address or a path of Zola's is already."""
    return path if path.startswith(("/", "@", "#", "http:", "https:")) else f"/{path}"


def _value(text: str) -> str | None:
    if found := _QUOTED_VALUE.fullmatch(text) or _CALL.fullmatch(text):
        return found[1] if found[1] is not None else found[2]
    return "" if text.strip().lower() in SITE | _CONTENTS else None
