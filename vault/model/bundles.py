"""Bundles: files that hold other files, and how much of them is taken in."""

from __future__ import annotations

from dataclasses import dataclass

MEMBERS = 20_000
"""The most files a ZIP may hold."""

TOTAL_BYTES = 20 * 1024**3
"""The most bytes its files may have in all, unpacked."""

RATIO = 100
"""How many times smaller than unpacked a file may be packed, and the whole ZIP likewise."""

FREE_BYTES = 1024**2
FREE_TOTAL_BYTES = 16 * 1024**2
"""Below this a file, or all of them, may be packed tighter: it can do no harm."""

NAME_CHARS = 512
PIECE_BYTES = 1024**2
"""How much of a member crosses from a worker at once."""

LOCKED = "it needs a password"
"""Why a member is not taken whose password was not given."""

LISTED = 1000
"""How many members cross at once."""


def too_tight(packed: int, unpacked: int, free: int) -> bool:
    """Whether `unpacked` bytes are more than `packed` ones may hold."""
    return unpacked > max(free, packed * RATIO)


@dataclass(frozen=True, slots=True)
class Member:
    """A file in a bundle: `name` is its path there, safe to show; never a place to write to.

    `index` is its number in the bundle's own list, `size` its unpacked length in bytes.
    `problem` is a clause that says why it is not taken, or empty.
    """

    index: int
    name: str
    size: int
    problem: str = ""


@dataclass(frozen=True, slots=True)
class Members:
    """A part of a bundle's members: `total` in all, or the `problem` that stops us."""

    total: int
    members: tuple[Member, ...] = ()
    problem: str = ""


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a member's bytes; `end` where none follow, `problem` where it cannot be had."""

    data: bytes
    end: bool
    problem: str = ""
