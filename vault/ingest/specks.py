"""Lone specks taken off a page: dust, and the dots that copying and faxing add."""

from __future__ import annotations

from collections.abc import Sequence

from PIL import Image

from vault.ingest import bits
from vault.ingest.bits import Grid

# In pixels of a page 1700 wide, letter paper at 200 dpi: how large a speck is at most, and how far
# from other ink to both sides, above and below. The point in 2.5 or .5 has a figure at its side,
# with a typewriter up to 12 away; a dot on an i has its stem below.
_SPECKS = ((4, 18, 4, 5), (6, 26, 12, 12))
_WIDTH = 1700
_INK = 0.88  # of the paper's brightness: what is faint belongs to something, too
_MANY = 40  # fewer are no dirt, and may mean something


def without_specks(image: Image.Image) -> Image.Image:
    """The upright grey page with small specks that stand alone painted over with paper."""
    ink, grid = bits.ink(image, round(bits.paper(image) * _INK))
    scale = image.width / _WIDTH
    off, many = 0, 0
    for pixels in _SPECKS:
        size, *far = (max(1, round(n * scale)) for n in pixels)
        found = _lone(bits.without(ink, off), size, far, grid)
        many += bits.without(found & ink, ink >> grid.across | ink >> grid.down).bit_count()
        off |= found
    if many < _MANY:
        return image
    return bits.painted_over(image, off, grid)


def _lone(ink: int, size: int, far: Sequence[int], grid: Grid) -> int:
    """The squares of `size` with no ink `far` to both sides, above and below."""
    beside, above, below = far
    across, down = grid.across, grid.down
    white = bits.without(grid.full, ink)
    rows = bits.starts(white, 2 * beside + size, across)
    sides = bits.starts(white, size, down)
    framed = bits.starts(rows, above, down)
    under = bits.starts(framed, below - above + 1, down)  # as from the rows: it is not less
    framed &= under << (above + size) * down
    ends = bits.starts(sides, beside, across) << above * down
    framed &= ends & ends << (beside + size) * across
    if not framed:
        return 0
    inside = framed >> above * down + beside * across
    found = bits.grown(bits.grown(inside, size, across), size, down)
    return found & bits.around(ink, grid)
