"""Bar codes: whether the ink of a page is the bars of a code, as on a sheet between documents."""

from __future__ import annotations

from itertools import groupby

from PIL import Image

_ROWS = 120
"""A page is looked at in so many rows; a row is less high than a line of print, or a bar."""

_LEAST_ROWS = 3  # about a quarter of an inch: codes are higher, rows of print are not
_LEAST_BARS = 12
_BLACK, _WHITE = 80, 190
_INKED = (0.25, 0.75)  # of a code is bars; ruled paper has thin lines far apart
_CLEAR = 0.8  # of the columns between the first and the last bar: print is grey in such a row
_MOST_OF_THE_INK = 0.7

FEW_WORDS = 6
"""What may stand beside a code: its number in figures. Close lines of print look like bars."""


def _coded(row: bytes) -> bool:
    """Whether a row, brought down to its mean in each column, is one of bars and gaps alone."""
    dark = [i for i, level in enumerate(row) if level < _BLACK]
    if not dark:
        return False
    within = row[dark[0] : dark[-1] + 1]
    clear = sum(level < _BLACK or level > _WHITE for level in within)
    sides = [level < _BLACK for level in within if level < _BLACK or level > _WHITE]
    bars = sum(is_bar for is_bar, _ in groupby(sides))
    inked = len(dark) / len(within)
    regular = _INKED[0] <= inked <= _INKED[1] and clear >= _CLEAR * len(within)
    return bars >= _LEAST_BARS and regular


def share(image: Image.Image) -> float:
    """The share (0 to about 1) of a grey page's ink that is in rows of upright bars."""
    rows = image.resize((image.width, _ROWS), Image.Resampling.BOX)
    pixels = rows.tobytes()
    lines = [pixels[i * rows.width : (i + 1) * rows.width] for i in range(_ROWS)]
    ink = [sum(255 - level for level in line if level < _WHITE) for line in lines]
    coded = [_coded(line) for line in lines]
    in_bars, at = 0, 0
    for is_code, run in groupby(coded):
        length = len(list(run))
        if is_code and length >= _LEAST_ROWS:
            # The first and the last row of a code hold the ends of its bars.
            in_bars += sum(ink[max(0, at - 1) : at + length + 1])
        at += length
    return in_bars / max(1, sum(ink))


def alone(image: Image.Image) -> bool:
    """Whether a grey upright page has bars and little else on it, whichever way they run."""
    turned = image.transpose(Image.Transpose.ROTATE_90)
    return max(share(image), share(turned)) >= _MOST_OF_THE_INK
