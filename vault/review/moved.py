"""Words that stand in both copies, but elsewhere: they flowed on or were moved."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from vault.review.wording import Token, deciding

_RUN = 4
"""Tokens: so many that follow each other in both copies are the same passage."""
_NAME = 8
"""Letters: a word so long is not written twice by chance."""
_DATES = frozenset("/-.:")

Row = tuple[Token, ...]
Seeds = dict[tuple[str, ...], list[tuple[int, int]]]


class _Marks:
    """Which tokens of the stretches of one copy were found in the other."""

    def __init__(self, rows: Sequence[Row]) -> None:
        self.keys = [[t.key for t in row] for row in rows]
        self.rows = rows
        self.marked = [[False] * len(row) for row in rows]

    def free(self, row: int, start: int, stop: int) -> bool:
        """Whether none of these tokens was found yet."""
        return not any(self.marked[row][start:stop])

    def mark(self, row: int, start: int, stop: int) -> None:
        """These tokens were found."""
        self.marked[row][start:stop] = [True] * (stop - start)

    def seeds(self, size: int) -> Seeds:
        """Where each row of so many keys stands."""
        found: Seeds = defaultdict(list)
        for at, keys in enumerate(self.keys):
            for start in range(len(keys) - size + 1):
                found[tuple(keys[start : start + size])].append((at, start))
        return found

    def left(self) -> list[list[tuple[int, int]]]:
        """The parts of each stretch that were not found."""
        return [list(_gaps(marked)) for marked in self.marked]


def _gaps(marked: Sequence[bool]) -> Iterator[tuple[int, int]]:
    start = 0
    for at, there in enumerate([*marked, True]):
        if there:
            if at > start:
                yield start, at
            start = at + 1


def _long(one: _Marks, other: _Marks) -> None:
    """Mark what both have in rows of several words, as far as each goes."""
    seeds = other.seeds(_RUN)
    for at, keys in enumerate(one.keys):
        start = 0
        while start <= len(keys) - _RUN:
            places = seeds.get(tuple(keys[start : start + _RUN]), ())
            free = [p for p in places if other.free(p[0], p[1], p[1] + _RUN)]
            if not free:
                start += 1
                continue
            row, begin = free[0]
            size = _RUN
            theirs = other.keys[row]
            while (
                start + size < len(keys)
                and begin + size < len(theirs)
                and keys[start + size] == theirs[begin + size]
                and not other.marked[row][begin + size]
            ):
                size += 1
            one.mark(at, start, start + size)
            other.mark(row, begin, begin + size)
            start += size


def _own(row: Row) -> bool:
    """Whether a short stretch is known by itself, and turns no statement round by its place."""
    if any(deciding(token) for token in row):
        return False
    if len(row) > 1:
        return True
    return len(row[0].key) >= _NAME and not _DATES & set(row[0].key)


def _short(one: _Marks, other: _Marks) -> None:
    """Mark whole short stretches, as the cells of a table, that the other has elsewhere."""
    for size in range(_RUN - 1, 0, -1):
        seeds: Seeds | None = None
        for at, row in enumerate(one.rows):
            if len(row) != size or not one.free(at, 0, size) or not _own(row):
                continue
            seeds = other.seeds(size) if seeds is None else seeds
            places = seeds.get(tuple(one.keys[at]), ())
            free = next((p for p in places if other.free(p[0], p[1], p[1] + size)), None)
            if free is not None:
                one.mark(at, 0, size)
                other.mark(free[0], free[1], free[1] + size)


def kept(
    old: Sequence[Row], new: Sequence[Row]
) -> tuple[list[list[tuple[int, int]]], list[list[tuple[int, int]]]]:
    """The parts (start, stop) of each stretch of both copies that do not stand in the other."""
    sides = _Marks(old), _Marks(new)
    _long(*sides)
    _short(*sides)
    _short(sides[1], sides[0])
    return sides[0].left(), sides[1].left()
