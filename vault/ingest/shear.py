"""A page's rows and columns moved a little, each as a whole: skew and bends undone quickly."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from itertools import groupby

from PIL import Image

_STEPS = 4  # to a pixel: with fewer, small print is read worse
MOST = 4.0
"""Degrees: beyond, two slants one after the other are no turn."""


def turned(image: Image.Image, degrees: float) -> Image.Image:
    """A grey page after at most `MOST` degrees clockwise; it grows so that no corner is lost.

    Rows are moved, then columns (after Paeth, 1986), to the half pixel. At 4 degrees the edges
    come to lie 0.25 percent of the page away from where a turn has them.
    """
    sine, slope = math.sin(math.radians(degrees)), math.tan(math.radians(degrees))
    wide, high = image.size
    size = (math.ceil(wide + abs(slope) * high), math.ceil(high + abs(sine) * wide))
    aside, below = (size[0] - wide) / 2, (size[1] - high) / 2
    rows = [aside - slope * (y + 0.5 - high / 2) for y in range(high)]
    columns = [below + sine * (x + 0.5 - size[0] / 2) for x in range(size[0])]
    return columns_moved(_rows_moved(image, rows, size[0]), columns, size[1])


def columns_moved(image: Image.Image, shifts: Sequence[float], height: int) -> Image.Image:
    """The grey picture, now `height` pixels high, with each column so many pixels further down.

    What comes in from beyond its edges is white.
    """
    out, high = Image.new("L", (image.width, height), 255), image.height
    for start, stop, whole, rest in _spans(shifts):
        if rest:  # the first row is lost: nobody sees the edge of a page
            one, two = (image.crop((start, n, stop, high - 1 + n)) for n in (0, 1))
            out.paste(Image.blend(two, one, rest), (start, whole + 1))
        else:
            out.paste(image.crop((start, 0, stop, high)), (start, whole))
    return out


def _rows_moved(image: Image.Image, shifts: Sequence[float], width: int) -> Image.Image:
    """The grey picture, now `width` pixels wide, with each row so many pixels further right."""
    out, wide = Image.new("L", (width, image.height), 255), image.width
    for start, stop, whole, rest in _spans(shifts):
        if rest:
            one, two = (image.crop((n, start, wide - 1 + n, stop)) for n in (0, 1))
            out.paste(Image.blend(two, one, rest), (whole + 1, start))
        else:
            out.paste(image.crop((0, start, wide, stop)), (whole, start))
    return out


def _spans(shifts: Sequence[float]) -> Iterator[tuple[int, int, int, float]]:
    """The stretches that are moved alike: from, up to, by whole pixels and the share of one."""
    start = 0
    for steps, same in groupby(round(_STEPS * shift) for shift in shifts):
        stop = start + len(list(same))
        yield start, stop, steps // _STEPS, steps % _STEPS / _STEPS
        start = stop
