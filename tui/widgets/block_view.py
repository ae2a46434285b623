"""A widget that shows ready-made lines of block characters and scrolls over them."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence

from rich.segment import Segment
from textual.geometry import Size
from textual.scroll_view import ScrollView
from textual.strip import Strip

from tui.widgets.blocks import Rows
from vault.model.reading import View
from vault.safetext import safe_line

Drawer = Callable[[View], Awaitable[Rows]]
"""Draws a part of a page away from the screen's own thread; raises VaultError where it cannot."""


class BlockView(ScrollView, can_focus=False):
    """Lines of block characters, or a sentence where there is nothing to show."""

    DEFAULT_CSS = """
    BlockView {
        scrollbar-size-vertical: 1;
        scrollbar-size-horizontal: 1;
    }
    """

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - textual's own name
        super().__init__(id=id)
        self._lines: tuple[Strip, ...] = ()
        self._sentence = ""

    @property
    def lines(self) -> tuple[Strip, ...]:
        """The lines that are shown."""
        return self._lines

    @property
    def sentence(self) -> str:
        """The sentence shown in place of a picture."""
        return self._sentence

    def set_lines(self, lines: Sequence[Strip]) -> None:
        """Show these lines."""
        self._lines, self._sentence = tuple(lines), ""
        wide = max((line.cell_length for line in self._lines), default=0)
        self.virtual_size = Size(wide, len(self._lines))
        self.refresh()

    def say(self, sentence: str) -> None:
        """Show a sentence, made safe, in place of a picture; an empty one clears."""
        self._lines, self._sentence = (), safe_line(sentence, 300)
        self.virtual_size = Size(0, 0)
        self.refresh()

    def render_line(self, y: int) -> Strip:
        """One line as the terminal shows it."""
        wide = self.size.width
        if self._sentence:
            text = self._sentence if y == 0 else ""
            return Strip([Segment(text, self.rich_style)]).crop_extend(0, wide, self.rich_style)
        across, down = self.scroll_offset
        at = y + down
        if at >= len(self._lines):
            return Strip.blank(wide, self.rich_style)
        return self._lines[at].crop_extend(across, across + wide, self.rich_style)
