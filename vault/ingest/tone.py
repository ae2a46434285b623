"""A page's tones put right before it is looked at: negatives, grain, and print as pale as paper."""

from __future__ import annotations

from PIL import Image, ImageChops, ImageFilter, ImageOps

from vault.ingest import bits

_INSIDE = 0.1  # of both sides is left out: borders and shadows say nothing about print
# Measured on 170 pages of paper: half of the pixels differ from their neighbours by at most 4;
# on pages of heavy grain or of dots behind the print by 12 and more.
_GRAIN = 9
_SMOOTH = 1.0
# The darkest three thousandths of a page are ink: at most 0.72 of the paper's brightness where
# print is faint, 0.75 and more where all of it is nearly as bright as the paper.
_PALE = 0.74
_LEAST_CONTRAST = 28  # less is dust on an empty page, or print shining through
_INK_AFTER = 30  # the brightness that pale print is brought to
_CELL = 16  # pixels of a page 1700 wide; strokes of negative print are narrower
_PAPER_CELLS = 0.06  # of the page, at most, is as bright as its print where that is a negative
_WIDTH = 1700


def plain(image: Image.Image, *, bilevel: bool = False) -> Image.Image:
    """The grey page as dark print on bright paper, without grain; most pages as they are.

    The dots of a `bilevel` page are smoothed later.
    """
    image = _stronger(_positive(image))
    return image if bilevel else _smooth(image)


def _inside(image: Image.Image) -> Image.Image:
    left, top = round(image.width * _INSIDE), round(image.height * _INSIDE)
    return image.crop((left, top, image.width - left, image.height - top))


def _level(counts: list[int], share: float) -> int:
    """The brightness that `share` (0 to 1) of the pixels counted do not exceed."""
    wanted, seen = share * sum(counts), 0
    for level, count in enumerate(counts):
        seen += count
        if seen >= wanted:
            return level
    return 255


def _positive(image: Image.Image) -> Image.Image:
    """A page of bright print on a dark ground, as microfilm gives it, the other way round."""
    inside = _inside(image)
    counts = bits.sample(inside).histogram()
    dark, usual, bright = (_level(counts, share) for share in (0.02, 0.5, 0.995))
    if usual >= 128 or 3 * (usual - dark) >= bright - usual:
        return image
    # A small slip on a dark ground is a positive: its paper fills whole cells.
    cells = inside.reduce(max(1, round(_CELL * image.width / _WIDTH)))
    middle = (usual + bright) // 2
    paper = sum(cells.histogram()[middle:]) / max(1, cells.width * cells.height)
    return image if paper > _PAPER_CELLS else ImageOps.invert(image)


def _smooth(image: Image.Image) -> Image.Image:
    """A page whose paper is all grain or dots, blurred by as much as print can bear."""
    inside = _inside(image)
    rows = inside.resize((inside.width, max(1, inside.height // 4)), Image.Resampling.NEAREST)
    beside = rows.crop((1, 0, rows.width, rows.height))
    apart = ImageChops.difference(beside, rows.crop((0, 0, *beside.size)))
    if _level(apart.histogram(), 0.5) < _GRAIN:
        return image
    blur = max(_SMOOTH, _SMOOTH * image.width / _WIDTH)
    return image.filter(ImageFilter.GaussianBlur(blur))


def _stronger(image: Image.Image) -> Image.Image:
    """A page with nothing on it but pale print, its print made dark."""
    counts = _inside(image).reduce(2).histogram()  # grain is no print
    ink, paper = _level(counts, 0.003), _level(counts, 0.9)
    if ink < paper * _PALE or paper - ink < _LEAST_CONTRAST:
        return image
    scale = (255 - _INK_AFTER) / (paper - ink)
    return image.point([_INK_AFTER + round((level - ink) * scale) for level in range(256)])
