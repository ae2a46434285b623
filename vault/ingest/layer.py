"""Whether a page's own text layer can be trusted, and which of two readings goes first."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence
from enum import StrEnum

from vault.ingest.sheet import Layer
from vault.model.words import Word

# A layer of fewer characters is a stamp, a fax header or a page number as likely as a page.
_FEW_CHARS = 100
_PICTURES = 0.05  # of the page; what is in a picture is not in the layer
_SURE = 60
_LOST = frozenset(["Co", "Cn", "Cc", "Cs"])
_LATIN_WORD = re.compile(r"[A-Za-z]{4,}")
_VOWEL = re.compile(r"[aeiouyAEIOUY]")


class Use(StrEnum):
    """What a text layer is good for."""

    ALONE = "alone"  # it says all there is on the page
    COMPARE = "compare"  # the page is read as a picture too
    LAST = "last"  # as COMPARE, and any other reading is better


def garbage(words: Sequence[Word]) -> bool:
    """Whether the words are no text: codes without meaning, signs, or letters torn apart."""
    counts = Counter("".join([word.text for word in words]))
    total = counts.total()
    if not total:
        return False
    lost = sum(n for c, n in counts.items() if unicodedata.category(c) in _LOST or c == "\ufffd")
    if lost > 0.02 * total or sum(n for c, n in counts.items() if c.isalnum()) < 0.5 * total:
        return True
    if len(words) >= 20 and sum(len(word.text) == 1 for word in words) > 0.6 * len(words):
        return True
    latin = _LATIN_WORD.findall(" ".join([word.text for word in words]))
    without = sum(_VOWEL.search(found) is None for found in latin)
    return len(latin) >= 10 and without > 0.5 * len(latin)


def use(layer: Layer) -> Use:
    """What a layer is good for, by its words and the pictures on its page."""
    if garbage(layer.words):
        return Use.LAST
    chars = sum(len(word.text) for word in layer.words)
    if chars < _FEW_CHARS or layer.pictures >= _PICTURES:
        return Use.COMPARE
    return Use.ALONE


def ocr_first(layer: Sequence[Word], ocr: Sequence[Word], confidence: int) -> bool:
    """Whether what was read from the picture of a page is better than its sound text layer.

    It is where it found words the layer lacks, or read surely what the layer says otherwise,
    as the layer of an older scanner may.
    """
    sure = [word.text.casefold() for word in ocr if word.confidence >= _SURE]
    if len(sure) > 1.08 * len(layer) + 3:
        return True
    known = {word.text.casefold() for word in layer}
    agree = sum(text in known for text in sure)
    return confidence >= 85 and len(sure) > 0.9 * len(layer) and agree < 0.85 * len(sure)
