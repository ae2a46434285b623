"""The folded strip: the line under the cursor as it looks on the page, large enough to read."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass

from textual import events, work
from textual.strip import Strip
from textual.timer import Timer

from tui.widgets.block_view import BlockView, Drawer
from tui.widgets.blocks import Area, Blocks, Rows, Tint, strips
from tui.widgets.folds import Fold, PageSize, fold
from vault.errors import VaultError
from vault.model.reading import View
from vault.model.words import Span, Word

_PAUSE = 0.05
"""Seconds the cursor rests on a line before it is drawn, so that running past costs nothing."""
_KEPT = 96
"""Pictures of folds kept; a page of forty lines in two or three folds each."""
SIZES = (4, 5, 6, 8)
"""Rows a fold can have; 8 is for single figures one must be sure of."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line to be shown: its words on their page, what is flagged in it and what is chosen."""

    page: int
    size: PageSize
    words: tuple[Word, ...]
    span: Span
    flagged: tuple[Span, ...] = ()
    chosen: Span | None = None


class FoldedStrip(BlockView):
    """One line of a page, folded to the width of the screen and drawn in block characters."""

    def __init__(
        self,
        draw: Drawer,
        *,
        rows: int = SIZES[0],
        blocks: Blocks = Blocks.QUADRANT,
        id: str | None = None,  # noqa: A002 - textual's own name
    ) -> None:
        super().__init__(id=id)
        self._draw = draw
        self._rows = rows
        self._blocks = blocks
        self._line: Line | None = None
        self._waiting: Timer | None = None
        self._kept: OrderedDict[View, Rows] = OrderedDict()

    @property
    def rows(self) -> int:
        """How many cell rows a fold has."""
        return self._rows

    def show(self, line: Line | None) -> None:
        """Show a line, at once where its picture is kept, else after a short rest."""
        self._line = line
        self._wait()

    def forget(self) -> None:
        """Drop the pictures kept: the pages lie otherwise now."""
        self._kept.clear()

    def larger(self) -> int:
        """Go to the next larger size, after the largest back to the smallest; returns its rows."""
        bigger = [size for size in SIZES if size > self._rows]
        self._rows = bigger[0] if bigger else SIZES[0]
        self._wait()
        return self._rows

    def on_resize(self, event: events.Resize) -> None:
        """Fold anew for the new width."""
        event.stop()
        self._wait()

    def _wait(self) -> None:
        if self._waiting is not None:
            self._waiting.stop()
            self._waiting = None
        if self._line is None or not self.size.width:
            self.say("")
            return
        folds = self._folds(self._line)
        if not folds:
            self.say("There is nothing to show of this line.")
        elif all(self._view(f) in self._kept for f in folds):
            self._put(self._line, folds)
        else:
            self.say("")
            self._waiting = self.set_timer(_PAUSE, self._begin)

    def _begin(self) -> None:
        self._waiting = None
        self._fetch()

    def _folds(self, line: Line) -> tuple[Fold, ...]:
        # One column is left to the scrollbar that a tall line brings.
        return fold(line.words, line.span, line.size, self.size.width - 1, self._rows)

    def _view(self, piece: Fold) -> View:
        page = self._line.page if self._line else 1
        return piece.view(page, self._blocks)

    @work(exclusive=True, group="strip")
    async def _fetch(self) -> None:
        line = self._line
        if line is None:
            return
        folds = self._folds(line)
        try:
            for piece in folds:
                view = piece.view(line.page, self._blocks)
                if view not in self._kept:
                    self._kept[view] = await self._draw(view)
                self._kept.move_to_end(view)
        except VaultError as error:
            self.say(f"This line cannot be drawn: {error.sentence}")
            return
        if line is self._line:
            self._put(line, folds)
        while len(self._kept) > _KEPT:
            self._kept.popitem(last=False)

    def _put(self, line: Line, folds: Sequence[Fold]) -> None:
        lines: list[Strip] = []
        for piece in folds:
            areas = [piece.area(line.words, span, Tint.FLAGGED) for span in line.flagged]
            if line.chosen is not None:
                areas.append(piece.area(line.words, line.chosen, Tint.CHOSEN))
            found: list[Area] = [area for area in areas if area is not None]
            lines.extend(strips(self._kept[self._view(piece)], found))
        self.set_lines(lines)
        # The scrollbar learns of the new lines with the next layout only.
        self.call_after_refresh(self._show_chosen, line, folds)

    def _show_chosen(self, line: Line, folds: Sequence[Fold]) -> None:
        """Scroll to the fold that holds the first chosen word."""
        first = line.chosen.start if line.chosen else line.span.start
        at = next((i for i, f in enumerate(folds) if f.span.start <= first < f.span.stop), 0)
        self.scroll_to(0, max(0, (at + 1) * self._rows - self.size.height), animate=False)
