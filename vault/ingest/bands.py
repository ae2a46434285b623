"""Grey and coloured grounds behind print made white: highlighter, zebra rows, watermarks, tape."""

from __future__ import annotations

from PIL import Image, ImageMath

from vault.ingest import bits
from vault.ingest.near import brightest, darkest

_CELLS = 550  # along the long side: a cell is half a millimetre of letter paper
_STROKE = 5  # cells: strokes of print and rules are thinner
_WIDE = 7  # cells: grounds of print are wider
# Of the paper's brightness: what is darker carries print in white, what is brighter does no harm.
_DARKEST = 0.42
_BRIGHTEST = 0.86
_NOTICEABLE = 0.004  # of the page


def without_bands(image: Image.Image) -> Image.Image:
    """The grey page with its even grey areas as bright as its paper, and the print on them kept."""
    ground, paper = _ground(image), bits.paper(image)
    low, high = round(paper * _DARKEST), round(paper * _BRIGHTEST)
    grey = ground.point([255 * (low <= level <= high) for level in range(256)])
    least = _NOTICEABLE * grey.width * grey.height
    if grey.histogram()[255] < least:
        return image
    # Strokes that run together, as of fat print, are less wide than a ground.
    grey = brightest(darkest(grey, _WIDE), _WIDE)
    if grey.histogram()[255] < least:
        return image
    bright = Image.new("L", ground.size, paper)
    # One cell wider, so that no dark rim is left around a ground.
    light = darkest(Image.composite(ground, bright, grey), 3)
    light = light.resize(image.size, Image.Resampling.BILINEAR)
    even: Image.Image = ImageMath.lambda_eval(
        lambda at: at["convert"](at["min"](at["image"] * paper / at["light"], 255), "L"),
        image=image,
        light=light,
    )
    return even


def _ground(image: Image.Image) -> Image.Image:
    """What the page is printed on: its small copy without strokes (a morphological closing)."""
    cells = image.reduce(max(1, round(max(image.size) / _CELLS)))
    return darkest(brightest(cells, _STROKE), _STROKE)
