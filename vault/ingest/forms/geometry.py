"""Where things are on a page: between the file's own coordinates and the page as it is shown."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from vault.model.words import Box

Matrix = tuple[float, float, float, float, float, float]
Rect = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Frame:
    """The visible part of a page in its own coordinates, and its turn clockwise when shown."""

    left: float
    bottom: float
    right: float
    top: float
    turn: int = 0

    def size(self, turn: int = 0) -> tuple[float, float]:
        """Width and height in points as shown, or after a further `turn`."""
        across, along = self.right - self.left, self.top - self.bottom
        return (along, across) if (self.turn + turn) % 180 else (across, along)

    def upright(self, turn: int = 0) -> Matrix:
        """What puts a page of `size(turn)`, drawn upright, onto this page (PDF 32000-1, 8.3)."""
        match (self.turn + turn) % 360:
            case 90:
                return (0, 1, -1, 0, self.right, self.bottom)
            case 180:
                return (-1, 0, 0, -1, self.right, self.top)
            case 270:
                return (0, -1, 1, 0, self.left, self.top)
            case _:
                return (1, 0, 0, 1, self.left, self.bottom)

    def shown(self, rect: Rect) -> Box:
        """Where a rectangle of the page is, as fractions of the page as shown."""
        a, b, c, d, e, f = self.upright()
        width, height = self.size()
        corners = [(rect[0] - e, rect[1] - f), (rect[2] - e, rect[3] - f)]
        # The matrix is a turn: its inverse is its transpose.
        us = [(a * x + b * y) / width for x, y in corners]
        vs = [(c * x + d * y) / height for x, y in corners]
        return Box.clamped(us[0], 1 - vs[0], us[1], 1 - vs[1])


def frame(media: Sequence[float], crop: Sequence[float], turn: int) -> Frame:
    """The frame of a page of these boxes; what of the crop box is outside the media box is cut."""
    one, two = _sides(media), _sides(crop)
    both = (
        max(one[0], two[0]), max(one[1], two[1]), min(one[2], two[2]), min(one[3], two[3])
    )  # fmt: skip
    used = both if both[2] - both[0] > 1 and both[3] - both[1] > 1 else one
    if used[2] - used[0] <= 1 or used[3] - used[1] <= 1:
        used = (0.0, 0.0, 612.0, 792.0)  # as pdfium shows a page without a box
    return Frame(*used, turn=turn % 360 // 90 * 90)


def _sides(box: Sequence[float]) -> Rect:
    left, right = sorted((box[0], box[2]))
    bottom, top = sorted((box[1], box[3]))
    return left, bottom, right, top


def onto(rect: Rect, bbox: Rect, matrix: Matrix) -> Matrix | None:
    """What puts a look of `bbox` and `matrix` into `rect` (PDF 32000-1, 12.5.5, algorithm 8.1)."""
    a, b, c, d, e, f = matrix
    corners = [(x, y) for x in (bbox[0], bbox[2]) for y in (bbox[1], bbox[3])]
    xs = [a * x + c * y + e for x, y in corners]
    ys = [b * x + d * y + f for x, y in corners]
    wide, high = max(xs) - min(xs), max(ys) - min(ys)
    if wide <= 0 or high <= 0:
        return None
    across, along = (rect[2] - rect[0]) / wide, (rect[3] - rect[1]) / high
    return (across, 0, 0, along, rect[0] - min(xs) * across, rect[1] - min(ys) * along)
