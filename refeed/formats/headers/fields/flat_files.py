"""Read the content files of systems without a database: Kirby, Lektor and FlatPress.

https://getkirby.com/docs/guide/content/text-files, https://www.getlektor.com/docs/content/,
https://wiki.flatpress.org/doc:techfaq
"""

from pathlib import PurePosixPath
from types import MappingProxyType
from typing import Final

from refeed.formats.headers.fields.lines import FieldHeader
from refeed.startup.late_patterns import late_pattern
from refeed.vocabulary.fields import Value, key_name

# `contents.lr`, and `contents+fr.lr` of a translation.
_LEKTOR: Final = late_pattern(r"contents(?:\+(?P<language>[\w-]{2,12}))?\.lr")
_LEKTOR_LINE: Final = late_pattern(r"(?m)^---[ \t]*$")
_LEKTOR_ESCAPED: Final = late_pattern(r"(?m)^-(-{3,})[ \t]*$")
_KIRBY_LINE: Final = late_pattern(r"\n----[ \t]*(?:\n|\Z)")
_KIRBY_ESCAPED: Final = late_pattern(r"(?m)^\\----")
# A field, `Title: Tide`, with all lines of its value.
_FIELD: Final = late_pattern(r"\s*([A-Za-z_][\w -]{0,60}?)[ \t]*:(?:[ \t]+|(?=\n)|\Z)([\s\S]*)")
# Which field is the text, the likeliest first; of other names the longest.
_TEXTS: Final = ("text", "body", "content", "maintext", "article", "blocks", "layout")
_OF_MACHINES: Final = ("file://", "page://", "site://", "user://")  # Kirby's references, by ids that only it knows
_ITEM: Final = late_pattern(r"(?m)^-[ \t]+(.*)$")
_SEPARATOR: Final = late_pattern(r"[,;\n]")
_COMMAS: Final = frozenset({"author", "authors", "categories", "category", "keywords", "tags"})
# Lektor builds no page of the first, and has the second on no list; the words are those that it takes for an answer.
_SWITCHES: Final = MappingProxyType(
    {"hidden": (("1", "true", "yes"), "private"), "discoverable": (("0", "false", "no"), "unlisted")}
)
_NOT_HIDDEN: Final = frozenset({"0", "false", "no"})  # whatever the page above it is
_PAGES: Final = frozenset({"error", "home", "site"})  # Kirby's own
_STATIC: Final = "/static/"  # FlatPress' folder of pages
_FLATPRESS_NAMES: Final = MappingProxyType({"subject": "title", "author": "author", "date": "date"})
_NUMBERED_FOLDER: Final = late_pattern(r"(?:(?P<number>[0-9]{1,14})_)?(?P<slug>.+)")
_CHANGES: Final = "_changes"  # a folder of Kirby's: what its author has not saved yet
_DAY: Final = (8, 12)  # figures: with the time of day


def read_flat_file(text: str, name: str) -> FieldHeader | None:
    """Read a file of one of these systems; its text is one of its fields."""
    last = name.rpartition("/")[2]
    text = text.lstrip()
    if text.startswith("VERSION|"):
        return _read_flatpress(text, name)
    if found := _LEKTOR.fullmatch(last):
        return _read_lektor(text, found["language"] or "", PurePosixPath(name).parent.name)
    return _read_kirby(text, name) if last.endswith(".txt") else None


def _read_flatpress(text: str, name: str) -> FieldHeader | None:
    cells = text.split("|")  # within a field it is written &#124;
    fields = dict(zip(cells[::2], cells[1::2], strict=False))
    if not {"SUBJECT", "CONTENT", "DATE"} <= fields.keys():
        return None
    values: dict[str, Value] = {
        said: fields[key.upper()].strip() for key, said in _FLATPRESS_NAMES.items() if fields.get(key.upper())
    }
    if "draft" in map(key_name, fields.get("CATEGORIES", "").split(",")):
        values["draft"] = "true"
    if _STATIC in f"/{name}":
        values["layout"] = "page"
    return FieldHeader(values, len(text), "bbcode", is_closed=True, text=fields["CONTENT"])


