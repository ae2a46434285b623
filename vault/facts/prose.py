"""A page as running text: sentences that may go over lines, each with its place in the words."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from vault.model.facts import Fact, FactKind
from vault.model.words import Box, Span, Word, box_of

_END = re.compile(r"(?<=[.;!?])\s+(?=[\"'(]?[A-Z0-9])")
_ABBREVIATED = re.compile(
    r"(?:^|[\s(])(?:dr|mr|mrs|ms|st|no|vs|pt|approx|dept|inc|e\.g|i\.e|[A-Z]|\d{1,2})[.]$", re.I
)
_ITEM = re.compile(r"(?:[-•*]|\d{1,2}[.)])$")
_SHORT = 0.72
"""A line that ends before this much of the widest line's width ends what it says."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence as one line of text, and where in the page's text it begins."""

    text: str
    start: int


@dataclass(frozen=True, slots=True)
class Prose:
    """The words of a page joined by single blanks; `starts` tells where each word begins.

    `breaks` are the words a new paragraph, item or heading begins at.
    """

    words: tuple[Word, ...]
    number: int
    text: str
    starts: tuple[int, ...]
    breaks: tuple[int, ...]

    def span(self, start: int, stop: int) -> Span:
        """The words that characters `start` to `stop` of the text touch."""
        first = max(bisect_right(self.starts, start) - 1, 0)
        return Span(first, max(bisect_right(self.starts, stop - 1), first + 1))

    def fact(self, kind: FactKind, value: str, start: int, stop: int, label: str = "") -> Fact:
        """A fact whose quote is characters `start` to `stop` of the text."""
        span = self.span(start, stop)
        return Fact(
            kind=kind,
            value=value,
            quote=self.text[start:stop].strip(),
            label=label,
            page=self.number,
            span=span,
            box=box_of(self.words, span) or Box(0, 0, 0, 0),
            confidence=min(w.confidence for w in self.words[span.start : span.stop]),
        )

    def sentences(self) -> Iterator[Sentence]:
        """The sentences in reading order; a heading, an item and a short line each end one."""
        edges = [*(self.starts[at] for at in self.breaks), len(self.text)]
        begin = 0
        for edge in edges:
            yield from _sentences(self.text[begin:edge], begin)
            begin = edge


def _sentences(text: str, offset: int) -> Iterator[Sentence]:
    begin = 0
    for end in _END.finditer(text):
        if _ABBREVIATED.search(text[: end.start()]):
            continue
        yield Sentence(text[begin : end.start()], offset + begin)
        begin = end.end()
    if text[begin:].strip():
        yield Sentence(text[begin:], offset + begin)


def _breaks(words: Sequence[Word]) -> Iterator[int]:
    """The words at which a line begins that does not go on with the sentence before it."""
    widest = max((w.box.right for w in words), default=0.0)
    for at in range(1, len(words)):
        word, before = words[at], words[at - 1]
        if word.line == before.line and word.block == before.block:
            continue
        short = before.box.right < _SHORT * widest
        item = _ITEM.fullmatch(word.text) is not None
        if short or item or (word.text.isupper() and len(word.text) > 3):
            yield at


def prose(words: Sequence[Word], number: int) -> Prose:
    """A page's words as running text."""
    starts: list[int] = []
    at = 0
    for word in words:
        starts.append(at)
        at += len(word.text) + 1
    text = " ".join(w.text for w in words)
    return Prose(tuple(words), number, text, tuple(starts), tuple(_breaks(words)))
