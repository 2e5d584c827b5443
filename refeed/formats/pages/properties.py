"""Read what pages say of a post beside its text: Notion in a table above it, Tumblr in a line below it.

Mailman's archives of mailing lists (pipermail) say above the text of a mail who sent it, and when.
"""

from typing import Final

from refeed.formats.headers.statements import statements
from refeed.formats.pages.tree import Element, names_of, shown
from refeed.startup.late_patterns import late_pattern
from refeed.vocabulary.fields import Value, key_name
from refeed.vocabulary.raw_fields import RawFields, with_origin

_TABLE: Final = "properties"
_ROW: Final = "property-row"
# Of these Notion knows what they are, whatever the owner calls them, in whatever language.
_KINDS: Final = (("property-row-created_time", "created"), ("property-row-last_edited_time", "updated"))
_LINES: Final = 2  # around the text of a mail
_MASKED: Final = late_pattern(r"\S at \S{1,100}\.")  # an address, as archives write it
_FIELDS: Final = ("authors", "categories", "dates", "links", "updates")


def take_properties(root: Element) -> RawFields:
    """Return what the properties of a page state, and why they withhold it; they are no part of the page any more."""
    return with_origin(statements(_of_notion(root) or _of_tumblr(root) or _of_pipermail(root)), "property")


def _of_notion(root: Element) -> dict[str, Value]:
    for article in root.iter("article"):
        if "page" in names_of(article) and any("page-title" in names_of(one) for one in article.iter("h1")):
            for text in article.iter("div"):
                if "page-body" in names_of(text):
                    _mark_as_text(text)
    table = next((one for one in root.iter("table") if _TABLE in names_of(one)), None)
    rows = [] if table is None else [row for row in table.iter("tr") if _ROW in names_of(row)]
    values = dict[str, Value](filter(None, map(_property, rows)))
    if table is not None and values:
        _remove(table)
    return values


def _of_tumblr(root: Element) -> dict[str, Value]:
    """Return the day and the tags; whatever else is in such a page is its text, however short."""
    body = next(root.iter("body"), None)
    last = body[-1] if body is not None and len(body) else None
    if body is None or last is None or last.get("id") != "footer":
        return {}
    day = next((one for one in last.iter("span") if one.get("id") == "timestamp"), None)
    if day is None:
        return {}
    tags = [shown(one) for one in last.iter("span") if "tag" in names_of(one)]
    _remove(last)
    _mark_as_text(body)
    return {"date": shown(day), "tags": [*tags]}


def _of_pipermail(root: Element) -> dict[str, Value]:
    """Return the day and the sender of a mail, below its subject; its text stands between two lines, below links."""
    heading = next(root.iter("h1"), None)
    below = [] if heading is None else [*heading.itersiblings()]
    tags = [one.tag for one in below]
    if tags[:4] != ["b", "a", "br", "i"] or tags.count("hr") < _LINES or "pre" not in tags:
        return {}
    sender, address, _, day = below[:4]
    if not (address.get("href") or "").startswith("mailto:"):
        return {}
    lines = [number for number, tag in enumerate(tags) if tag == "hr"]
    above_links = [number for number in lines[1:] if "ul" in tags[number + 1 : number + 3]]  # others are of the text
    text = root.makeelement("div")
    below[lines[0]].addnext(text)
    text.extend(below[lines[0] + 1 : max(above_links, default=lines[1])])
    _mark_as_text(text)
    name = shown(sender)
    return {"date": shown(day), **({} if _MASKED.search(name) else {"author": name})}


def _mark_as_text(element: Element) -> None:
    """Mark an element as schema.org marks the text of an article, which is the text however short it is."""
    element.set("itemprop", "articleBody")


def _remove(element: Element) -> None:
    around = element.getparent()
    if around is not None:
        around.remove(element)


def with_properties(fields: RawFields, properties: RawFields) -> RawFields:
    """Return the fields of a page; what it leaves open its properties say."""
    more = {name: value for name, value in properties.items() if name in _FIELDS and not fields.get(name)}
    return RawFields(**{**fields, **more})  # type: ignore[typeddict-item]


def _property(row: Element) -> tuple[str, Value] | None:
    name, cell = next(row.iter("th"), None), next(row.iter("td"), None)
    if name is None or cell is None:
        return None
    kind = next((key for mark, key in _KINDS if mark in names_of(row)), "")
    return kind or key_name(shown(name)), _value(cell)


def _value(cell: Element) -> Value:
    chosen = [shown(one) for one in cell.iter("span") if "selected-value" in names_of(one)]
    if chosen:
        return [*chosen]
    if any("checkbox-on" in names_of(one) for one in cell.iter("div", "span")):
        return "true"
    if any("checkbox-off" in names_of(one) for one in cell.iter("div", "span")):
        return "false"
    users = [one for one in cell.iter("span") if "user" in names_of(one)]
    if users:
        return [_name(one) for one in users]
    address = next((one.get("href") for one in cell.iter("a") if one.get("href")), "")
    return address or shown(cell).removeprefix("@")


def _name(user: Element) -> str:
    """Return the name of a person without the letter that stands for a picture."""
    icons = [shown(one) for one in user.iter("span") if "icon" in names_of(one)]
    return shown(user).removeprefix(icons[0] if icons else "").strip()
