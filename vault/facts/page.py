"""A page laid out for reading facts: its rows, whose they are, and facts made with their place."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from vault.facts.belongs import Section, of_kin, sections
from vault.facts.labels import Label, begins_label, label_at
from vault.facts.tokens import Row, Token, rows_of
from vault.facts.values import Found, joined
from vault.model.facts import Fact, FactKind
from vault.model.words import Box, Span, Word, box_of

_MARKS = frozenset(["(", ")", ":", "#", "-", "/", "=", "*", "–", "."])
_STRAY = frozenset(["-", "=", "*", "–", "—", ".", "|", "_", "~"])
_NEAR = 0.03  # a value stands below its label when their left sides are so close
_FLUSH = 0.008  # in a table its columns are flush, however close they stand
_BELOW = 3.2  # and not further down than so many row heights
_HINT = 10  # tokens in a hint, at most


@dataclass(frozen=True, slots=True)
class Seen:
    """A label on a page: its row and tokens `start` to `stop`, and whether a colon follows."""

    label: Label
    row: int
    start: int
    stop: int
    colon: bool


@dataclass(frozen=True, slots=True)
class Laid:
    """A page as rows, with the section each stands in and the labels seen on it."""

    words: tuple[Word, ...]
    number: int
    rows: tuple[Row, ...]
    sections: tuple[Section, ...]
    labels: tuple[Seen, ...]

    def of_kin(self, row: int, index: int) -> bool:
        """Whether what stands at a token belongs to somebody other than the patient."""
        return self.sections[row] is Section.KIN or of_kin(self.rows, row, index)

    def seen(self, *wanted: Label) -> Iterator[Seen]:
        """The labels of some kinds, in reading order."""
        return (s for s in self.labels if s.label in wanted)

    def heads(self, seen: Seen) -> bool:
        """Whether a label begins a cell, or stands right behind another in a row of headings.

        A dash or the like that was read between the two is none of them.
        """
        row, start = self.rows[seen.row], seen.start
        while start and row.tokens[start - 1].text in _STRAY:
            start -= 1
        follows = any(s.row == seen.row and s.stop == start for s in self.labels)
        return follows or row.starts_cell(seen.start)

    def label_text(self, seen: Seen) -> str:
        """A label as printed."""
        return joined(self.rows[seen.row].tokens[seen.start : seen.stop])

    def fact(self, kind: FactKind, row: int, found: Found, label: str) -> Fact:
        """A fact with its place; the quote is the exact words, cut where a token begins or ends."""
        tokens = self.rows[row].tokens[found.start : found.stop]
        span = Span(tokens[0].word, tokens[-1].word + 1)
        return Fact(
            kind=kind,
            value=found.value,
            quote=_quote(self.words, tokens),
            label=label,
            page=self.number,
            span=span,
            box=box_of(self.words, span) or Box(0, 0, 0, 0),
            confidence=min(w.confidence for w in self.words[span.start : span.stop]),
        )


def _quote(words: Sequence[Word], tokens: Sequence[Token]) -> str:
    first, last = tokens[0], tokens[-1]
    if first.word == last.word:
        return words[first.word].text[first.start : last.stop].strip(" ,;.:")
    between = [w.text for w in words[first.word + 1 : last.word]]
    parts = [words[first.word].text[first.start :], *between, words[last.word].text[: last.stop]]
    return " ".join(parts).strip(" ,;:")


def _labels(rows: Sequence[Row]) -> Iterator[Seen]:
    for number, row in enumerate(rows):
        at = 0
        while at < len(row.tokens):
            hit = label_at(row.tokens, at) if begins_label(row.tokens[at]) else None
            if hit is None:
                at += 1
                continue
            label, length = hit
            after = [t.text for t in row.tokens[at + length : at + length + 1]]
            yield Seen(label, number, at, at + length, after == [":"])
            at += length


def lay(words: Sequence[Word], number: int) -> Laid:
    """Lay out a page; never fails, whatever the words and boxes are."""
    rows = rows_of(words)
    return Laid(tuple(words), number, rows, sections(rows), tuple(_labels(rows)))


def _bracket(row: Row, at: int) -> int:
    """Where a hint such as `(mm/dd/yyyy)` ends that opens at a token; `at` where it is none."""
    for stop in range(at + 1, min(len(row.tokens), at + _HINT)):
        if row.tokens[stop].text == ")":
            return stop + 1
        if any(c.isdigit() for c in row.tokens[stop].text):
            break
    return at


def after(row: Row, start: int) -> int:
    """Where the value begins behind a label: marks, `/Sex` and a hint in brackets passed over."""
    at = start
    while at < len(row.tokens) and row.tokens[at].text in _MARKS:
        text = row.tokens[at].text
        at = max(_bracket(row, at), at + 1) if text == "(" else at + 1
        if text == "/" and at < len(row.tokens) and row.tokens[at].text.isalpha():
            at += 1
    return at


def wrapped(laid: Laid, seen: Seen) -> Iterator[tuple[int, int]]:
    """The first token of the next row, where a label ends its own: a banner goes on there."""
    row, number = laid.rows[seen.row], seen.row + 1
    if number >= len(laid.rows) or after(row, seen.stop) < len(row.tokens):
        return
    if laid.rows[number].top - row.bottom <= _BELOW * row.height:
        yield number, 0


def below(laid: Laid, seen: Seen) -> Iterator[tuple[int, int]]:
    """The tokens that stand right below a label: row and token, the nearest first."""
    label = laid.rows[seen.row]
    left = label.tokens[seen.start].box.left
    right = label.tokens[seen.stop - 1].box.right
    header = sum(s.row == seen.row for s in laid.labels) > 1
    for number in range(seen.row + 1, min(seen.row + 3, len(laid.rows))):
        row = laid.rows[number]
        if row.top - label.bottom > _BELOW * label.height:
            return
        for at, token in enumerate(row.tokens):
            near = left - _NEAR <= token.box.left <= right and row.starts_cell(at)
            flush = header and abs(token.box.left - left) < _FLUSH
            if near or (flush and row.tokens[at - 1].word != token.word):
                yield number, at
                break
