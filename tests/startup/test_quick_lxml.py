"""lxml is told of functions what inspect says of them, and has what it does not load."""

import inspect
from collections.abc import Callable
from functools import partial
from io import BytesIO
from typing import Any

import pytest

from refeed.startup.quick_lxml import _arguments, etree


class Told:
    """Takes elements in one way or another."""

    def shortly(self, _tag: str, _attributes: object) -> None:
        """Take no prefixes."""

    def fully(self, _tag: str, _attributes: object, _prefixes: object = None) -> None:
        """Take prefixes."""

    def openly(self, *_told: object, where: str = "") -> None:
        """Take anything."""


@pytest.mark.parametrize(
    "function",
    [Told().shortly, Told().fully, Told().openly, Told.fully, partial(Told().fully, "fog"), str.upper, Told],
)
def test_the_arguments_of_a_function_are_those_that_inspect_names(function: Callable[..., Any]) -> None:
    names, others = _arguments(function)[:2]
    expected = inspect.getfullargspec(function)
    assert list(names) == expected.args
    assert (others is None) == (expected.varargs is None)


def test_prefixes_are_told_to_who_takes_them() -> None:
    told = []

    class Target:
        def start(self, tag: str, _attributes: object, prefixes: object) -> None:
            told.append((tag, prefixes))

        def close(self) -> None: ...

    etree.fromstring('<t:tide xmlns:t="urn:tide"/>', etree.XMLParser(target=Target()))
    assert told == [("{urn:tide}tide", {"t": "urn:tide"})]


def test_a_document_is_compressed() -> None:
    out = BytesIO()
    etree.ElementTree(etree.Element("tide")).write(out, compression=9)
    assert out.getvalue()[:2] == b"\x1f\x8b"  # RFC 1952, 2.3.1
