"""Two rows of tokens laid beside each other: which of them differ."""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from vault.review.wording import Token, joined, same

_MOST = 60
"""Tokens: a longer stretch that differs is compared by its equal words alone."""


class Piece(NamedTuple):
    """Tokens `start` to `stop` of one row where the other has others, or none, instead."""

    old_start: int
    old_stop: int
    new_start: int
    new_stop: int


def _common(old: Sequence[Token], new: Sequence[Token]) -> list[tuple[int, int]]:
    """The longest row of pairs of tokens that are the same, in order."""
    long = [[0] * (len(new) + 1) for _ in range(len(old) + 1)]
    for i in range(len(old) - 1, -1, -1):
        for j in range(len(new) - 1, -1, -1):
            both = long[i + 1][j + 1] + 1 if same(old[i], new[j]) else 0
            long[i][j] = max(both, long[i + 1][j], long[i][j + 1])
    found, i, j = [], 0, 0
    while i < len(old) and j < len(new):
        if same(old[i], new[j]) and long[i][j] == long[i + 1][j + 1] + 1:
            found.append((i, j))
            i, j = i + 1, j + 1
        elif long[i + 1][j] >= long[i][j + 1]:
            i += 1
        else:
            j += 1
    return found


def _split(old: Sequence[Token], new: Sequence[Token], piece: Piece) -> Iterator[Piece]:
    """A stretch that differs without the words in it that were only read otherwise."""
    a, b = old[piece.old_start : piece.old_stop], new[piece.new_start : piece.new_stop]
    if joined(a) == joined(b):
        return
    if not (a and b) or len(a) > _MOST or len(b) > _MOST:
        yield piece
        return
    at_a = at_b = 0
    for i, j in [*_common(a, b), (len(a), len(b))]:
        if (i > at_a or j > at_b) and joined(a[at_a:i]) != joined(b[at_b:j]):
            starts = piece.old_start, piece.new_start
            yield Piece(starts[0] + at_a, starts[0] + i, starts[1] + at_b, starts[1] + j)
        at_a, at_b = i + 1, j + 1


def pieces(old: Sequence[Token], new: Sequence[Token]) -> tuple[Piece, ...]:
    """Where two rows of tokens differ, in order; what was only read otherwise left out."""
    keys = [t.key for t in old], [t.key for t in new]
    matcher = difflib.SequenceMatcher(None, *keys, autojunk=False)
    differ = [Piece(i, j, k, m) for tag, i, j, k, m in matcher.get_opcodes() if tag != "equal"]
    return tuple(part for piece in differ for part in _split(old, new, piece))
