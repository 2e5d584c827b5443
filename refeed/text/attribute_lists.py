"""Recognise Markdown's attribute lists, which stand in braces behind an element and state its looks or id.

kramdown (Jekyll) writes `{: .notice}`, Pandoc, Goldmark (Hugo) and PHP Markdown Extra `{#id .class width=50%}`.
"""

from typing import Final

from refeed.startup.late_patterns import late_pattern

_VALUE: Final = r"""(?:"[^"\n]{0,500}"|'[^'\n]{0,500}'|[^\s"'{}=]{1,200})"""
# The classes of Tailwind have other signs, too: `.md:w-1/2`, `.max-w-[40rem]`. An id has the letters of its heading.
_CLASS: Final = r"[#.][^\W\d][\w:./-]{0,300}(?:\[[^\s\[\]{}]{1,60}\][\w:./-]{0,100}){0,9}"
_ATTRIBUTE: Final = rf"(?:{_CLASS}|[A-Za-z][\w:-]{{0,60}}={_VALUE})"
_MORE: Final = rf"(?:[ \t]+{_ATTRIBUTE}){{0,20}}"
_LIST: Final = _ATTRIBUTE + _MORE
# kramdown's own: a colon before it, maybe one behind it (`{: .center-block :}`), and names of lists defined elsewhere.
KRAMDOWN: Final = rf"\{{:[ \t]*(?:[A-Za-z][\w-]{{0,60}}[ \t]+)?{_LIST}(?:[ \t]*:)?[ \t]*\}}"
PLAIN: Final = rf"\{{[ \t]*{_LIST}[ \t]*\}}"
# Behind a heading an id may begin with a number, `{#2024}`; behind other words that is more often a number.
_NUMBERED: Final = rf"\{{#[0-9][\w:./-]{{0,300}}{_MORE}[ \t]*\}}"
# Goldmark and Zola ask for no blank before an id.
_ID: Final = rf"\{{#[^\W\d][\w:./-]{{0,300}}{_MORE}[ \t]*\}}"
_HEADING: Final = late_pattern(rf"(?:[ \t]+(?:{KRAMDOWN}|{PLAIN}|{_NUMBERED}|\{{-\}})|{_ID})[ \t]*\Z")


def without_attribute_list(heading: str) -> str:
    """Return the text of a heading without the attribute list at its end."""
    start = heading.rfind("{")
    blanks = len(heading[:start].rstrip(" \t")) if start > 0 else -1
    return heading[:blanks] if blanks >= 0 and _HEADING.match(heading, blanks) else heading
