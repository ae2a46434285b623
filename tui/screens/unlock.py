"""The locked vault: asks for the passphrase, and says plainly why it cannot be opened."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import HorizontalGroup, VerticalGroup
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Button, Footer, Input, Static

from tui import background, given
from tui.screens.recover_dialog import RecoverDialog
from tui.shell import Shell
from tui.widgets.dialogs import as_sentence, said_of
from vault.actions import keys
from vault.actions import session as sessions
from vault.actions.keys import Wants
from vault.actions.session import Secret, Session
from vault.errors import Busy, VaultError
from vault.safetext import safe_line


def _unlock(shell: Shell, passphrase: str) -> Session:
    secret = given.secret(shell.folder, passphrase, shell.key_file)
    return sessions.unlock(shell.folder, secret, write=True)


def _by_keyring(shell: Shell, _passphrase: str) -> Session:
    return sessions.unlock(shell.folder, Secret(keyring=True), write=True)


def _wants(folder: Path) -> Wants:
    """What the vault wants; nothing special where opening it will say what is wrong."""
    try:
        return keys.wants(folder)
    except VaultError:
        return Wants()


class UnlockScreen(Screen[None]):
    """Asks for the passphrase; one given with the call, or the keyring, is tried first, once."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("f2", "recover", "Use the recovery code")]

    def __init__(self, passphrase: str = "", *, keyring: bool = False) -> None:
        super().__init__()
        self._given = passphrase
        self._keyring = keyring
        self._wants = Wants()
        self._wrong = False

    def compose(self) -> ComposeResult:
        """Where the vault is, a line to type in, and room for what went wrong."""
        path = ""
        if isinstance(self.app, Shell):
            self._wants, path = _wants(self.app.folder), self.app.key_file
        with VerticalGroup(classes="gate"):
            yield Static("chartmend", classes="question")
            yield Static("The vault is locked. Type its passphrase.")
            yield Input(password=True, placeholder="Passphrase", id="passphrase", compact=True)
            if self._wants.takes_key_file:
                yield Static("It wants its key file, too.")
                yield Input(path, placeholder="Where the key file is", id="key-file", compact=True)
            yield Static("", classes="problem", markup=False)
            with HorizontalGroup(classes="buttons"):
                yield Button("Unlock", id="unlock", variant="primary", compact=True)
                yield Button("Quit", id="quit", compact=True)
            yield Static("", id="where", classes="detail", markup=False)
        yield Footer(compact=True, show_command_palette=False)

    def on_mount(self) -> None:
        """Say which vault this is, and try a passphrase that was given."""
        if isinstance(self.app, Shell):
            where = safe_line(str(self.app.folder))
            self.query_one("#where", Static).update(Content(f"Vault: {where}"))
        if self._given:
            self.unlock(self._given)
            self._given = ""
        elif self._keyring and self._wants.keyring and isinstance(self.app, Shell):
            self._say("Asking the keyring of this system.")
            self._try_to_open(self.app, _by_keyring, "")

    @on(Input.Changed)
    def _changed(self, event: Input.Changed) -> None:
        """What was said of another passphrase goes, once this one is begun."""
        if self._wrong and event.value:
            self._wrong = False
            self._say("")

    @on(Input.Submitted)
    @on(Button.Pressed, "#unlock")
    def _submitted(self) -> None:
        line = self.query_one("#passphrase", Input)
        if line.value:
            self.unlock(line.value)

    @on(Button.Pressed, "#quit")
    async def _quit(self) -> None:
        await self.app.run_action("app.quit")

    def unlock(self, passphrase: str) -> None:
        """Try a passphrase."""
        if isinstance(self.app, Shell):
            for line in self.query("#key-file").results(Input):
                self.app.key_file = line.value.strip()
            self._wrong = False
            self._say("Opening. This takes a moment on purpose: guessing is slow too.")
            self._try_to_open(self.app, _unlock, passphrase)

    def _say(self, text: str) -> None:
        self.query_one(".problem", Static).update(Content(text))

    @work(exclusive=True, group="unlock")
    async def _try_to_open(
        self, shell: Shell, way: Callable[[Shell, str], Session], passphrase: str
    ) -> None:
        line = self.query_one("#passphrase", Input)
        line.disabled = True
        try:
            session = await background.run(way, shell, passphrase)
        except Busy as error:
            hint = "Close it, then try again here."
            self._again(f"{as_sentence(error.sentence)} {hint}")
        except VaultError as error:
            self._again(said_of(error))
        else:
            shell.opened(session)

    def _again(self, problem: str) -> None:
        line = self.query_one("#passphrase", Input)
        line.value = ""
        line.disabled = False
        line.focus()
        self._wrong = True
        self._say(problem)

    @work(exclusive=True, group="recover")
    async def action_recover(self) -> None:
        """Open the vault by its recovery code and give it a new passphrase."""
        passphrase = await self.app.push_screen_wait(RecoverDialog())
        if passphrase:
            self.unlock(passphrase)
