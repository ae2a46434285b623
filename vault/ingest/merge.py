"""Two readings of one page made into the better one, word by word."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from vault.model.words import Box, Word

_SAME = 0.6  # of both boxes: they are around the same word
_APART = 0.2  # of a box, at most, that another may cover: nothing was read there
_SURE = 50  # of a word that only one reading has
_BANDS = 64  # of the page's height, to find what is near


def merged(first: Sequence[Word], second: Sequence[Word]) -> tuple[Word, ...]:
    """The words of the first reading, each as the surer one has it, and what only the second has.

    Both are of the same upright, level page. The words that are added come last, in lines of
    their own.
    """
    near = _Near(first)
    better: dict[int, Word] = {}
    added = []
    last = max((word.line for word in first), default=0) + 1
    for word in second:
        met = [(n, _shared(word.box, first[n].box)) for n in near.of(word.box)]
        met = [(n, shared) for n, shared in met if shared > 0]
        if len(met) == 1 and _same(word.box, first[met[0][0]].box, met[0][1]):
            n = met[0][0]
            if word.confidence > max(first[n].confidence, better.get(n, first[n]).confidence):
                better[n] = replace(first[n], text=word.text, confidence=word.confidence)
        elif _new(word, sum(shared for _, shared in met)):
            added.append(replace(word, line=last + word.line))
    return (*(better.get(n, word) for n, word in enumerate(first)), *added)


class _Near:
    """Words by the height at which they stand."""

    def __init__(self, words: Sequence[Word]) -> None:
        self._bands: list[list[int]] = [[] for _ in range(_BANDS + 1)]
        for n, word in enumerate(words):
            for band in self._span(word.box):
                self._bands[band].append(n)

    @staticmethod
    def _span(box: Box) -> Iterator[int]:
        yield from range(int(box.top * _BANDS), int(box.bottom * _BANDS) + 1)

    def of(self, box: Box) -> set[int]:
        """The words, by number, at the height of a box."""
        return {n for band in self._span(box) for n in self._bands[band]}


def _area(box: Box) -> float:
    return (box.right - box.left) * (box.bottom - box.top)


def _shared(one: Box, two: Box) -> float:
    """The area that two boxes share."""
    wide = min(one.right, two.right) - max(one.left, two.left)
    high = min(one.bottom, two.bottom) - max(one.top, two.top)
    return wide * high if wide > 0 and high > 0 else 0.0


def _same(one: Box, two: Box, shared: float) -> bool:
    return shared >= _SAME * max(_area(one), _area(two))


def _new(word: Word, covered: float) -> bool:
    """Whether a word was read surely where the first reading has nothing."""
    sense = any(c.isalnum() for c in word.text)
    return sense and word.confidence >= _SURE and covered <= _APART * _area(word.box)
