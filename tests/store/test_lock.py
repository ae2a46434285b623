"""The lock: one writer, named to the second; free as soon as the first is gone."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.store.helpers import child
from vault.errors import Busy, Exit
from vault.store.lock import WriterLock

HOLD = """
import sys
from pathlib import Path
from vault.store.lock import WriterLock
held = WriterLock(Path(sys.argv[1]))
print("held", flush=True)
sys.stdin.read()
"""


def test_a_second_opener_is_told_who_has_it(tmp_path: Path) -> None:
    """Process and time are named, and the exit code is that of a busy vault."""
    first = WriterLock(tmp_path)
    with pytest.raises(Busy, match=rf"process {os.getpid()} .* since \d{{4}}-") as told:
        WriterLock(tmp_path)
    assert told.value.exit_code is Exit.BUSY
    first.release()


def test_it_is_free_after_release_and_the_file_stays(tmp_path: Path) -> None:
    """Release is idempotent, and the file keeps its inode so that no two locks exist."""
    first = WriterLock(tmp_path)
    inode = (tmp_path / "lock").stat().st_ino
    first.release()
    first.release()
    WriterLock(tmp_path).release()
    assert (tmp_path / "lock").stat().st_ino == inode
    assert (tmp_path / "lock").read_bytes() == b""


def test_another_process_holds_it_until_it_is_killed(tmp_path: Path) -> None:
    """A killed process leaves nothing to clean up."""
    with child(HOLD, str(tmp_path)) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "held\n"
        with pytest.raises(Busy, match=f"process {process.pid}"):
            WriterLock(tmp_path)
        process.kill()
        process.wait()
        WriterLock(tmp_path).release()


def test_rubbish_in_the_file_is_not_shown(tmp_path: Path) -> None:
    """Control codes in the file never reach the terminal."""
    first = WriterLock(tmp_path)
    (tmp_path / "lock").write_bytes(b"\x1b[31mrubbish\n")
    with pytest.raises(Busy, match="another process has had"):
        WriterLock(tmp_path)
    first.release()


def test_the_lock_is_not_handed_to_children(tmp_path: Path) -> None:
    """A child started meanwhile does not keep the vault locked."""
    held = WriterLock(tmp_path)
    with child("import sys; print('up', flush=True); sys.stdin.read()") as process:
        assert process.stdout is not None
        process.stdout.readline()
        held.release()
        WriterLock(tmp_path).release()
        process.kill()
