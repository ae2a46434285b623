"""Words on a page with their places, how they are packed, and how text is made of them."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

UNIT = 65535
"""Boxes are packed as whole numbers: fractions of the page in 1/65535."""

_HEAD = struct.Struct("<BI")
_WORD = struct.Struct("<HHB4H")
_FORMAT = 1
_MAX_PACKED = 64 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle on the upright page, as fractions of its width and height (0 to 1)."""

    left: float
    top: float
    right: float
    bottom: float

    def __post_init__(self) -> None:
        if not (0 <= self.left <= self.right <= 1 and 0 <= self.top <= self.bottom <= 1):
            raise ValueError("a box lies within the page")

    @staticmethod
    def clamped(left: float, top: float, right: float, bottom: float) -> Box:
        """The box with its sides put in order and pushed inside the page."""
        if 0 <= left <= right <= 1 and 0 <= top <= bottom <= 1:  # nearly all of them
            return Box(left, top, right, bottom)
        x0, x1 = sorted((min(max(left, 0.0), 1.0), min(max(right, 0.0), 1.0)))
        y0, y1 = sorted((min(max(top, 0.0), 1.0), min(max(bottom, 0.0), 1.0)))
        return Box(x0, y0, x1, y1)

    @staticmethod
    def around(boxes: Iterable[Box]) -> Box | None:
        """The smallest box that holds all of `boxes`, or None of none."""
        held = tuple(boxes)
        if not held:
            return None
        return Box(
            min(b.left for b in held),
            min(b.top for b in held),
            max(b.right for b in held),
            max(b.bottom for b in held),
        )


@dataclass(frozen=True, slots=True)
class Word:
    """One word as read: its text, its box, how sure the reader is, and where it stands.

    `confidence` is 0 to 100 (100 for a text layer). `line` counts the lines of the page from 0
    in reading order, `block` the paragraphs or columns.
    """

    text: str
    box: Box
    confidence: int
    line: int
    block: int = 0


@dataclass(frozen=True, slots=True)
class Span:
    """Words `start` up to but not including `stop` of one reading."""

    start: int
    stop: int


def text_of(words: Sequence[Word]) -> str:
    """The words as text: a blank between words, a new line a line, an empty line a block."""
    parts: list[str] = []
    last: Word | None = None
    for word in words:
        if last is not None:
            if word.block != last.block:
                parts.append("\n\n")
            elif word.line != last.line:
                parts.append("\n")
            else:
                parts.append(" ")
        parts.append(word.text)
        last = word
    return "".join(parts)


def lines_of(words: Sequence[Word]) -> tuple[Span, ...]:
    """The lines of a reading as spans of words, in reading order."""
    spans: list[Span] = []
    start = 0
    for i in range(1, len(words) + 1):
        if i == len(words) or words[i].line != words[start].line:
            spans.append(Span(start, i))
            start = i
    return tuple(spans)


def quote_of(words: Sequence[Word], span: Span) -> str:
    """The words of a span as one line of text."""
    return " ".join(w.text for w in words[span.start : span.stop])


def box_of(words: Sequence[Word], span: Span) -> Box | None:
    """The box around the words of a span."""
    return Box.around(w.box for w in words[span.start : span.stop])


def find_quote(words: Sequence[Word], quote: str) -> Span | None:
    """Where `quote` stands in a reading, white space and letter case aside, or None.

    The quote may begin or end inside a word of the reading ("5 mg" finds "5" "mg,"), but whole
    words and figures come first: "20" finds "20 mg" rather than "2024".
    """
    want = "".join(quote.split()).casefold()
    if not want:
        return None
    joined: list[str] = []
    owner: list[int] = []
    for i, word in enumerate(words):
        for c in "".join(word.text.split()).casefold():
            joined.append(c)
            owner.append(i)
    text = "".join(joined)
    places = [at for at in range(len(text)) if text.startswith(want, at)]
    if not places:
        return None

    def cut(at: int) -> int:
        """How many ends of the quote fall between two letters or figures of one word."""
        ends = (at, at + len(want))
        return sum(
            0 < n < len(text)
            and owner[n - 1] == owner[n]
            and text[n - 1].isalnum()
            and text[n].isalnum()
            for n in ends
        )

    best = min(places, key=cut)
    return Span(owner[best], owner[best + len(want) - 1] + 1)


def mean_confidence(words: Sequence[Word]) -> int:
    """The mean confidence over the words, weighed by their length, 0 where there are none."""
    total = sum(len(w.text) for w in words)
    if not total:
        return 0
    return round(sum(w.confidence * len(w.text) for w in words) / total)


def pack(words: Sequence[Word]) -> bytes:
    """The words as one compressed blob: a count, fixed fields a word, then the texts."""
    out = [_HEAD.pack(_FORMAT, len(words))]
    for w in words:
        box = w.box
        fields = _WORD.pack(
            w.line if w.line <= 0xFFFF else 0xFFFF,
            w.block if w.block <= 0xFFFF else 0xFFFF,
            min(max(w.confidence, 0), 100),
            round(box.left * UNIT),
            round(box.top * UNIT),
            round(box.right * UNIT),
            round(box.bottom * UNIT),
        )
        out.append(fields)
    out.append("\n".join([w.text.replace("\n", " ") for w in words]).encode())
    return zlib.compress(b"".join(out), 6)


def unpack(blob: bytes) -> tuple[Word, ...]:
    """The words of a blob made by `pack`; raises ValueError for anything else."""
    engine = zlib.decompressobj()
    try:
        raw = engine.decompress(blob, _MAX_PACKED)
    except zlib.error as error:
        raise ValueError("not packed words") from error
    whole = engine.eof and not engine.unused_data
    if not whole or len(raw) < _HEAD.size:
        raise ValueError("not packed words")
    kind, count = _HEAD.unpack_from(raw)
    end = _HEAD.size + count * _WORD.size
    if kind != _FORMAT or len(raw) < end or (count == 0 and len(raw) > end):
        raise ValueError("not packed words")
    texts = raw[end:].decode().split("\n") if count else []
    if len(texts) != count:
        raise ValueError("not packed words")
    words = []
    fields = _WORD.iter_unpack(memoryview(raw)[_HEAD.size : end])
    for text, (line, block, confidence, x0, y0, x1, y1) in zip(texts, fields, strict=True):
        if confidence > 100:
            raise ValueError("not packed words")
        box = Box(x0 / UNIT, y0 / UNIT, x1 / UNIT, y1 / UNIT)
        words.append(Word(text, box, confidence, line, block))
    return tuple(words)
