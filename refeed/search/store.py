"""Keep the words of all articles in a file of its own beside the index of builds: SQLite's FTS5.

Not in that index, whose writers would wait for it, and whose one reader has no texts; the two are made, found and
dropped together. The words are in a table without contents: the articles themselves are kept beside them, packed. The
file is made for certain settings, and every question asks for these in the same transaction, so that nobody is shown
what only others may see. Numbers of articles are never used again: who read them before a change misses an article,
and never takes one for another.
"""

import json
import os
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from glob import escape, glob
from time import time
from typing import Final

from refeed.cache.index_file import APPLICATION, SEARCH_SUFFIX, SUFFIXES, make_private
from refeed.problems import RefeedError
from refeed.startup.named_tuple import NamedTuple

SIGNED: Final = 2**63  # SQLite's numbers are signed, marks are not
_PATIENCE: Final = 10.0  # seconds
UNUSED: Final = 7 * 86_400
"""Seconds after which a file that no server uses is removed."""

_TABLES: Final = """
CREATE TABLE facts (name TEXT PRIMARY KEY, value TEXT NOT NULL);
CREATE TABLE articles (
    number INTEGER PRIMARY KEY AUTOINCREMENT, mark INTEGER UNIQUE NOT NULL, seal BLOB NOT NULL,
    date REAL NOT NULL, tie INTEGER NOT NULL, problems INTEGER NOT NULL, facets TEXT NOT NULL
);
CREATE TABLE stubs (mark INTEGER PRIMARY KEY, seal BLOB NOT NULL);
CREATE TABLE entries (number INTEGER PRIMARY KEY, entry BLOB NOT NULL);
CREATE VIRTUAL TABLE words USING fts5(
    title, outlet, authors, categories, body, content='', tokenize='unicode61 remove_diacritics 2'
)
"""

Columns = tuple[str, str, str, str, str]
"""What is written into the columns of `words`."""


class DamagedError(RefeedError):
    """The file cannot be read, and was removed."""


class OrderKey(NamedTuple):
    """Where an article stands among all: by its date, and among those of the same date."""

    date: float  # seconds since 1970
    tie: int


class Kept(NamedTuple):
    """What is known of an article that is in the file."""

    number: int
    seal: bytes
    order: OrderKey


class NewArticle(NamedTuple):
    """An article that is written into the file."""

    mark: int  # of the key that names it in addresses
    seal: bytes  # of what it is made of
    order: OrderKey
    problems: int
    facets: Sequence[Sequence[str]]
    entry: bytes  # packed


def path_beside(index: str, settings: str) -> str:
    """Name the file that belongs to an index, and that servers with these settings share."""
    return f"{index}{SEARCH_SUFFIX}-{settings}"


def keep(path: str) -> None:
    """Say that a file is in use."""
    with suppress(OSError):
        os.utime(path)


def discard_unused(path: str) -> None:
    """Remove the files of the same index for other settings that no server has used for days."""
    stem, suffix, _ = path.rpartition(SEARCH_SUFFIX)
    for other in glob(f"{escape(stem + suffix)}*"):
        with suppress(OSError):
            is_main = not other.endswith(SUFFIXES[1:])
            if is_main and not other.startswith(path) and os.stat(other).st_mtime < time() - UNUSED:
                discard(other)


@contextmanager
def opened(path: str, made_for: str) -> Iterator["Store"]:
    """Open the file for who writes it; where it cannot be written a RefeedError says why.

    One that is damaged is removed, which is a DamagedError: the next one begins anew.
    """
    try:
        with closing(Store(path, made_for)) as store:
            yield store
    except sqlite3.Error as error:
        if isinstance(error, sqlite3.OperationalError):  # it is locked, or there is no room
            raise RefeedError(f"{path}: {error}; nothing can be searched") from None
        discard(path)
        raise DamagedError(f"{path}: {error}") from None


