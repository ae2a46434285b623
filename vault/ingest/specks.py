"""Lone specks taken off a page: dust, and the dots that copying and faxing add."""

from __future__ import annotations

from PIL import Image

from vault.ingest import bits
from vault.ingest.bits import Grid

# In pixels of a page 1700 wide, letter paper at 200 dpi: how large a speck is at most, and how far
# from all other ink at least. A full stop, a dot on an i and a decimal point stand nearer.
_SPECKS = ((3, 4), (6, 10))
_WIDTH = 1700


def without_specks(image: Image.Image) -> Image.Image:
    """The grey page with small specks that stand alone painted over with paper."""
    ink, grid = bits.ink(image)
    scale = image.width / _WIDTH
    off = 0
    for size, far in _SPECKS:
        off |= _lone(ink & ~off, max(1, round(size * scale)), max(2, round(far * scale)), grid)
    if not off & ink:
        return image
    out = image.copy()
    out.paste(bits.paper(image), mask=bits.mask(off, grid, image.size))
    return out


def _lone(ink: int, size: int, far: int, grid: Grid) -> int:
    """The squares of `size` with ink in them and none around, `far` wide."""
    across, down = grid.across, grid.down
    white = ~ink & ((1 << grid.stride * grid.rows) - 1)
    blank = bits.starts(bits.starts(white, far, across), far, down)
    level, upright = bits.starts(blank, size + far + 1, across), bits.starts(blank, size + far + 1, down)
    step = size + far
    framed = level & level << step * down & upright & upright << step * across
    inside = framed >> far * (across + down)
    return bits.grown(bits.grown(inside, size, across), size, down) & bits.around(ink, grid)
