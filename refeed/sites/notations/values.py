"""Read the files in which generators keep their settings as nested tables of texts. Nothing is ever executed.

Such a file comes from a stranger: what is too large, too deep or not understood says nothing.
"""

import json
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Final, TypeAlias

from refeed.toml import load_toml

Value: TypeAlias = "str | list[Value] | dict[str, Value]"
Table: TypeAlias = dict[str, Value]

NO: Final = frozenset({"false", "no", "off"})
"""What stands for no in all of them, in lower case."""

_DEEPEST: Final = 8
_LONGEST: Final = 2_000  # characters of a text that is kept


def read_table(name: str, text: str) -> Table:
    """Return the settings that a file says, by its ending; keys are in lower case."""
    read = _READERS.get(name.rpartition(".")[2])
    table = _plain(read(text), _DEEPEST) if read else {}
    return table if isinstance(table, dict) else {}


def text_at(table: Mapping[str, Value], *paths: str) -> str:
    """Return the first text that stands at one of the paths, such as `params.author.name`."""
    for path in paths:
        value: object = table
        for key in path.split("."):
            value = value.get(key) if isinstance(value, dict) else None
        if isinstance(value, str) and value.strip():
            return value.strip()
    return ""


def table_at(table: Mapping[str, Value], key: str) -> Table:
    """Return the table that stands under a key."""
    value = table.get(key)
    return value if isinstance(value, dict) else {}


def _plain(value: object, depth: int) -> Value:
    """Return a value as texts, lists and tables, as deep as is read."""
    if isinstance(value, Mapping):
        return {str(key).lower(): _plain(item, depth - 1) for key, item in value.items()} if depth else {}
    if isinstance(value, list | tuple):
        return [_plain(item, depth - 1) for item in value] if depth else []
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value)[:_LONGEST] if isinstance(value, str | int | float) else ""


def _json(text: str) -> object:
    """Read the first value: text may follow a header."""
    try:
        return json.JSONDecoder().raw_decode(text.lstrip())[0]
    except (ValueError, RecursionError):
        return {}


def _toml(text: str) -> object:
    try:
        return load_toml(text)
    except (ValueError, RecursionError):
        return {}


def _yaml(text: str) -> object:
    from refeed.sites.notations.yaml_settings import read_yaml

    return read_yaml(text, _DEEPEST)


def _python(text: str) -> object:
    """Read the literals that a module of settings assigns to names."""
    import ast
    import warnings

    try:
        with warnings.catch_warnings(action="ignore"):  # of escapes in regular expressions: Pelican's have many
            module = ast.parse(text)
    except (SyntaxError, ValueError, MemoryError, RecursionError):
        return {}
    found: dict[str, object] = {}
    for statement in module.body:
        match statement:
            case ast.Assign(targets=[ast.Name(id=name)], value=value):
                if isinstance(value, ast.IfExp):  # `"https://…" if PUBLISHED else "http://localhost:8000"`
                    value = value.orelse if "localhost" in ast.dump(value.body) else value.body
                try:
                    found[name] = ast.literal_eval(value)
                except (ValueError, TypeError, SyntaxError, MemoryError, RecursionError):
                    found.pop(name, None)  # it has another value by now, which only the program knows
    return found


def _script(text: str) -> object:
    from refeed.sites.notations.scripts import read_script

    return read_script(text)


def _ruby(text: str) -> object:
    from refeed.sites.notations.ruby import read_ruby

    return read_ruby(text)


def _php(text: str) -> object:
    from refeed.sites.notations.php import read_php

    return read_php(text)


def _ini(text: str) -> object:
    """Read the sections of a file and what each says."""
    from configparser import Error, RawConfigParser

    parser = RawConfigParser(strict=False)
    try:
        parser.read_string(text)
    except Error:
        return {}
    return {name: dict(parser.items(name)) for name in parser.sections()}


def _xml(text: str) -> object:
    """Return the elements in the outermost one by their names: what each states, and its text."""
    from refeed.startup.quick_lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True, remove_comments=True)
    try:
        root = etree.fromstring(text.encode(), parser)
    except (etree.XMLSyntaxError, ValueError):
        return {}
    found: dict[str, list[dict[str, str]]] = {}
    for one in root.iterchildren("*"):
        found.setdefault(str(one.tag), []).append(
            {**{str(key): str(said) for key, said in one.items()}, "text": one.text or ""}
        )
    return found


def _fields(text: str) -> object:
    """Read the fields of Kirby that have one line: `Title: Quay`."""
    return {name.lower(): said for line in text.split("\n") for name, colon, said in [line.partition(": ")] if colon}


# By the ending of a file's name.
_READERS: Final[Mapping[str, Callable[[str], object]]] = MappingProxyType(
    {
        "cjs": _script,
        "js": _script,
        "ini": _ini,
        "json": _json,
        "jsx": _script,
        "lektorproject": _ini,
        "mjs": _script,
        "mts": _script,
        "php": _php,
        "py": _python,
        "rb": _ruby,
        "toml": _toml,
        "ts": _script,
        "tsx": _script,
        "txt": _fields,
        "xml": _xml,
        "yaml": _yaml,
        "yml": _yaml,
    }
)
