"""What the HTML of a feed must not hold: what would run in a reader, what readers drop, links that lead nowhere."""

from collections.abc import Iterator
from typing import Any, Final

from refeed.validation.finding import Finding
from refeed.validation.syntax import is_absolute, is_dangerous

# Element → the rule that it breaks.
_ELEMENTS: Final = {
    "script": "script",
    "style": "style",
    **dict.fromkeys(("button", "form", "input", "select", "textarea"), "form"),
    **dict.fromkeys(("applet", "embed", "frame", "frameset", "iframe", "object"), "frame"),
}
_ADDRESSES: Final = ("href", "src", "poster", "cite", "action", "formaction", "data", "xlink:href")
_LONGEST: Final = 60  # characters of what is quoted


def html_findings(html: str, where: str) -> Iterator[Finding]:
    """Yield what is wrong with the HTML in an element, which `where` names."""
    if "<" not in html:
        return
    from refeed.startup.quick_lxml import etree

    root = etree.fromstring(f"<div>{html}</div>", etree.HTMLParser(no_network=True, huge_tree=True))
    if root is not None:
        yield from markup_findings(root, where, 0)


def markup_findings(root: Any, where: str, line: int) -> Iterator[Finding]:
    """Yield what is wrong with elements of HTML or XHTML, of each kind the first."""
    told = set[str]()
    for element in root.iter():
        if not isinstance(element.tag, str):
            continue  # a comment
        for code, message in _about(element):
            if code not in told:
                told.add(code)
                yield Finding(code, f"{where}: {message}", (line and element.sourceline) or line)


def _about(element: Any) -> Iterator[tuple[str, str]]:
    name = element.tag.rpartition("}")[2].lower()
    if rule := _ELEMENTS.get(name):
        yield rule, f"<{name}>"
    for key, value in element.attrib.items():
        attribute = key.rpartition("}")[2].lower()
        if attribute.startswith("on"):
            yield "event-handler", f"<{name} {attribute}>"
        elif attribute == "style":
            yield "style", f"<{name} style>"
        elif attribute in _ADDRESSES:
            yield from _about_address(f"<{name} {attribute}>", value)


def _about_address(where: str, value: str) -> Iterator[tuple[str, str]]:
    address = value.strip()
    if is_dangerous(address):
        yield "dangerous-address", f"{where} leads to {value[:_LONGEST]!r}"
    elif address and not address.startswith("#") and not is_absolute(address):
        yield "relative-link", f"{where} leads to {value[:_LONGEST]!r}"
