"""Print that fades in upright bands, as on thermal paper, made as dark there as beside them."""

from __future__ import annotations

from itertools import pairwise
from statistics import fmean

from PIL import Image, ImageMath

from vault.ingest import bits

# Bands of about two letters; rows of half a letter, in pixels of a page 1700 wide.
_WIDTH = 1700
_BANDS = 53
_ROW = 8
_INSIDE = 0.05  # of the height is left out above and below
_INK = 0.006  # of a band's pixels, at least, are ink where there is print
# As shares of the paper's brightness: the ink of a band is black, or pale, or there is none.
_BLACK = 0.42
_PALE_FROM = 0.5
_PALE_TO = 0.86
_MANY = 0.15  # of the bands with print: so many are pale, and as many black
_NEAR = 3
_ALIKE = 0.6  # correlation of the ink by rows: lines of print run on from band to band
_INK_AFTER = 0.15
_MOST_GAIN = 6.0


def without_fading(image: Image.Image) -> Image.Image:
    """The upright, level grey page with bands of pale print as dark as the bands beside them."""
    paper = bits.paper(image)
    levels = _levels(image)
    black = [n for n, level in enumerate(levels) if level < paper * _BLACK]
    pale = [n for n, v in enumerate(levels) if paper * _PALE_FROM <= v < paper * _PALE_TO]
    # What is pale beyond all black print is the ground of a page, or its edge.
    inside = [n for n in pale if black and black[0] < n < black[-1]]
    least = _MANY * (len(black) + len(pale))
    if not inside or len(black) < least or len(inside) < least:
        return image
    alike = _run_on(image, black, pale)
    if fmean(alike[n] for n in inside) < _ALIKE:
        return image
    none = {n for n in pale if alike[n] < _ALIKE}
    gains = [
        min(max(paper * (1 - _INK_AFTER) / max(1, paper - v), 1.0), _MOST_GAIN)
        if v < paper * _PALE_TO and n not in none
        else 1.0
        for n, v in enumerate(levels)
    ]
    return _darkened(image, paper, gains)


def _levels(image: Image.Image) -> list[int]:
    """How bright the ink of every band is, from the left; that of paper where there is none."""
    top, bottom = round(image.height * _INSIDE), round(image.height * (1 - _INSIDE))
    size = (image.width // 2, max(1, (bottom - top) // 2))
    small = image.resize(size, Image.Resampling.NEAREST, (0, top, image.width, bottom))
    edges = [round(n * small.width / _BANDS) for n in range(_BANDS + 1)]
    found = []
    for left, right in pairwise(edges):
        counts = small.crop((left, 0, right, small.height)).histogram()
        wanted, seen, level = _INK * sum(counts), 0, 255
        for at, number in enumerate(counts):
            seen += number
            if seen > wanted:
                level = at
                break
        found.append(level)
    return found


def _run_on(image: Image.Image, black: list[int], pale: list[int]) -> dict[int, float]:
    """How far the rows of each pale band have ink where those of a black band nearby have."""
    high = max(8, image.height // max(1, round(_ROW * image.width / _WIDTH)))
    rows = image.resize((_BANDS, high), Image.Resampling.BOX)
    edge = round(high * _INSIDE)
    columns = {n: rows.crop((n, edge, n + 1, high - edge)).tobytes() for n in (*black, *pale)}
    found = {}
    for n in pale:
        near = sorted(black, key=lambda other: abs(other - n))[:_NEAR]
        found[n] = max(_correlation(columns[n], columns[other]) for other in near)
    return found


def _correlation(one: bytes, other: bytes) -> float:
    middle, centre = fmean(one), fmean(other)
    both = sum((a - middle) * (b - centre) for a, b in zip(one, other, strict=True))
    spread = sum((a - middle) ** 2 for a in one) * sum((b - centre) ** 2 for b in other)
    return both / spread**0.5 if spread > 0 else 0.0


def _darkened(image: Image.Image, paper: int, gains: list[float]) -> Image.Image:
    """The picture with its distance from paper multiplied, from band to band by other gains."""
    row = Image.new("F", (len(gains), 1))
    row.putdata(gains)
    gain = row.resize((image.width, 1), Image.Resampling.BILINEAR).resize(image.size)
    out: Image.Image = ImageMath.lambda_eval(
        lambda at: at["convert"](
            at["min"](at["max"](paper - (paper - at["image"]) * at["gain"], 0), 255), "L"
        ),
        image=image,
        gain=gain,
    )
    return out
