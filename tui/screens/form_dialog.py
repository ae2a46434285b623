"""A form in a dialog: fields with labels, problems shown inside, typing kept when the app locks."""

from __future__ import annotations

import json
from contextlib import suppress
from typing import ClassVar, TypeVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import HorizontalGroup, VerticalScroll
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Button, Checkbox, Input, Select, Static, TextArea
from textual.widgets.select import InvalidSelectValueError

from tui import background
from tui.shell import Shell
from tui.widgets.dialogs import Dialog, said_of
from vault.actions import drafts
from vault.actions.session import Session
from vault.errors import VaultError

T = TypeVar("T")


def _held(widget: Widget) -> str | bool | None:
    """What a widget of a form holds; None for a secret, which is never kept."""
    if isinstance(widget, Input):
        return None if widget.password else widget.value
    if isinstance(widget, TextArea):
        return widget.text
    held: object = widget.value if isinstance(widget, (Select, Checkbox)) else None
    return held if isinstance(held, (str, bool)) else None


def _put(widget: Widget, held: str | bool) -> None:
    """Put what was kept back into a widget; a choice that is gone is left out."""
    if isinstance(widget, TextArea) and isinstance(held, str):
        widget.text = held
    elif isinstance(widget, Input):
        widget.value = str(held)
    elif isinstance(widget, Checkbox):
        widget.value = bool(held)
    elif isinstance(widget, Select):
        with suppress(InvalidSelectValueError):
            widget.value = held


class Field(HorizontalGroup):
    """A label and the widget it names, in one row."""

    def __init__(self, label: str, widget: Widget) -> None:
        super().__init__(classes="field")
        self._label, self._widget = label, widget

    def compose(self) -> ComposeResult:
        """The label, then the widget."""
        yield Static(Content(self._label), classes="label")
        yield self._widget


class FormDialog(Dialog[T | None]):
    """A form; subclasses give FORM, QUESTION, their fields and `save`.

    Options of a Select must be there when the dialog is made: a kept draft is filled in on
    mounting. FORM names the draft; without it none is kept.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave", "Cancel", show=False),
        Binding("ctrl+s", "save", "Save", show=False, priority=True),
    ]
    FORM: ClassVar[str] = ""
    QUESTION: ClassVar[str] = ""
    SAVE: ClassVar[str] = "Save"
    BOX_CLASSES = "form"

    def compose_fields(self) -> ComposeResult:
        """The fields, each widget with an id."""
        yield from ()

    async def save(self) -> T:
        """Do what the form is for; a VaultError is shown in the form."""
        raise NotImplementedError

    def compose_box(self) -> ComposeResult:
        """Question, fields, a line for problems, two buttons."""
        yield Static(Content(self.QUESTION), classes="question")
        with VerticalScroll(classes="fields", can_focus=False):
            yield from self.compose_fields()
        yield Static("", classes="problem", markup=False)
        with HorizontalGroup(classes="buttons"):
            yield Button(
                Content(f"{self.SAVE} (Ctrl+S)"), id="save", variant="primary", compact=True
            )
            yield Button("Cancel", id="cancel", compact=True)

    @property
    def session(self) -> Session:
        """The open vault."""
        if not isinstance(self.app, Shell):
            raise TypeError("this form belongs to chartmend's app")
        return self.app.unlocked

    def value(self, id_: str) -> str:
        """What an Input or TextArea holds, without blanks around it."""
        widget = self.query_one(f"#{id_}")
        text = (
            widget.text if isinstance(widget, TextArea) else self.query_one(f"#{id_}", Input).value
        )
        return text.strip()

    def chosen(self, id_: str) -> str | None:
        """What a Select with text values holds, or None."""
        held: object = self.query_one(f"#{id_}", Select).value
        return held if isinstance(held, str) else None

    def _typed(self) -> dict[str, str | bool]:
        typed: dict[str, str | bool] = {}
        for widget in self.query("Input, TextArea, Select, Checkbox"):
            if widget.id is None:
                continue
            held = _held(widget)
            if held is not None:
                typed[widget.id] = held
        return typed

    def draft(self) -> tuple[str, str] | None:
        """The form's name and what was typed, or None where nothing is worth keeping."""
        typed = self._typed()
        if not self.FORM or typed == self._untouched:
            return None
        return self.FORM, json.dumps(typed, ensure_ascii=False)

    async def on_mount(self) -> None:
        """Fill in what was typed before the vault was locked."""
        self._untouched = self._typed()
        self._leaving = self._wrong = False
        body = await background.run(drafts.get, self.session, self.FORM) if self.FORM else None
        if body is not None:
            self._fill(json.loads(body))
            self._say("These are the words you had typed before.")

    def _fill(self, typed: dict[str, str | bool]) -> None:
        for id_, held in typed.items():
            for widget in self.query(f"#{id_}"):
                _put(widget, held)

    def _say(self, text: str) -> None:
        self.query_one(".problem", Static).update(Content(text))

    @on(Input.Changed)
    @on(TextArea.Changed)
    @on(Select.Changed)
    @on(Checkbox.Changed)
    def _no_longer_so(self) -> None:
        """What was said of other words than these is no longer so."""
        if self._wrong or self._leaving:
            self._wrong = self._leaving = False
            self._say("")

    @on(Button.Pressed, "#save")
    @on(Input.Submitted)
    def action_save(self) -> None:
        """Do what the form is for."""
        self._save()

    def _holds_words(self) -> bool:
        """Whether leaving would lose something that was typed."""
        secrets = any(line.password and line.value for line in self.query(Input))
        return secrets or self._typed() != self._untouched

    def action_leave(self) -> None:
        """Close the form; where something was typed only when asked a second time."""
        if self._leaving or not self._holds_words():
            self.action_cancel()
        else:
            self._leaving = True
            self._say("Escape again leaves without saving.")

    @work(exclusive=True, group="save")
    async def _save(self) -> None:
        self._wrong = self._leaving = False
        self._say("One moment.")
        try:
            result = await self.save()
        except VaultError as error:
            self._wrong = True
            self._say(said_of(error))
            return
        await self._forget()
        self.dismiss(result)

    @on(Button.Pressed, "#cancel")
    def action_cancel(self) -> None:
        """Close the form and forget what was typed."""
        self._cancel()

    @work(exclusive=True, group="save")
    async def _cancel(self) -> None:
        await self._forget()
        self.dismiss(None)

    async def _forget(self) -> None:
        if self.FORM:
            await background.run(drafts.drop, self.session, self.FORM)
