"""What the database refuses before it is opened: an old library, and a disk without room."""

from __future__ import annotations

import os
from pathlib import Path
from types import SimpleNamespace

import pytest
from sqlcipher3 import dbapi2

from vault.errors import CannotRead, CannotWrite, MissingTool
from vault.store import database
from vault.store.database import Mode

KEY = bytes(32)


@pytest.mark.parametrize("version", [(3, 51, 2), (3, 50, 7), (3, 7, 0)])
def test_a_sqlite_that_can_lose_changes_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, version: tuple[int, int, int]
) -> None:
    """Before 3.51.3 resetting the write-ahead log could lose committed changes."""
    monkeypatch.setattr(dbapi2, "sqlite_version_info", version)
    with pytest.raises(MissingTool, match=r"3\.51\.3"):
        database.connect(tmp_path / "records.db", KEY, Mode.CREATE)


def test_the_first_good_sqlite_is_taken(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The limit itself is enough."""
    monkeypatch.setattr(dbapi2, "sqlite_version_info", (3, 51, 3))
    database.connect(tmp_path / "records.db", KEY, Mode.CREATE).close()


def test_an_old_sqlcipher_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its version is asked of the library itself."""
    monkeypatch.setattr(database, "OLDEST_CIPHER", (99, 0))
    with pytest.raises(MissingTool, match="SQLCipher"):
        database.connect(tmp_path / "records.db", KEY, Mode.CREATE)


@pytest.mark.parametrize(
    ("free", "error"), [(0, CannotWrite), (31, CannotWrite), (9000, CannotRead)]
)
def test_a_disk_error_on_opening_is_told_by_the_room_left(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, free: int, error: type[Exception]
) -> None:
    """SQLite says the same for a full and for a failing disk; the room tells them apart."""
    path = tmp_path / "records.db"
    database.connect(path, KEY, Mode.CREATE).close()

    def fail(_path: Path, _key: bytes, _mode: Mode) -> database.Db:
        raise CannotRead("records.db", "the disk reports an error")

    room = SimpleNamespace(f_bavail=free, f_frsize=1024)
    monkeypatch.setattr(database, "_connected", fail)
    monkeypatch.setattr(os, "statvfs", lambda _path: room)
    with pytest.raises(error) as caught:
        database.connect(path, KEY, Mode.READ)
    assert ("full" in str(caught.value)) == (error is CannotWrite)
