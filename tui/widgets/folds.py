"""A line of a page cut at word gaps into pieces that fit the screen, each large enough to read."""

from __future__ import annotations

import statistics
from collections.abc import Sequence
from dataclasses import dataclass

from tui.widgets.blocks import Area, Blocks, Tint
from vault.model.reading import View
from vault.model.words import Box, Span, Word

_ABOVE = 0.15
"""White kept above and below the letters, as a share of the line's height."""
_BESIDE = 0.2
"""White kept before the first and after the last word of a fold, in line heights."""


@dataclass(frozen=True, slots=True)
class PageSize:
    """The upright page in points."""

    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Fold:
    """A piece of a line: its words, the part of the page it shows, and its size in cells."""

    span: Span
    crop: Box
    columns: int
    rows: int

    def view(self, page: int, blocks: Blocks = Blocks.QUADRANT) -> View:
        """How this piece is to be drawn: exactly as many pixels as its cells hold."""
        return View(page, self.columns * blocks.across, self.rows * 2, crop=self.crop, stretch=True)

    def area(self, words: Sequence[Word], span: Span, tint: Tint) -> Area | None:
        """The cells that show the words of `span`, or None where none of them is here."""
        start, stop = max(span.start, self.span.start), min(span.stop, self.span.stop)
        box = Box.around(w.box for w in words[start:stop]) if start < stop else None
        wide = self.crop.right - self.crop.left
        if box is None or wide <= 0:
            return None
        left = int((box.left - self.crop.left) / wide * self.columns)
        right = -int(-(box.right - self.crop.left) / wide * self.columns // 1)
        return Area(max(0, left), 0, min(self.columns, max(right, left + 1)), self.rows, tint)


def _height(words: Sequence[Word], span: Span) -> float:
    """How high a line's letters are, whatever a crooked page or one misread word says.

    A line of dots or dashes counts as high as most words of its page are.
    """
    page = statistics.median(w.box.bottom - w.box.top for w in words)
    line = sorted(w.box.bottom - w.box.top for w in words[span.start : span.stop])
    usual = statistics.median(line)
    tallest = [high for high in line if high <= 2.2 * usual]
    return max(tallest[-1] if tallest else usual, 0.7 * page)


def _middle(words: Sequence[Word], height: float) -> float:
    """Where the middle of these words stands on the page, from top to bottom."""
    held = [w.box for w in words if w.box.bottom - w.box.top <= 1.5 * height]
    boxes = held or [w.box for w in words]
    return (min(b.top for b in boxes) + max(b.bottom for b in boxes)) / 2


def fold(
    words: Sequence[Word], span: Span, page: PageSize, width: int, rows: int
) -> tuple[Fold, ...]:
    """Cut the words of `span` (one line) into folds of at most `width` cells and `rows` rows.

    A cell is taken to be twice as high as wide. A single word wider than the screen is
    narrowed to fit. Words without extent, or a page without size, give no folds.
    """
    line = words[span.start : span.stop]
    if not line or page.width <= 0 or page.height <= 0 or width < 4:
        return ()
    high = _height(words, span) * (1 + 2 * _ABOVE)
    tall = high * page.height
    if tall <= 0:
        return ()
    scale = page.width / tall * rows * 2  # cells across for the whole width of the page
    beside = _BESIDE * tall / page.width
    folds: list[Fold] = []
    for piece in _cut(words, span, (width - 1) / scale - 2 * beside):
        held = words[piece.start : piece.stop]
        box = Box.around(w.box for w in held) or line[0].box
        middle = _middle(held, high)
        crop = Box.clamped(
            box.left - beside, middle - high / 2, box.right + beside, middle + high / 2
        )
        columns = min(width, max(1, round((crop.right - crop.left) * scale)))
        folds.append(Fold(piece, crop, columns, rows))
    return tuple(folds)


def _cut(words: Sequence[Word], span: Span, room: float) -> list[Span]:
    """Runs of words that are at most `room` wide, as a share of the page's width."""
    pieces: list[Span] = []
    start = span.start
    left, right = words[start].box.left, words[start].box.right
    for i in range(start + 1, span.stop):
        box = words[i].box
        left_now, right_now = min(left, box.left), max(right, box.right)
        if right_now - left_now > room:
            pieces.append(Span(start, i))
            start, left_now, right_now = i, box.left, box.right
        left, right = left_now, right_now
    return [*pieces, Span(start, span.stop)]
