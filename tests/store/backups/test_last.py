"""The note of the last backup: kept beside the vault's other notes, and never in the way."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from vault.store.backups import last
from vault.store.backups.last import LastBackup

VAULT = "ab" * 16


def test_it_is_kept(tmp_path: Path) -> None:
    """The last one noted is the one read, in a private file."""
    state = tmp_path / "state"
    assert last.read(state, VAULT) is None
    for day in (3, 4):
        made = LastBackup(dt.datetime(2026, 2, day, 10, tzinfo=dt.UTC), "/media/disk/copies")
        last.note(state, VAULT, made)
        assert last.read(state, VAULT) == made
    assert {path.stat().st_mode & 0o077 for path in (state, *state.iterdir())} == {0}


@pytest.mark.parametrize(
    "data", [b"", b"[]", b"{}", b'{"at":"x","place":""}', b'{"at":5}', b"\xff"]
)
def test_a_damaged_note_is_none(tmp_path: Path, data: bytes) -> None:
    """Whatever is in the file, the worst is that a backup is asked for."""
    (tmp_path / f"{VAULT}.backup").write_bytes(data)
    assert last.read(tmp_path, VAULT) is None
