"""A form that was filled in: the whole page, and each field's line large enough to read."""

from __future__ import annotations

import asyncio
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal
from textual.content import Content
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from tui import background
from tui.drawing import draw_letter
from tui.screens import form_words as words
from tui.screens.correction_letter import CorrectionLetterScreen
from tui.screens.form_words import Line as FieldLine
from tui.screens.paper import LetterPage, PaperScreen
from tui.screens.request_letter import RequestLetterScreen
from tui.widgets.blocks import Rows
from tui.widgets.folds import PageSize
from tui.widgets.strip import FoldedStrip, Line
from vault.errors import NotFound
from vault.model.forms import Form
from vault.model.reading import View
from vault.model.words import Box, Span, Word

_PIECES = 30
"""Pieces a line of the page is cut into, so that it can be folded at any of them."""
_HIGH = 0.016
"""How high a line of print is at least, as a share of the page."""
_LINE = 0.018
"""From one line of print to the next, as a share of the page."""
_MOST_LINES = 4


def pieces(box: Box) -> tuple[tuple[Word, ...], Span]:
    """The lines of the page a field's box covers, cut into pieces that can be folded.

    With them the pieces that the box itself covers, from the first to the last.
    """
    high = box.bottom - box.top
    rows = max(1, min(_MOST_LINES, round(high / _LINE))) if high > 2 * _LINE else 1
    half = max(_HIGH, min(high / rows, _LINE * 1.4)) / 2
    step = 0.96 / _PIECES
    cut = tuple(
        Word("", Box.clamped(left, middle - half, left + step, middle + half), 100, row)
        for row in range(rows)
        for middle in (box.top + high * (row + 0.5) / rows,)
        for left in (0.02 + i * step for i in range(_PIECES))
    )
    over = [i for i, w in enumerate(cut) if w.box.right > box.left and w.box.left < box.right]
    return cut, Span(over[0], over[-1] + 1) if over else Span(0, 1)


class FieldsScreen(PaperScreen):
    """The filled form `chosen` (an id), made of `form`; subclasses say for what."""

    BINDINGS: ClassVar[list[BindingType]] = []

    def __init__(self, chosen: str, form: Form) -> None:
        super().__init__(chosen)
        self.form = form
        self.fields = tuple(line for line in words.lines(form) if line.place is not None)

    def compose_body(self) -> ComposeResult:
        """What is to be known, the page beside its fields, and the line of the one chosen."""
        yield Static("", id="lacking", markup=False)
        with Horizontal(id="letter"):
            yield LetterPage(id="letter-page")
            yield OptionList(
                *(Option(Content(self._named(line))) for line in self.fields),
                id="fields-list",
                compact=True,
            )
            with Horizontal(id="letter-text"):
                yield Static("", markup=False)
        yield FoldedStrip(self._draw_strip, id="strip")

    @staticmethod
    def _named(line: FieldLine) -> str:
        return line.text[:41].rstrip()

    def on_mount(self) -> None:
        """The words are in the list of fields."""
        self.query_one("#letter-text").display = False

    async def _draw_strip(self, view: View) -> Rows:
        if self.shown is None:
            raise NotFound("there is no filled form", "fill it in again")
        return await asyncio.shield(
            background.run(draw_letter, self.session, self.shown.letter, view)
        )

    def made_ready(self) -> None:
        """Begin with the first field that holds something."""
        listed = self.query_one("#fields-list", OptionList)
        if self.fields:
            first = next((i for i, f in enumerate(self.fields) if f.value), 0)
            listed.highlighted = first
            listed.focus()
            self._show_at(first)

    def action_larger(self) -> None:
        """From the list of fields the line is drawn larger, else the page."""
        if self.focused is self.query_one("#fields-list"):
            self.query_one("#strip", FoldedStrip).larger()
        else:
            super().action_larger()

    @on(OptionList.OptionHighlighted, "#fields-list")
    def _show_field(self, event: OptionList.OptionHighlighted) -> None:
        """Draw the line of a field, and turn to its page."""
        self._show_at(event.option_index)

    def _show_at(self, at: int) -> None:
        place = self.fields[at].place
        if place is None or self.shown is None:
            return
        page, box = place
        held = self.form.shape.pages[page - 1]
        cut, span = pieces(box)
        size = PageSize(held.width, held.height)
        strip = self.query_one("#strip", FoldedStrip)
        strip.show(Line(page, size, cut, Span(0, len(cut)), (), span))
        if page != self.number:
            self.number = page
            self.draw()


class FilledScreen(FieldsScreen, RequestLetterScreen):
    """A form filled in for a request."""

    BINDINGS: ClassVar[list[BindingType]] = []


class FilledCorrectionScreen(FieldsScreen, CorrectionLetterScreen):
    """A form filled in for a correction."""

    BINDINGS: ClassVar[list[BindingType]] = []
