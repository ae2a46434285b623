"""Words that were read as one and stand apart on the page: figures on both sides of a dash."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from statistics import median

from PIL import Image

from vault.ingest import bits
from vault.model.words import Box, Word

_DASH = re.compile(r"[-–—]")
_BESIDE = re.compile(r"(?:^|\d)[-–—](?=\d|$)")
# Of a figure's height, and times the gaps between the figures: those of a typewriter are wide.
# Measured: 0.1 and 1.5 in 555-0123, 0.35 and 2 typed; 0.35 and 4 in 39 - 117 copied till it is
# fat, 0.55 and 2.7 where it is faint.
_GAPS = ((0.3, 3.0), (0.45, 2.0))
_GAPS_IN_NUMBER = ((0.5, 3.0),)  # where the figures look like those of a telephone
_NUMBER = re.compile(r"(\D*\d{3}-)?\d{3}-\d{4}\D*|\d{3}-\d{2}-\d{4}")
_FLAT = 0.42  # a dash is no higher, not even one grown thick by copying

Run = tuple[int, int]


def apart(words: Sequence[Word], image: Image.Image) -> Iterator[Word]:
    """The words of a level grey page, parted at dashes that have blanks around them on paper."""
    dark = round(bits.paper(image) * 0.75)
    for word in words:
        cuts = _cuts(word, image, dark) if _BESIDE.search(word.text) else ()
        if cuts:
            yield from _parted(word, cuts, image.width)
        else:
            yield word


def _cuts(word: Word, image: Image.Image, dark: int) -> tuple[tuple[int, int], ...]:
    """Where in the text (an index) and on the page (a column) to cut."""
    wide, high = image.size
    box = word.box
    left, top = round(box.left * wide), round(box.top * high)
    area = image.crop((left, top, round(box.right * wide), round(box.bottom * high)))
    if area.width < 3 or area.height < 3:
        return ()
    ink = area.point([255 if level < dark else 0 for level in range(256)])
    glyphs = glyph_runs(ink)
    if not glyphs:
        return ()
    rows = [glyph_rows(ink, run) for run in glyphs]
    top, bottom = min(row[0] for row in rows), max(row[1] for row in rows)
    tall = bottom - top
    dashes = [n for n, run in enumerate(glyphs) if _flat(run, rows[n], (top, bottom))]
    places = [found.start() for found in _DASH.finditer(word.text)]
    if len(places) != len(dashes):
        return ()
    gaps = [two[0] - one[1] for one, two in pairwise(glyphs)]
    usual = median([gap for n, gap in enumerate(gaps) if not {n, n + 1} & set(dashes)] or [0])
    ways = _GAPS_IN_NUMBER if _NUMBER.fullmatch(word.text) else _GAPS
    wanted = min(max(share * tall, times * usual) for share, times in ways)
    cuts = []
    for at, n in zip(places, dashes, strict=True):
        if not _BESIDE.match(word.text, max(0, at - 1)):
            continue
        for place, gap in ((at, n - 1), (at + 1, n)):
            if 0 <= gap < len(gaps) and gaps[gap] >= wanted and 0 < place < len(word.text):
                cuts.append((place, left + (glyphs[gap][1] + glyphs[gap + 1][0]) // 2))
    return tuple(cuts)


def glyph_runs(ink: Image.Image) -> list[Run]:
    """The spans of columns with ink, from and up to."""
    columns = ink.resize((ink.width, 1), Image.Resampling.BOX).tobytes()
    least = 255 / ink.height * 0.6
    runs, start = [], None
    for x, value in enumerate((*columns, 0)):
        if value > least and start is None:
            start = x
        elif value <= least and start is not None:
            runs.append((start, x))
            start = None
    return runs


def glyph_rows(ink: Image.Image, run: Run) -> Run:
    """The first row with ink of some columns, and the one after the last."""
    found = ink.crop((run[0], 0, run[1], ink.height)).getbbox()
    return (found[1], found[3]) if found is not None else (0, 0)


def _flat(run: Run, rows: Run, all_rows: Run) -> bool:
    """Whether a glyph is a dash: flat, and neither at the top nor at the foot."""
    (top, bottom), tall = rows, all_rows[1] - all_rows[0]
    inside = top > all_rows[0] + 0.2 * tall and bottom < all_rows[1] - 0.15 * tall
    return inside and bottom - top <= _FLAT * tall and run[1] - run[0] >= 0.8 * (bottom - top)


def _parted(word: Word, cuts: tuple[tuple[int, int], ...], wide: int) -> Iterator[Word]:
    start, left = 0, word.box.left
    for at, column in (*cuts, (len(word.text), round(word.box.right * wide))):
        right = column / wide if at < len(word.text) else word.box.right
        box = Box.clamped(left, word.box.top, right, word.box.bottom)
        yield replace(word, text=word.text[start:at], box=box)
        start, left = at, right
