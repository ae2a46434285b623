"""How a page lies, told by its ink alone: on its side, on its head, or the right way up."""

from __future__ import annotations

from operator import sub

from PIL import Image

_ROWS = 1100  # about as many as the small picture has that is measured
_STRIPS = 8  # narrow enough for lines that are not quite level
_EDGE = 25  # the edges, one part in so many on each side, are left out
# Measured on 168 pages turned all four ways: lines of print change the ink from row to row by
# 1.3 times and more what columns change it by, once they are level.
_SIDEWAYS = 0.8
# Feet of letters stand on one line and few hang below, heads end at two heights: the lower edge
# of print is the sharper one. Measured: 0.04 and more on most pages of letters and tables, at
# worst -0.03 where print is rough.
_SHARPER = 0.04


def likely_turn(image: Image.Image) -> int:
    """The degrees clockwise that may bring a level grey page upright; 0 where nothing says so.

    A guess to begin with: how surely the words are then read decides. Measured: no page that lay
    upright is turned by it, of pages on their head or side two thirds and nine tenths are.
    """
    small = image.reduce(max(1, round(max(image.size) / _ROWS)))
    wide, high = small.size
    small = small.crop((wide // _EDGE, high // _EDGE, wide - wide // _EDGE, high - high // _EDGE))
    across = small.resize((_STRIPS, small.height), Image.Resampling.BOX)
    lines, feet = _edges(across.transpose(Image.Transpose.TRANSPOSE))
    columns, sides = _edges(small.resize((small.width, _STRIPS), Image.Resampling.BOX))
    if lines < _SIDEWAYS * columns:
        # Feet to the right are where they belong after a quarter turn clockwise.
        return 90 if sides > 0 else 270
    return 180 if feet < -_SHARPER else 0


def _edges(strips: Image.Image) -> tuple[float, float]:
    """How much ink changes from column to column of strips, and how much sharper it ends.

    The latter is from -1 to 1, above 0 where the right edges are the sharper ones.
    """
    levels = strips.tobytes()
    ends = begins = 0.0
    for n in range(_STRIPS):
        row = levels[n * strips.width : (n + 1) * strips.width]
        steps = list(map(sub, row[1:], row))
        ends += sum(step * step for step in steps if step > 0)
        begins += sum(step * step for step in steps if step < 0)
    both = ends + begins
    return both, (ends - begins) / both if both else 0.0
