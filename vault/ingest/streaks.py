"""Upright streaks taken off a page: toner lines, dirty glass and folds that cut through words."""

from __future__ import annotations

from collections.abc import Iterator

from PIL import Image, ImageChops

from vault.ingest import bits

_INK = 0.8  # of the paper's brightness and darker
_BANDS = 6
_BLOCK = 24  # rows: hardly a stroke of a letter is so tall without a break
_EVERY = 2  # one row in so many is looked at
_FULL = 0.85  # of a block's rows are ink where a streak runs through it
_LASTING = 0.6  # of a band's blocks
_LONG = 3  # bands, of those a page is cut into
_WIDEST = 1 / 140  # of the page's width; what is wider is a shadow, not a line


def without_streaks(image: Image.Image) -> Image.Image:
    """The grey page with thin upright lines of at least half its height filled from both sides."""
    dark = round(bits.paper(image) * _INK)
    wide, high = image.size
    rows = image.resize((wide, max(1, high // _EVERY)), Image.Resampling.NEAREST)
    ink = rows.point([255 if level < dark else 0 for level in range(256)])
    blocks = ink.reduce((1, _BLOCK // _EVERY))
    full = blocks.point([255 if level >= 255 * _FULL else 0 for level in range(256)])
    bands = full.resize((wide, _BANDS), Image.Resampling.BOX)
    marked = bands.point([1 if level >= 255 * _LASTING else 0 for level in range(256)])
    lines = [marked.crop((0, n, wide, n + 1)).tobytes() for n in range(_BANDS)]
    sums = bytes(map(sum, zip(*lines, strict=True)))
    streaks = list(_streaks(sums, max(3, round(wide * _WIDEST))))
    if not streaks:
        return image
    out = image.copy()
    for left, right in streaks:
        _fill(out, left, right)
    return out


def _streaks(counts: bytes, widest: int) -> Iterator[tuple[int, int]]:
    """The runs of columns in which a line lasts for long enough, from and up to."""
    start = None
    for x, count in enumerate((*counts, 0)):
        if count >= _LONG and start is None:
            start = x
        elif count < _LONG and start is not None:
            if x - start <= widest:
                yield max(0, start - 1), min(len(counts), x + 1)
            start = None


def _fill(page: Image.Image, left: int, right: int) -> None:
    """Put the lighter of the columns on both sides of a streak in its place."""
    high = page.height
    if left < 1 or right >= page.width:
        page.paste(255, (left, 0, right, high))
        return
    before, after = page.crop((left - 1, 0, left, high)), page.crop((right, 0, right + 1, high))
    page.paste(ImageChops.lighter(before, after).resize((right - left, high)), (left, 0))
