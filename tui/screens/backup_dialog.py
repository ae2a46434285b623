"""Backing the vault up from the app: in which folder."""

from __future__ import annotations

from pathlib import Path
from typing import ClassVar

from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Static

from tui import background
from tui.screens.form_dialog import Field, FormDialog
from tui.widgets.fields import line
from vault.actions import backups
from vault.actions.backups import Made
from vault.errors import UsageError

_WHERE = """\
Choose a folder on another disk, new or empty, or the one of your last backup. What is put
there is encrypted; your passphrase and your recovery code open it."""


class BackupDialog(FormDialog[Made]):
    """Asks for the folder, the last one filled in; the answer is the finished backup."""

    QUESTION: ClassVar[str] = "Back up"
    SAVE: ClassVar[str] = "Back up now"

    def __init__(self, last: str = "") -> None:
        super().__init__()
        self.last = last

    def compose_fields(self) -> ComposeResult:
        """What to choose, and the folder."""
        yield Static(Content(_WHERE), classes="detail")
        yield Field("Folder", line("folder", self.last, "/media/disk/chartmend"))

    async def save(self) -> Made:
        """Make the backup; raises UsageError where no whole path is given, CannotWrite."""
        folder = Path(self.value("folder") or ".").expanduser()
        if not folder.is_absolute():
            raise UsageError("that is no whole path of a folder", "it begins with / or ~")
        return await background.run(backups.back_up, self.session, folder)


def told(made: Made) -> str:
    """What a person is told of a finished backup."""
    whole = f"Backed up: {made.originals} originals, {made.copied} of them new."
    if not made.missing:
        return whole
    return f"{whole} {len(made.missing)} could not be read; chartmend verify names them."
