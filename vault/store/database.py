"""The encrypted database: the one place that opens SQLCipher, with every known trap shut."""

from __future__ import annotations

import contextlib
import os
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from enum import StrEnum
from pathlib import Path
from typing import Any, Protocol

from sqlcipher3 import dbapi2

from vault.errors import (
    Busy,
    CannotRead,
    CannotWrite,
    Damaged,
    MissingTool,
    Refused,
    VaultError,
)
from vault.store import files

PAGE_BYTES = 16384
OLDEST_CIPHER = (4, 18)
OLDEST_SQLITE = (3, 51, 3)  # before it, a WAL reset could lose committed changes
_PLAIN_HEADER = b"SQLite format 3\x00"
_KEY_SPEC_BYTES = 67  # x'…' around 64 hex digits; any other length is silently a passphrase
_BUSY_SECONDS = 5.0
_READER_CACHE_KIB = 32 * 1024
"""A reader keeps so much decrypted: most of a search would else be decrypting the index again."""
_STEPS_BETWEEN_LOOKS = 10_000
_LEAST_ROOM = 64 * 1024

Row = tuple[Any, ...]
Values = Sequence[object] | Mapping[str, object]
IntegrityError: type[Exception] = dbapi2.IntegrityError
DatabaseError: type[Exception] = dbapi2.DatabaseError


class Cursor(Protocol):
    """The rows of a statement."""

    rowcount: int
    lastrowid: int

    def fetchone(self) -> Any:  # noqa: ANN401 - a Row, or None; callers know which can be
        """The next row, or None."""
        ...

    def fetchall(self) -> list[Row]:
        """All rows that are left."""
        ...

    def __iter__(self) -> Iterator[Row]: ...


class Db(Protocol):
    """A connection to the vault's database.

    Its errors are VaultErrors where a person can act on them: a full disk is CannotWrite, a
    broken page is Damaged, another writer is Busy, a statement stopped for time is Refused.
    """

    @property
    def in_transaction(self) -> bool:
        """Whether a transaction is open."""
        ...

    def execute(self, sql: str, values: Values = (), /) -> Cursor:
        """Run one statement."""
        ...

    def executemany(self, sql: str, rows: Iterable[Values], /) -> Cursor:
        """Run one statement for each row of values."""
        ...

    def executescript(self, sql: str, /) -> Cursor:
        """Run several statements; only migrations do."""
        ...

    def create_function(self, name: str, arguments: int, function: object, /) -> None:
        """Add a function that SQL can call."""
        ...

    def set_progress_handler(self, handler: object, steps: int, /) -> None:
        """Have `handler` asked every so many steps whether to stop; None ends it."""
        ...

    def interrupt(self) -> None:
        """Stop what another thread runs on this connection."""
        ...

    def close(self) -> None:
        """End the connection."""
        ...


class Mode(StrEnum):
    """What a connection is for."""

    CREATE = "create"
    WRITE = "rw"
    READ = "ro"
    COPY = "copy"


def _sentence(code: int, place: str) -> VaultError | None:
    """The error a person sees for a primary SQLite result code, None where it is a bug."""
    errors: dict[int, VaultError] = {
        5: Busy(None),
        6: Busy(None),
        8: CannotWrite(place, "no permission"),
        9: Refused("it took too long and was stopped", "ask for less at once"),
        10: CannotRead(place, "the disk reports an error"),
        11: Damaged(f"{place} is damaged"),
        13: CannotWrite(place, "the disk is full"),
        14: CannotRead(place, "it cannot be opened"),
        26: Damaged(f"{place} is damaged, or is not the one of this vault"),
    }
    return errors.get(code)


def _no_room(path: Path) -> bool:
    """Whether the disk is so full that SQLite cannot make its index of the log beside a file.

    It needs 32 KiB for that, to read too, and says no more than that the disk failed.
    """
    try:
        disk = os.statvfs(path.parent)
    except OSError:
        return False
    return disk.f_bavail * disk.f_frsize < _LEAST_ROOM


@contextlib.contextmanager
def _told_of_a_full_disk(path: Path) -> Iterator[None]:
    """While a database is opened, a disk without room is what is told, not what came of it."""
    try:
        yield
    except CannotRead as error:
        if _no_room(path):
            raise CannotWrite(path.name, "the disk is full") from error
        raise


@contextlib.contextmanager
def translated(place: str = "records.db") -> Iterator[None]:
    """Turn SQLCipher's errors into those a person can act on; anything else passes through."""
    try:
        yield
    except dbapi2.Error as error:
        found = _sentence(getattr(error, "sqlite_errorcode", 0) & 0xFF, place)
        if found is None:
            raise
        raise found from error


class _Cursor(dbapi2.Cursor):  # type: ignore[misc]  # the library has no types
    def execute(self, *args: object) -> _Cursor:
        with translated():
            super().execute(*args)
        return self

    def executemany(self, *args: object) -> _Cursor:
        with translated():
            super().executemany(*args)
        return self

    def executescript(self, *args: object) -> _Cursor:
        with translated():
            super().executescript(*args)
        return self

    def fetchone(self) -> Row | None:
        with translated():
            row: Row | None = super().fetchone()
        return row

    def fetchall(self) -> list[Row]:
        with translated():
            rows: list[Row] = super().fetchall()
        return rows

    def __next__(self) -> Row:
        try:
            row: Row = super().__next__()
        except dbapi2.Error:
            with translated():
                raise
        return row


class _Connection(dbapi2.Connection):  # type: ignore[misc]  # the library has no types
    def cursor(self, factory: type[_Cursor] = _Cursor) -> _Cursor:
        found: _Cursor = super().cursor(factory)
        return found


