"""Files of a backup: copied with their sum, and read again to compare it."""

from __future__ import annotations

import contextlib
import hashlib
import os
from collections.abc import Iterator
from pathlib import Path

from vault.errors import CannotRead
from vault.store import files
from vault.store.backups.manifest import Sum

PIECE = 1 << 20


@contextlib.contextmanager
def opened(path: Path) -> Iterator[int]:
    """A plain file open for reading; raises FileNotFoundError, Damaged or CannotRead."""
    fd = files.open_plain(path)
    try:
        yield fd
    finally:
        os.close(fd)


def _pieces(fd: int, name: str) -> Iterator[bytes]:
    while True:
        try:
            piece = os.read(fd, PIECE)
        except OSError as error:
            raise CannotRead(name, files.reason(error)) from error
        if not piece:
            return
        yield piece


def summed(path: Path) -> Sum:
    """The length and SHA-256 of a file; raises as `opened`."""
    digest, size = hashlib.sha256(), 0
    with opened(path) as fd:
        for piece in _pieces(fd, path.name):
            digest.update(piece)
            size += len(piece)
    return Sum(size, digest.hexdigest())


def whole(path: Path, expected: Sum) -> bool:
    """Whether a file is there with this length and sum; raises CannotRead."""
    with contextlib.suppress(FileNotFoundError):
        return path.lstat().st_size == expected.size and summed(path) == expected
    return False


def copy(source: Path, target: Path, expected: int | None = None) -> Sum:
    """Copy a file to a new one, on the disk when this returns; its sum as it was read.

    One that goes on after `expected` bytes is not copied further: its sum is then another one
    than that of a file of this length.

    Raises FileNotFoundError where the source is not there, CannotRead, CannotWrite; a copy that
    is cut off is taken away.
    """
    digest, size = hashlib.sha256(), 0
    with opened(source) as fd, files.writing(target):
        out = files.open_new(target)
        try:
            for piece in _pieces(fd, source.name):
                digest.update(piece)
                size += len(piece)
                if expected is not None and size > expected:
                    break
                files.write_all(out, piece)
            os.fsync(out)
        except BaseException:
            with contextlib.suppress(OSError):
                target.unlink(missing_ok=True)
            raise
        finally:
            os.close(out)
    return Sum(size, digest.hexdigest())


def read_whole(path: Path, limit: int) -> bytes:
    """A file of up to `limit` bytes, or its first `limit` + 1; raises as `opened`."""
    with opened(path) as fd:
        data = bytearray()
        for piece in _pieces(fd, path.name):
            data += piece
            if len(data) > limit:
                break
    return bytes(data[: limit + 1])
