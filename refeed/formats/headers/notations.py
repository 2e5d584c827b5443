"""Read the header that a file begins with, whatever its notation: the strictest reader that accepts it wins."""

import re
from typing import TYPE_CHECKING, Final

from refeed.formats.headers.fences import Header, Notation, open_header
from refeed.formats.headers.statements import KNOWN
from refeed.formats.headers.yaml.straighten import straightened
from refeed.formats.headers.yaml.strict import read_strict
from refeed.formats.publication.damaged_words import may_be_damaged
from refeed.model import Document
from refeed.problems import Problem
from refeed.startup.late_patterns import late_pattern
from refeed.startup.named_tuple import NamedTuple
from refeed.vocabulary.fields import Fields, Value, bad_header
from refeed.vocabulary.keys import DATES, TITLES

if TYPE_CHECKING:
    from refeed.formats.headers.damaged.keys import Mended

_MOST: Final = 10  # problems of one header; more are not worth reading
_LOOKED_AT: Final = 16_384  # characters among which damaged keys are looked for, letter by letter
_BLANK_LINE: Final = late_pattern(r"\n(?>[ \t]*)\n")
# What a line of a header begins with: a key, an indent, an item, a comment.
_KEY_LINE: Final = late_pattern(r"(?:[A-Za-z_\"'][\w\"'-]{0,64}(?>[ \t]*):|[ \t]|-[ \t]|#|\Z)")
# `key =` of TOML.
_ASSIGNMENT: Final = late_pattern(r"^(?>[ \t]*)[\w-]{1,64}(?>[ \t]*)=", re.MULTILINE)

_OF_JSON: Final = (Notation.JSON, Notation.MEMBERS)  # no set: members of an Enum are slow to hash
# `"key": ` of JSON, and the first character of its value.
_MEMBER: Final = late_pattern(r'^[^\w\n]*"[\w-]{1,64}"(?>\s*):(?>\s*)["\[{tfn0-9]', re.MULTILINE)


class FrontMatter(NamedTuple):
    """What a header says, and where the body begins."""

    start: int
    body: int
    values: dict[str, Value]
    problems: tuple[Problem, ...]  # their lines are those of the document


def read_front_matter(document: Document, header: Header) -> FrontMatter:
    """Read the header; what is wrong with it becomes a problem, never a loss of the rest."""
    text, limits = document.text(header.text), document.limits
    if header.notation is Notation.EXPORT:
        return _read_export(header, text, limits.max_header_depth)
    matter = _read_json(document, header, text) if header.notation in _OF_JSON else None
    if matter:
        return matter
    values, problems = _read_fields(header.notation, text, limits.max_header_depth)
    if header.notation is Notation.YAML and problems:
        inside = open_header(document.data, header.start, limits.max_header_bytes)
        if inside and (_holds_text(text) or _has_damaged_end(document.data, inside)):
            return read_front_matter(document, inside)  # the fence that was found is a rule in the body
    is_damaged_object = header.notation is Notation.YAML and _is_damaged_object(text, values, problems)
    if is_damaged_object and (matter := _read_damaged_json(document, header)):
        return matter
    if problems or header.damage or _may_have_damaged_keys(values):
        from refeed.formats.headers.damaged.keys import with_damaged_keys

        values, damaged = with_damaged_keys(text[:_LOOKED_AT], values)
        problems = (*problems, *damaged)
    if problems or header.damage or header.notation is Notation.OPEN:
        problems = _placed(problems, document, header)
    return FrontMatter(header.start, header.body, values, problems)


def _placed(problems: tuple[Problem, ...], document: Document, header: Header) -> tuple[Problem, ...]:
    """Return the first problems of a header, with those of its fences, by the lines of the document."""
    if header.damage:
        problems = (bad_header(f"the line that {header.damage} the front matter is damaged", 0), *problems)
    elif header.notation is Notation.OPEN:
        problems = (bad_header("front matter is not closed by a --- line", 0), *problems)
    first = document.line_at(header.text[0]) - 1
    return tuple(problem._replace(line=first + problem.line) for problem in problems[:_MOST])


def _read_export(header: Header, text: str, depth: int) -> FrontMatter:
    from refeed.formats.headers.exported_object import exported_object
    from refeed.formats.headers.json import folded

    found = exported_object(text)
    return FrontMatter(header.start, header.body, folded(found.members, depth) if found else {}, ())


