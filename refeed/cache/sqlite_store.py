"""Store between builds what was read and made, in an SQLite file in the user's cache folder.

It holds bytes under keys; what they mean is for others to know, and every key says all that its value depends on. So a
row can be missing or superfluous, never wrong. Builds at the same time share the file, and one that is killed loses
only what it had not written yet. SQL is here, in refeed.search.store and refeed.search.reader only.
"""

import os
import sqlite3
from collections.abc import Iterable
from contextlib import suppress
from typing import Any, Final
from zlib import crc32

from refeed.cache.index_file import APPLICATION, file_ids, is_stump, make_private, set_aside, what_else
from refeed.startup.named_tuple import NamedTuple

_SCHEMA: Final = 2
_DAMAGED: Final = (sqlite3.DatabaseError, UnicodeDecodeError)  # the latter where its own texts are
_FAILURES: Final = (OSError, sqlite3.Error, UnicodeDecodeError)
_PATIENCE: Final = 10.0  # seconds that a build waits for another one that writes
_PENDING: Final = 2**22  # bytes that are written at once
_KEPT_BUILDS: Final = 50  # what so many builds have not used is dropped

# Values are bytes. SQLite has no checksums, so where they matter a row has one: of its key and its values.
_TABLES: Final = """
-- The number of the last build that wrote.
CREATE TABLE state (build INTEGER NOT NULL);
INSERT INTO state VALUES (0);

-- A tree: digest of a folder and of all that decides what is read from its files, and the last build that used it.
CREATE TABLE trees (tree BLOB PRIMARY KEY, build INTEGER NOT NULL) WITHOUT ROWID;

-- Of files that lie one after the other the first name, all names and stats, and what was read from them.
CREATE TABLE batches (
    tree BLOB NOT NULL, first BLOB NOT NULL, files BLOB NOT NULL, result BLOB NOT NULL, seal INTEGER NOT NULL,
    PRIMARY KEY (tree, first)
);

-- An entry, by a digest of all that it is made of, and the last build that used it.
CREATE TABLE entries (key BLOB PRIMARY KEY, entry BLOB NOT NULL, seal INTEGER NOT NULL, build INTEGER NOT NULL);

-- What came of the last build with the same options, by their digest.
CREATE TABLE results (key BLOB PRIMARY KEY, result BLOB NOT NULL, seal INTEGER NOT NULL, build INTEGER NOT NULL);
"""


class KeptBatch(NamedTuple):
    """What is known of some files that lie one after the other."""

    files: bytes  # names and stats of all
    result: bytes  # what was read from them


