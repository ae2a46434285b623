"""Strokes grown fat by copying and faxing, told by their width and made thinner."""

from __future__ import annotations

from PIL import Image

from vault.ingest import bits

# In pixels of a page 1700 wide, letter paper at 200 dpi: strokes of print are 3 to 5 wide.
# Measured: of the ink of 130 pages, up to 0.4 is in strokes wider than 6 pixels where the print
# is sound, 0.65 and more where it is fat; what is wider than 14 is no stroke.
_WIDTH = 1700
_STROKE = 6
_SHAPE = 14
_FAT = 0.55
_BANDS = 8
_SURELY = 0.4  # in a part of the page
_GAMMA = 0.5


def is_fat(image: Image.Image) -> bool:
    """Whether most strokes on a grey page are far wider than print is."""
    return _is_fat(_bands(image), _SURELY) and _is_fat(image, _FAT)


def _bands(image: Image.Image) -> Image.Image:
    """A quarter of a page, cut out in bands: enough to tell that a page is not fat."""
    wide, high = image.size
    tall = high // (4 * _BANDS)
    if tall < 4 * _SHAPE:
        return image
    out = Image.new("L", (wide, tall * _BANDS))
    for n in range(_BANDS):
        top = (2 * n + 1) * high // (2 * _BANDS) - tall // 2
        out.paste(image.crop((0, top, wide, top + tall)), (0, n * tall))
    return out


def _is_fat(image: Image.Image, fat: float) -> bool:
    ink, grid = bits.ink(image)
    scale, every = image.width / _WIDTH, ink.bit_count()
    kept: list[int] = []
    for width in (_STROKE, _SHAPE):
        side, wide = max(2, round(width * scale)), ink
        for step in (grid.across, grid.down):
            wide = bits.runs(wide, side, step)
            if not kept and wide.bit_count() <= fat * every:
                return False  # however little of that is no stroke: most pages end here
        kept.append(wide.bit_count())
    strokes = every - kept[1]
    return strokes > 0 and kept[0] - kept[1] > fat * strokes


def thinner(image: Image.Image) -> Image.Image:
    """The picture with the grey edges of its strokes made lighter, so that they part again."""
    return image.point([round(255 * (level / 255) ** _GAMMA) for level in range(256)])