def _read_fields(notation: Notation, text: str, depth: int) -> Fields:
    if notation is Notation.TOML:
        from refeed.formats.headers.toml import read_toml

        return read_toml(text, depth)
    if notation is Notation.LINES:
        from refeed.formats.headers.key_value_lines import read_lines

        return read_lines(straightened(text))
    return _read_yaml(text, depth)


def _read_yaml(text: str, depth: int) -> Fields:
    values = read_strict(text)
    if values is not None:
        return Fields(values)
    from refeed.formats.headers.yaml.guarded import read_yaml

    straight = straightened(text)
    bent = _bent_lines(text, straight) if straight != text else ()
    fields = read_yaml(straight, depth)
    if isinstance(fields, Fields):
        return fields._replace(problems=(*bent, *fields.problems)) if bent else fields
    from refeed.formats.headers.yaml.recovery import recover

    recovered = recover(straight)
    if KNOWN.isdisjoint(recovered.values) and _ASSIGNMENT.search(text):
        return _read_fields(Notation.TOML, text, depth)
    return Fields(recovered.values, (*bent, *(recovered.problems or (fields,))))


def _bent_lines(text: str, straight: str) -> tuple[Problem, ...]:
    """Report, once a header, the lines that had to be straightened."""
    pairs = enumerate(zip(text.split("\n"), straight.split("\n"), strict=True), 1)
    bent = [number for number, (line, straight_line) in pairs if line != straight_line]
    others = f" (and {len(bent) - 1} more)" if len(bent) > 1 else ""
    why = f"a blank, colon or quotation mark that YAML does not know, read as what it looks like{others}"
    return (bad_header(why, bent[0]),)


def _read_json(document: Document, header: Header, text: str) -> FrontMatter | None:
    """Read an object; between fences none may stand, but lines of YAML."""
    from refeed.formats.headers.json import read_json

    depth = document.limits.max_header_depth
    is_object = header.notation is Notation.JSON or text.lstrip().startswith("{")
    read = read_json(text.lstrip() if is_object else "{" + text.strip().rstrip(",") + "}", depth)
    if read is None or header.damage:
        nothing = FrontMatter(header.start, header.start, {}, ()) if header.notation is Notation.JSON else None
        return _read_damaged_json(document, header) or nothing
    values, end = read
    body = header.start + len(text[:end].encode()) if header.notation is Notation.JSON else header.body
    if not _may_have_damaged_keys(values):
        return FrontMatter(header.start, body, values, ())
    from refeed.formats.headers.damaged.objects import with_damaged_members

    return _mended_matter(document, header.start, body, with_damaged_members(values, text[:end]))


def _read_damaged_json(document: Document, header: Header) -> FrontMatter | None:
    from refeed.formats.headers.damaged.objects import damaged_object, read_damaged_object

    limits = document.limits
    span, body = header.text, header.body
    if header.notation is Notation.JSON and not header.damage:
        found = damaged_object(document.data, header.start, limits.max_header_bytes)
        if found is None:
            return None
        span, body = found
    mended = read_damaged_object(document.text(span), limits.max_header_depth)
    return _mended_matter(document, header.start, body, mended) if mended else None


def _mended_matter(document: Document, start: int, body: int, mended: "Mended") -> FrontMatter:
    line = document.line_at(start)
    return FrontMatter(start, body, mended.values, tuple(one._replace(line=line) for one in mended.problems[:_MOST]))


def _is_damaged_object(text: str, values: dict[str, Value], problems: tuple[Problem, ...]) -> bool:
    """Return whether members of an object in JSON stand between the fences, and not all of them are whole."""
    is_whole = not problems and values.keys() <= KNOWN
    return not is_whole and len(_MEMBER.findall(text)) > 1


def _may_have_damaged_keys(values: dict[str, Value]) -> bool:
    """Return whether a header lacks its title or its day, or has a key that no program writes, or a damaged one."""
    names = values.keys()
    is_usual = all(name.isascii() and name.isalnum() and not may_be_damaged(name) for name in names)
    return names.isdisjoint(DATES) or names.isdisjoint(TITLES) or not is_usual


def _has_damaged_end(data: bytes, header: Header) -> bool:
    """Return whether a damaged fence stands in a line of its own below these lines."""
    return bool(header.damage) and data[header.text[1] - 1 : header.text[1]] == b"\n"


def _holds_text(text: str) -> bool:
    """Return whether a blank line is followed by something that no header holds."""
    blank = _BLANK_LINE.search(text)
    return blank is not None and _KEY_LINE.match(text, blank.end()) is None
