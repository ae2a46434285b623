"""Reading a page whichever way up it lies: as it is first, turned where that reads badly."""

from __future__ import annotations

from dataclasses import dataclass, replace

from PIL import Image, ImageFilter

from vault.ingest import bits, ink
from vault.ingest.dashes import apart
from vault.ingest.fading import without_fading
from vault.ingest.lie import likely_turn
from vault.ingest.lists import beside_lists
from vault.ingest.merge import merged
from vault.ingest.ocr.engine import OcrEngine
from vault.ingest.order import reading_order
from vault.ingest.prepare import find_skew, levelled, resized, turned
from vault.ingest.rules import without_rules
from vault.ingest.signs import with_signs
from vault.ingest.specks import without_specks
from vault.ingest.streaks import without_streaks
from vault.ingest.terms import mended
from vault.ingest.thick import is_fat, thinner
from vault.ingest.verso import without_verso_and_rules
from vault.ingest.warp import FLAT, Bend, find_bend
from vault.model.words import Word, mean_confidence

# Measured: pages the right way up are read with a confidence of 88 and more, upside down with
# 38 to 40; a turn is tried from a sureness of 2, for tables score as low as 1 when upright.
_DOUBTFUL = 75
_WRONG_WAY = 65  # below it every way up is tried: a table lying on its side deceives the detector
_SURE_ENOUGH = 2.0
# Measured: the small figures of a table are read better enlarged, running text is read worse.
_LARGE_SIDE = 3000
_MISSED = 0.12  # of the ink
_MISSED_FAT = 0.03  # where lines of fat letters run into each other
_UNSURE = 90
_TABLE_WORDS = 20
_FIGURES = 0.25  # of the words have a figure in them
_NOISE = 50  # words read less surely speak against a reading
_ALMOST = 0.8


@dataclass(frozen=True, slots=True)
class Scan:
    """What an engine read on a page after a turn and a skew, and the picture it read it on.

    `inked` is the ink of that picture (`ink.mask`), `fat` where the strokes of the print have run
    fat.
    """

    image: Image.Image
    inked: Image.Image
    words: tuple[Word, ...]
    turn: int
    skew: float
    bend: Bend = FLAT
    fat: bool = False

    @property
    def placed(self) -> tuple[Word, ...]:
        """The words where they stand on the page after its turn and its skew."""
        return self.bend.on_paper(self.words, self.image.height)

    @property
    def confidence(self) -> int:
        """The mean confidence over the words, 0 to 100."""
        return mean_confidence(self.words)

    def share_below(self, confidence: int) -> float:
        """The share of the text (0 to 1) that was read less surely than that."""
        letters = sum(len(word.text) for word in self.words)
        unsure = sum(len(word.text) for word in self.words if word.confidence < confidence)
        return unsure / max(1, letters)

    @property
    def missed(self) -> float:
        """The share of the ink (0 to 1) that no word accounts for."""
        return ink.uncovered(self.inked, self.words)

    @property
    def score(self) -> int:
        """How much was read and how surely; for comparing two readings of one page."""
        return sum(len(word.text) * (word.confidence - _NOISE) for word in self.words)

    @property
    def sideways(self) -> bool:
        """Whether most words stand taller than wide, as on a page that lies on its side."""
        wide, high = self.image.size
        long = [word.box for word in self.words if len(word.text) >= 4]
        tall = sum((box.bottom - box.top) * high > (box.right - box.left) * wide for box in long)
        return 2 * tall > len(long)


def _levelled(image: Image.Image, turn: int) -> Scan:
    """The page after a turn, straight, level and clean, with nothing read yet.

    The pictures in between are let go of here: an engine needs the room.
    """
    upright = without_specks(turned(image, turn))
    skew = find_skew(upright)
    level = without_streaks(levelled(upright, skew))
    bend = find_bend(level)
    level = without_fading(bend.levelled(level))
    level = without_verso_and_rules(level, bits.without_grain(without_rules(level)))
    return Scan(level, ink.mask(level), (), turn, skew, bend)


def _read(image: Image.Image, turn: int, engine: OcrEngine, language: str) -> Scan:
    return _with_words(_levelled(image, turn), engine, language)


def _with_words(scan: Scan, engine: OcrEngine, language: str) -> Scan:
    words = _words(scan.image, engine, language)
    if not words:  # as on a page of grain and few words, whose ink is lost in it
        words = _words(bits.ink_only(scan.image), engine, language)
    return replace(scan, words=words)


def _words(level: Image.Image, engine: OcrEngine, language: str) -> tuple[Word, ...]:
    """The words of an upright, level page in reading order."""
    read = beside_lists(engine.read(level, language), level, engine, language)
    found = reading_order(tuple(apart(read, level)), level.size)
    return tuple(with_signs(tuple(mended(found, language)), level, language))


def read(image: Image.Image, engine: OcrEngine, language: str, turn: int | None = None) -> Scan:
    """Read a clean grey page upright and level, a hard one once more and larger.

    With `turn` (degrees clockwise) only that way up is tried, for a person has said so.
    """
    thick = is_fat(image)
    clear = thinner(image) if thick else image
    if turn is None:
        found = _upright(clear, engine, language)
    else:
        found = _read(clear, turn, engine, language)
    found = replace(found, fat=thick)
    if max(found.image.size) >= _LARGE_SIDE * 0.95 or not _doubtful(found):
        return found
    large = resized(found.image, _LARGE_SIDE)
    if thick:
        large = large.filter(ImageFilter.MaxFilter(3))  # lines of fat letters run into each other
    closer = replace(found, words=_words(large, engine, language))
    best, other = (closer, found) if closer.score > found.score else (found, closer)
    both = merged(best.words, other.words)
    return replace(best, words=reading_order(both, found.image.size))


def _doubtful(found: Scan) -> bool:
    """Whether a closer look may find more: lines that were not read, or figures read unsurely."""
    if not found.words:
        return False
    if found.missed > (_MISSED_FAT if found.fat else _MISSED):
        return True
    figures = sum(any(c.isdigit() for c in word.text) for word in found.words)
    table = len(found.words) >= _TABLE_WORDS and figures >= _FIGURES * len(found.words)
    return table and found.confidence < _UNSURE


def _upright(image: Image.Image, engine: OcrEngine, language: str) -> Scan:
    """Read a page as it seems to lie; other ways up are tried where the first is doubtful."""
    as_it_lies = _levelled(image, 0)
    guess = likely_turn(as_it_lies.image)
    first = _with_words(_levelled(image, guess) if guess else as_it_lies, engine, language)
    if first.confidence >= _DOUBTFUL and not first.sideways:
        return first
    best, tried = first, {guess}
    # A page without a line of print reads as nothing either way up.
    further = (_turn(first, engine), 180, 270, 90) if first.words else (-guess, 90)
    for turn in ((guess + more) % 360 for more in further):
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
    # What is no print was never turned: a bar code on its side is taken for rules, and off.
    return best if best.words else as_it_lies


def _turn(first: Scan, engine: OcrEngine) -> int:
    """The further turn to try after a reading that was doubtful or on its side; 0 for none."""
    if first.sideways and first.confidence >= _DOUBTFUL:
        return 270  # the one direction of upright lines that Tesseract reads by itself
    found = engine.orientation(first.image)
    if found is not None and found[0] in {90, 180, 270} and found[1] >= _SURE_ENOUGH:
        return found[0]
    return 90 if first.sideways else 0
