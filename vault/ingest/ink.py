"""How much ink is on a page, and how much of it the words that were read account for."""

from __future__ import annotations

from collections.abc import Iterable

from PIL import Image, ImageDraw

from vault.ingest.near import brightest
from vault.model.words import Word

_SIDE = 1000  # the long side, in pixels, of the small page that is measured
_MARGIN = 0.02  # scanners leave shadows along the edges
_DARK = 0.75  # of the paper's brightness
_PLENTY = 0.002  # of the page
_CELL = 12  # pixels of the small page: more than any stroke is wide


def _level(image: Image.Image, share: float) -> int:
    """The brightness that `share` (0 to 1) of the pixels do not exceed."""
    counts = image.histogram()
    wanted, seen = share * sum(counts), 0
    for level, count in enumerate(counts):
        seen += count
        if seen >= wanted:
            return level
    return 255


def mask(image: Image.Image, side: int = _SIDE) -> Image.Image:
    """A small copy of a grey page with ink 255 and paper 0, its edges left out."""
    small = image.reduce(max(1, round(max(image.size) / side)))
    dark = int(_level(small, 0.9) * _DARK)
    inked = small.point([255 if level < dark else 0 for level in range(256)])
    inside = (
        round(inked.width * _MARGIN),
        round(inked.height * _MARGIN),
        round(inked.width * (1 - _MARGIN)),
        round(inked.height * (1 - _MARGIN)),
    )
    framed = Image.new("L", inked.size, 0)
    framed.paste(inked.crop(inside), inside[:2])
    return framed


def is_bare(image: Image.Image, most: float) -> bool:
    """Whether at most that share of a grey page is ink."""
    # What is dark on a smaller copy is dark in part on a larger one: most pages end here.
    if share(mask(image, _SIDE // 2)) > max(_PLENTY, 10 * most):
        return False
    return share(mask(image)) < most


def share(inked: Image.Image) -> float:
    """The share of the page (0 to 1) that is ink."""
    return inked.histogram()[255] / max(1, inked.width * inked.height)


def _without_solids(inked: Image.Image) -> Image.Image:
    """The ink without what fills whole cells, as the ground of a heading in white does."""
    full = inked.reduce(_CELL).point([0] * 255 + [255])
    left = inked.copy()
    if full.getbbox() is not None:
        wide = brightest(full, 3)
        whole = (wide.width * _CELL, wide.height * _CELL)
        area = wide.resize(whole, Image.Resampling.NEAREST).crop((0, 0, *inked.size))
        left.paste(0, mask=area)
    return left


def uncovered(inked: Image.Image, words: Iterable[Word]) -> float:
    """The share of the ink (0 to 1) outside the boxes of the words; solid areas are no ink."""
    left = _without_solids(inked)
    every = left.histogram()[255]
    if not every:
        return 0.0
    pen = ImageDraw.Draw(left)
    wide, high = left.size
    for word in words:
        box = word.box
        pen.rectangle(
            (box.left * wide - 2, box.top * high - 2, box.right * wide + 2, box.bottom * high + 2),
            fill=0,
        )
    return left.histogram()[255] / every
