"""The lines of a list, read again where its numbers were taken for one line that runs upwards."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from PIL import Image

from vault.ingest.ocr.engine import PSM_BLOCK, OcrEngine
from vault.model.words import Box, Word, mean_confidence

_TALL = 1.5  # times as high as wide: a word that runs up or down the page
_NARROW = 0.06  # of the page's width: what is wider is no column of numbers
_MOST = 3  # such columns on a page
_EDGE = 12  # pixels above and below the column, of which the feet of letters need some


def beside_lists(
    words: Sequence[Word], image: Image.Image, engine: OcrEngine, language: str
) -> tuple[Word, ...]:
    """The words of a level page; lines beside a column that was read upwards are read again."""
    wide, high = image.size
    tall = {
        word.line
        for word in words
        if len(word.text) > 1
        and (word.box.bottom - word.box.top) * high
        > _TALL * (word.box.right - word.box.left) * wide
    }
    if len(tall) > _MOST:
        return tuple(words)  # the page lies on its side
    out = list(words)
    for line in sorted(tall):
        old = [word for word in out if word.line == line]
        box = Box.around(word.box for word in old)
        if box is None or box.right - box.left > _NARROW:
            continue
        beside = {
            word for word in out if box.top <= (word.box.top + word.box.bottom) / 2 <= box.bottom
        }
        new = _again(box, image, engine, language)
        if mean_confidence(new) > mean_confidence((*beside, *old)):
            out = [word for word in out if word.line != line and word not in beside]
            first = max((word.line for word in out), default=0) + 1
            out += [replace(word, line=first + word.line) for word in new]
    return tuple(out)


def _again(box: Box, image: Image.Image, engine: OcrEngine, language: str) -> tuple[Word, ...]:
    """The words at the height of a box, all across the page, read as one block of level lines."""
    wide, high = image.size
    top, bottom = max(0, round(box.top * high) - _EDGE), min(high, round(box.bottom * high) + _EDGE)
    part = image.crop((0, top, wide, bottom))

    def placed(box: Box) -> Box:
        upper, lower = (top + side * part.height for side in (box.top, box.bottom))
        return Box.clamped(box.left, upper / high, box.right, lower / high)

    found = engine.read(part, language, PSM_BLOCK)
    return tuple(replace(word, box=placed(word.box)) for word in found)
