"""Ruled lines and tick boxes taken off a page, so that they are not read as letters."""

from __future__ import annotations

from PIL import Image

from vault.ingest import bits
from vault.ingest.bits import Grid

# Shares of the page's width.
_LONG = 1 / 20  # hardly a stroke of a letter is so long
_SHORT = 1 / 75  # the side of a cell, where it goes from one level line to the next
_THICK = 1 / 150
_BOX = (1 / 95, 1 / 45)  # the side of a tick box; a box for one letter is larger
_TOUCH = 3  # pixels from line to line: a bracket stands further from them
_FREE = 1 / 3  # of a line, without a break, has nothing at its sides: letters run together have


def without_rules(image: Image.Image) -> Image.Image:
    """The level grey page with its ruled lines and tick boxes painted over with paper.

    What stands across a line, as the foot of a letter does, is kept.
    """
    ink, grid = bits.ink(image)
    off = _ruled(ink, grid, image.width) | _boxes(ink, grid, image.width)
    if not off:
        return image
    return bits.painted_over(image, off, grid)


def _around(value: int, step: int, far: int = 1) -> int:
    """The bits and those next to them, `far` pixels on both sides."""
    return bits.grown(value << far * step, 2 * far + 1, step)


def _sizes(width: int) -> tuple[int, int, int]:
    """The least length of a line, of the side of a cell, and how thick both are at most."""
    return round(width * _LONG) + 3, round(width * _SHORT) + 3, max(3, round(width * _THICK))


def _ruled(ink: int, grid: Grid, width: int) -> int:
    """The pixels of the ruled lines, those of letters that stand on them left out."""
    long, short, thick = _sizes(width)
    level = _lines(ink, long, thick, grid.across, grid.down)
    # Without level lines only long upright ones count: most pages of print end here.
    looked = level or bits.starts(ink, long, grid.down)
    upright = _lines(ink, short, thick, grid.down, grid.across) if looked else 0
    if upright:
        long_ones = bits.runs(upright, long, grid.down)
        sure = long_ones | _between(upright, level, width, grid)
        # Further lines right above and below these belong to them, as in the head of a table.
        upright &= _around(_around_run(sure, long, grid.down), grid.across)
    if not level and not upright:
        return 0
    zones = (_zone(level, ink, grid.across, grid.down), _zone(upright, ink, grid.down, grid.across))
    both = zones[0] | zones[1]
    others = bits.without(ink, both)
    return _unless_letters(zones[0], others, ink, thick, grid.down) | _unless_letters(
        zones[1], others, ink, thick, grid.across
    )


def _between(upright: int, level: int, width: int, grid: Grid) -> int:
    """Short upright lines that go from one level line to the next, as the sides of cells do."""
    long, short, thick = _sizes(width)
    near = _around(_around(level, grid.across, thick), grid.down, _TOUCH)
    above = below = upright & near
    # Where lines cross, they have gaps.
    gap = max(2, thick // 2)
    through = bits.starts(bits.grown(upright, gap, grid.down), gap, grid.down)
    down = up = through
    far = 1
    while far < long:  # reaches twice as far each time (Kogge and Stone, 1973)
        above |= above >> far * grid.down & down
        below |= below << far * grid.down & up
        down &= down >> far * grid.down
        up &= up << far * grid.down
        far *= 2
    return bits.runs(above & below & upright, short * 3 // 4, grid.down)


def _around_run(value: int, length: int, step: int) -> int:
    """Every bit drawn out by `length` both ways in direction `step`."""
    return bits.grown(value, length, step) | bits.grown(value << length * step, length, step)


def _lines(ink: int, long: int, thick: int, along: int, across: int) -> int:
    """The pixels of thin lines of at least `long` in direction `along`."""
    # A line that is not quite level steps from row to row: its rows are laid over one another.
    found = bits.runs(_around(ink, across), long, along)
    if not found:
        return 0
    found &= bits.runs(ink, long // 4, along)
    found = bits.without(found, bits.runs(ink, thick + 1, across))
    if not found:
        return 0
    near = bits.without(ink, _around(found, across, 2))
    free = bits.without(found, _around(near, across, 3))
    free = bits.runs(_around(free, across) & found, round(long * _FREE), along)
    return _around_run(free, long, along) & found


def _zone(lines: int, ink: int, along: int, across: int) -> int:
    """The lines with their ragged and grey edges and ends."""
    wide = _around(lines, across, 2)
    return wide | _around(wide & ink, along, 3)


def _unless_letters(zone: int, others: int, ink: int, thick: int, across: int) -> int:
    """The zone without the pixels by which the `others` on both of its sides hang together."""
    kept, through = _around(others, across), zone & ink
    for _ in range(thick // 2 + 2):
        kept |= (kept << across | kept >> across) & through
    return bits.without(zone, kept)


def _boxes(ink: int, grid: Grid, width: int) -> int:
    """The pixels of empty and of ticked square boxes that stand alone."""
    least, most = (round(width * share) for share in _BOX)
    across, down = grid.across, grid.down
    firm = ink | ink << across | ink << down | ink << across + down
    level, upright = bits.starts(firm, least, across), bits.starts(firm, least, down)
    white, off = bits.without(grid.full, firm), 0
    free = bits.starts(white, least, across) >> 3 * down
    free &= bits.starts(white, least, down) >> 3 * across
    for side in range(least, most + 1):
        corners = level & upright & free
        if not corners:
            break
        corners &= level << side * down
        corners &= upright << side * across
        if corners:
            corners &= _free(white, side, across, down) & _free(white, side, down, across)
            corner = corners << 2 * (across + down)
            off |= bits.grown(bits.grown(corner, side + 6, across), side + 6, down)
        level, upright = level & firm << side * across, upright & firm << side * down
    return off


def _free(white: int, side: int, along: int, across: int) -> int:
    """The corners of squares that have nothing beside their two sides in direction `along`."""
    free = bits.starts(white, side, along)
    # Close to both sides: the corners of a D or an O are too round for that.
    return free >> 3 * across & free << (side + 3) * across
