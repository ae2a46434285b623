"""Lines that a fold or a book's spine bends, made level again by shifting narrow strips."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from PIL import Image, ImageChops

from vault.ingest.shear import columns_moved
from vault.model.words import Box, Word

_ROWS = 1100  # about as many as the small picture has that is measured
_STRIPS = 100
_DARK = 26  # of 255: the ink in a row of a strip that is a line's
_STEP = 4  # rows that one strip lies above or below the next, at most
_TOGETHER = 5  # strips that the next one is laid against
_DEAR = 0.02  # of the rows with ink: a shift must gain more than that for each of its rows
_LEAST = 2.0  # rows from the highest strip to the lowest: less is no bend
_BETTER = 1.015  # the page's rows must be so much clearer


@dataclass(frozen=True, slots=True)
class Bend:
    """How far, in pixels, the strips of a page from left to right lie too low."""

    shifts: tuple[float, ...] = ()

    def levelled(self, image: Image.Image) -> Image.Image:
        """The picture with its strips moved into place."""
        if not self.shifts:
            return image
        return columns_moved(image, _by_column(self.shifts, image.width), image.height)

    def on_paper(self, words: Sequence[Word], height: int) -> tuple[Word, ...]:
        """Words of the levelled page, `height` pixels high, where they stand on the bent one."""
        if not self.shifts:
            return tuple(words)
        return tuple(replace(word, box=self._back(word.box, height)) for word in words)

    def _back(self, box: Box, height: int) -> Box:
        last = len(self.shifts) - 1
        one, two = (self.shifts[min(last, int(x * (last + 1)))] for x in (box.left, box.right))
        low, high = sorted((one / height, two / height))
        return Box.clamped(box.left, box.top + low, box.right, box.bottom + high)


FLAT = Bend()


def find_bend(image: Image.Image) -> Bend:
    """How the lines of an upright grey page are bent, alike all the way down; none if hardly.

    Neighbouring strips are laid beside each other at the height at which they agree best.
    """
    scale = max(1, round(image.height / _ROWS))
    small = ImageChops.invert(image.reduce(scale))
    strips = small.resize((_STRIPS, small.height), Image.Resampling.BOX)
    shifts = _shifts(_profiles(strips))
    if max(shifts) - min(shifts) < _LEAST:
        return FLAT
    bent, level = _clearness(strips, [0.0] * _STRIPS), _clearness(strips, shifts)
    return Bend(tuple(shift * scale for shift in shifts)) if level > bent * _BETTER else FLAT


def _profiles(strips: Image.Image) -> list[int]:
    """For each strip, which of its rows have a line's ink: a number with a bit a row."""
    dark = _DARK + min(strips.histogram().index(max(strips.histogram())), 120)
    lines = strips.transpose(Image.Transpose.TRANSPOSE).point(
        [255 if level >= dark else 0 for level in range(256)], "1"
    )
    data, width = lines.tobytes(), (lines.width + 7) // 8
    return [int.from_bytes(data[n * width : (n + 1) * width], "big") for n in range(_STRIPS)]


def _shifts(profiles: list[int]) -> list[float]:
    """How many rows each strip lies too low, smoothed, the middle one taken for right."""
    middle = len(profiles) // 2
    found = [0] * len(profiles)
    for order in (range(middle + 1, len(profiles)), range(middle - 1, -1, -1)):
        laid = [profiles[middle]]
        at = 0
        for n in order:
            at = _best(profiles[n], laid[-_TOGETHER:], at)
            found[n] = at
            laid.append(_moved(profiles[n], at))
    return _smooth([float(n) for n in found])


def _moved(profile: int, rows: int) -> int:
    return profile << rows if rows >= 0 else profile >> -rows


def _best(profile: int, beside: list[int], last: int) -> int:
    """The shift, near the last one, at which a strip agrees best with those beside it."""
    inked = profile.bit_count() * len(beside)

    def cost(shift: int) -> float:
        moved = _moved(profile, shift)
        apart = sum((moved ^ other).bit_count() for other in beside)
        return apart + abs(shift - last) * _DEAR * inked

    return min(range(last - _STEP, last + _STEP + 1), key=lambda s: (cost(s), abs(s - last)))


def _smooth(shifts: list[float]) -> list[float]:
    padded = [shifts[0], *shifts, shifts[-1]]
    return [sum(padded[n : n + 3]) / 3 for n in range(len(shifts))]


def _clearness(strips: Image.Image, shifts: Sequence[float]) -> float:
    """How much the ink changes from row to row when the strips are laid so."""
    laid = _shifted(strips, shifts).convert("F")
    rows = array("f", laid.resize((1, laid.height), Image.Resampling.BOX).tobytes())
    return sum((a - b) ** 2 for a, b in pairwise(rows))


def _edges(shifts: Sequence[float]) -> list[float]:
    """The shifts where strips meet, and at both ends."""
    return [(a + b) / 2 for a, b in pairwise([shifts[0], *shifts, shifts[-1]])]


def _by_column(shifts: Sequence[float], wide: int) -> list[float]:
    """How far down to move each of `wide` columns; slanted within a strip."""
    edges, moved = _edges(shifts), []
    for x in range(wide):
        n, part = divmod((x + 0.5) * len(shifts) / wide, 1)
        moved.append(edges[int(n)] * (part - 1) - edges[int(n) + 1] * part)
    return moved


def _shifted(image: Image.Image, shifts: Sequence[float]) -> Image.Image:
    """The ink of strips moved up by so many pixels, slanted in between."""
    wide, high = image.size
    edges = _edges(shifts)
    mesh = []
    for n in range(len(shifts)):
        left, right = round(n * wide / len(shifts)), round((n + 1) * wide / len(shifts))
        one, two = edges[n], edges[n + 1]
        quad = (left, one, left, high + one, right, high + two, right, two)
        mesh.append(((left, 0, right, high), quad))
    return image.transform(image.size, Image.Transform.MESH, mesh, Image.Resampling.NEAREST)
