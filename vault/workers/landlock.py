"""Linux's Landlock: a process shuts itself off from files and connections it will not need."""

from __future__ import annotations

import contextlib
import ctypes
import os
import platform
import stat
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

# linux/landlock.h. The numbers of the calls are the same on every processor but Alpha.
_CREATE, _ADD, _RESTRICT = 444, 445, 446
_ASK_VERSION = 1
_BENEATH = 1
_EXECUTE, _WRITE, _READ, _LIST = 1 << 0, 1 << 1, 1 << 2, 1 << 3
_TRUNCATE = 1 << 14
_OF_FILES = _EXECUTE | _WRITE | _READ | _TRUNCATE
"""The rights a rule on a single file may name; the others are about what a folder holds."""
_RIGHTS = {1: (1 << 13) - 1, 2: (1 << 14) - 1, 3: (1 << 15) - 1, 4: (1 << 15) - 1}
_NEWEST_RIGHTS = (1 << 16) - 1  # from 5 on: controlling devices, too
_TCP = 0b11  # listening and connecting
_SCOPES = 0b11  # abstract sockets and signals of processes outside
_PR_SET_NO_NEW_PRIVS = 38


class _Ruleset(ctypes.Structure):
    _fields_ = (
        ("files", ctypes.c_uint64),
        ("network", ctypes.c_uint64),
        ("scopes", ctypes.c_uint64),
    )


class _Beneath(ctypes.Structure):
    _pack_ = 1
    _fields_ = (("rights", ctypes.c_uint64), ("folder", ctypes.c_int32))


@dataclass(frozen=True, slots=True)
class Places:
    """What stays open: folders and files to read, to run programs from, and to write in."""

    read: tuple[Path, ...] = ()
    run: tuple[Path, ...] = ()
    write: tuple[Path, ...] = ()


def _call(number: int, *arguments: object) -> int:
    libc = ctypes.CDLL(None, use_errno=True)
    libc.syscall.restype = ctypes.c_long
    return int(libc.syscall(ctypes.c_long(number), *arguments))


def version() -> int:
    """The version of Landlock this system offers; 0 for none."""
    if sys.platform != "linux" or platform.machine() == "alpha":
        return 0
    try:
        return max(_call(_CREATE, None, ctypes.c_size_t(0), ctypes.c_uint32(_ASK_VERSION)), 0)
    except (OSError, AttributeError):
        return 0


def _no_new_rights() -> None:
    """Let no program started from here on have more rights than this process (Linux)."""
    if sys.platform == "linux":
        with contextlib.suppress(OSError, AttributeError):
            ctypes.CDLL(None).prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)


def _ruleset(known: int) -> tuple[int, int]:
    """A new set of rules that forbids all it knows: its file descriptor and the file rights."""
    rights = _RIGHTS.get(known, _NEWEST_RIGHTS)
    rules = _Ruleset(rights, _TCP if known >= 4 else 0, _SCOPES if known >= 6 else 0)
    size = 24 if known >= 6 else 16 if known >= 4 else 8
    return _call(_CREATE, ctypes.byref(rules), ctypes.c_size_t(size), ctypes.c_uint32(0)), rights


def _allow(rules: int, places: Iterable[Path], rights: int) -> None:
    """Open places for some rights; one that is not there needs no rule."""
    for place in places:
        try:
            held = os.open(place, os.O_PATH | os.O_CLOEXEC)
        except OSError:
            continue
        try:
            folder = stat.S_ISDIR(os.fstat(held).st_mode)
            beneath = _Beneath(rights if folder else rights & _OF_FILES, held)
            _call(_ADD, ctypes.c_int(rules), ctypes.c_int(_BENEATH), ctypes.byref(beneath), 0)
        finally:
            os.close(held)


def restrict(places: Places) -> bool:
    """Forbid this process, and all it starts, every other place for good.

    TCP connections end with version 4, signals to other processes with version 6. Returns
    whether that could be done. Where it cannot, programs started still get no new rights.
    """
    _no_new_rights()
    known = version()
    if not known:
        return False
    rules, rights = _ruleset(known)
    if rules < 0:
        return False
    try:
        _allow(rules, places.read, _READ | _LIST)
        _allow(rules, places.run, _READ | _LIST | _EXECUTE)
        _allow(rules, places.write, rights & ~_EXECUTE)
        return _call(_RESTRICT, ctypes.c_int(rules), ctypes.c_uint32(0)) == 0
    finally:
        os.close(rules)
