"""Read JBake's header: lines of `key=value` above one of `~~~~~~`, before Markdown, AsciiDoc or HTML."""

from pathlib import PurePosixPath
from types import MappingProxyType
from typing import Final

from refeed.formats.headers.fields.lines import FieldHeader, lines_of
from refeed.formats.headers.key_value_lines import divided
from refeed.startup.late_patterns import late_pattern

_LINE: Final = late_pattern(
    r"(?:[ \t]{0,80}|#(?>[^\n]*)|([A-Za-z][\w.-]{0,40})[ \t]{0,20}=(?>[ \t]*)((?>[^\n]*)))(?:\n|\Z)"
)
_END: Final = late_pattern(r"(?>\s*)~~~~~~(?>[ \t]*)(?:\n|\Z)")
# What JBake renders by the suffix of a file.
_MARKUPS: Final = MappingProxyType(
    {".ad": "asciidoc", ".adoc": "asciidoc", ".asciidoc": "asciidoc", ".html": "html", ".md": "markdown"}
)
_TYPE: Final = "type"
_STATUS: Final = "status"
_UNSTATED: Final = "draft (none is stated as JBake demands)"


def read_jbake(text: str, name: str) -> FieldHeader | None:
    """Read a header that states what the file is; one that does not state whether it is published is of a draft.

    Both are mandatory in JBake, which renders nothing without them.
    """
    markup = _MARKUPS.get(PurePosixPath(name.lower()).suffix)
    values, end = lines_of(text, 0, _LINE) if markup else ({}, 0)
    closing = _END.match(text, end)
    if not markup or not closing or not values.get(_TYPE):
        return None
    tags = {"tags": divided("tags", [str(values["tags"])])} if "tags" in values else {}
    state = {} if values.get(_STATUS) else {_STATUS: _UNSTATED}
    return FieldHeader({**values, **tags, **state}, closing.end(), markup, is_closed=True)
