"""Dialogs: something went wrong, are you sure, and one line of text."""

from __future__ import annotations

import re
from typing import ClassVar, TypeVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import HorizontalGroup, VerticalGroup
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Button, Input, Static

from vault.errors import Damaged, VaultError, WorkerFailed

T = TypeVar("T")

_TYPED = re.compile(r"^chartmend|chartmend |--\w|\bcommands?\b")
"""What only a person at a command line can follow."""
_INSTEAD: dict[type[VaultError], str] = {
    Damaged: "keep the folder as it is",
    WorkerFailed: "try it once more",
}
"""Advice for the app where an error's own is a command."""


def as_sentence(text: str) -> str:
    """A clause with a capital letter and a full stop."""
    text = text.strip()
    if not text:
        return ""
    return text[0].upper() + text[1:] + ("" if text[-1] in ".!?:" else ".")


def hint_of(error: VaultError) -> str:
    """An error's advice as a sentence for the app, where nobody can type a command; or empty."""
    if not _TYPED.search(error.hint):
        return as_sentence(error.hint)
    return as_sentence(next((h for kind, h in _INSTEAD.items() if isinstance(error, kind)), ""))


def said_of(error: VaultError) -> str:
    """What went wrong and what to do, for one line of a form."""
    return f"{as_sentence(error.sentence)} {hint_of(error)}".strip()


class Dialog(ModalScreen[T]):
    """A box in the middle of the screen; its look is in app.tcss."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "cancel", "Cancel", show=False)]
    BOX_CLASSES = ""

    def compose(self) -> ComposeResult:
        """A box with the subclass's content."""
        with VerticalGroup(classes=f"dialog {self.BOX_CLASSES}"):
            yield from self.compose_box()

    def compose_box(self) -> ComposeResult:
        """What is in the box."""
        yield from ()

    def action_cancel(self) -> None:
        """Close without an answer."""
        self.dismiss(None)


class ErrorDialog(Dialog[None]):
    """One sentence about what went wrong and one about what to do."""

    BOX_CLASSES = "error"
    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter", "cancel", "Close", show=False)]

    def __init__(self, sentence: str, hint: str = "") -> None:
        super().__init__()
        self.sentence = as_sentence(sentence)
        self.hint = as_sentence(hint)

    @classmethod
    def of(cls, error: VaultError) -> ErrorDialog:
        """The dialog for an error."""
        return cls(error.sentence, hint_of(error))

    def compose_box(self) -> ComposeResult:
        """Sentence, hint, and a button."""
        yield Static(Content(self.sentence), classes="question")
        if self.hint:
            yield Static(Content(self.hint), classes="detail")
        with HorizontalGroup(classes="buttons"):
            yield Button("Close", id="close", compact=True)

    @on(Button.Pressed)
    def _close(self) -> None:
        self.dismiss(None)


class ConfirmDialog(Dialog[bool]):
    """A question with two answers; `escape` is no."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("y", "answer(True)", "Yes", show=False),
        Binding("n", "answer(False)", "No", show=False),
    ]

    def __init__(self, question: str, detail: str = "", yes: str = "Yes", no: str = "No") -> None:
        super().__init__()
        self.question, self.detail, self.yes, self.no = question, detail, yes, no

    def compose_box(self) -> ComposeResult:
        """Question, detail, two buttons."""
        yield Static(Content(self.question), classes="question")
        if self.detail:
            yield Static(Content(self.detail), classes="detail")
        with HorizontalGroup(classes="buttons"):
            yield Button(Content(self.yes), id="yes", variant="primary", compact=True)
            yield Button(Content(self.no), id="no", compact=True)

    @on(Button.Pressed)
    def _pressed(self, event: Button.Pressed) -> None:
        self.dismiss(event.button.id == "yes")

    def action_answer(self, answer: bool) -> None:
        """Answer by a key."""
        self.dismiss(answer)

    def action_cancel(self) -> None:
        """Escape is no."""
        self.dismiss(False)


class CarefulDialog(ConfirmDialog):
    """As ConfirmDialog, for what cannot be undone: Enter is no, too."""

    AUTO_FOCUS = "#no"


class AskDialog(Dialog[str | None]):
    """A question answered by one line of text; None where it is cancelled."""

    def __init__(
        self, question: str, *, value: str = "", detail: str = "", password: bool = False
    ) -> None:
        super().__init__()
        self.question, self.value, self.detail, self.password = question, value, detail, password

    def compose_box(self) -> ComposeResult:
        """Question, detail, a line to type in, two buttons."""
        yield Static(Content(self.question), classes="question")
        if self.detail:
            yield Static(Content(self.detail), classes="detail")
        yield Input(self.value, password=self.password, id="answer")
        with HorizontalGroup(classes="buttons"):
            yield Button("OK", id="ok", variant="primary", compact=True)
            yield Button("Cancel", id="cancel", compact=True)

    @on(Input.Submitted)
    def _submitted(self, event: Input.Submitted) -> None:
        self.dismiss(event.value)

    @on(Button.Pressed)
    def _pressed(self, event: Button.Pressed) -> None:
        answer = self.query_one("#answer", Input).value
        self.dismiss(answer if event.button.id == "ok" else None)
