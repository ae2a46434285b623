"""One writer at a time: a lock on a file that is never replaced and never deleted."""

from __future__ import annotations

import contextlib
import errno
import fcntl
import os
from pathlib import Path

from vault import dates
from vault.errors import Busy, CannotWrite
from vault.store import files

NAME = "lock"
_TRIES = 5


def _holder(fd: int) -> Busy:
    """Who has the lock, as far as the file says: "pid since"."""
    pid, _, since = os.pread(fd, 200, 0).decode("ascii", "replace").strip().partition(" ")
    if not pid.isdecimal():
        return Busy(None)
    return Busy(int(pid), "".join(c for c in since if c.isprintable())[:30])


class WriterLock:
    """The right to write to a vault folder, held until `release` or the end of the process.

    Raises Busy naming the process that has it, CannotWrite where the disk knows no locks.
    """

    __slots__ = ("_fd",)

    def __init__(self, folder: Path) -> None:
        path = folder / NAME
        for _ in range(_TRIES):
            with files.writing(path):
                flags = os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW | os.O_CLOEXEC
                self._fd = os.open(path, flags, files.FILE_MODE)
            try:
                self._take(path)
                if self._is_at(path):
                    return
            except BaseException:
                os.close(self._fd)
                raise
            os.close(self._fd)  # a rotation has put another folder in the place of this one
        raise Busy(None)

    def _is_at(self, path: Path) -> bool:
        """Whether the file that is locked is the one at the path."""
        try:
            found = path.lstat()
        except FileNotFoundError:
            return False
        with files.writing(path):
            held = os.fstat(self._fd)
        return (found.st_dev, found.st_ino) == (held.st_dev, held.st_ino)

    def _take(self, path: Path) -> None:
        try:
            fcntl.flock(self._fd, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise _holder(self._fd) from None
        except OSError as error:
            if error.errno in (errno.ENOLCK, errno.EOPNOTSUPP, errno.ENOSYS):
                raise CannotWrite(str(path), "this disk cannot lock files") from None
            raise CannotWrite(str(path), files.reason(error)) from error
        # Who holds it is a help to people: a full disk must not keep anybody out.
        with contextlib.suppress(OSError):
            os.ftruncate(self._fd, 0)
            os.pwrite(self._fd, f"{os.getpid()} {dates.now()}\n".encode(), 0)

    def release(self) -> None:
        """Give the lock back; a second call does nothing."""
        if self._fd < 0:
            return
        fd, self._fd = self._fd, -1
        with contextlib.suppress(OSError):
            os.ftruncate(fd, 0)
        os.close(fd)
