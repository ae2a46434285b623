"""Reading a page whichever way up it lies: as it is first, turned where that reads badly."""

from __future__ import annotations

from dataclasses import dataclass

from PIL import Image

from vault.ingest.dashes import apart
from vault.ingest.ocr.engine import OcrEngine
from vault.ingest.order import reading_order
from vault.ingest.prepare import enlarged, find_skew, straight, turned
from vault.ingest.rules import without_rules
from vault.ingest.streaks import without_streaks
from vault.model.words import Word, mean_confidence

# Measured: pages the right way up are read with a confidence of 88 and more, upside down with
# 38 to 40; a turn is tried from a sureness of 2, for tables score as low as 1 when upright.
_DOUBTFUL = 75
_WRONG_WAY = 65  # below it every way up is tried: a table lying on its side deceives the detector
_SURE_ENOUGH = 2.0
# Measured: the small figures of a table are read better enlarged, running text is read worse.
_TABLE_SIDE = 3000
_TABLE_WORDS = 20
_FIGURES = 0.25  # of the words have a figure in them
_NOISE = 30
_ALMOST = 0.8


@dataclass(frozen=True, slots=True)
class Scan:
    """What an engine read on a page after a turn and a skew, and the picture it read it on."""

    image: Image.Image
    words: tuple[Word, ...]
    turn: int
    skew: float

    @property
    def confidence(self) -> int:
        """The mean confidence over the words, 0 to 100."""
        return mean_confidence(self.words)

    @property
    def score(self) -> int:
        """How much was read and how surely; for comparing two readings of one page."""
        return sum(len(word.text) * max(0, word.confidence - _NOISE) for word in self.words)

    @property
    def sideways(self) -> bool:
        """Whether most words stand taller than wide, as on a page that lies on its side."""
        wide, high = self.image.size
        long = [word.box for word in self.words if len(word.text) >= 4]
        tall = sum((box.bottom - box.top) * high > (box.right - box.left) * wide for box in long)
        return 2 * tall > len(long)


def _read(image: Image.Image, turn: int, engine: OcrEngine, language: str) -> Scan:
    upright = turned(image, turn)
    skew = find_skew(upright)
    level = straight(upright, skew)
    if turn or skew:  # a streak that stood askew stands upright now
        level = without_streaks(level)
    level = without_rules(level)
    return Scan(level, _words(level, engine, language), turn, skew)


def _words(level: Image.Image, engine: OcrEngine, language: str) -> tuple[Word, ...]:
    """The words of an upright, level page in reading order."""
    return reading_order(tuple(apart(engine.read(level, language), level)), level.size)


def read(image: Image.Image, engine: OcrEngine, language: str) -> Scan:
    """Read a clean grey page upright and level, a table of figures once more and larger."""
    found = _upright(image, engine, language)
    if max(found.image.size) >= _TABLE_SIDE * 0.95 or not _figures(found.words):
        return found
    large = enlarged(found.image, _TABLE_SIDE)
    closer = Scan(found.image, _words(large, engine, language), found.turn, found.skew)
    return closer if closer.score > found.score else found


def _figures(words: tuple[Word, ...]) -> bool:
    """Whether the words are those of a table of figures."""
    if len(words) < _TABLE_WORDS:
        return False
    return sum(any(c.isdigit() for c in w.text) for w in words) >= _FIGURES * len(words)


def _upright(image: Image.Image, engine: OcrEngine, language: str) -> Scan:
    """Read a page; other ways up are tried where the first is doubtful."""
    first = _read(image, 0, engine, language)
    if first.confidence >= _DOUBTFUL and not first.sideways:
        return first
    best, tried = first, {0}
    for turn in (_turn(first, engine), 180, 270, 90):
        if turn in tried:
            continue
        tried.add(turn)
        other = _read(image, turn, engine, language)
        # Words that were read well on their side still need a page that is shown upright.
        enough = best.score * _ALMOST if best.sideways else best.score
        if other.score > enough:
            best = other
        if best.confidence >= _WRONG_WAY and not best.sideways:
            break
    return best


def _turn(first: Scan, engine: OcrEngine) -> int:
    """The turn to try after a first reading that was doubtful or on its side; 0 for none."""
    if first.sideways and first.confidence >= _DOUBTFUL:
        return 270  # the one direction of upright lines that Tesseract reads by itself
    found = engine.orientation(first.image)
    if found is not None and found[0] in {90, 180, 270} and found[1] >= _SURE_ENOUGH:
        return found[0]
    return 90 if first.sideways else 0