class CacheStore:
    """An index file that is open. Whatever is wrong with it costs time, never a build: `notes` says what it was."""

    def __init__(self, path: str, *, only_read: bool = False) -> None:
        """Open the file, or begin a new one. `only_read`: another process looks after it."""
        self.path = path
        self.notes: list[str] = []
        self._only_read = only_read
        self._connection: sqlite3.Connection | None = None
        self._is_new = False  # what is to be kept is written with its tables, once
        self._pending: list[tuple[str, tuple[object, ...]]] = []
        self._pending_bytes = 0
        try:
            self._open()
        except _FAILURES as error:
            self._fail(error)

    def _open(self) -> None:
        if self._only_read and not os.path.getsize(self.path):
            raise OSError("there is nothing in it yet")
        if folder := os.path.dirname(self.path):
            os.makedirs(folder, mode=0o700, exist_ok=True)
        if what := what_else(self.path):
            raise OSError(f"it is {what}, not an index, and was not touched; give another name")
        if is_stump(self.path):
            raise sqlite3.DatabaseError("it is cut short")
        if not self._only_read:
            make_private(self.path)
        self._connection = connection = sqlite3.connect(self.path, timeout=_PATIENCE, isolation_level=None)
        connection.text_factory = bytes  # there is no text in it, unless it is damaged
        connection.execute("PRAGMA synchronous = OFF")  # what a power cut damages is noticed, and read again
        self._is_new = _is_new(connection)
        if not self._is_new:
            _share(connection)

    def _fail(self, error: Exception) -> None:
        """Go on with a new index where the file is damaged or not ours, and without any where there can be none."""
        self._disconnect()
        if not _tells_damage(error) or self._only_read or self.notes:
            self.notes.append(f"{self.path}: {error}; the build went on without its index")
            return
        try:
            aside = set_aside(self.path)
            self.notes.append(f"{self.path}: {error}; it was set aside as {aside}, and a new index was begun")
            self._open()
        except _FAILURES as again:
            self._fail(again)

    @property
    def is_open(self) -> bool:
        """Return whether there is an index to ask."""
        return self._connection is not None

    def files(self) -> frozenset[tuple[int, int]]:
        """Return device and inode of its own files, which are no input where they lie among the dumps."""
        if not self.is_open:  # what was named by mistake is still a dump
            return frozenset()
        return frozenset(file_ids(self.path))

    def catalogue(self, tree: bytes) -> list[bytes]:
        """Return the first name of every batch of a tree."""
        found = self._read("SELECT first FROM batches WHERE tree = ?", tree)
        return [first for (first,) in found if isinstance(first, bytes)]

    def batch(self, tree: bytes, first: bytes) -> KeptBatch | None:
        """Return a batch by its first name."""
        found = self._value("SELECT files, result, seal FROM batches WHERE tree = ? AND first = ?", tree, first)
        return KeptBatch(*found) if found else None

    def keep_batch(self, tree: bytes, first: bytes, files: bytes, result: bytes) -> None:
        """Remember a batch."""
        statement = "INSERT OR REPLACE INTO batches VALUES (?, ?, ?, ?, ?)"
        self._write(statement, tree, first, files, result, _seal((tree, first, files, result)))

    def drop_batches(self, tree: bytes, firsts: Iterable[bytes]) -> None:
        """Forget batches."""
        for first in firsts:
            self._write("DELETE FROM batches WHERE tree = ? AND first = ?", tree, first)

    def use_tree(self, tree: bytes) -> None:
        """Note that this build used a tree."""
        self._write("INSERT OR REPLACE INTO trees SELECT ?, build + 1 FROM state", tree)

    def entry(self, key: bytes) -> bytes | None:
        """Return an entry."""
        found = self._value("SELECT entry, seal FROM entries WHERE key = ?", key)
        return found[0] if found else None

    def keep_entry(self, key: bytes, entry: bytes) -> None:
        """Remember an entry."""
        statement = "INSERT OR REPLACE INTO entries SELECT ?, ?, ?, build + 1 FROM state"
        self._write(statement, key, entry, _seal((key, entry)))

    def use_entry(self, key: bytes) -> None:
        """Note that this build used an entry."""
        self._write("UPDATE entries SET build = (SELECT build + 1 FROM state) WHERE key = ?", key)

    def result(self, key: bytes) -> bytes | None:
        """Return what came of the last build with the same options."""
        found = self._value("SELECT result, seal FROM results WHERE key = ?", key)
        return found[0] if found else None

    def keep_result(self, key: bytes, result: bytes) -> None:
        """Remember what came of this build."""
        statement = "INSERT OR REPLACE INTO results SELECT ?, ?, ?, build + 1 FROM state"
        self._write(statement, key, result, _seal((key, result)))

    def close(self) -> None:
        """Write what is pending, drop what no build has used for long, and let go of the file."""
        if self._pending or self._is_new:
            for table in ("trees", "entries", "results"):
                statement = f"DELETE FROM {table} WHERE build < (SELECT build FROM state) - {_KEPT_BUILDS}"  # noqa: S608
                self._write(statement)
            self._write("DELETE FROM batches WHERE tree NOT IN (SELECT tree FROM trees)")
            self._write("UPDATE state SET build = build + 1")
            self._flush()
        self._disconnect()

    def _value(self, statement: str, *key: bytes) -> list[bytes] | None:
        """Read one row and check it against its last column."""
        for *found, seal in self._read(statement, *key):
            values = [value for value in found if isinstance(value, bytes)]
            if len(values) == len(found) and _seal((*key, *values)) == seal:
                return values
            self._fail(sqlite3.DatabaseError("a checksum is wrong"))
        return None

    def _read(self, statement: str, *row: bytes) -> list[Any]:
        if self._connection is None or self._is_new:
            return []
        try:
            return self._connection.execute(statement, row).fetchall()
        except _FAILURES as error:
            self._fail(error)
            return []

    def _write(self, statement: str, *row: bytes | int) -> None:
        self._pending.append((statement, row))
        self._pending_bytes += sum(len(value) for value in row if isinstance(value, bytes))
        if self._pending_bytes > _PENDING:
            self._flush()

    def _flush(self) -> None:
        """Write what is pending, all or nothing."""
        pending, self._pending, self._pending_bytes = self._pending, [], 0
        if self._connection is None:
            return
        try:
            self._connection.execute("BEGIN IMMEDIATE")
            if self._is_new and _is_new(self._connection):  # another build may have been quicker
                _make_tables(self._connection)
            for statement, row in pending:
                self._connection.execute(statement, row)
            self._connection.execute("COMMIT")
            if self._is_new:
                _share(self._connection)
                self._is_new = False
        except _FAILURES as error:  # closing rolls back
            self._fail(error)

    def _disconnect(self) -> None:
        connection, self._connection = self._connection, None
        if connection is not None:
            with suppress(sqlite3.Error):
                connection.close()


class NoEntries:
    """An index that lies where this process cannot read it: nothing is known, and what is made is still made for it."""

    def entry(self, _key: bytes) -> None:
        """Return no entry."""

    def close(self) -> None:
        """Do nothing."""


def _is_new(connection: sqlite3.Connection) -> bool:
    """Return whether a file is empty. Raises DatabaseError if it holds anything but an index."""
    if not connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]:  # first: another build may begin it
        return True
    stated = [connection.execute(f"PRAGMA {name}").fetchone()[0] for name in ("application_id", "user_version")]
    if stated != [APPLICATION, _SCHEMA]:
        raise sqlite3.DatabaseError("not an index of this version of refeed")
    if not connection.execute("SELECT build FROM state").fetchone():  # whatever is kept goes by it
        raise sqlite3.DatabaseError("the number of its last build is missing")
    return False


def _tells_damage(error: Exception) -> bool:
    """Return whether an error means damage, not a missing permission, a full disk or another writer."""
    if isinstance(error, sqlite3.OperationalError):
        return error.sqlite_errorcode == sqlite3.SQLITE_ERROR  # a table or a column is missing
    return isinstance(error, _DAMAGED)


def _share(connection: sqlite3.Connection) -> None:
    """Let others read while one writes, from now on; where somebody reads or writes just now, from the next time on."""
    connection.execute("PRAGMA busy_timeout = 0")  # it is not worth waiting for
    with suppress(sqlite3.OperationalError):
        connection.execute("PRAGMA journal_mode = WAL")
    connection.execute(f"PRAGMA busy_timeout = {_PATIENCE * 1000:.0f}")


def _make_tables(connection: sqlite3.Connection) -> None:
    for statement in _TABLES.split(";"):
        connection.execute(statement)
    connection.execute(f"PRAGMA application_id = {APPLICATION}")
    connection.execute(f"PRAGMA user_version = {_SCHEMA}")


def _seal(values: Iterable[bytes]) -> int:
    checksum = 0
    for value in values:
        checksum = crc32(value, checksum)
    return checksum
