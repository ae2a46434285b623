"""Key files: what may be one, what is refused, and that nothing here ever waits."""

from __future__ import annotations

import errno
import hashlib
import os
import stat
from collections.abc import Callable
from pathlib import Path

import pytest

from vault.errors import BadKeyFile, CannotRead, CannotWrite
from vault.store import files, keyfile


def test_a_new_one_is_random_and_private(tmp_path: Path) -> None:
    """It says what it is, holds 64 random digits, and nobody else may read it."""
    one, two = keyfile.make(tmp_path / "a"), keyfile.make(tmp_path / "b")
    assert one != two
    first, digits = one.decode().splitlines()
    assert first == "chartmend key file 1"
    assert len(bytes.fromhex(digits)) == 32
    assert stat.S_IMODE((tmp_path / "a").stat().st_mode) == 0o600
    assert keyfile.read(tmp_path / "a") == one


def test_a_file_that_is_there_is_never_written_over(tmp_path: Path) -> None:
    """Making one where something is fails and leaves it."""
    (tmp_path / "mine").write_bytes(b"a letter")
    with pytest.raises(CannotWrite):
        keyfile.make(tmp_path / "mine")
    (tmp_path / "link").symlink_to(tmp_path / "nowhere")
    with pytest.raises(CannotWrite):
        keyfile.make(tmp_path / "link")
    assert (tmp_path / "mine").read_bytes() == b"a letter"
    assert not (tmp_path / "nowhere").exists()


def test_its_plain_checksum_does_not_stand_in_for_it() -> None:
    """The digest has words of its own before the content."""
    content = b"c" * 40
    assert keyfile.digest(content) != hashlib.sha256(content).digest()
    expected = hashlib.sha256(b"chartmend/1/key file\x00" + content).digest()
    assert keyfile.digest(content) == expected


def test_every_size_within_the_limits_is_taken(tmp_path: Path) -> None:
    """The smallest and the largest both are, also through a link."""
    for size in (keyfile.SMALLEST, keyfile.LARGEST):
        (tmp_path / "key").write_bytes(bytes(size))
        assert len(keyfile.read(tmp_path / "key")) == size
    (tmp_path / "link").symlink_to(tmp_path / "key")
    assert len(keyfile.read(tmp_path / "link")) == keyfile.LARGEST


def _folder(path: Path) -> None:
    path.mkdir()


def _huge(path: Path) -> None:
    with path.open("wb") as file:
        file.truncate(10 * 2**40)


HOSTILE = [
    ("a folder", _folder, "it is a folder"),
    ("empty", lambda p: p.touch(), "it is empty"),
    ("too small", lambda p: p.write_bytes(bytes(31)), "it has only 31 bytes"),
    ("too large", lambda p: p.write_bytes(bytes(keyfile.LARGEST + 1)), "larger than 16 MiB"),
    ("ten terabytes", _huge, "larger than 16 MiB"),
    ("a pipe", lambda p: os.mkfifo(p), "not an ordinary file"),
    ("/dev/zero", lambda p: p.symlink_to("/dev/zero"), "not an ordinary file"),
    ("/dev/stdin", lambda p: p.symlink_to("/dev/tty"), "not an ordinary file"),
    ("a file of /proc", lambda p: p.symlink_to("/proc/self/maps"), "it is empty"),
]


@pytest.mark.parametrize(("make", "why"), [h[1:] for h in HOSTILE], ids=[h[0] for h in HOSTILE])
def test_anything_else_is_refused_at_once(
    tmp_path: Path, make: Callable[[Path], object], why: str
) -> None:
    """A sentence says why, and no byte is read from a device or a pipe."""
    make(tmp_path / "key")
    with pytest.raises(BadKeyFile, match=why):
        keyfile.read(tmp_path / "key")


def test_a_circle_of_links_and_no_file_at_all_are_told(tmp_path: Path) -> None:
    """What cannot be opened is an unreadable place."""
    (tmp_path / "a").symlink_to(tmp_path / "b")
    (tmp_path / "b").symlink_to(tmp_path / "a")
    for name in ("a", "none", "none/below"):
        with pytest.raises(CannotRead):
            keyfile.read(tmp_path / name)


@pytest.mark.parametrize("how", ["grow", "shrink", "rewrite"])
def test_one_that_changes_meanwhile_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, how: str
) -> None:
    """A file still being written or synced would never open the vault again."""
    path = tmp_path / "key"
    path.write_bytes(b"x" * 100)
    real = os.read

    def change(fd: int, count: int) -> bytes:
        monkeypatch.setattr(os, "read", real)
        if how == "rewrite":
            path.write_bytes(b"y" * 100)
            os.utime(path, ns=(1, 1))
        else:
            os.truncate(path, 150 if how == "grow" else 50)
        return real(fd, count)

    monkeypatch.setattr(os, "read", change)
    with pytest.raises(BadKeyFile, match="changes while it is read"):
        keyfile.read(path)


def test_control_codes_of_a_name_are_not_shown(tmp_path: Path) -> None:
    """A file's name never acts on the terminal."""
    path = tmp_path / "\x1b[31mkey"
    path.touch()
    with pytest.raises(BadKeyFile) as told:
        keyfile.read(path)
    assert "\x1b" not in told.value.sentence


def test_a_full_disk_leaves_no_empty_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An empty file would be taken for the person's own the next time, and refused."""
    path = tmp_path / "new.key"

    def full(_fd: int, _data: bytes) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(files, "write_all", full)
        with pytest.raises(CannotWrite, match="full"):
            keyfile.make(path)
    assert keyfile.make(path) == keyfile.read(path)
