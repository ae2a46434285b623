"""Memory that a worker no longer uses, given back to the system between jobs."""

from __future__ import annotations

import ctypes
from typing import Any

_SPARE_BYTES = 32 * 1024**2
"""Less is kept: giving memory back and fetching it again costs a page 15 ms."""


class _Mallinfo(ctypes.Structure):
    """What glibc says of its heap, in bytes (mallinfo2, malloc.h)."""

    _fields_ = tuple(
        (name, ctypes.c_size_t)
        for name in (
            "arena", "ordblks", "smblks", "hblks", "hblkhd",
            "usmblks", "fsmblks", "uordblks", "fordblks", "keepcost",
        )
    )  # fmt: skip


def _library() -> Any:  # noqa: ANN401 - functions of the C library have no types
    """The C library where it is glibc 2.33 or later, which can do both; else None."""
    library = ctypes.CDLL(None)
    if not (hasattr(library, "mallinfo2") and hasattr(library, "malloc_trim")):
        return None
    library.mallinfo2.restype = _Mallinfo
    return library


_C = _library()


def known() -> bool:
    """Whether this system can be told to take memory back."""
    return _C is not None


def spare() -> int:
    """The bytes that are held free for what may come; 0 where the system does not tell."""
    return int(_C.mallinfo2().fordblks) if _C is not None else 0


def give_back() -> bool:
    """Give free memory back where there is much of it; returns whether any was given.

    A page leaves gaps as large as its pictures; without this they add up, as they are never
    quite where the next page's pictures fit.
    """
    if spare() < _SPARE_BYTES:
        return False
    return bool(_C.malloc_trim(0))
