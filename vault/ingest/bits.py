"""A page's ink as one long number, a bit a pixel: shapes are found by shifting it over itself."""

from __future__ import annotations

from dataclasses import dataclass

from PIL import Image, ImageChops

_MARGIN = 8  # blank columns, so that no run goes on from the end of one row to the next
_INK = 0.75  # of the paper's brightness and darker
# Measured: 0.06 to 0.25 of the ink where print is black, 0.35 and more where it is faint.
_FAINT = 0.3
_SAMPLE = 4  # one pixel in so many, both ways, is looked at
_TONE = 0.5
_GRAIN = 0.87  # of the paper's brightness and brighter
_PAPER = 0.9  # of the pixels are darker than the paper, or as dark


@dataclass(frozen=True, slots=True)
class Grid:
    """The width in bits of a row, blank margin and all, and the number of rows."""

    stride: int
    rows: int

    @property
    def across(self) -> int:
        """The shift from a pixel to the one at its right."""
        return 1

    @property
    def down(self) -> int:
        """The shift from a pixel to the one below."""
        return self.stride

    @property
    def full(self) -> int:
        """All pixels set."""
        return (1 << self.stride * self.rows) - 1


def sample(image: Image.Image) -> Image.Image:
    """One pixel in sixteen of a page: enough to tell how bright and how dark it is."""
    size = (max(1, image.width // _SAMPLE), max(1, image.height // _SAMPLE))
    return image.resize(size, Image.Resampling.NEAREST)


def paper(image: Image.Image, share: float = _PAPER) -> int:
    """The brightness that `share` of a page's pixels do not exceed: that of its paper."""
    return _level(sample(image).histogram(), share)


def _level(counts: list[int], share: float) -> int:
    wanted, seen = share * sum(counts), 0
    for level, count in enumerate(counts):
        seen += count
        if seen >= wanted:
            return level
    return 255


def painted_over(image: Image.Image, off: int, grid: Grid) -> Image.Image:
    """The page with the pixels `off` in the usual tone of its paper.

    A brighter tone would show as patches, and be taken for the paper by what parts ink from it.
    """
    tone = paper(image, _TONE)
    return ImageChops.lighter(image, mask(off, grid, image.size).point([0] * 255 + [tone], "L"))


def ink(image: Image.Image, level: int | None = None) -> tuple[int, Grid]:
    """The ink of a grey page: 1 where it is darker than `level`; the first pixel is the top bit."""
    dark = round(paper(image) * _INK) if level is None else level
    stride = (image.width + _MARGIN + 7) // 8 * 8
    inked = image.point([255 if v < dark else 0 for v in range(256)], "1")
    framed = inked.crop((0, 0, stride, image.height))  # beyond the page there is no ink
    return int.from_bytes(framed.tobytes(), "big"), Grid(stride, image.height)


def mask(value: int, grid: Grid, size: tuple[int, int]) -> Image.Image:
    """The bits as a picture (`1`) of `size` pixels; those beyond the page are left out."""
    data = (value & grid.full).to_bytes(grid.stride // 8 * grid.rows, "big")
    return Image.frombytes("1", (grid.stride, grid.rows), data).crop((0, 0, *size))


def without(value: int, off: int) -> int:
    """The bits that are not `off` too; Python is slow to turn long numbers round."""
    return value ^ (value & off)


def starts(value: int, length: int, step: int) -> int:
    """The pixels at which a run of at least `length` set pixels begins, in direction `step`."""
    have = 1
    while have < length:
        more = min(have, length - have)
        value &= value << more * step
        have += more
    return value


def grown(value: int, length: int, step: int) -> int:
    """Every set pixel drawn out to a run of `length` in direction `step`."""
    have = 1
    while have < length:
        more = min(have, length - have)
        value |= value >> more * step
        have += more
    return value


def runs(value: int, length: int, step: int) -> int:
    """The pixels of all runs of at least `length` in direction `step` (a morphological opening)."""
    return grown(starts(value, length, step), length, step)


def around(value: int, grid: Grid) -> int:
    """The bits and their eight neighbours."""
    value |= value << grid.across | value >> grid.across
    return value | value << grid.down | value >> grid.down


def without_grain(image: Image.Image) -> Image.Image:
    """The grey page with all that is nearly as bright as its paper made white.

    On a page with little ink, what parts ink from paper would else part dark grain from light.
    Pages with faint print, or with print that shines through, are left alone.
    """
    counts = sample(image).histogram()
    bright = _level(counts, _PAPER)
    white, dark = round(bright * _GRAIN), round(bright * _INK)
    if sum(counts[dark:white]) >= _FAINT * sum(counts[:dark]):
        return image
    return _whitened(image, white)


def ink_only(image: Image.Image, share: float = 0.8) -> Image.Image:
    """The grey page with all that is brighter than `share` of its paper's brightness made white."""
    return _whitened(image, round(paper(image) * share))


def _whitened(image: Image.Image, white: int) -> Image.Image:
    return image.point([255 if level > white else level for level in range(256)])
