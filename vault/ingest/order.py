"""The order in which words are read: rows from the words' own places, columns where there are any.

An OCR engine that takes a fold, a streak of toner or a gap in a sentence for the edge of a
column reads half lines. Where the words stand tells better: parts of lines that go on at the same
height are one row, and only a gutter that many rows of long lines leave free parts columns.
"""

from __future__ import annotations

import bisect
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from statistics import median

from vault.model.words import Box, Word

_SAME_HEIGHT = 0.5  # of a line's height: parts of a row stand no further apart up or down
_COLUMN_ROWS = 6  # a column has at least so many rows
_COLUMN_WORDS = 5  # in most of its rows, at least so many words: cells of tables have fewer
_COLUMN_FILLED = 0.6  # of its width, in most rows
_GUTTER = 1.0  # of a line's height, at least, all the way down
_PARAGRAPH = 1.7  # of the usual distance from row to row


@dataclass(frozen=True, slots=True)
class _Part:
    """Words that stand side by side in one line, with the box around them in pixels."""

    words: tuple[Word, ...]
    left: float
    right: float
    top: float
    bottom: float

    @property
    def height(self) -> float:
        """The usual height of its words, in pixels."""
        return self.bottom - self.top


def _part(words: Sequence[Word], size: tuple[int, int]) -> _Part:
    wide, high = size
    boxes = [word.box for word in words]
    centre = median((b.top + b.bottom) / 2 for b in boxes) * high
    half = max(1.0, median(b.bottom - b.top for b in boxes) * high / 2)
    return _Part(
        tuple(words),
        min(b.left for b in boxes) * wide,
        max(b.right for b in boxes) * wide,
        centre - half,
        centre + half,
    )


def _parts(words: Sequence[Word], size: tuple[int, int]) -> list[_Part]:
    """The engine's own lines, cut where a gap is wider than a line is high by far."""
    found: list[list[Word]] = []
    for word in words:
        if found and found[-1][-1].line == word.line:
            found[-1].append(word)
        else:
            found.append([word])
    return [_part(sorted(line, key=lambda w: w.box.left), size) for line in found]


def _ends(part: _Part) -> tuple[Box, Box]:
    return part.words[0].box, part.words[-1].box


def _continues(left: _Part, right: _Part, size: tuple[int, int]) -> bool:
    """Whether `right` goes on the row that `left` begins, judged where the two come nearest."""
    one, other = _ends(left)[1], _ends(right)[0]
    height = max(min(left.height, right.height), 1.0)
    apart = abs((one.top + one.bottom) / 2 - (other.top + other.bottom) / 2) * size[1]
    whole = abs(left.top + left.bottom - right.top - right.bottom) / 2
    return (
        min(apart, whole) <= _SAME_HEIGHT * height
        and right.left >= left.right - height
        and max(left.height, right.height) < 2.2 * height
    )


def _rows(parts: list[_Part], size: tuple[int, int]) -> list[list[_Part]]:
    """The parts chained into rows, rows from the top, parts from the left."""
    rows: list[list[_Part]] = []
    for part in sorted(parts, key=lambda p: p.left):
        near = [row for row in rows if _continues(row[-1], part, size)]
        if near:
            middle = part.top + part.bottom
            best = min(near, key=lambda r: abs(r[-1].top + r[-1].bottom - middle))
            best.append(part)
        else:
            rows.append([part])
    return sorted(rows, key=lambda row: median(p.top + p.bottom for p in row))


def _gaps(row: list[_Part], size: tuple[int, int]) -> list[tuple[float, float]]:
    """The blank spans within a row and to both of its sides, in pixels."""
    spans = [(w.box.left * size[0], w.box.right * size[0]) for p in row for w in p.words]
    spans.sort()
    gaps, at = [], 0.0
    for left, right in spans:
        if left > at:
            gaps.append((at, left))
        at = max(at, right)
    gaps.append((at, float(size[0])))
    return gaps


