"""Coloured stamps over black print: their colour is let go of where they cross it."""

from __future__ import annotations

from PIL import Image, ImageChops, ImageFilter

from vault.ingest import bits, verso

# In pixels of a page 1700 wide, letter paper at 200 dpi: the strokes of a stamp are wider than
# those of print and of pens, so that writing in colour is never taken for one.
_WIDTH = 1700
_STROKE = 6
_CELL = 32
_REACH = 2  # cells from wide strokes to the thin ones of the same stamp
_CHROMA = 28  # between the brightest and the darkest of red, green and blue
_BLACK = 96  # the brightest of them, at most, where print is black
_LEAST = 0.0005  # of the page has colour
_SAMPLE = 4
_TOUCHED = 0.015  # of a cell is print with colour right beside it
_MOST = 0.1  # of the page: more are shadows on a photo, tinted rows or coloured paper
_STEPS = 16  # cells, at most, from where print is crossed to the end of a stamp


def without_stamps(image: Image.Image) -> Image.Image:
    """The page in grey, a stamp's ink across black print made white or nearly so.

    Colour that crosses no black print stays as dark as it is: it may be all that is written.
    """
    if image.mode != "RGB":
        return image
    size = (max(1, image.width // _SAMPLE), max(1, image.height // _SAMPLE))
    seen = _chroma(image.resize(size, Image.Resampling.NEAREST))
    if seen.histogram()[255] < _LEAST * size[0] * size[1]:
        return image.convert("L")
    where = _stamped(image)
    grey = image.convert("L")
    if where.getbbox() is not None:
        pale = verso.whitened(_brightest(image), bits.paper(grey))
        grey.paste(pale, mask=where.resize(image.size, Image.Resampling.NEAREST))
    return grey


def _brightest(image: Image.Image) -> Image.Image:
    red, green, blue = image.split()
    return ImageChops.lighter(ImageChops.lighter(red, green), blue)


def _chroma(image: Image.Image) -> Image.Image:
    """255 where there is colour."""
    red, green, blue = image.split()
    dark = ImageChops.darker(ImageChops.darker(red, green), blue)
    apart = ImageChops.subtract(_brightest(image), dark)
    return apart.point([255 if v >= _CHROMA else 0 for v in range(256)])


def _stamped(image: Image.Image) -> Image.Image:
    """The cells of the page (255) that belong to stamps which cross black print."""
    factor = max(1, round(image.width / _WIDTH * 2))  # at half that size, to spend little on it
    small = image.reduce(factor)
    coloured, bright = _chroma(small), _brightest(small)
    scale = small.width / _WIDTH
    stroke = max(3, round(_STROKE * scale) | 1)
    wide = coloured.filter(ImageFilter.MinFilter(stroke))
    black = bright.point([255 if v <= _BLACK else 0 for v in range(256)])
    touching = ImageChops.darker(black, coloured.filter(ImageFilter.MaxFilter(3)))
    step = max(2, round(_CELL * scale))
    cells = (max(1, small.width // step), max(1, small.height // step))
    reach = _cells(wide, cells, 0).filter(ImageFilter.MaxFilter(2 * _REACH + 1))
    near = ImageChops.darker(reach, _cells(coloured, cells, 0.01))
    found = ImageChops.darker(_cells(touching, cells, _TOUCHED), reach)
    for _ in range(_STEPS):
        found = ImageChops.darker(found.filter(ImageFilter.MaxFilter(3)), near)
    many = found.histogram()[255] > _MOST * cells[0] * cells[1]
    return Image.new("L", cells, 0) if many else found


def _cells(mask: Image.Image, cells: tuple[int, int], share: float) -> Image.Image:
    """The cells (255) of which more than a share is set."""
    least = round(255 * share)
    levels = [255 if v > least else 0 for v in range(256)]
    return mask.resize(cells, Image.Resampling.BOX).point(levels)
