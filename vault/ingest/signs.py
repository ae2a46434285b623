"""Signs told by their shape on the page: the colon of a time, the micro sign, the degree sign."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from PIL import Image

from vault.ingest import bits
from vault.ingest.dashes import glyph_rows, glyph_runs
from vault.model.words import Box, Word

_HOUR = re.compile(r"(?:[01]?\d|2[0-3]):")
_MINUTES = re.compile(r"[0-5]\d[.,;)]?")
_EVEN = 1.5  # times the gap before a colon: with a blank behind it the gap is far wider
_NUMBER = re.compile(r"[\d.,]*\d")
_DEGREE = re.compile(r"\*(C[.,;:)]*)")
_MICRO = re.compile(r"u((?:g|mol|L|l|kat)(?:/\w+)?[.,;:)]*)")
_BELOW = 0.12  # of a figure's height: the stem of the micro sign reaches below the line, a u ends


def with_signs(words: Sequence[Word], image: Image.Image, language: str) -> Iterator[Word]:
    """The words of a level grey page; times in one, and signs where a number stands before.

    English pages keep the letter u, which is how units are often typed there.
    """
    dark = round(bits.paper(image) * 0.75)
    skip = False
    for n, word in enumerate(words):
        if skip:
            skip = False
            continue
        after = words[n + 1] if n + 1 < len(words) else None
        if after is not None and _time(word, after, image, dark):
            skip = True
            both = Box.around((word.box, after.box)) or word.box
            sure = min(word.confidence, after.confidence)
            yield replace(word, text=word.text + after.text, box=both, confidence=sure)
            continue
        before = words[n - 1] if n else None
        yield _sign(word, before, image, dark, language)


def _ink(box: Box, image: Image.Image, dark: int) -> tuple[Image.Image, int]:
    """The ink (255) in a box, and the row of the page at which it begins."""
    wide, high = image.size
    top = round(box.top * high)
    right, bottom = round(box.right * wide) + 1, round(box.bottom * high) + 1
    area = image.crop((round(box.left * wide), top, right, bottom))
    return area.point([255 if level < dark else 0 for level in range(256)]), top


def _time(hour: Word, minutes: Word, image: Image.Image, dark: int) -> bool:
    """Whether two words are one time, its colon midway between its figures."""
    if hour.line != minutes.line or not _HOUR.fullmatch(hour.text):
        return False
    if not _MINUTES.fullmatch(minutes.text) or minutes.box.left < hour.box.right - 0.005:
        return False
    box = Box.around((hour.box, minutes.box)) or hour.box
    glyphs = glyph_runs(_ink(box, image, dark)[0])
    colon = len(hour.text) - 1
    if len(glyphs) != len(hour.text) + len(minutes.text):
        return False
    gap_before = glyphs[colon][0] - glyphs[colon - 1][1]
    return glyphs[colon + 1][0] - glyphs[colon][1] <= _EVEN * gap_before


def _sign(word: Word, before: Word | None, image: Image.Image, dark: int, language: str) -> Word:
    if before is None or before.line != word.line or not _NUMBER.fullmatch(before.text):
        return word
    if found := _DEGREE.fullmatch(word.text):
        return replace(word, text=f"°{found[1]}")
    found = _MICRO.fullmatch(word.text) if "eng" not in language.split("+") else None
    if found is None:
        return word
    number, unit = _first(before, image, dark), _first(word, image, dark)
    if number is None or unit is None:
        return word
    tall = number[1] - number[0]
    return replace(word, text=f"μ{found[1]}") if unit[1] - number[1] > _BELOW * tall else word


def _first(word: Word, image: Image.Image, dark: int) -> tuple[int, int] | None:
    """The rows of the page, from and up to, of a word's first glyph."""
    ink, top = _ink(word.box, image, dark)
    glyphs = glyph_runs(ink) if ink.width > 1 and ink.height > 1 else []
    if not glyphs:
        return None
    rows = glyph_rows(ink, glyphs[0])
    return top + rows[0], top + rows[1]
