"""Dark borders whitened: the scanner's lid, the table under a small page, a copier's black edge."""

from __future__ import annotations

from PIL import Image, ImageDraw

from vault.ingest import bits
from vault.ingest.bits import Grid

_CELLS = 275  # along the long side: a cell is a millimetre of letter paper
_DARK = 0.45  # of the paper's brightness
# The shadow of a spine grows dark little by little and has print on it: it is evened as light is.
_PAPER = 0.75  # of its brightness, and brighter, three cells from the end of a border
_SHARP = 0.6  # of the cells there
_THICK = 3  # cells: rules and strokes that run to the edge are thinner
_NOTICEABLE = 0.002  # of the page
# A dark heading that runs to the edges has bright letters in it, a border has none.
_WORD = 12  # cells: gaps in a row are no wider
_LETTER = 0.1  # of the paper's brightness: so much brighter are cells with letters in them
_LETTERED = 0.03  # of the border


def without_borders(image: Image.Image) -> Image.Image:
    """The grey page with the dark areas that reach in from its edges in the tone of its paper."""
    cells = image.reduce(max(1, round(max(image.size) / _CELLS)))
    paper = bits.paper(image)
    dark, grid = bits.ink(cells, round(paper * _DARK))
    thick = bits.runs(bits.runs(dark, _THICK, grid.across), _THICK, grid.down)
    if not thick:
        return image
    border = _unlettered(_at_edge(thick, grid, cells.size), cells, grid)
    if border.bit_count() < _NOTICEABLE * cells.width * cells.height:
        return image
    shade, _ = bits.ink(cells, round(paper * _PAPER))
    if not _ends_sharply(border, shade, grid, cells.size):
        return image
    wide = bits.around(border, grid)  # cells that a border fills in part are brighter
    grown = bits.mask(wide, grid, cells.size)
    area = grown.resize(image.size, Image.Resampling.NEAREST)
    page = grown.point(lambda v: 255 - v).convert("L")
    out = image.copy()
    out.paste(_usual(cells, page), mask=area)
    return out


def _at_edge(thick: int, grid: Grid, size: tuple[int, int]) -> int:
    """The thick dark areas that hang together with an edge of the page."""
    frame = Image.new("L", size, 255)
    ImageDraw.Draw(frame).rectangle((0, 0, size[0] - 1, size[1] - 1), outline=0)
    edge, _ = bits.ink(frame, 128)
    return _joined(edge & thick, thick, grid)


def _unlettered(border: int, cells: Image.Image, grid: Grid) -> int:
    """The border without the areas that have bright letters in them."""
    usual = _usual(cells, bits.mask(border, grid, cells.size).convert("L"))
    plain, _ = bits.ink(cells, usual + round(bits.paper(cells) * _LETTER))
    page, _ = bits.ink(Image.new("L", cells.size), 128)
    outside = page & ~border
    core = border & ~bits.around(bits.around(outside, grid), grid)
    letters = core & ~plain | _closed(border, grid) & outside
    if letters.bit_count() <= _LETTERED * border.bit_count():
        return border
    return border & ~_joined(bits.around(letters, grid) & border, border, grid)


def _ends_sharply(border: int, shade: int, grid: Grid, size: tuple[int, int]) -> bool:
    """Whether there is bright paper close to most of a border's end."""
    near = bits.around(bits.around(border, grid), grid)
    page, _ = bits.ink(Image.new("L", size), 128)
    ring = bits.around(near, grid) & ~near & page
    return (ring & ~shade).bit_count() >= _SHARP * ring.bit_count()


def _joined(seed: int, within: int, grid: Grid) -> int:
    """The parts of `within` that hang together with the seed."""
    while True:
        more = bits.around(seed, grid) & within | seed
        if more == seed:
            return seed
        seed = more


def _closed(value: int, grid: Grid) -> int:
    """The bits with the short gaps in their rows filled."""
    grown = bits.grown(value, _WORD, grid.across)
    return bits.starts(grown, _WORD, grid.across)


def _usual(image: Image.Image, mask: Image.Image) -> int:
    """The brightness that half of the pixels under a mask do not exceed."""
    counts = image.histogram(mask)
    wanted, seen = sum(counts) / 2, 0
    for level, count in enumerate(counts):
        seen += count
        if seen >= wanted:
            return level
    return 255
