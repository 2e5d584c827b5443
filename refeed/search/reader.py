"""Query the file that holds the words of all articles."""

import json
import os
import sqlite3
from array import array
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from time import monotonic
from typing import Final

from refeed.search.store import SIGNED, fact_of
from refeed.startup.named_tuple import NamedTuple

_STEPS: Final = 10_000  # of SQLite's machine between two looks at the clock
# How much more a word counts in a title than in a body, and so on, by the columns of `words`.
_BY_RANK: Final = "ORDER BY bm25(words, 10.0, 2.0, 4.0, 4.0, 1.0)"


class TooSlowError(Exception):
    """A question took longer than it may."""


class NotReadyError(Exception):
    """There is no file for these settings: it is being made, or somebody else has made it for other ones."""


class Row(NamedTuple):
    """An article as it is found: what facets are made of."""

    number: int
    mark: int  # of the key that names it in addresses, as in the table of a build
    date: float
    problems: int
    facets: list[list[str]]


class Reader:
    """The file, to be searched from any thread: each question has a connection of its own."""

    def __init__(self, path: str, made_for: str) -> None:
        """Prepare to search this file, if it was made for these settings."""
        self._path, self._made_for = path, made_for

    def rows(self) -> list[Row]:
        """Return all articles, newest first."""
        order = "SELECT number, mark, date, problems, facets FROM articles ORDER BY date DESC, tie"
        with self._asking() as connection:
            rows = connection.execute(order).fetchall() if connection else []
        return [
            Row(number, mark + SIGNED, date, problems, json.loads(facets))
            for number, mark, date, problems, facets in rows
        ]

    def matching(self, expression: str, *, by_rank: bool, seconds: float) -> "array[int]":
        """Return the numbers of the articles in which the words stand; the best first, if asked for.

        Raises TooSlowError when it takes longer than it may, NotReadyError where there is nothing to ask.
        """
        question = f"SELECT rowid FROM words WHERE words MATCH ? {_BY_RANK if by_rank else ''}"  # noqa: S608
        ends = monotonic() + seconds
        with self._asking() as connection:
            if connection is None:
                raise NotReadyError
            connection.set_progress_handler(lambda: monotonic() > ends, _STEPS)
            try:
                return array("Q", (number for (number,) in connection.execute(question, (expression,))))
            except sqlite3.OperationalError as error:
                if error.sqlite_errorcode == sqlite3.SQLITE_INTERRUPT:
                    raise TooSlowError from None
                raise

    def entries(self, numbers: Iterable[int]) -> list[bytes]:
        """Return articles, packed, as far as they are still there."""
        with self._asking() as connection:
            if connection is None:
                return []
            question = "SELECT entry FROM entries WHERE number = ?"
            return [entry for number in numbers for (entry,) in connection.execute(question, (number,))]

    def fact(self, name: str) -> str:
        """Return a fact about the file; "" where there is none."""
        with self._asking() as connection:
            return fact_of(connection, name) if connection else ""

    @contextmanager
    def _asking(self) -> Iterator[sqlite3.Connection | None]:
        """Yield a connection in a transaction; None where there is no such file for these settings."""
        try:
            connection = sqlite3.connect(
                f"file:{_quoted(self._path)}?mode=rw", uri=True, timeout=1, isolation_level=None
            )
        except sqlite3.OperationalError:
            yield None
            return
        with closing(connection):
            connection.execute("PRAGMA query_only = ON")
            try:
                connection.execute("BEGIN")
                fits = fact_of(connection, "made_for") == self._made_for
            except sqlite3.DatabaseError:  # it is being made, or damaged: its writer will see to it
                fits = False
            yield connection if fits else None


def _quoted(path: str) -> str:
    from urllib.parse import quote

    return quote(os.path.abspath(path))
