"""The page the master key lies on: locked, not dumped, empty after wiping."""

from __future__ import annotations

import ctypes
import mmap
import re
import resource
import sys
from pathlib import Path

import pytest

from vault.store import memory
from vault.store.keys import Keys
from vault.store.memory import LockedBytes

linux = pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
KEY = bytes(range(200, 232))


def test_it_gives_back_what_it_holds_until_it_is_wiped() -> None:
    """Wiping is final, and may happen twice."""
    held = LockedBytes(KEY)
    assert held.read() == KEY
    assert str(KEY) not in repr(held)
    held.wipe()
    held.wipe()
    with pytest.raises(ValueError, match="wiped"):
        held.read()


def test_more_than_a_page_is_a_mistake() -> None:
    """Only keys belong there."""
    with pytest.raises(ValueError, match="one page"):
        LockedBytes(bytes(mmap.PAGESIZE + 1))


def test_the_bytes_are_overwritten_before_the_page_is_given_back(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """What lies there when the page is closed is zeros."""
    seen = []

    class Page(mmap.mmap):
        def close(self) -> None:
            seen.append(self[:])
            super().close()

    monkeypatch.setattr(mmap, "mmap", Page)
    LockedBytes(KEY).wipe()
    assert seen == [bytes(mmap.PAGESIZE)]


def _mapping(held: LockedBytes) -> str:
    """What the kernel says of the page, by its address."""
    address = ctypes.addressof(ctypes.c_char.from_buffer(held._page))
    maps = Path("/proc/self/smaps").read_text("ascii")
    for part in re.split(r"\n(?=[0-9a-f]+-[0-9a-f]+ )", maps):
        first, last = (int(x, 16) for x in part.split(" ", 1)[0].split("-"))
        if first <= address < last:
            return part
    raise LookupError(address)


@linux
def test_the_kernel_keeps_the_page_out_of_swap_and_dumps() -> None:
    """Its mapping is marked as locked ("lo") and as not to be dumped ("dd")."""
    held = LockedBytes(KEY)
    if not held.locked:
        assert resource.getrlimit(resource.RLIMIT_MEMLOCK)[0] < mmap.PAGESIZE
    flags = re.search(r"VmFlags:(.*)", _mapping(held))
    assert flags is not None
    words = set(flags[1].split())
    assert "dd" in words
    assert ("lo" in words) == held.locked
    held.wipe()


def test_a_system_that_refuses_is_no_error(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without the right to lock memory the vault still opens; doctor says so."""

    class Refusing:
        mlock = staticmethod(lambda *_: -1)

    monkeypatch.setattr(ctypes, "CDLL", lambda *_, **__: Refusing)
    assert not memory.can_lock()
    assert Keys(KEY, b"v" * 16).master == KEY


def test_a_system_without_mlock_is_no_error(monkeypatch: pytest.MonkeyPatch) -> None:
    """The C library may lack it."""
    monkeypatch.setattr(ctypes, "CDLL", lambda *_, **__: object())
    assert not memory.can_lock()
