"""Watching a folder: which one."""

from __future__ import annotations

from pathlib import Path
from typing import ClassVar

from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Static

from tui import background
from tui.screens.form_dialog import Field, FormDialog
from tui.widgets.fields import line
from vault.actions.imports.folder import Inbox
from vault.errors import UsageError
from vault.safetext import safe_line

_HOW = (
    "What arrives in the folder is taken in by itself, each file once no program writes to it "
    "any more. So is what lies there now. The files stay where they are."
)
_ENDS = "It ends with w, and when the vault locks."


class WatchDialog(FormDialog[Inbox]):
    """Asks for the folder; the answer is ready to be looked at."""

    QUESTION: ClassVar[str] = "Watch a folder"
    SAVE: ClassVar[str] = "Watch"

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self.folder = folder

    def compose_fields(self) -> ComposeResult:
        """What will be done, and the folder."""
        yield Static(Content(_HOW), classes="detail")
        yield Field("Folder", line("folder", safe_line(str(self.folder)), "/home/me/Downloads"))
        yield Static(Content(_ENDS), classes="detail")

    async def save(self) -> Inbox:
        """Look whether it can be watched; raises CannotRead, UsageError."""
        folder = Path(self.value("folder") or ".").expanduser()
        if not folder.is_absolute():
            raise UsageError("that is no whole path of a folder", "it begins with / or ~")
        inbox = Inbox(folder, self.session.vault.folder)
        await background.run(inbox.check)
        return inbox
