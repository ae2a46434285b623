"""A page made easy to read: fax dots smoothed, light made even, turned and set straight."""

from __future__ import annotations

import math
from array import array
from operator import mul, sub

from PIL import Image, ImageChops, ImageFilter, ImageMath

from vault.ingest import shear
from vault.ingest.bands import without_bands
from vault.ingest.near import brightest
from vault.ingest.sheet import Sheet

# Measured on scanned pages: fax dots blurred with sigma 0.9 halve the errors and more; light is
# made even only where the paper's brightness varies by more than 50; small pages gain by
# being enlarged to the size of letter paper at 200 dpi, larger ones lose.
_FAX_ROUNDS = 3  # are sigma 0.87; two leave more words wrong
_UNEVEN = 50
_SMALL_SIDE = 1980
_LARGE_SIDE = 3600  # 300 dpi and a little: above, print is read no better, and at twice the cost
_REDUCED_SIDE = 3000
_ENLARGED_SIDE = 2200

MOST_SKEW = 8.0
LEAST_SKEW = 0.3
_SKEW_SIDE = 1000
_STRIPS = 48
_WIDER, _COARSER = 2, 3  # strips and rows at the first look
_CLEARLY_BETTER = 1.02

_TURNS = {
    90: Image.Transpose.ROTATE_270,
    180: Image.Transpose.ROTATE_180,
    270: Image.Transpose.ROTATE_90,
}


def clean(sheet: Sheet) -> Image.Image:
    """The page as the grey picture an OCR engine reads best; not yet turned or straightened."""
    image = sheet.image
    if max(image.size) > _LARGE_SIDE:
        image = even_light(resized(image, _REDUCED_SIDE))  # that smooths the dots of a fax, too
    elif sheet.bilevel:
        image = _smooth(image)
    else:
        image = even_light(image)
    image = without_bands(image)
    return image if max(image.size) >= _SMALL_SIDE else resized(image, _ENLARGED_SIDE)


def _smooth(image: Image.Image) -> Image.Image:
    """The picture blurred: each round is the mean with the next pixel, right and below.

    That is a binomial filter, a fourth of the time of Pillow's Gaussian one.
    """
    found = image
    for _ in range(_FAX_ROUNDS):
        for right, down in ((1, 0), (0, 1)):
            size = found.width - right, found.height - down
            one, two = found.crop((0, 0, *size)), found.crop((right, down, *found.size))
            found = Image.blend(one, two, 0.5)
    out = image.copy()  # the outermost pixels stay as they are
    out.paste(found, (_FAX_ROUNDS // 2, _FAX_ROUNDS // 2))
    return out


def resized(image: Image.Image, side: int) -> Image.Image:
    """The picture with its long side `side` pixels long."""
    factor = side / max(image.size)
    size = (max(1, round(image.width * factor)), max(1, round(image.height * factor)))
    return image.resize(size, Image.Resampling.LANCZOS)


def even_light(image: Image.Image) -> Image.Image:
    """The picture divided by its paper's brightness, where that varies as on a photo."""
    step = max(1, round(max(image.size) / 275))
    # The brightest of a neighbourhood wider than a line of print is paper.
    paper = brightest(image.reduce(step), 7).filter(ImageFilter.GaussianBlur(4))
    counts, total = paper.histogram(), paper.width * paper.height
    if _percentile(counts, total, 0.98) - _percentile(counts, total, 0.02) <= _UNEVEN:
        return image
    light = paper.resize(image.size, Image.Resampling.BILINEAR).point(lambda v: max(v, 1))
    even: Image.Image = ImageMath.lambda_eval(
        lambda at: at["convert"](at["min"](at["image"] * 255 / at["light"], 255), "L"),
        image=image,
        light=light,
    )
    return even


def _percentile(counts: list[int], total: int, share: float) -> int:
    seen = 0
    for level, count in enumerate(counts):
        seen += count
        if seen >= total * share:
            return level
    return len(counts) - 1


def turned(image: Image.Image, degrees: int) -> Image.Image:
    """The picture after 0, 90, 180 or 270 degrees clockwise."""
    return image.transpose(_TURNS[degrees]) if degrees else image


def straight(image: Image.Image, skew: float) -> Image.Image:
    """The picture after `skew` degrees clockwise; it grows so that no corner is lost."""
    if not skew:
        return image
    white = (255, 255, 255) if image.mode == "RGB" else 255
    return image.rotate(-skew, Image.Resampling.BILINEAR, expand=True, fillcolor=white)


def levelled(image: Image.Image, skew: float) -> Image.Image:
    """The grey page as `straight` makes it, for reading: more quickly, and to the half pixel."""
    if abs(skew) > shear.MOST:
        return straight(image, skew)
    return shear.turned(image, skew) if skew else image


def straight_size(width: float, height: float, skew: float) -> tuple[float, float]:
    """Width and height of a page after `straight`."""
    sine, cosine = abs(math.sin(math.radians(skew))), math.cos(math.radians(skew))
    return width * cosine + height * sine, width * sine + height * cosine


def find_skew(image: Image.Image) -> float:
    """The degrees clockwise that set the lines of a grey page level: 0, or 0.3 to 8 either way.

    The page's ink is summed along lines of many slopes; where it is most uneven from one
    to the next, the slope is that of the print (projection profiles, after Postl, 1986).
    """
    strips = _strips(image)
    known: dict[float, float] = {}

    def uneven(angle: float) -> float:
        if angle not in known:
            known[angle] = _unevenness(strips, angle)
        return known[angle]

    few = strips[0].resize(_part(strips[0].size), Image.Resampling.BOX)
    coarse = few, strips[1] * _WIDER / _COARSER
    steps = int(MOST_SKEW * 2)
    best = max((n / 2 for n in range(-steps, steps + 1)), key=lambda a: _unevenness(coarse, a))
    # What lies between two steps of half a degree.
    for off in ((-0.4, -0.2, 0.0, 0.2, 0.4), (-0.1, 0.0, 0.1)):
        best = max((round(best + n, 1) for n in off), key=uneven)
    if abs(best) < LEAST_SKEW or abs(best) > MOST_SKEW:
        return 0.0
    if uneven(best) < uneven(0.0) * _CLEARLY_BETTER:
        return 0.0
    return round(-best, 1)


def _part(size: tuple[int, int]) -> tuple[int, int]:
    return max(1, size[0] // _WIDER), max(1, size[1] // _COARSER)


def _strips(image: Image.Image) -> tuple[Image.Image, float]:
    """The ink of a page in vertical strips, and the width of one in rows."""
    edge_x, edge_y = image.width // 25, image.height // 25
    inside = (edge_x, edge_y, image.width - edge_x, image.height - edge_y)
    step = max(1, round(max(image.size) / _SKEW_SIDE))
    wide = max(1, round((inside[2] - inside[0]) / _STRIPS))
    ink = ImageChops.invert(image.reduce((wide, step), inside))
    return ink.convert("F"), wide / step


def _unevenness(strips: tuple[Image.Image, float], degrees: float) -> float:
    """How uneven the ink is from line to line of a slope, `degrees` downwards to the right."""
    ink, width = strips
    slope = math.tan(math.radians(degrees)) * width
    shift = (1, 0, 0, slope, 1, -slope * ink.width / 2)
    sheared = ink.transform(ink.size, Image.Transform.AFFINE, shift, Image.Resampling.BILINEAR)
    rows = array("f", sheared.resize((1, ink.height), Image.Resampling.BOX).tobytes())
    steps = list(map(sub, rows[1:], rows))
    return float(sum(map(mul, steps, steps)))
