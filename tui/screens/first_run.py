"""The first start: a passphrase, the recovery code shown once and asked back, and the patient."""

from __future__ import annotations

import re
from pathlib import Path
from typing import ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import HorizontalGroup, VerticalGroup, VerticalScroll
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Button, ContentSwitcher, Footer, Input, Static

from tui import background
from tui.screens.form_dialog import Field
from tui.shell import Shell
from tui.widgets.dialogs import said_of
from vault import dates
from vault.actions import people
from vault.actions import session as sessions
from vault.actions.people import Contact
from vault.actions.session import Session
from vault.errors import VaultError
from vault.model.strength import grade
from vault.safetext import safe_line

WELCOME = """\
chartmend asks for copies of your medical records, keeps them in one encrypted place, \
and helps you to have mistakes put right. It uses no network.

Choose a passphrase. It opens the vault; nobody can give it back to you if it is lost."""
BEFORE = """\
A vault you had, or a backup of it? Leave here and run:
chartmend restore DIR"""
CODE = """\
This is the recovery code. It opens the vault when the passphrase is lost. \
It is shown only now, while the vault is being made. Write it on paper and keep it away \
from this machine."""
BACK = "Type the recovery code from your paper, so that you know it is written down right."
PATIENT = """\
Whose records will be kept here? Name and date of birth are compared with each page, \
so that pages of somebody else are noticed. A letter needs your address, too; it may be left \
empty until then. You can do all of this later."""


def _plain(code: str) -> str:
    return re.sub(r"[^0-9A-Za-z]", "", code).upper()


