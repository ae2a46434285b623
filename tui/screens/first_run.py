"""The first start: a passphrase, the recovery code shown once and asked back, and the patient."""

from __future__ import annotations

import re
from pathlib import Path
from typing import ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import HorizontalGroup, VerticalGroup, VerticalScroll
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Button, ContentSwitcher, Footer, Input, Static

from tui import background
from tui.screens.form_dialog import Field
from tui.shell import Shell
from tui.widgets.dialogs import as_sentence
from vault import dates
from vault.actions import people
from vault.actions import session as sessions
from vault.actions.session import Session
from vault.errors import VaultError
from vault.model.strength import grade
from vault.safetext import safe_line

WELCOME = """\
chartmend asks for copies of your medical records, keeps them in one encrypted place, \
and helps you to have mistakes put right. It uses no network.

Choose a passphrase. It opens the vault; nobody can give it back to you if it is lost."""
CODE = """\
This is the recovery code. It opens the vault when the passphrase is lost. \
It is shown this once. Write it on paper and keep it away from this machine."""
BACK = "Type the recovery code from your paper, so that you know it is written down right."
PATIENT = """\
Whose records will be kept here? Name and date of birth are compared with each page, \
so that pages of somebody else are noticed. You can also do this later."""


def _plain(code: str) -> str:
    return re.sub(r"[^0-9A-Za-z]", "", code).upper()


class FirstRunScreen(Screen[None]):
    """Four short steps, one on the screen at a time."""

    BINDINGS: ClassVar[list[BindingType]] = []

    def __init__(self) -> None:
        super().__init__()
        self.made: Session | None = None
        self.code = ""

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
                yield Button("Show it again", id="again", compact=True)

    def _patient(self) -> ComposeResult:
        with VerticalGroup(id="patient"):
            yield Static(PATIENT, classes="text")
            yield Field("Name", Input(id="name"))
            yield Field("Date of birth", Input(id="born", placeholder="YYYY-MM-DD"))
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

    def _say(self, text: str) -> None:
        self.query_one(".problem", Static).update(Content(text))

    def _step(self, id_: str, focus: str) -> None:
        self._say("")
        self.query_one(ContentSwitcher).current = id_
        self.query_one(f"#{focus}").focus()

    @on(Input.Changed, "#first")
    def _rate(self, event: Input.Changed) -> None:
        said = grade(event.value).value if event.value else ""
        self.query_one("#strength", Static).update(Content(said))

    @on(Button.Pressed, "#quit")
    async def _quit(self) -> None:
        await self.app.run_action("app.quit")

    @on(Input.Submitted, "#first")
    def _to_second(self) -> None:
        self.query_one("#second").focus()

    @on(Input.Submitted, "#second")
    @on(Button.Pressed, "#make")
    def _chosen(self) -> None:
        first = self._text("first")
        if not first:
            self._say("An empty passphrase protects nothing.")
        elif first != self._text("second"):
            self._say("The two differ. Type both again.")
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
            self._say(f"{as_sentence(error.sentence)} {as_sentence(error.hint)}".strip())
            return
        for id_ in ("first", "second"):
            self.query_one(f"#{id_}", Input).value = ""
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
            self._say("That is not the code that was shown. Look again, one group at a time.")
            return
        self.query_one("#code", Static).update("")
        self.query_one("#typed", Input).value = ""
        self._step("patient", "name")

    @on(Input.Submitted, "#name")
    def _to_born(self) -> None:
        self.query_one("#born").focus()

    @on(Input.Submitted, "#born")
    @on(Button.Pressed, "#save")
    def _save(self) -> None:
        if self.made is not None:
            self._add_patient(self.made)

    @work(exclusive=True, group="patient")
    async def _add_patient(self, session: Session) -> None:
        try:
            born = dates.parse(self._text("born"), "the date of birth")
            await background.run(people.add, session, self._text("name"), born)
        except VaultError as error:
            self._say(f"{as_sentence(error.sentence)} Write the date as YYYY-MM-DD.")
            return
        self._hand_over()

    @on(Button.Pressed, "#later")
    def _hand_over(self) -> None:
        session, self.made = self.made, None
        if session is not None and isinstance(self.app, Shell):
            self.app.opened(session)
