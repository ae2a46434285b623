"""A passage of a record: its words with the line around them, and how they look on the page."""

from __future__ import annotations

from dataclasses import dataclass

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from tui.drawing import record_drawer
from tui.widgets.block_view import Drawer
from tui.widgets.blocks import Rows
from tui.widgets.folds import PageSize
from tui.widgets.strip import FoldedStrip, Line
from vault.actions import records
from vault.actions.session import Session
from vault.errors import NotFound, VaultError
from vault.model.reading import View
from vault.model.records import Record
from vault.model.words import Box, Span, Word, find_quote, lines_of, quote_of

_MOST = 60
"""Words of a passage that are shown; the rest is on the page."""


@dataclass(frozen=True, slots=True)
class Seen:
    """Words `chosen` of a page, and the span of the lines they stand in."""

    record: Record
    page: int
    size: PageSize
    words: tuple[Word, ...]
    chosen: Span
    lines: Span


def _inside(word: Box, box: Box) -> bool:
    x, y = (word.left + word.right) / 2, (word.top + word.bottom) / 2
    return box.left <= x <= box.right and box.top <= y <= box.bottom


def _chosen(words: tuple[Word, ...], quote: str, box: Box | None) -> Span | None:
    """The words of a quote: in its box where it has one, else where they are found."""
    inside = [i for i, w in enumerate(words) if box is not None and _inside(w.box, box)]
    found = find_quote(words[inside[0] : inside[-1] + 1], quote) if inside else None
    if found is not None:
        return Span(inside[0] + found.start, inside[0] + found.stop)
    if inside:
        return Span(inside[0], inside[-1] + 1)
    return find_quote(words, quote) if quote else None


def see(
    s: Session, record: str, page: int | None, quote: str, box: Box | None = None
) -> Seen | None:
    """A passage ready to be shown, or None where it has no place. To be called in a thread."""
    if page is None or not (quote or box):
        return None
    try:
        held = records.detail(s, record)
    except VaultError:
        return None
    about = next((p for p in held.pages if p.number == page), None)
    reading = records.reading(s, held.view.record.id, page)
    if about is None or reading is None:
        return None
    chosen = _chosen(reading.words, quote, box)
    if chosen is None:
        return None
    touched = [
        s for s in lines_of(reading.words) if s.start < chosen.stop and chosen.start < s.stop
    ]
    lines = Span(touched[0].start, touched[-1].stop)
    size = PageSize(about.width, about.height)
    return Seen(held.view.record, page, size, reading.words, chosen, lines)


def text(seen: Seen) -> Content:
    """The words of a passage, those meant standing out, with a little around them."""
    start, stop = seen.lines.start, min(seen.lines.stop, seen.lines.start + _MOST)
    first, last = seen.chosen.start, min(seen.chosen.stop, stop)
    more = " …" if stop < seen.lines.stop else ""
    parts: list[str | tuple[str, str]] = []
    if first > start:
        parts.append(quote_of(seen.words, Span(start, first)) + " ")
    parts.append((quote_of(seen.words, Span(first, last)), "bold reverse"))
    if last < stop:
        parts.append(" " + quote_of(seen.words, Span(last, stop)))
    return Content.assemble(*parts, more)


class Passage(Vertical):
    """A title, the words, and the picture of their line; or a sentence where there are none."""

    DEFAULT_CSS = """
    Passage { height: 1fr; width: 1fr; }
    Passage .passage-title { height: auto; text-style: bold; padding: 0 1; }
    Passage .passage-words { height: auto; max-height: 6; padding: 0 1; }
    Passage FoldedStrip { height: 1fr; }
    """

    def __init__(self, title: str, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self.name_ = title
        self._drawer: Drawer | None = None
        self.seen: Seen | None = None

    def compose(self) -> ComposeResult:
        """Title, words and picture."""
        yield Static(Content(self.name_), classes="passage-title")
        yield Static("", classes="passage-words", markup=False)
        yield FoldedStrip(self._draw)

    async def _draw(self, view: View) -> Rows:
        if self._drawer is None:
            raise NotFound("there is no page to draw")
        return await self._drawer(view)

    def show(self, s: Session, seen: Seen | None, nothing: str) -> None:
        """Show a passage, or a sentence in its place."""
        title, words = self.query_one(".passage-title", Static), self.query_one(".passage-words")
        strip = self.query_one(FoldedStrip)
        if not isinstance(words, Static):
            return
        self.seen = seen
        if seen is None:
            title.update(Content(self.name_))
            words.update(Content(nothing))
            strip.show(None)
            return
        self._drawer = record_drawer(s, seen.record)
        strip.forget()
        title.update(Content(f"{self.name_}: {seen.record.title}, page {seen.page}"))
        words.update(text(seen))
        line = next(x for x in lines_of(seen.words) if x.start <= seen.chosen.start < x.stop)
        chosen = Span(seen.chosen.start, min(seen.chosen.stop, line.stop))
        strip.show(Line(seen.page, seen.size, seen.words, line, (), chosen))

    def larger(self) -> None:
        """Draw the line larger."""
        self.query_one(FoldedStrip).larger()
