"""Read the cells of a notebook: https://nbformat.readthedocs.io, versions 3 (with worksheets) and 4."""

import json
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, Final

from refeed.startup.late_patterns import late_pattern
from refeed.startup.named_tuple import NamedTuple

# Version 3 names what an output holds without its media type.
_OLD_NAMES: Final = MappingProxyType(
    {
        "html": "text/html",
        "javascript": "application/javascript",
        "jpeg": "image/jpeg",
        "latex": "text/latex",
        "png": "image/png",
        "svg": "image/svg+xml",
        "text": "text/plain",
    }
)
_WORD: Final = late_pattern(r"[\w.+#-]{1,40}")


class Output(NamedTuple):
    """What running a cell has shown: its kind, its texts by media type, and the widths of its pictures."""

    kind: str  # "stream", "error" or "data"
    texts: Mapping[str, str]
    widths: Mapping[str, str] = MappingProxyType({})


class Cell(NamedTuple):
    """One cell: its kind is `code`, `markdown`, `raw`, or an unknown one."""

    kind: str
    source: str
    outputs: tuple[Output, ...] = ()
    metadata: Mapping[str, Any] = MappingProxyType({})
    attachments: Mapping[str, Mapping[str, str]] = MappingProxyType({})  # by name: media type and data


class Notebook(NamedTuple):
    """The cells of a notebook, and what it says of itself."""

    cells: tuple[Cell, ...]
    metadata: Mapping[str, Any]
    behind: str = ""  # what follows it in its file

    @property
    def language(self) -> str:
        """Return the language of its code, "" if it does not say."""
        for key in ("language_info", "kernelspec"):
            said = _table(self.metadata.get(key))
            if name := _WORD.match(text_of(said.get("name" if key == "language_info" else "language"))):
                return name[0]
        return ""


def read_notebook(text: str) -> Notebook | None:
    """Return what a file of JSON holds; None if it is no notebook, or broken."""
    try:
        read, end = json.JSONDecoder().raw_decode(text := text.lstrip())
    except (RecursionError, ValueError):
        return None
    if not isinstance(read, dict) or not isinstance(read.get("nbformat"), int):
        return None
    sheets = _tables(read.get("worksheets"))
    cells = _tables(read.get("cells")) or [cell for sheet in sheets for cell in _tables(sheet.get("cells"))]
    return Notebook(tuple(map(_cell, cells)), _table(read.get("metadata")), text[end:].strip())


def _cell(said: Mapping[str, Any]) -> Cell:
    kind, source = str(said.get("cell_type", "")), text_of(said.get("source", said.get("input")))
    if kind == "heading" and isinstance(level := said.get("level"), int):
        kind, source = "markdown", f"{'#' * min(max(level, 1), 6)} {' '.join(source.split())}"
    attachments = {name: _texts(one) for name, one in _table(said.get("attachments")).items() if isinstance(one, dict)}
    outputs = tuple(_output(one) for one in _tables(said.get("outputs")))
    return Cell(kind, source, outputs, _table(said.get("metadata")), attachments)


def _output(said: Mapping[str, Any]) -> Output:
    kind = text_of(said.get("output_type"))
    if kind == "stream":
        return Output("stream", {"text/plain": text_of(said.get("text"))})
    if kind in {"error", "pyerr"}:
        traceback = said.get("traceback")
        lines = [line for line in traceback if isinstance(line, str)] if isinstance(traceback, list) else []
        return Output("error", {"text/plain": "\n".join(lines) or f"{said.get('ename')}: {said.get('evalue')}"})
    if isinstance(data := said.get("data"), dict):
        widths = {
            name: str(one.get("width", "")) for name, one in _table(said.get("metadata")).items() if _is_table(one)
        }
        return Output("data", _texts(data), widths)
    return Output("data", {_OLD_NAMES[name]: text_of(one) for name, one in said.items() if name in _OLD_NAMES})


def _texts(data: Mapping[str, Any]) -> dict[str, str]:
    """Return the texts by media type; of objects, which only programs show, that they are there."""
    return {name: text_of(one) for name, one in data.items()}


def text_of(value: Any) -> str:
    """Return a text, or the lines of one, which keep their ends; "" for all else."""
    lines = value if isinstance(value, list) else [value]
    return "".join(one for one in lines if isinstance(one, str)).replace("\r\n", "\n")


def _is_table(value: Any) -> bool:
    return isinstance(value, dict)


def _table(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, dict) else {}


def _tables(value: Any) -> list[Mapping[str, Any]]:
    return [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []
