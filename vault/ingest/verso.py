"""Print of the other side that shows through between black print: its grey is made white."""

from __future__ import annotations

from PIL import Image, ImageChops, ImageFilter

from vault.ingest import bits
from vault.ingest.rules import without_rules

# As shares of the paper's brightness: the print of this side is black; what is brighter and not
# pale yet would be faint print of this side; brighter still are shadows and the paper's grain.
_BLACK = 0.5
_FAINT = 0.65
_PALE = 0.85
# Of 220 pages, away from black print: pale pixels for each black one are 0.2 to 0.7 where the
# other side shows through, of them 0.013 and less in the tones of faint print; where print itself
# is pale in parts, by a fold, by low resolution or on thermal paper, 0.07 and more.
_SHOWS = 0.16
_FAINT_PART = 0.03
_NO_GRAIN = 0.1  # of all that is pale, with the tones of grain: it is 0.15 and more, in grain 0.04
_GRAIN = 0.93
_LEAST_BLACK = 0.004  # of the page
# What is kept as it is, and what becomes white. Tesseract takes nothing brighter than midway
# between ink and paper for print by itself; what it sees beside print, it reads as signs.
_KEPT = 0.45
_WHITE = 0.7
_CELL = 4  # pixels
_EDGE = 3  # pixels across: the grey rims of black strokes


def without_verso(image: Image.Image) -> Image.Image:
    """The grey page with pale shapes made white, where its own print is black."""
    paper = bits.paper(image)
    if not _shows(image, paper):
        return image
    return whitened(image, paper)


def without_verso_and_rules(ruled: Image.Image, level: Image.Image) -> Image.Image:
    """The page `level`, whose rules are out, without what shows through; `ruled` still has them.

    Where print of the other side lies over a rule, pieces of that rule stay after it was taken
    out, others where the page is whitened first: what is white in either is white.
    """
    clean = without_verso(level)
    if clean is level:
        return level
    return ImageChops.lighter(clean, without_rules(without_verso(ruled)))


def whitened(image: Image.Image, paper: int) -> Image.Image:
    """The grey picture with all that is pale made white, but for the rims of black strokes."""
    kept, white = round(paper * _KEPT), round(paper * _WHITE)
    steep = (255 - kept) / max(1, white - kept)
    out = image.point([v if v < kept else min(255, round(v * steep - kept * (steep - 1)))
                       for v in range(256)])  # fmt: skip
    out.paste(image, mask=_black(image, paper).filter(ImageFilter.MaxFilter(_EDGE)))
    return out


def _black(image: Image.Image, paper: int) -> Image.Image:
    return image.point([255 if v < paper * _BLACK else 0 for v in range(256)])


def _shows(image: Image.Image, paper: int) -> bool:
    """Whether there are pale shapes, and hardly faint ones, away from black print."""
    size = (max(1, image.width // _CELL), max(1, image.height // _CELL))
    sample = image.resize(size, Image.Resampling.NEAREST)
    black, faint, pale = (round(paper * share) for share in (_BLACK, _FAINT, _PALE))
    counts = sample.histogram()
    printed = sum(counts[:black])
    if printed < _LEAST_BLACK * sum(counts) or sum(counts[faint:pale]) < _SHOWS * printed:
        return False
    cells = _black(image, paper).resize(size, Image.Resampling.BOX).point([0] + [255] * 255)
    away = sample.histogram(ImageChops.invert(cells.filter(ImageFilter.MaxFilter(5))))
    shown, grain = sum(away[faint:pale]), sum(away[faint : round(paper * _GRAIN)])
    if shown < _NO_GRAIN * grain:
        return False
    return shown >= _SHOWS * printed and sum(away[black:faint]) <= _FAINT_PART * shown
