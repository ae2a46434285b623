"""A dialog with a list of things to choose one of, under headings."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from textual import on
from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from tui.widgets.dialogs import Dialog


@dataclass(frozen=True, slots=True)
class Choice:
    """A line to choose, and what it stands for; a heading stands for nothing.

    `why` is shown below the list while the cursor is on the line.
    """

    text: str
    value: str = ""
    why: str = ""


class ChooseDialog(Dialog[str | None]):
    """Choose one of `choices`; the answer is its value, or None."""

    BOX_CLASSES = "choose"

    def __init__(
        self, question: str, choices: Sequence[Choice], *, first: str = "", detail: str = ""
    ) -> None:
        super().__init__()
        self.question, self.detail = question, detail
        self.choices = tuple(choices)
        self.first = first

    def compose_box(self) -> ComposeResult:
        """Question, the list, and why the one under the cursor is in it."""
        yield Static(Content(self.question), classes="question")
        if self.detail:
            yield Static(Content(self.detail), classes="detail")
        options = [Option(Content(self._shown(c)), disabled=not c.value) for c in self.choices]
        yield OptionList(*options, id="choices", compact=True)
        yield Static("", id="why", classes="detail", markup=False)
        yield Static("Enter chooses, Esc leaves.", classes="where")

    @staticmethod
    def _shown(choice: Choice) -> str:
        return f"  {choice.text}" if choice.value else choice.text

    def on_mount(self) -> None:
        """The cursor begins on the line asked for, or on the first."""
        values = [choice.value for choice in self.choices]
        listed = self.query_one("#choices", OptionList)
        self.query_one("#why").display = any(choice.why for choice in self.choices)
        if self.first in values and self.first:
            listed.highlighted = values.index(self.first)
        else:
            listed.highlighted = next((i for i, value in enumerate(values) if value), None)
        listed.focus()

    @on(OptionList.OptionHighlighted)
    def _tell(self, event: OptionList.OptionHighlighted) -> None:
        self.query_one("#why", Static).update(Content(self.choices[event.option_index].why))

    @on(OptionList.OptionSelected)
    def _choose(self, event: OptionList.OptionSelected) -> None:
        self.dismiss(self.choices[event.option_index].value)
