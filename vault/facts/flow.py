"""A page as running text in parts, clauses and sentences, each place of it known as words."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from vault.facts.headings import Mark, Part, Topic, marks, parts, sections
from vault.facts.page import Laid
from vault.model.facts import Fact, FactKind
from vault.model.words import Box, Span, Word, box_of

_NOT_AN_END = r"(?<!\bDr)(?<!\bMr)(?<!\bMs)(?<!\bMrs)(?<!\bvs)(?<!\bSt)(?<!\bapprox)(?<!\bNo)"
_SENTENCE = re.compile(rf"{_NOT_AN_END}[.!?](?=[\s\"”])\s*|\n\s*(?=[-*•]\s|\d{{1,2}}[.)]\s)|\f")
_CLAUSE = re.compile(r";|\bbut\b|\bhowever\b|\balthough\b|\bexcept\b|\bwhereas\b|[•]", re.I)
_SHORT = 0.62
"""A line shorter than so much of the longest ends a sentence: the next one begins anew."""


@dataclass(frozen=True, slots=True)
class Piece:
    """Characters `start` to `stop` of a page's text, with the topic they stand under."""

    text: str
    start: int
    topic: Topic

    @property
    def stop(self) -> int:
        """Where the piece ends in the page's text."""
        return self.start + len(self.text)


@dataclass(frozen=True, slots=True)
class Flow:
    """A page's rows as text: a blank between words, a tab between cells, a new line a row.

    A short row ends with a form feed for its new line. `owner` is the number of the word each
    character is of, -1 for what stands between words. `told` are the sentences.
    """

    words: tuple[Word, ...]
    page: int
    text: str
    owner: tuple[int, ...]
    marks: tuple[Mark, ...]
    parts: tuple[Part, ...]
    told: tuple[Piece, ...]

    def part(self, *topics: Topic) -> Iterator[Piece]:
        """The parts of some topics, of all where none is named."""
        for part in self.parts:
            if not topics or part.topic in topics:
                yield Piece(self.text[part.start : part.stop], part.start, part.topic)

    def sentences(self, *topics: Topic) -> Iterator[Piece]:
        """The sentences and list items of some topics, of all where none is named."""
        return (piece for piece in self.told if not topics or piece.topic in topics)

    def clauses(self, *topics: Topic) -> Iterator[Piece]:
        """The sentences of some topics cut at what limits a negation: `but`, a semicolon."""
        for sentence in self.sentences(*topics):
            yield from _cut(sentence, _CLAUSE)

    def facts(
        self, kind: FactKind, value: Mapping[str, object], start: int, stop: int, label: str = ""
    ) -> Iterator[Fact]:
        """The fact that characters state, as one or none: none where they hold no word.

        The quote is the exact words, as far as they follow one another in the reading.
        """
        run = self._run(start, stop)
        if run is None:
            return
        first, last, begin, end = run
        quote = " ".join(self.text[begin:end].split()).strip(" ,;:.|")
        if not quote:
            return
        yield self._fact(kind, compact(value), quote, label, Span(first, last + 1))

    def _fact(self, kind: FactKind, value: str, quote: str, label: str, span: Span) -> Fact:
        return Fact(
            kind=kind,
            value=value,
            quote=quote,
            label=label,
            page=self.page,
            span=span,
            box=box_of(self.words, span) or Box(0, 0, 0, 0),
            confidence=min(w.confidence for w in self.words[span.start : span.stop]),
        )

    def headings(self) -> Iterator[Fact]:
        """The headings that open a section of a kind that is known, each with its exact words."""
        for mark in sections(self.marks):
            run = self._run(mark.start, mark.stop)
            if run is None:
                continue
            first, last, begin, end = run
            quote = " ".join(self.text[begin:end].split())
            span = Span(first, last + 1)
            yield self._fact(FactKind.SECTION, mark.name, quote, mark.topic.value, span)

    def _run(self, start: int, stop: int) -> tuple[int, int, int, int] | None:
        """The first words in reading order among characters: first, last, begin and end."""
        at = [i for i in range(start, min(stop, len(self.text))) if self.owner[i] >= 0]
        if not at:
            return None
        begin, end = at[0], at[0] + 1
        first = last = self.owner[begin]
        for i in at[1:]:
            if self.owner[i] not in (last, last + 1):
                break
            last, end = self.owner[i], i + 1
        return first, last, begin, end


def compact(value: Mapping[str, object]) -> str:
    """A compound value as compact JSON, empty members left out, in the order given."""
    held = {name: part for name, part in value.items() if part not in ("", None, (), [])}
    return json.dumps(held, ensure_ascii=False, separators=(",", ":"))


def _cut(piece: Piece, pattern: re.Pattern[str]) -> Iterator[Piece]:
    at = 0
    for found in pattern.finditer(piece.text):
        if piece.text[at : found.start()].strip():
            yield Piece(piece.text[at : found.start()], piece.start + at, piece.topic)
        at = found.end()
    if piece.text[at:].strip():
        yield Piece(piece.text[at:], piece.start + at, piece.topic)


def flow_of(laid: Laid) -> Flow:
    """The running text of a laid out page."""
    chars: list[str] = []
    owner: list[int] = []
    lines: list[int] = []
    for row in laid.rows:
        last = cell = -1
        start = len(chars)
        for token in row.tokens:
            if token.word == last:
                continue
            if last >= 0:
                chars.append(" " if token.cell == cell else "\t")
                owner.append(-1)
            word = re.sub(r"[\t\n\f]", " ", laid.words[token.word].text)
            chars += word
            owner += [token.word] * len(word)
            last, cell = token.word, token.cell
        chars.append("\n")
        owner.append(-1)
        lines.append(len(chars) - start)
    text = _ended("".join(chars), lines)
    plain = text.replace("\f", "\n")
    heads = marks(plain)
    held = parts(plain, heads)
    whole = (Piece(text[part.start : part.stop], part.start, part.topic) for part in held)
    told = tuple(sentence for piece in whole for sentence in _cut(piece, _SENTENCE))
    return Flow(laid.words, laid.number, text, tuple(owner), heads, held, told)


def _ended(text: str, lines: list[int]) -> str:
    """The text with a form feed for the new line behind every short row."""
    longest = max(lines, default=0)
    at, out = 0, []
    for length in lines:
        line = text[at : at + length - 1]
        out.append(line + ("\f" if length < _SHORT * longest else "\n"))
        at += length
    return "".join(out)
