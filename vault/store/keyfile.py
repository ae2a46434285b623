"""Key files: a file that is needed beside the passphrase, made new or chosen by the person."""

from __future__ import annotations

import contextlib
import os
import stat
from pathlib import Path

from vault.errors import BadKeyFile, CannotRead
from vault.store import crypto, files

SMALLEST = 32
"""Fewer bytes could be guessed; a file of 32 random bytes cannot."""
LARGEST = 16 * 1024 * 1024
_FIRST = "chartmend key file 1"
_RANDOM_BYTES = 32
_FLAGS = os.O_RDONLY | os.O_NONBLOCK | os.O_NOCTTY | os.O_CLOEXEC


def digest(content: bytes) -> bytes:
    """The 32 bytes a key file stands for.

    The words before the content keep the plain SHA-256 of a file, which lists of files often
    show, from serving in place of the file.
    """
    return crypto.sha256(crypto.PREFIX + b"key file\x00" + content)


def _check_kind(mode: int, name: str) -> None:
    if stat.S_ISDIR(mode):
        raise BadKeyFile(name, "it is a folder")
    if not stat.S_ISREG(mode):
        raise BadKeyFile(name, "it is not an ordinary file")


def _check_size(size: int, name: str) -> None:
    if size < SMALLEST:
        what = f"it has only {size} bytes; {SMALLEST} are needed" if size else "it is empty"
        raise BadKeyFile(name, what)
    if size > LARGEST:
        raise BadKeyFile(name, f"it is larger than {LARGEST // 1024**2} MiB")


def _open(path: Path) -> int:
    """Open an ordinary file, through links too: a key file may lie on a stick.

    It is looked at before it is opened, since opening a device can already do something.
    """
    try:
        _check_kind(path.stat().st_mode, path.name)
        return os.open(path, _FLAGS)
    except OSError as error:
        raise CannotRead(str(path), files.reason(error)) from error


def _content(fd: int, size: int) -> bytes:
    """Up to one byte more than `size` says, so that a file that grows shows."""
    parts, left = [], size + 1
    while left and (part := os.read(fd, left)):
        parts.append(part)
        left -= len(part)
    return b"".join(parts)


def read(path: Path) -> bytes:
    """The content of a key file, 32 bytes to 16 MiB; never waits for anything.

    Raises CannotRead, and BadKeyFile for a folder, a device, a pipe, a file too small or too
    large, and one that changes while it is read.
    """
    fd = _open(path)
    try:
        before = os.fstat(fd)
        _check_kind(before.st_mode, path.name)
        _check_size(before.st_size, path.name)
        content, after = _content(fd, before.st_size), os.fstat(fd)
    except OSError as error:
        raise CannotRead(str(path), files.reason(error)) from error
    finally:
        os.close(fd)
    same = (before.st_size, before.st_mtime_ns) == (after.st_size, after.st_mtime_ns)
    if not same or len(content) != before.st_size:
        raise BadKeyFile(path.name, "it changes while it is read")
    return content


def make(path: Path) -> bytes:
    """Write a new key file, on the disk and the owner's alone, and return its content.

    A file that is there is never touched. Raises CannotWrite.
    """
    content = f"{_FIRST}\n{crypto.random_bytes(_RANDOM_BYTES).hex()}\n".encode()
    with files.writing(path):
        fd = files.open_new(path)
        try:
            files.write_all(fd, content)
            os.fsync(fd)
        except BaseException:  # an empty one would stand in the way of the next attempt
            with contextlib.suppress(OSError):
                path.unlink()
            raise
        finally:
            os.close(fd)
        files.sync_folder(path.parent)
    return content