class Store:
    """The file, for who writes it: one process at a time."""

    def __init__(self, path: str, made_for: str) -> None:
        """Open it; one that was made for other settings, by another release, or is damaged, is begun anew."""
        make_private(path)
        try:
            self._connection = _opened(path)
            begun = self.fact("made_for") != made_for
        except sqlite3.DatabaseError:
            begun = True
        if begun:
            with suppress(AttributeError):
                self._connection.close()
            self._connection = _begun(path, made_for)

    def fact(self, name: str) -> str:
        """Return a fact about the file; "" where there is none."""
        return fact_of(self._connection, name)

    def state(self, **facts: str) -> None:
        """Write facts about the file."""
        with self.writing():
            for pair in facts.items():
                self._connection.execute("INSERT OR REPLACE INTO facts VALUES (?, ?)", pair)

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Write all or nothing, as one transaction."""
        self._connection.execute("BEGIN IMMEDIATE")
        try:
            yield
        except BaseException:
            self._connection.execute("ROLLBACK")
            raise
        self._connection.execute("COMMIT")

    def known(self) -> dict[int, Kept]:
        """Return what is known of all articles, by the marks of their keys."""
        rows = self._connection.execute("SELECT mark, number, seal, date, tie FROM articles")
        return {mark + SIGNED: Kept(number, seal, OrderKey(date, tie)) for mark, number, seal, date, tie in rows}

    def stubs(self) -> dict[int, bytes]:
        """Return the seals of the articles that had no text and were left out, by the marks of their keys."""
        return {mark + SIGNED: seal for mark, seal in self._connection.execute("SELECT mark, seal FROM stubs")}

    def add_stub(self, mark: int, seal: bytes) -> None:
        """Take note of an article that is left out."""
        self._connection.execute("INSERT OR REPLACE INTO stubs VALUES (?, ?)", (mark - SIGNED, seal))

    def remove_stubs(self, marks: Iterable[int]) -> None:
        """Forget articles that were left out."""
        self._connection.executemany("DELETE FROM stubs WHERE mark = ?", ((mark - SIGNED,) for mark in marks))

    def add(self, article: NewArticle) -> int:
        """Add an article and return its number; its words come apart."""
        facets = json.dumps(article.facets, ensure_ascii=False, separators=(",", ":"))
        row = (article.mark - SIGNED, article.seal, *article.order, article.problems, facets)
        statement = "INSERT INTO articles (mark, seal, date, tie, problems, facets) VALUES (?, ?, ?, ?, ?, ?)"
        number = self._connection.execute(statement, row).lastrowid or 0
        self._connection.execute("INSERT INTO entries VALUES (?, ?)", (number, article.entry))
        return number

    def add_words(self, number: int, columns: Columns) -> None:
        """Add the words of an article."""
        statement = "INSERT INTO words (rowid, title, outlet, authors, categories, body) VALUES (?, ?, ?, ?, ?, ?)"
        self._connection.execute(statement, (number, *columns))

    def move(self, number: int, seal: bytes, order: OrderKey) -> None:
        """Put an article elsewhere that says what it said before."""
        row = (seal, *order, number)
        self._connection.execute("UPDATE articles SET seal = ?, date = ?, tie = ? WHERE number = ?", row)

    def entry(self, number: int) -> bytes:
        """Return an article, packed."""
        (entry,) = self._connection.execute("SELECT entry FROM entries WHERE number = ?", (number,)).fetchone()
        return bytes(entry)

    def remove(self, number: int, words_of: Callable[[bytes], Columns]) -> None:
        """Remove an article; FTS5 has to be told which words it has."""
        for (entry,) in self._connection.execute("SELECT entry FROM entries WHERE number = ?", (number,)).fetchall():
            statement = "INSERT INTO words (words, rowid, title, outlet, authors, categories, body)"
            row = ("delete", number, *words_of(entry))
            self._connection.execute(f"{statement} VALUES (?, ?, ?, ?, ?, ?, ?)", row)
        for table in ("articles", "entries"):
            self._connection.execute(f"DELETE FROM {table} WHERE number = ?", (number,))  # noqa: S608

    def tidy(self) -> None:
        """Put all words into one piece: it is quicker to search, and words of what was removed are in no other."""
        self._connection.execute("INSERT INTO words (words) VALUES ('optimize')")
        self._connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    def close(self) -> None:
        """Let go of the file."""
        self._connection.close()


def _opened(path: str) -> sqlite3.Connection:
    connection = sqlite3.connect(path, timeout=_PATIENCE, isolation_level=None)
    try:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = OFF")  # what a power cut damages is made again
        connection.execute("PRAGMA secure_delete = ON")  # what is withdrawn is no longer in the file
    except sqlite3.Error:
        connection.close()
        raise
    return connection


def _begun(path: str, made_for: str) -> sqlite3.Connection:
    discard(path)
    make_private(path)
    connection = _opened(path)
    connection.execute("BEGIN IMMEDIATE")
    for statement in _TABLES.split(";"):
        connection.execute(statement)
    connection.execute("INSERT INTO facts VALUES ('made_for', ?)", (made_for,))
    connection.execute(f"PRAGMA application_id = {APPLICATION}")
    connection.execute("COMMIT")
    return connection


def discard(path: str) -> None:
    """Remove the file; the next process that writes it begins a new one."""
    for suffix in SUFFIXES:
        with suppress(FileNotFoundError):
            os.unlink(path + suffix)


def fact_of(connection: sqlite3.Connection, name: str) -> str:
    """Return a fact about the file; "" where there is none."""
    row = connection.execute("SELECT value FROM facts WHERE name = ?", (name,)).fetchone()
    return str(row[0]) if row else ""
