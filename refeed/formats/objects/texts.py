"""Take texts and inner objects out of an object's values, whatever type stands in their place."""

from collections.abc import Mapping

from refeed.vocabulary.fields import Value

Values = Mapping[str, Value]
"""The values of an object by folded keys; in what is within it keys are as they are written."""


def text_of(values: Values, key: str) -> str:
    """Return a text; an empty one for anything else."""
    value = values.get(key, "")
    return value if isinstance(value, str) else ""


def rows_of(values: Values, table: str, key: str) -> list[dict[str, Value]]:
    """Return the objects of a list in an object."""
    inner = values.get(table)
    return objects_of(inner, key) if isinstance(inner, dict) else []


def objects_of(values: Values, key: str) -> list[dict[str, Value]]:
    """Return the objects of a list."""
    listed = values.get(key)
    return [one for one in listed if isinstance(one, dict)] if isinstance(listed, list) else []


def texts_of(values: Values, key: str) -> list[str]:
    """Return the texts of a list, or the only one."""
    value = values.get(key, "")
    listed = value if isinstance(value, list) else [value]
    return [one for one in listed if isinstance(one, str) and one]
