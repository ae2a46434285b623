"""Grey pixels as block characters: four pixels a cell, drawn with two greys and one glyph."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from rich.color import Color
from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from vault.model.reading import Picture

# One bit a pixel that is ink: 1 upper left, 2 upper right, 4 lower left, 8 lower right.
_GLYPHS = " ▘▝▀▖▌▞▛▗▚▐▜▄▙▟█"
_FLAT = 20
"""Pixels of one cell that differ by less than this (of 255) are drawn as one grey."""
_LEVELS = 8
"""Greys are rounded to this step, so that few different styles have to be made."""
_STANDS_OUT = 16
"""Pixels darker than paper by this much are counted as print."""
_MIN_RANGE = 20
"""A picture with less contrast than this is left as it is: stretching would only show noise."""


class Blocks(StrEnum):
    """Which glyphs are used: quadrants (two by two pixels a cell) or halves (one by two)."""

    QUADRANT = "quadrant"
    HALF = "half"

    @property
    def across(self) -> int:
        """Pixels across a cell; there are always two down."""
        return 2 if self is Blocks.QUADRANT else 1


class Tint(StrEnum):
    """What a coloured area of a picture means."""

    FLAGGED = "flagged"
    CHOSEN = "chosen"


_TINTS = {Tint.FLAGGED: (255, 226, 96), Tint.CHOSEN: (150, 205, 255)}


@dataclass(frozen=True, slots=True)
class Cell:
    """One character of a picture: its glyph, and the greys (0 to 255) of ink and paper."""

    glyph: str
    ink: int
    paper: int


Rows = tuple[tuple[Cell, ...], ...]


@dataclass(frozen=True, slots=True)
class Area:
    """Cells `left` up to but not including `right`, rows `top` to `bottom`, in a tint."""

    left: int
    top: int
    right: int
    bottom: int
    tint: Tint = Tint.FLAGGED


def contrast(picture: Picture) -> bytes:
    """The pixels of a grey picture with its ink made black and its paper white.

    Paper is what most pixels are, ink the darker fifth of all that stands out from it, so that
    a page with little print is no paler than a full one; raises ValueError for colour.
    """
    if picture.colour:
        raise ValueError("only grey pictures are drawn in blocks")
    counts = [0] * 256
    for value in picture.pixels:
        counts[value] += 1
    light = _percentile(counts, 0.70)
    dark = _percentile(counts[: max(0, light - _STANDS_OUT)], 0.20)
    if light - dark < _MIN_RANGE:
        return picture.pixels
    table = bytes(
        min(255, max(0, round((value - dark) * 255 / (light - dark)))) for value in range(256)
    )
    return picture.pixels.translate(table)


def _percentile(counts: Sequence[int], share: float) -> int:
    wanted = sum(counts) * share
    seen = 0
    for value, count in enumerate(counts):
        seen += count
        if seen >= wanted and count:
            return value
    return 255


def _rounded(value: int) -> int:
    return min(255, (value + _LEVELS // 2) // _LEVELS * _LEVELS)


@lru_cache(maxsize=65536)
def quadrant(pixels: tuple[int, int, int, int]) -> Cell:
    """The cell for four greys: the two-means split of them, ink and paper their means."""
    if max(pixels) - min(pixels) < _FLAT:
        grey = _rounded(sum(pixels) // 4)
        return Cell(" ", grey, grey)
    order = sorted(pixels)
    cut, best = order[0], -1.0
    for i in (1, 2, 3):
        low, high = order[:i], order[i:]
        apart = sum(high) / len(high) - sum(low) / len(low)
        score = apart * apart * len(low) * len(high)
        if score > best:
            cut, best = low[-1], score
    ink = [p for p in pixels if p <= cut]
    paper = [p for p in pixels if p > cut]
    mask = sum(1 << bit for bit, p in enumerate(pixels) if p <= cut)
    return Cell(_GLYPHS[mask], _rounded(sum(ink) // len(ink)), _rounded(sum(paper) // len(paper)))


def cells(picture: Picture, blocks: Blocks = Blocks.QUADRANT) -> Rows:
    """The picture as rows of cells.

    It has 2 pixels down a cell and `blocks.across` across; raises ValueError for other sizes.
    """
    if picture.width % blocks.across or picture.height % 2:
        raise ValueError("the picture does not fill whole cells")
    flat = contrast(picture)
    wide = picture.width
    rows: list[tuple[Cell, ...]] = []
    for at in range(0, len(flat), 2 * wide):
        # Every pixel is reduced to 16 levels first: the eye sees no more, the cache far fewer.
        above = [value & 0xF0 | value >> 4 for value in flat[at : at + wide]]
        below = [value & 0xF0 | value >> 4 for value in flat[at + wide : at + 2 * wide]]
        if blocks is Blocks.HALF:
            row = tuple(
                Cell("▀", _rounded(a), _rounded(b)) for a, b in zip(above, below, strict=True)
            )
        else:
            pairs = zip(above[::2], above[1::2], below[::2], below[1::2], strict=True)
            row = tuple(quadrant(four) for four in pairs)
        rows.append(row)
    return tuple(rows)


@lru_cache(maxsize=4096)
def _style(ink: int, paper: int, tint: Tint | None) -> Style:
    red, green, blue = _TINTS[tint] if tint else (255, 255, 255)
    return Style(
        color=Color.from_rgb(ink * red // 255, ink * green // 255, ink * blue // 255),
        bgcolor=Color.from_rgb(paper * red // 255, paper * green // 255, paper * blue // 255),
    )


def strips(rows: Rows, areas: Sequence[Area] = ()) -> tuple[Strip, ...]:
    """The rows as lines for a terminal, with the cells of `areas` tinted; later areas win."""
    lines = []
    for y, row in enumerate(rows):
        tints: list[Tint | None] = [None] * len(row)
        for area in areas:
            if area.top <= y < area.bottom:
                for x in range(max(0, area.left), min(len(row), area.right)):
                    tints[x] = area.tint
        lines.append(Strip(_segments(row, tints), len(row)))
    return tuple(lines)


def _segments(row: Sequence[Cell], tints: Sequence[Tint | None]) -> list[Segment]:
    """Neighbours of one style become one segment."""
    out: list[Segment] = []
    text, last = "", None
    for cell, tint in zip(row, tints, strict=True):
        style = _style(cell.ink, cell.paper, tint)
        if style is not last and text:
            out.append(Segment(text, last))
            text = ""
        text, last = text + cell.glyph, style
    if text:
        out.append(Segment(text, last))
    return out
