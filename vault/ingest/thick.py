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
_GAMMA = 0.5


def is_fat(image: Image.Image) -> bool:
    """Whether most strokes on a grey page are far wider than print is."""
    ink, grid = bits.ink(image)
    scale, every = image.width / _WIDTH, ink.bit_count()
    kept: list[int] = []
    for width in (_STROKE, _SHAPE):
        side, wide = max(2, round(width * scale)), ink
        for step in (grid.across, grid.down):
            wide = bits.runs(wide, side, step)
            if not kept and wide.bit_count() <= _FAT * every:
                return False  # however little of that is no stroke: most pages end here
        kept.append(wide.bit_count())
    strokes = every - kept[1]
    return strokes > 0 and kept[0] - kept[1] > _FAT * strokes


def thinner(image: Image.Image) -> Image.Image:
    """The picture with the grey edges of its strokes made lighter, so that they part again."""
    return image.point([round(255 * (level / 255) ** _GAMMA) for level in range(256)])
