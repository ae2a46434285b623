"""The cover: hides everything while an import goes on without anybody there."""

from __future__ import annotations

from textual import on, work
from textual.app import ComposeResult
from textual.containers import VerticalGroup
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Input, Static

from tui import background, given
from tui.import_job import Progressing
from tui.shell import Shell
from tui.widgets.dialogs import as_sentence
from vault.actions import session as sessions
from vault.errors import VaultError


def _try(shell: Shell, passphrase: str) -> None:
    """Raise WrongPassphrase unless the passphrase opens the vault."""
    secret = given.secret(shell.folder, passphrase, shell.key_file)
    sessions.unlock(shell.folder, secret, write=False).close()


class CoverScreen(Screen[None]):
    """A blank screen; the passphrase takes it away. With `leaving` there is nothing to type."""

    def __init__(self, *, leaving: bool = False) -> None:
        super().__init__()
        self.leaving = leaving

    def compose(self) -> ComposeResult:
        """What goes on, and a line for the passphrase."""
        with VerticalGroup(classes="gate"):
            yield Static("chartmend", classes="question")
            if self.leaving:
                yield Static("Closing. What was read is kept.")
            else:
                yield Static("Hidden, as nobody was here. The import goes on.")
                yield Static("", id="progress", markup=False)
                yield Input(password=True, placeholder="Passphrase", id="passphrase", compact=True)
                yield Static("", classes="problem", markup=False)

    def on_mount(self) -> None:
        """Follow the import; when it ends, nothing keeps the vault open."""
        if isinstance(self.app, Shell) and not self.leaving:
            self.watch(self.app, "progress", self._progressed)

    def _progressed(self, progress: Progressing | None) -> None:
        if progress is None:
            return
        counts = f"Page {progress.done} of {progress.total}" if progress.total else ""
        self.query_one("#progress", Static).update(Content(counts))
        if not progress.running:
            self._lock()

    @work
    async def _lock(self) -> None:
        await self.app.run_action("app.lock")

    @on(Input.Submitted)
    def _submitted(self, event: Input.Submitted) -> None:
        self._lift(event.value)
        event.input.value = ""

    @work(exclusive=True)
    async def _lift(self, passphrase: str) -> None:
        if not isinstance(self.app, Shell):
            return
        problem = self.query_one(".problem", Static)
        problem.update("One moment.")
        try:
            await background.run(_try, self.app, passphrase)
        except VaultError as error:
            problem.update(Content(as_sentence(error.sentence)))
            return
        self.app.pop_screen()