class FirstRunScreen(Screen[None]):
    """Four short steps, one on the screen at a time."""

    BINDINGS: ClassVar[list[BindingType]] = [
        # Before the line itself sees it: what is typed right behind it belongs into the next line.
        Binding("enter", "next_line", "Next", show=False, priority=True),
        Binding("f1", "app.help", "Help", key_display="F1"),
    ]

    def __init__(self) -> None:
        super().__init__()
        self.made: Session | None = None
        self.code = ""
        self._wrong = False

    def compose(self) -> ComposeResult:
        """The steps, the first of them shown."""
        with (
            VerticalScroll(can_focus=False),
            VerticalGroup(classes="gate wide"),
        ):
            yield Static("chartmend: a new vault", classes="question")
            with ContentSwitcher(initial="choose"):
                yield from self._choose()
                yield from self._show()
                yield from self._ask()
                yield from self._patient()
            yield Static("", classes="problem", markup=False)
        yield Footer(compact=True, show_command_palette=False)

    def _choose(self) -> ComposeResult:
        with VerticalGroup(id="choose"):
            yield Static(WELCOME, classes="text")
            yield Static(BEFORE, id="before", classes="detail", markup=False)
            yield Static("", id="where", classes="detail", markup=False)
            yield Field("Passphrase", Input(password=True, id="first"))
            yield Field("The same again", Input(password=True, id="second"))
            yield Static("", id="strength", markup=False)
            with HorizontalGroup(classes="buttons"):
                yield Button("Make the vault", id="make", variant="primary", compact=True)
                yield Button("Quit", id="quit", compact=True)

    def _show(self) -> ComposeResult:
        with VerticalGroup(id="show"):
            yield Static(CODE, classes="text")
            yield Static("", id="code", markup=False)
            with HorizontalGroup(classes="buttons"):
                done = "I have written it down"
                yield Button(done, id="written", variant="primary", compact=True)

    def _ask(self) -> ComposeResult:
        with VerticalGroup(id="ask"):
            yield Static(BACK, classes="text")
            yield Field("Recovery code", Input(id="typed"))
            with HorizontalGroup(classes="buttons"):
                yield Button("Continue", id="compare", variant="primary", compact=True)
                yield Button("Show the code again", id="again", compact=True)

    def _patient(self) -> ComposeResult:
        with VerticalGroup(id="patient"):
            yield Static(PATIENT, classes="text")
            yield Field("Name", Input(id="name"))
            yield Field("Date of birth", Input(id="born", placeholder="YYYY-MM-DD"))
            yield Field("Address", Input(id="address", placeholder="with commas between its lines"))
            with HorizontalGroup(classes="buttons"):
                yield Button("Save", id="save", variant="primary", compact=True)
                yield Button("Later", id="later", compact=True)

    def on_mount(self) -> None:
        """Say where the vault will be."""
        if isinstance(self.app, Shell):
            where = safe_line(str(self.app.folder))
            self.query_one("#where", Static).update(Content(f"It will be in {where}"))

    def on_unmount(self) -> None:
        """Close a vault that was made and not handed over."""
        if self.made is not None:
            self.made.close()

    def _text(self, id_: str) -> str:
        return self.query_one(f"#{id_}", Input).value

    def _empty(self, *ids: str) -> None:
        for id_ in ids:
            self.query_one(f"#{id_}", Input).value = ""

    def _say(self, text: str) -> None:
        self.query_one(".problem", Static).update(Content(text))

    def _refuse(self, text: str) -> None:
        self._wrong = True
        self._say(text)

    def _step(self, id_: str, focus: str) -> None:
        self._say("")
        self.query_one(ContentSwitcher).current = id_
        self.query_one(f"#{focus}").focus()

    @on(Input.Changed)
    def _changed(self, event: Input.Changed) -> None:
        """What was said of other words than these goes."""
        if event.value and self._wrong:
            self._wrong = False
            self._say("")

    @on(Input.Changed, "#first")
    def _rate(self, event: Input.Changed) -> None:
        said = grade(event.value).value if event.value else ""
        self.query_one("#strength", Static).update(Content(said))

    @on(Button.Pressed, "#quit")
    async def _quit(self) -> None:
        await self.app.run_action("app.quit")

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Enter leads to a next line where there is one; in the last it does what is asked."""
        if action == "next_line":
            return self._next_line() is not None
        return super().check_action(action, parameters)

    def _next_line(self) -> Input | None:
        lines = [widget for widget in self.focus_chain if isinstance(widget, Input)]
        at = next((i for i, line in enumerate(lines) if line is self.focused), len(lines))
        return lines[at + 1] if at + 1 < len(lines) else None

    def action_next_line(self) -> None:
        """Go to the next line."""
        line = self._next_line()
        if line is not None:
            self.set_focus(line)  # at once; a widget's own `focus` waits for its turn

    @on(Input.Submitted, "#second")
    @on(Button.Pressed, "#make")
    def _chosen(self) -> None:
        first = self._text("first")
        if not first:
            self._refuse("An empty passphrase protects nothing.")
        elif first != self._text("second"):
            self._empty("first", "second")
            self._step("choose", "first")
            self._refuse("The two differ. Type both again.")
        elif isinstance(self.app, Shell):
            self._say("Making the vault. This takes a moment.")
            self._make(self.app.folder, first)

    @work(exclusive=True, group="make")
    async def _make(self, folder: Path, passphrase: str) -> None:
        button = self.query_one("#make", Button)
        button.disabled = True
        try:
            self.made, self.code = await background.run(sessions.make_vault, folder, passphrase)
        except VaultError as error:
            button.disabled = False
            self._refuse(said_of(error))
            return
        self._empty("first", "second")
        self.query_one("#code", Static).update(Content(self.code))
        self._step("show", "written")

    @on(Button.Pressed, "#written")
    def _written(self) -> None:
        self._step("ask", "typed")

    @on(Button.Pressed, "#again")
    def _again(self) -> None:
        self._step("show", "written")

    @on(Input.Submitted, "#typed")
    @on(Button.Pressed, "#compare")
    def _compare(self) -> None:
        if _plain(self._text("typed")) != _plain(self.code):
            self._refuse("That is not the code that was shown. Look again, one group at a time.")
            return
        self.query_one("#code", Static).update("")
        self._empty("typed")
        self._step("patient", "name")

    @on(Input.Submitted, "#address")
    @on(Button.Pressed, "#save")
    def _save(self) -> None:
        if self.made is not None:
            self._add_patient(self.made)

    @work(exclusive=True, group="patient")
    async def _add_patient(self, session: Session) -> None:
        try:
            born = dates.parse(self._text("born"), "the date of birth")
            contact = Contact(address=tuple(self._text("address").split(",")))
            name = self._text("name")
            await background.run(people.add, session, name, born, contact=contact)
        except VaultError as error:
            self._refuse(said_of(error))
            return
        self._hand_over()

    @on(Button.Pressed, "#later")
    def _hand_over(self) -> None:
        session, self.made = self.made, None
        if session is not None and isinstance(self.app, Shell):
            self.app.opened(session)
