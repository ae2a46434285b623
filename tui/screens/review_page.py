"""What the review screen knows of one page: lines, unsure words, and where its flags stand."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace

from vault.actions import kept, looking, records
from vault.actions.session import Session
from vault.errors import Refused
from vault.model.flags import Flag, FlagState
from vault.model.reading import Reading, Source
from vault.model.records import Page, Record
from vault.model.words import Box, Span, Word, find_quote, lines_of, quote_of

UNSURE = 70
"""Words below this confidence (of 100) are to be looked at."""
_BANDS = 32
"""A page without words is looked through in this many bands, about two lines of print each."""
_PIECES = 8


@dataclass(frozen=True, slots=True)
class Mark:
    """A flag and the words of the page it is about; no words where the page as a whole is meant."""

    flag: Flag
    span: Span | None


@dataclass(frozen=True, slots=True)
class Sheet:
    """One page ready to be shown: its words in lines, and the flags on it.

    `pages` is the number of the last page. A page nobody could read is cut into bands of empty
    words, so that it can be looked through. `reading` is the one the page shows, `others` are
    kept beside it, and `beside` is the number of the other one that is looked at now.
    """

    record: Record
    page: Page
    pages: int
    words: tuple[Word, ...]
    lines: tuple[Span, ...]
    marks: tuple[Mark, ...]
    read: bool
    reading: Reading | None = None
    others: tuple[Reading, ...] = ()
    beside: int | None = None
    looked: dt.date | None = None
    asked: int | None = None

    @property
    def current(self) -> Reading | None:
        """The reading whose words are in sight; None where there is none."""
        return self.reading if self.beside is None else self.others[self.beside]

    @property
    def paper(self) -> tuple[float, float]:
        """Width and height of the page the way up the words in sight have it, in points."""
        here, there = self.current, self.reading
        across = here is not None and there is not None and (here.turn - there.turn) % 180
        size = self.page.width, self.page.height
        return (size[1], size[0]) if across else size

    @property
    def flagged(self) -> tuple[Span, ...]:
        """The words of flags that still stand."""
        return tuple(m.span for m in self.marks if m.span and standing(m.flag))

    def text(self, span: Span) -> str:
        """The words of a span as one line."""
        return quote_of(self.words, span)

    def line_of(self, word: int) -> int:
        """Which line a word stands in; 0 for a word that is not there."""
        return next((i for i, s in enumerate(self.lines) if s.start <= word < s.stop), 0)

    def span_of(self, flag: str | None) -> Span | None:
        """The words of a flag (id) as far as they stand in one line; None where it has none."""
        span = next((mark.span for mark in self.marks if mark.flag.id == flag), None)
        if span is None:
            return None
        line = self.lines[self.line_of(span.start)]
        return Span(span.start, max(span.start + 1, min(span.stop, line.stop)))

    def unsure(self, word: int) -> bool:
        """Whether a word was read with little confidence."""
        return self.read and self.words[word].confidence < UNSURE

    def next_unsure(self, after: int) -> int | None:
        """The first unsure word after the word `after` (-1 for all), or None."""
        return next((i for i in range(after + 1, len(self.words)) if self.unsure(i)), None)

    def is_flagged(self, word: int) -> bool:
        """Whether a standing flag is about this word."""
        return any(s.start <= word < s.stop for s in self.flagged)


def bands() -> tuple[Word, ...]:
    """Empty words that cover a page from top to bottom, one line a band."""
    return tuple(
        Word("", Box(i / _PIECES, n / _BANDS, (i + 1) / _PIECES, (n + 1) / _BANDS), 100, n)
        for n in range(_BANDS)
        for i in range(_PIECES)
    )


def locate(words: Sequence[Word], flag: Flag) -> Span | None:
    """The words a flag is about: those in its box, else those that read as its quote."""
    box = flag.finding.box
    if box is not None:
        inside = [i for i, w in enumerate(words) if _centre_in(w.box, box)]
        if inside:
            return Span(inside[0], inside[-1] + 1)
    quote = flag.finding.quote
    return find_quote(words, quote) if quote else None


def _centre_in(word: Box, box: Box) -> bool:
    x, y = (word.left + word.right) / 2, (word.top + word.bottom) / 2
    return box.left <= x <= box.right and box.top <= y <= box.bottom


def sheet(
    record: Record, page: Page, pages: int, reading: Reading | None, flags: Sequence[Flag]
) -> Sheet:
    """Put together what is shown of a page; `flags` are the record's, those elsewhere left out."""
    read = reading is not None and bool(reading.words)
    words = reading.words if reading is not None and read else bands()
    here = [f for f in flags if f.finding.page in (page.number, None)]
    marks = tuple(Mark(f, locate(words, f) if read and f.finding.page else None) for f in here)
    return Sheet(record, page, pages, words, lines_of(words), marks, read, reading)


def turned_over(held: Sheet) -> Sheet:
    """The sheet with the next of the page's readings in sight; after the last the shown one."""
    nth = 0 if held.beside is None else held.beside + 1
    beside = nth if nth < len(held.others) else None
    reading = held.reading if beside is None else held.others[beside]
    made = sheet(held.record, held.page, held.pages, reading, [m.flag for m in held.marks])
    return replace(
        held, words=made.words, lines=made.lines, marks=made.marks, read=made.read, beside=beside
    )


def _nearest(numbers: Sequence[int], wanted: int) -> int:
    """The page of a record nearest to the one wanted; a part of a scan does not begin at 1."""
    return min(numbers, key=lambda number: abs(number - wanted), default=wanted)


def load(s: Session, record: str, number: int) -> tuple[Sheet, tuple[Flag, ...]]:
    """One page of a record and all the record's flags; the number is brought into range.

    Raises Refused for a record without pages.
    """
    detail = records.detail(s, record)
    number = _nearest([page.number for page in detail.pages], number)
    page = next((p for p in detail.pages if p.number == number), None)
    held = detail.view.record
    if page is None:
        raise Refused(
            f"{held.id} has no pages to show{': ' + held.reason if held.reason else ''}",
            "the original can be written out on the Records screen",
        )
    reading = records.reading(s, held.id, number)
    made = sheet(held, page, detail.pages[-1].number, reading, detail.flags)
    whole = replace(
        made,
        others=kept.beside(s, held.id, number),
        looked=looking.looked_on(s, held.id, number),
        asked=looking.turn_asked(s, held.id, number),
    )
    return whole, detail.flags


def next_unsure_page(s: Session, record: str, after: int) -> int | None:
    """The first page behind `after` with an unsure word, or None; text layers are never unsure."""
    for page in records.detail(s, record).pages:
        if page.number <= after or page.source in (Source.TEXT, Source.NONE):
            continue
        reading = records.reading(s, record, page.number)
        if reading and any(word.confidence < UNSURE for word in reading.words):
            return page.number
    return None


def standing(flag: Flag) -> bool:
    """Whether a flag is still about something wrong, or suspected to be."""
    return flag.state not in (FlagState.DISMISSED, FlagState.RESOLVED)
