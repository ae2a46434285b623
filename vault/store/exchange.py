"""Two folders change places in one step, so that a reader finds the one or the other, whole."""

from __future__ import annotations

import ctypes
import errno
import os
import sys
from pathlib import Path

from vault.store import files

_AT_FDCWD = -100
_EXCHANGE = 2  # RENAME_EXCHANGE on Linux, RENAME_SWAP on macOS
_CANNOT = (errno.ENOSYS, errno.EINVAL, errno.ENOTSUP, errno.EOPNOTSUPP, errno.EPERM)


def _call(one: bytes, other: bytes) -> int:
    library = ctypes.CDLL(None, use_errno=True)
    if sys.platform == "darwin":
        return int(library.renamex_np(one, other, ctypes.c_uint(_EXCHANGE)))
    flags = ctypes.c_uint(_EXCHANGE)
    return int(library.renameat2(_AT_FDCWD, one, _AT_FDCWD, other, flags))


def exchange(one: Path, other: Path) -> bool:
    """Swap two folders of one disk at once; False where this system or disk cannot.

    Raises CannotWrite. When it returns True the change is on the disk.
    """
    try:
        failed = _call(os.fsencode(one), os.fsencode(other))
    except AttributeError:  # a C library without the call
        return False
    with files.writing(one):
        if failed:
            number = ctypes.get_errno()
            if number in _CANNOT:
                return False
            raise OSError(number, os.strerror(number))
        files.sync_folder(one.parent)
    return True
