"""A secret in memory of its own that is kept out of swap where the system allows it."""

from __future__ import annotations

import contextlib
import ctypes
import mmap

_PAGE = mmap.PAGESIZE


def _lock(page: mmap.mmap) -> bool:
    """Keep a page out of swap; False where the system refuses."""
    try:
        call = ctypes.CDLL(None, use_errno=True).mlock
        address = ctypes.addressof(ctypes.c_char.from_buffer(page))
        return int(call(ctypes.c_void_p(address), ctypes.c_size_t(_PAGE))) == 0
    except (AttributeError, OSError):
        return False


class LockedBytes:
    """Some bytes on a page of their own: not swapped, not dumped, overwritten when wiped.

    Copies that Python makes of what is read from it are none of these things. `locked` says
    whether the page is kept out of swap.
    """

    __slots__ = ("_length", "_page", "locked")

    def __init__(self, data: bytes) -> None:
        if len(data) > _PAGE:
            raise ValueError("a secret is at most one page long")
        self._page = mmap.mmap(-1, _PAGE)
        self._length = len(data)
        self.locked = _lock(self._page)
        if hasattr(mmap, "MADV_DONTDUMP"):
            with contextlib.suppress(OSError):
                self._page.madvise(mmap.MADV_DONTDUMP)
        self._page[: self._length] = data

    def __repr__(self) -> str:
        return "LockedBytes(…)"

    def read(self) -> bytes:
        """A copy of the bytes; raises ValueError once wiped."""
        if self._page.closed:
            raise ValueError("the secret is wiped")
        return self._page[: self._length]

    def wipe(self) -> None:
        """Overwrite the bytes and give the page back; a second call does nothing."""
        if not self._page.closed:
            self._page[:] = bytes(_PAGE)
            self._page.close()


def can_lock() -> bool:
    """Whether this process may keep a page out of swap."""
    probe = LockedBytes(b"")
    probe.wipe()
    return probe.locked
