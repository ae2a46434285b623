"""A dialog that tells something and waits until it was read."""

from __future__ import annotations

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import HorizontalGroup, VerticalScroll
from textual.content import Content
from textual.widgets import Button, Static

from tui.widgets.dialogs import Dialog


class NoticeDialog(Dialog[bool]):
    """A sentence, and what is behind it; it is closed by any of the usual keys."""

    BOX_CLASSES = "notice"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "cancel", "Close", show=False),
        Binding("down", "read(1)", "Down", show=False),
        Binding("up", "read(-1)", "Up", show=False),
    ]

    def __init__(self, sentence: str, detail: str = "") -> None:
        super().__init__()
        self.sentence, self.detail = sentence, detail

    def compose_box(self) -> ComposeResult:
        """The sentence, the rest, and a button."""
        yield Static(Content(self.sentence), classes="question")
        with VerticalScroll(classes="told", can_focus=False):
            yield Static(Content(self.detail), classes="detail")
        with HorizontalGroup(classes="buttons"):
            yield Button("Close", id="close", compact=True)

    def action_read(self, lines: int) -> None:
        """Scroll what is longer than the screen."""
        self.query_one(".told").scroll_relative(y=lines, animate=False)

    @on(Button.Pressed)
    def action_cancel(self) -> None:
        """Close it."""
        self.dismiss(True)
