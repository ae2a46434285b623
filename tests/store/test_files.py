"""Files: private, never through a link, whole or untouched, and failures told in plain words."""

from __future__ import annotations

import errno
import os
import stat
from pathlib import Path

import pytest

from tests.store.helpers import child, disk_calls, names
from vault.errors import CannotWrite, Damaged
from vault.store import files


def test_an_atomic_write_is_private_and_replaces_the_whole_file(tmp_path: Path) -> None:
    """The new content is there alone, 0600, with no file beside it."""
    path = tmp_path / "keys"
    files.write_atomic(path, b"a longer first content")
    files.write_atomic(path, b"second")
    assert path.read_bytes() == b"second"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert names(tmp_path) == ["keys"]


def test_a_file_is_on_the_disk_before_its_name_and_the_name_before_it_counts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without either sync a power cut could leave an empty file, or none."""
    seen = disk_calls(monkeypatch)
    files.write_atomic(tmp_path / "keys", b"x")
    assert seen == ["sync file", "rename", "sync folder"]
    files.make_folder(tmp_path / "originals")
    assert seen[3:] == ["sync folder"]


def test_what_a_crash_left_does_not_stand_in_the_way(tmp_path: Path) -> None:
    """A half-written file from an earlier crash is simply replaced."""
    (tmp_path / "keys.new").write_bytes(b"half")
    files.write_atomic(tmp_path / "keys", b"whole")
    assert (tmp_path / "keys").read_bytes() == b"whole"
    assert not (tmp_path / "keys.new").exists()


@pytest.mark.parametrize(
    ("code", "words"),
    [
        (errno.ENOSPC, "the disk is full"),
        (errno.EDQUOT, "your share of the disk is used up"),
        (errno.EACCES, "no permission"),
        (errno.EROFS, "the disk can only be read"),
        (errno.EIO, "the disk reports an error"),
    ],
)
def test_a_write_that_fails_says_why_and_leaves_the_old_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, code: int, words: str
) -> None:
    """Each cause has its own words; the old content and nothing else is there."""
    path = tmp_path / "keys"
    files.write_atomic(path, b"old")

    def fail(fd: int, data: object) -> int:
        raise OSError(code, "no")

    monkeypatch.setattr(os, "write", fail)
    with pytest.raises(CannotWrite, match=words):
        files.write_atomic(path, b"new")
    monkeypatch.undo()
    assert path.read_bytes() == b"old"
    assert names(tmp_path) == ["keys"]


def test_a_write_that_the_system_takes_in_parts_is_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Short writes are continued until everything is on the disk."""
    real = os.write
    monkeypatch.setattr(os, "write", lambda fd, data: real(fd, data[:3]))
    files.write_atomic(tmp_path / "keys", b"0123456789")
    assert (tmp_path / "keys").read_bytes() == b"0123456789"


def test_a_link_is_neither_read_nor_written_through(tmp_path: Path) -> None:
    """A planted link leads neither reader nor writer to another file."""
    secret = tmp_path / "elsewhere"
    secret.write_bytes(b"untouched")
    (tmp_path / "anchor").symlink_to(secret)
    with pytest.raises(Damaged, match="anchor is a link"):
        files.read_small(tmp_path / "anchor", 10)
    files.write_atomic(tmp_path / "anchor", b"new")
    assert secret.read_bytes() == b"untouched"


def test_a_pipe_in_place_of_a_file_does_not_hang(tmp_path: Path) -> None:
    """Opening a named pipe returns at once with an error."""
    os.mkfifo(tmp_path / "keys")
    with pytest.raises(Damaged, match="keys is not a file"):
        files.read_small(tmp_path / "keys", 10)


def test_a_folder_is_private_whatever_the_umask(tmp_path: Path) -> None:
    """0700 also where the umask would allow more."""
    before = os.umask(0)
    try:
        files.make_folder(tmp_path / "originals")
    finally:
        os.umask(before)
    assert stat.S_IMODE((tmp_path / "originals").stat().st_mode) == 0o700
    assert not files.others_can_read(tmp_path / "originals")


def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    """A missing parent folder is an error in words."""
    with pytest.raises(CannotWrite, match="the folder is not there"):
        files.make_folder(tmp_path / "missing" / "tmp")


def test_a_long_file_is_written_on_a_system_without_fdatasync(tmp_path: Path) -> None:
    """On macOS there is none; what is synced along the way is then synced whole."""
    script = (
        "import os, sys; del os.fdatasync\n"
        "from pathlib import Path; from vault.store import files\n"
        "files._SYNC_EVERY = 4\n"
        "fd = files.open_new(Path(sys.argv[1]))\n"
        "files.write_synced(fd, [b'piece'] * 3)\n"
    )
    with child(script, str(tmp_path / "long")) as process:
        assert process.wait() == 0
    assert (tmp_path / "long").read_bytes() == b"piecepiecepiece"
