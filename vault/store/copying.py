"""Copying a database row by row into one under another key, with originals under other names."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping
from itertools import islice
from typing import BinaryIO

from vault.store import audit, root, trash
from vault.store.database import Db, Row
from vault.store.originals import PIECE, SealedReader

_ROWS_A_COMMIT = 500


class _Raw(io.RawIOBase):
    def __init__(self, reader: SealedReader) -> None:
        super().__init__()
        self._reader = reader
        self._at = 0

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        base = {io.SEEK_SET: 0, io.SEEK_CUR: self._at, io.SEEK_END: self._reader.size}[whence]
        self._at = max(0, base + offset)
        return self._at

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]  # or any like it
        view = memoryview(buffer).cast("B")
        data = self._reader.read_at(self._at, min(len(view), max(0, self._reader.size - self._at)))
        view[: len(data)] = data
        self._at += len(data)
        return len(data)


def stream(reader: SealedReader) -> BinaryIO:
    """A sealed original as a file that can be read and rewound; the reader stays the caller's."""
    return io.BufferedReader(_Raw(reader), PIECE)


def _columns(db: Db, table: str) -> str:
    return ", ".join('"' + name.replace('"', '""') + '"' for name in root.columns(db, table))


def _renamed(table: str, row: Row, names: Mapping[str, str]) -> Row:
    """A row with every name of an original, wherever it stands, replaced by the new one.

    A name is an HMAC of 64 digits: no other text can be one by chance.
    """
    renamed = tuple(names.get(v, v) if isinstance(v, str) else v for v in row)
    if table == "trash":
        return tuple(trash.renamed(v, names) if isinstance(v, bytes) else v for v in renamed)
    return renamed


def _insert(db: Db, statement: str, rows: Iterator[Row]) -> None:
    """Insert rows, some hundred at a time, so that the log stays small."""
    while batch := list(islice(rows, _ROWS_A_COMMIT)):
        db.execute("BEGIN IMMEDIATE")
        db.executemany(statement, batch)
        db.execute("COMMIT")


def rows(old: Db, new: Db, names: Mapping[str, str]) -> None:
    """Copy every row the content root covers, rowids and counters of numbers given out included.

    `new` has the same tables, empty and without the content root's triggers.
    """
    new.execute("PRAGMA foreign_keys = OFF")  # the order of tables knows nothing of references
    for table in root.tables(old):
        columns = _columns(old, table)
        marks = ", ".join("?" * (len(root.columns(old, table)) + 1))
        found = old.execute(f'SELECT rowid, {columns} FROM "{table}" ORDER BY rowid')
        fresh = (_renamed(table, row, names) for row in found)
        _insert(new, f'INSERT INTO "{table}" (rowid, {columns}) VALUES ({marks})', fresh)
    given_out = old.execute("SELECT name, seq FROM sqlite_sequence").fetchall()
    new.execute("BEGIN IMMEDIATE")
    new.execute("DELETE FROM sqlite_sequence")
    new.executemany("INSERT INTO sqlite_sequence (name, seq) VALUES (?, ?)", given_out)
    new.execute("COMMIT")
    new.execute("PRAGMA foreign_keys = ON")


def history(old: Db, new: Db, key: bytes, names: Mapping[str, str]) -> None:
    """Copy the audit, its chain made anew under the new key.

    The content roots in it stay as they were stated; only the newest row's is ever compared.
    """
    chained = audit.rechained((_renamed("audit", r, names) for r in audit.every(old)), key)
    _insert(new, audit.INSERT, chained)


def counts(db: Db) -> dict[str, int]:
    """How many rows each table the content root covers has, but `meta`.

    That one is the store's own: a new vault has no rotation begun.
    """
    return {
        table: int(db.execute(f'SELECT count(*) FROM "{table}"').fetchone()[0])
        for table in root.tables(db)
        if table != "meta"
    }
