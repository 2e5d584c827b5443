"""Read JBake's header: lines of `key=value` above one of `~~~~~~`, before Markdown, AsciiDoc or HTML."""

from pathlib import PurePosixPath
from types import MappingProxyType
from typing import Final

from refeed.formats.headers.field_lines import FieldHeader, lines_of
from refeed.formats.headers.key_value_lines import divided
from refeed.late_patterns import late_pattern

_LINE: Final = late_pattern(
    r"(?:[ \t]{0,80}|#(?>[^\n]*)|([A-Za-z][\w.-]{0,40})[ \t]{0,20}=(?>[ \t]*)((?>[^\n]*)))(?:\n|\Z)"
)
_END: Final = late_pattern(r"(?>\s*)~~~~~~(?>[ \t]*)(?:\n|\Z)")
# What JBake renders by the suffix of a file.
_MARKUPS: Final = MappingProxyType(
    {".ad": "asciidoc", ".adoc": "asciidoc", ".asciidoc": "asciidoc", ".html": "html", ".md": "markdown"}
)
_OWN: Final = frozenset({"status", "type"})


def read_jbake(text: str, name: str) -> FieldHeader | None:
    """Read a header that states what the file is: without a type or a state JBake renders nothing."""
    markup = _MARKUPS.get(PurePosixPath(name.lower()).suffix)
    values, end = lines_of(text, 0, _LINE) if markup else ({}, 0)
    closing = _END.match(text, end)
    if not markup or not closing or _OWN.isdisjoint(values):
        return None
    tags = {"tags": divided("tags", [str(values["tags"])])} if "tags" in values else {}
    return FieldHeader({**values, **tags}, closing.end(), markup, is_closed=True)
