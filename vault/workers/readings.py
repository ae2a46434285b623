"""Readings of a page on their way to the vault: written by a worker, and never trusted.

Words go as two lists, their texts and seven whole numbers for each: the sides of the box in
1/65535 of the page, as they are kept, then confidence, line and block. A page has hundreds of
words, and lists of one kind are written, read and checked at one go.
"""

from __future__ import annotations

from array import array
from typing import cast

from vault.errors import WorkerFailed
from vault.model.reading import Reading, Source
from vault.model.words import UNIT, Box, Word
from vault.workers import checks, limits
from vault.workers.checks import Json

_NUMBERS = 7


def encode_reading(reading: Reading) -> Json:
    """A reading as a message; more words than a page may have are left out."""
    words = reading.words[: limits.WORDS]
    numbers: list[int] = []
    for word in words:
        box = word.box
        numbers += (
            round(box.left * UNIT),
            round(box.top * UNIT),
            round(box.right * UNIT),
            round(box.bottom * UNIT),
            word.confidence,
            word.line,
            word.block,
        )
    return {
        "source": reading.source.value,
        "texts": [word.text[: limits.WORD_CHARS] for word in words],
        "numbers": numbers,
        "confidence": reading.confidence,
        "engine": reading.engine,
        "language": reading.language,
        "turn": reading.turn,
        "skew": reading.skew,
    }


def _columns(value: object, words: int) -> tuple[array[int], ...]:
    """The numbers of so many words, a column for each of the seven; raises WorkerFailed."""
    numbers = checks.items(value, limits.WORDS * _NUMBERS)
    if len(numbers) != words * _NUMBERS:
        raise WorkerFailed("it sent a word with parts missing")
    try:
        held = array("H", cast("list[int]", numbers))  # it takes whole numbers alone
    except (TypeError, OverflowError) as error:
        raise WorkerFailed("it sent a number out of range") from error
    columns = tuple(held[n::_NUMBERS] for n in range(_NUMBERS))
    most = [max(column, default=0) for column in columns[4:]]
    if most[0] > 100 or max(most[1:]) > limits.WORDS:
        raise WorkerFailed("it sent a number out of range")
    return columns


def _words(message: Json) -> tuple[Word, ...]:
    """The words of a reading, their boxes the very ones that packed words have."""
    texts = checks.items(message.get("texts"), limits.WORDS)
    columns = _columns(message.get("numbers"), len(texts))
    found = []
    try:
        for text, left, top, right, bottom, confidence, line, block in zip(
            texts, *columns, strict=True
        ):
            said = checks.text(text, limits.WORD_CHARS)
            if said:  # what was nothing but control codes is no word; the rest still counts
                box = Box(left / UNIT, top / UNIT, right / UNIT, bottom / UNIT)
                found.append(Word(said, box, confidence, line, block))
    except ValueError as error:
        raise WorkerFailed("it sent a box outside the page") from error
    return tuple(found)


def decode_reading(value: object) -> Reading:
    """The checked reading in a message; raises WorkerFailed for a wrong one."""
    message = checks.an_object(value)
    source = checks.one_of(Source, message.get("source"))
    turn = checks.whole(message.get("turn"), 0, 270)
    if source not in {Source.TEXT, Source.OCR} or turn % 90:
        raise WorkerFailed("it sent a reading of no known kind")
    return Reading(
        source,
        _words(message),
        checks.whole(message.get("confidence"), 0, 100),
        checks.text(message.get("engine")),
        checks.text(message.get("language")),
        turn,
        checks.real(message.get("skew"), -45, 45),
    )