def _free(gaps: list[tuple[float, float]], x: float) -> tuple[float, float] | None:
    i = bisect.bisect_right(gaps, (x, float("inf"))) - 1
    return gaps[i] if i >= 0 and gaps[i][0] <= x <= gaps[i][1] else None


def _sides(row: list[_Part], x: float, size: tuple[int, int]) -> tuple[list[Word], list[Word]]:
    left: list[Word] = []
    right: list[Word] = []
    for part in row:
        for word in part.words:
            near = (word.box.left + word.box.right) / 2 * size[0] <= x
            (left if near else right).append(word)
    return left, right


def _prose(side: list[list[Word]]) -> bool:
    """Whether the rows of one side are lines of text, not cells of a table."""
    rows = [row for row in side if row]
    if len(rows) < _COLUMN_ROWS:
        return False
    spans = [row[-1].box.right - row[0].box.left for row in rows]
    filled = sum(span >= _COLUMN_FILLED * max(spans) for span in spans)
    return median(len(row) for row in rows) >= _COLUMN_WORDS and 2 * filled > len(rows)


def _columns(rows: list[list[_Part]], size: tuple[int, int]) -> tuple[int, int, float] | None:
    """The longest run of rows that a gutter parts: its first row, its end, and where it is."""
    height = median(p.height for row in rows for p in row)
    gaps = [_gaps(row, size) for row in rows]
    best: tuple[int, int, float] | None = None
    for share in range(25, 76):
        x = size[0] * share / 100
        for start, end in _runs(gaps, x, _GUTTER * height):
            if end - start >= _COLUMN_ROWS and (best is None or end - start > best[1] - best[0]):
                sides = [_sides(row, x, size) for row in rows[start:end]]
                if all(_prose([s[n] for s in sides]) for n in (0, 1)):
                    best = (start, end, x)
    return best


def _runs(
    gaps: list[list[tuple[float, float]]], x: float, width: float
) -> Iterator[tuple[int, int]]:
    """The runs of rows that leave one upright strip around `x` free, at least `width` wide."""
    start, low, high = 0, 0.0, float("inf")
    for at, row in enumerate(gaps):
        free = _free(row, x)
        if free is not None and min(high, free[1]) - max(low, free[0]) >= width:
            low, high = max(low, free[0]), min(high, free[1])
            continue
        yield start, at
        start, low, high = at, 0.0, float("inf")
        if free is None or free[1] - free[0] < width:
            start = at + 1
        else:
            low, high = free
    yield start, len(gaps)


def _ordered(rows: list[list[_Part]], size: tuple[int, int]) -> Iterator[list[Word]]:
    """The words row by row, columns one after the other."""
    if not rows:
        return
    found = _columns(rows, size) if len(rows) >= _COLUMN_ROWS else None
    if found is None:
        for row in rows:
            yield [w for p in row for w in p.words]
        return
    start, end, x = found
    yield from _ordered(rows[:start], size)
    sides = [_sides(row, x, size) for row in rows[start:end]]
    for side in (0, 1):
        yield from (s[side] for s in sides if s[side])
    yield from _ordered(rows[end:], size)


def reading_order(words: Sequence[Word], size: tuple[int, int]) -> tuple[Word, ...]:
    """The words of an upright, level page in reading order, lines and blocks counted anew.

    `size` is the width and height of the page in pixels.
    """
    if not words:
        return ()
    rows = [row for row in _ordered(_rows(_parts(words, size), size), size) if row]
    out: list[Word] = []
    block, above = 0, None
    steps = [b - a for a, b in zip(_middles(rows), _middles(rows)[1:], strict=False) if b > a]
    usual = median(steps) if steps else 0.0
    for line, row in enumerate(rows):
        middle = _middle(row)
        if above is not None and not 0 < middle - above <= _PARAGRAPH * usual:
            block += 1
        out += [replace(word, line=line, block=block) for word in row]
        above = middle
    return tuple(out)


def _middle(row: list[Word]) -> float:
    return median((w.box.top + w.box.bottom) / 2 for w in row)


def _middles(rows: list[list[Word]]) -> list[float]:
    return [_middle(row) for row in rows]
