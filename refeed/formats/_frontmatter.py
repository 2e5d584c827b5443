"""Read the header that a file begins with, whatever its notation: the strictest reader that accepts it wins."""

import re
from typing import Final, NamedTuple

from refeed.formats._fences import Header, Notation, open_header
from refeed.formats._fields import Fields, Value, bad_header
from refeed.formats._strict import read_strict
from refeed.model import Document
from refeed.problems import Problem

_MOST: Final = 10  # problems of one header; more are not worth reading
_BLANK_LINE: Final = re.compile(r"\n(?>[ \t]*)\n")
_KEY_LINE: Final = re.compile(r"(?:[A-Za-z_\"'][\w\"'-]{0,64}(?>[ \t]*):|[ \t]|-[ \t]|#|\Z)")


class FrontMatter(NamedTuple):
    """What a header says, and where the body begins."""

    start: int
    body: int
    values: dict[str, Value]
    problems: tuple[Problem, ...]  # their lines are those of the document


def read_front_matter(document: Document, header: Header) -> FrontMatter:
    """Read the header; what is wrong with it becomes a problem, never a loss of the rest."""
    text, limits = document.text(header.text), document.limits
    if header.notation is Notation.YAML:
        values = read_strict(text)
        if values is not None:
            return FrontMatter(header.start, header.body, values, ())
        fields = _read_yaml(text, limits.max_header_depth)
        is_text = fields.problems and _holds_text(text)
        inside = open_header(document.data, header.start, limits.max_header_bytes) if is_text else None
        if inside:  # the fence that was found is a rule in the body
            return read_front_matter(document, inside)
    elif header.notation is Notation.TOML:
        from refeed.formats._toml import read_toml

        fields = read_toml(text, limits.max_header_depth)
    elif header.notation is Notation.JSON:
        return _read_json(header, text, limits.max_header_depth)
    elif header.notation is Notation.LINES:
        from refeed.formats._lines import read_lines

        fields = read_lines(text)
    else:
        fields = _read_yaml(text, limits.max_header_depth)
    first = document.line_at(header.text[0]) - 1
    problems = [problem._replace(line=first + problem.line) for problem in fields.problems[:_MOST]]
    if header.notation is Notation.OPEN:
        problems.insert(0, bad_header("front matter is not closed by a --- line", first))
    return FrontMatter(header.start, header.body, fields.values, tuple(problems))


def _read_yaml(text: str, depth: int) -> Fields:
    values = read_strict(text)
    if values is not None:
        return Fields(values)
    from refeed.formats._yaml import read_yaml

    fields = read_yaml(text, depth)
    if isinstance(fields, Fields):
        return fields
    from refeed.formats._recovery import recover

    recovered = recover(text)
    return Fields(recovered.values, recovered.problems or (fields,))


def _read_json(header: Header, text: str, depth: int) -> FrontMatter:
    from refeed.formats._json import read_json

    read = read_json(text, depth)
    if read is None:
        return FrontMatter(header.start, header.start, {}, ())
    values, end = read
    return FrontMatter(header.start, header.start + len(text[:end].encode()), values, ())


def _holds_text(text: str) -> bool:
    """Return whether a blank line is followed by something that no header holds."""
    blank = _BLANK_LINE.search(text)
    return blank is not None and _KEY_LINE.match(text, blank.end()) is None