def _check_file(path: Path) -> None:
    """Refuse a file that SQLCipher would take without a word: none, an empty one, a plain one."""
    try:
        head = files.read_small(path, len(_PLAIN_HEADER))
    except FileNotFoundError:
        raise Damaged(f"{path.name} is missing") from None
    if not head:
        raise Damaged(f"{path.name} is empty")
    if head == _PLAIN_HEADER:
        raise Damaged(f"{path.name} is not encrypted, so it is not the one of this vault")


def _check_library(db: Db) -> None:
    found = db.execute("PRAGMA cipher_version").fetchone()
    numbers = str(found[0]).split()[0].split(".") if found else []
    if tuple(int(n) for n in numbers[:2] if n.isdecimal()) < OLDEST_CIPHER:
        raise MissingTool("SQLCipher 4.18 or newer", "install chartmend again with its lock file")
    if tuple(dbapi2.sqlite_version_info) < OLDEST_SQLITE:
        raise MissingTool("SQLite 3.51.3 or newer", "install chartmend again with its lock file")


def _key_spec(key: bytes) -> bytearray:
    """The raw key as SQLCipher wants it; the caller wipes it.

    Built in place, since every `bytes` or `str` on the way would leave a copy in memory.
    """
    spec = bytearray(b"x'")
    for byte in key:
        spec += b"%02x" % byte
    spec += b"'"
    if len(spec) != _KEY_SPEC_BYTES:
        raise ValueError("the database key must be 32 bytes")
    return spec


def _set_key(db: Any, key: bytes) -> None:  # noqa: ANN401 - set_key is the library's own
    spec = _key_spec(key)
    try:
        db.set_key(spec)
    finally:
        spec[:] = bytes(len(spec))


def _settings(mode: Mode) -> tuple[str, ...]:
    common = (
        f"cipher_page_size = {PAGE_BYTES}",
        "temp_store = MEMORY",  # a sort that spills to a file would be plain text on the disk
        "trusted_schema = OFF",
        "cell_size_check = ON",
        "foreign_keys = ON",
    )
    if mode is Mode.READ:
        return (*common, "query_only = ON", f"cache_size = -{_READER_CACHE_KIB}")
    if mode is Mode.COPY:  # a copy that is cut off is thrown away, and synced when it is whole
        return (*common, "journal_mode = OFF", "synchronous = OFF")
    return (
        *common,
        "journal_mode = WAL",
        "synchronous = FULL",
        "secure_delete = ON",
        "recursive_triggers = ON",  # else REPLACE deletes rows without a trigger seeing it
    )


def connect(path: Path, key: bytes, mode: Mode) -> Db:
    """Open the database at `path` with a raw 32-byte key; any thread may use the connection.

    CREATE and COPY make the file, which must not be there. Raises Damaged for a file that is
    missing, empty, plain text, broken or under another key; CannotWrite, CannotRead, MissingTool.
    """
    files.private_umask()  # SQLite makes the files beside it as readable as this allows
    if mode in (Mode.CREATE, Mode.COPY):
        with files.writing(path):
            os.close(files.open_new(path))
    else:
        _check_file(path)
    with _told_of_a_full_disk(path):
        return _connected(path, key, mode)


def _connected(path: Path, key: bytes, mode: Mode) -> Db:
    """Open the file and prove the key, with every setting made."""
    uri = f"{path.absolute().as_uri()}?mode={'ro' if mode is Mode.READ else 'rw'}"
    with translated(path.name):
        db = dbapi2.connect(
            uri,
            uri=True,
            timeout=_BUSY_SECONDS,
            isolation_level=None,
            check_same_thread=False,
            factory=_Connection,
        )
    try:
        db.execute("PRAGMA cipher_log_level = NONE")  # it would write on the terminal
        _check_library(db)
        _set_key(db, key)
        for setting in _settings(mode):
            db.execute(f"PRAGMA {setting}").fetchall()
        db.execute("SELECT count(*) FROM sqlite_schema").fetchall()  # proves the key
    except BaseException:
        db.close()
        raise
    return db  # type: ignore[no-any-return]  # the library has no types


def _copy_error(words: str, target: Path) -> VaultError:
    """The error of a copy that failed: the library gives only SQLite's words for it, no code."""
    if "full" in words:
        return CannotWrite(str(target), "the disk is full")
    if "malformed" in words or "not a database" in words:
        return Damaged("records.db is damaged")
    return CannotWrite(str(target), "the disk reports an error")


def copy_to(source: Db, target: Path, key: bytes) -> None:
    """Copy what a connection sees, at one moment, to a new database under the same raw key.

    The copy needs no files beside it: no write-ahead log, no index of one. Others may read and
    write the source meanwhile. The caller syncs it. Raises CannotWrite, Damaged.
    """
    copy = connect(target, key, Mode.COPY)
    try:
        source.backup(copy)  # type: ignore[attr-defined]  # the library has no types
    except dbapi2.Error as error:
        raise _copy_error(str(error), target) from error
    finally:
        copy.close()
    # The header was copied too, and says that there is a log: say that there is none.
    plain = connect(target, key, Mode.WRITE)
    try:
        plain.execute("PRAGMA journal_mode = DELETE").fetchall()
    finally:
        plain.close()


@contextlib.contextmanager
def time_limit(db: Db, seconds: float) -> Iterator[None]:
    """Stop any statement in the block that runs past `seconds` from now: it raises Refused."""
    end = time.monotonic() + seconds
    db.set_progress_handler(lambda: time.monotonic() > end, _STEPS_BETWEEN_LOOKS)
    try:
        yield
    finally:
        db.set_progress_handler(None, 0)