def _read_lektor(text: str, language: str, folder: str) -> FieldHeader | None:
    fields = _fields(_LEKTOR_LINE.split(text))
    if fields is None:
        return None
    fields = {name: _LEKTOR_ESCAPED.sub(r"\1", value) for name, value in fields.items()}
    body = _body_of(fields)
    values: dict[str, Value] = {"lang": language} if language else {}
    for name, value in fields.items():
        plain = name.strip("_")
        when, said = _SWITCHES.get(plain, ((), ""))
        if said:
            values |= {said: "true"} if value.strip().lower() in when else {}
            if plain == "hidden" and value.strip().lower() in _NOT_HIDDEN:
                values[said] = "false"
        elif name != body:
            values |= _said(plain, value)
    if folder:  # the name of the file is the same for all
        values.setdefault("slug", folder)
    return FieldHeader(values, len(text), "lektor", is_closed=True, text=fields.get(body, ""))


def _read_kirby(text: str, name: str) -> FieldHeader | None:
    parts = _KIRBY_LINE.split("\n" + text)
    fields = _fields(parts) if len(parts) > 1 else None
    if fields is None or "title" not in fields:
        return None
    fields = {key: _KIRBY_ESCAPED.sub("----", value) for key, value in fields.items()}
    body = _body_of(fields)
    values: dict[str, Value] = {}
    for key, value in fields.items():
        if key not in {body, "uuid"}:
            values |= _said(key, value)
    path = PurePosixPath(name)
    if path.stem in _PAGES and "date" not in values:
        return None
    if found := _NUMBERED_FOLDER.fullmatch(path.parent.name):
        values.setdefault("slug", found["slug"])
        number = found["number"] or ""
        if len(number) in _DAY and "date" not in values:
            values["date"] = number
        if path.parent.name == _CHANGES:
            values["draft"] = "true"
        elif not number and _is_listed(path.parent.parent.name):
            values["unlisted"] = "true"  # https://getkirby.com/docs/guide/content/publishing-workflow
    return FieldHeader(values, len(text), "kirby", is_closed=True, text=fields.get(body, ""))


def _is_listed(folder: str) -> bool:
    """Return whether a folder of Kirby's is numbered; the pages right below it that are not are on no list."""
    found = _NUMBERED_FOLDER.fullmatch(folder)
    return found is not None and found["number"] is not None


def _fields(parts: list[str]) -> dict[str, str] | None:
    """Return fields by their folded names; None if a part is not a field, because then this is another kind of file."""
    found: dict[str, str] = {}
    for part in parts:
        field = _FIELD.fullmatch(part)
        if field is None:
            if part.strip():
                return None
            continue
        name = ("_" if field[1].startswith("_") else "") + key_name(field[1])
        found.setdefault(name, field[2].strip("\n"))
    return found


def _body_of(fields: dict[str, str]) -> str:
    named = next((name for name in _TEXTS if fields.get(name)), "")
    longest = max(fields, key=lambda name: len(fields[name]), default="")
    return named or (longest if "\n" in fields.get(longest, "").strip() else "")


def _said(name: str, value: str) -> dict[str, Value]:
    """Return what a field states: one text, or a list at commas or of lines."""
    items = [found[1].strip().strip("\"'") for found in _ITEM.finditer(value)]
    if items and value.lstrip().startswith("-"):
        kept = [item for item in items if not item.startswith(_OF_MACHINES)]
        return {name: kept[0] if len(kept) == 1 else kept} if kept else {}
    text = " ".join(value.split())
    if not text:
        return {}
    if name in _COMMAS:
        return {name: [item.strip() for item in _SEPARATOR.split(value) if item.strip()]}
    return {name: text}
