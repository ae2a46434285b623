"""All that is known of how a page was read, in a dialog."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from rich.table import Table
from rich.text import Text
from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import HorizontalGroup, VerticalScroll
from textual.content import Content
from textual.widgets import Button, Static

from tui.widgets.dialogs import Dialog

_LABEL = 10


class PageAbout(Dialog[None]):
    """Label and words, line by line; Escape, Enter or i closes it."""

    BOX_CLASSES = "about-page"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("i", "cancel", "Close", show=False),
        Binding("down", "scroll(1)", "Down", show=False),
        Binding("up", "scroll(-1)", "Up", show=False),
    ]

    def __init__(self, where: str, rows: Sequence[tuple[str, str]]) -> None:
        super().__init__()
        self.where, self.rows = where, tuple(rows)

    def compose_box(self) -> ComposeResult:
        """The page's name, what is known of it, and a button."""
        table = Table.grid(padding=(0, 2, 0, 0))
        table.add_column(width=_LABEL)
        table.add_column(ratio=1, overflow="fold")
        for label, words in self.rows:
            table.add_row(Text(label, "dim"), Text(words))
        yield Static(Content(self.where), classes="question")
        with VerticalScroll(classes="fields", can_focus=False):
            yield Static(table)
        with HorizontalGroup(classes="buttons"):
            yield Button("Close", id="close", variant="primary", compact=True)

    def action_scroll(self, lines: int) -> None:
        """Show what is further down or up, where not all of it fits."""
        self.query_one(VerticalScroll).scroll_relative(y=lines, animate=False)

    @on(Button.Pressed)
    def _close(self) -> None:
        self.dismiss(None)
