"""Write the values that posts of Jekyll's show, a setting at the start of an address and a header's description.

Nothing is evaluated: `{{ site.image_path }}` stands in the settings as it is, `{{ page.description }}` in the header.
"""

import re
from typing import Final

from refeed.sites.notations.values import Table
from refeed.startup.late_patterns import late_pattern

_OF_SITE: Final = frozenset({"base_url", "baseurl", "production_url", "root", "siteurl", "url"})  # it has them already
_MOST: Final = 100  # values of one file
_PATH: Final = late_pattern(r"(?=[^/]*/)[^\s{}\"'<>()\[\]|]{1,300}")
# Where an address begins in Markdown or HTML, or goes on behind another expression; the filters add the site's folder.
_EXPRESSION: Final = late_pattern(
    r"(?:(?<=[(\"'=<}])|(?<=\]: ))\{\{-?[ \t]*site\.([A-Za-z][\w-]{0,60})[ \t]*"
    r"(?:\|[ \t]*(relative_url|absolute_url)[ \t]*)?-?\}\}"
)

# A line that shows the description of the header.
_DESCRIPTION: Final = late_pattern(r"(?m)^([ ]{0,3})\{\{-?[ \t]*page\.description[ \t]*-?\}\}[ \t]*$")
_RAW: Final = late_pattern(r"\{%-?[ \t]*raw\b")


def paths_in(table: Table) -> tuple[tuple[str, str], ...]:
    """Return the settings that hold a path or an address, by their names, without those that mean the site itself."""
    found = ((name, value) for name, value in table.items() if isinstance(value, str) and name not in _OF_SITE)
    return tuple((name, value) for name, value in found if _PATH.fullmatch(value))[:_MOST]


def with_description(text: str, description: str) -> str:
    """Return the text of a post with its header's description where that is a paragraph of it, but in no example."""
    if not description or "page.description" not in text or _RAW.search(text):
        return text
    return _DESCRIPTION.sub(lambda found: found[1] + description, text)


def with_values(text: str, values: tuple[tuple[str, str], ...]) -> str:
    """Return the text of a post with the values of its site; what is no setting stays an expression."""
    known = dict(values)

    def value_of(found: re.Match[str]) -> str:
        value = known.get(found[1].lower())
        if value is None:
            return found[0]
        return f'{{{{ "{value}" | {found[2]} }}}}' if found[2] else value

    return _EXPRESSION.sub(value_of, text) if values and "{{" in text else text
