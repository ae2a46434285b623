"""A person's corrections of an earlier reading, put over a new one where they still fit."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz

from vault.model.reading import Reading
from vault.model.records import WordFix
from vault.model.words import Box, Span, quote_of

_ALIKE = 60.0
"""How alike (0 to 100) the words at a place must be to what was there, misread or put right."""

_SLACK = 0.006
"""How far, as a part of the page, a word may have moved between two readings of it."""

_LINE_SHARE = 0.5
"""How much of its height a word must share with the old place to stand in the same line."""


@dataclass(frozen=True, slots=True)
class Correction:
    """A correction of an earlier reading: what stood there, what it was made, and its place.

    The place is on the page as that reading turned it.
    """

    read: str
    text: str
    box: Box
    turn: int


@dataclass(frozen=True, slots=True)
class Carried:
    """What became of corrections: how many were `kept`, and those that fit nowhere."""

    kept: int = 0
    dropped: tuple[Correction, ...] = ()


def corrections(base: Reading, fixes: Iterable[WordFix]) -> tuple[Correction, ...]:
    """The corrections of a reading, each with the words and the place it is about."""
    found = []
    for fix in fixes:
        box = Box.around(w.box for w in base.words[fix.start : fix.stop])
        if box is not None:
            read = quote_of(base.words, Span(fix.start, fix.stop))
            found.append(Correction(read, fix.text, box, base.turn))
    return tuple(found)


def turned(box: Box, degrees: int) -> Box:
    """A box on a page after that page is turned clockwise by so many degrees (quarter turns)."""
    left, top, right, bottom = box.left, box.top, box.right, box.bottom
    for _ in range(degrees // 90 % 4):
        left, top, right, bottom = 1 - bottom, left, 1 - top, right
    return Box.clamped(left, top, right, bottom)


def _in_place(word: Box, place: Box) -> bool:
    middle = (word.left + word.right) / 2
    if not place.left - _SLACK <= middle <= place.right + _SLACK:
        return False
    shared = min(word.bottom, place.bottom + _SLACK) - max(word.top, place.top - _SLACK)
    return shared >= _LINE_SHARE * (word.bottom - word.top)


def _alike(one: str, other: str) -> float:
    return fuzz.ratio("".join(one.split()).casefold(), "".join(other.split()).casefold())


def fit(reading: Reading, old: Correction) -> WordFix | None:
    """The correction as one of the new reading; None where other words stand at its place.

    The words there must be alike to what was misread, or to what it was put right as: a better
    reader may have read it right this time.
    """
    place = turned(old.box, (reading.turn - old.turn) % 360)
    inside = [i for i, word in enumerate(reading.words) if _in_place(word.box, place)]
    if not inside or inside[-1] - inside[0] >= 2 * len(inside):
        return None
    span = Span(inside[0], inside[-1] + 1)
    there = quote_of(reading.words, span)
    if max(_alike(there, old.read), _alike(there, old.text)) < _ALIKE:
        return None
    return WordFix(span.start, span.stop, old.text)


def _upright(old: Correction) -> Box:
    """The place of a correction on the page as the file shows it."""
    return turned(old.box, -old.turn % 360)


def _middle_in(box: Box, places: Iterable[Box]) -> bool:
    x, y = (box.left + box.right) / 2, (box.top + box.bottom) / 2
    return any(p.left <= x <= p.right and p.top <= y <= p.bottom for p in places)


def carry(reading: Reading, earlier: Sequence[Correction]) -> tuple[tuple[WordFix, ...], Carried]:
    """Corrections as those of a new reading, in the order of its words, and what became of all.

    `earlier` comes newest first: where a place was corrected again, only the last word counts.
    """
    kept: list[WordFix] = []
    dropped: list[Correction] = []
    places: list[Box] = []
    for old in earlier:
        place = _upright(old)
        if _middle_in(place, places):
            continue
        places.append(place)
        found = fit(reading, old)
        if found is not None and all(found.stop <= k.start or found.start >= k.stop for k in kept):
            kept.append(found)
        else:
            dropped.append(old)
    return tuple(sorted(kept, key=lambda f: f.start)), Carried(len(kept), tuple(dropped))
