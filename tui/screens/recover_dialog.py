"""The way in with the recovery code, for when the passphrase is lost."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.widgets import Input

from tui import background
from tui.screens.form_dialog import Field, FormDialog
from tui.shell import Shell
from vault.actions import session as sessions
from vault.errors import UsageError


class RecoverDialog(FormDialog[str]):
    """Asks for the recovery code and a new passphrase; answers with the passphrase."""

    QUESTION: ClassVar[str] = "Open the vault with the recovery code"
    SAVE: ClassVar[str] = "Open"

    def compose_fields(self) -> ComposeResult:
        """The code, and the new passphrase twice."""
        yield Field("Recovery code", Input(id="code", placeholder="8 groups of 4", password=True))
        yield Field("New passphrase", Input(id="first", password=True))
        yield Field("The same again", Input(id="second", password=True))

    async def save(self) -> str:
        """Give the vault the new passphrase; raises what the code or the vault is refused for."""
        first = self.query_one("#first", Input).value
        if not first:
            raise UsageError("a new passphrase is needed", "")
        if first != self.query_one("#second", Input).value:
            raise UsageError("the two passphrases differ", "type both again")
        if isinstance(self.app, Shell):
            folder = self.app.folder
            await background.run(sessions.recover, folder, self.value("code"), first)
        return first
