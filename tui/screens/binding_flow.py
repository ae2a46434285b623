"""All the evidence on a correction, written to a file."""

from __future__ import annotations

from pathlib import Path

from tui.screens.letter_flow import write_sheaf
from tui.shell import Shell
from tui.widgets.dialogs import ConfirmDialog
from vault.actions.correcting import binder
from vault.actions.corrections import CorrectionView


async def bind(app: Shell, view: CorrectionView) -> None:
    """Ask whether the pages of the records go with it, and where it is to be; then write it."""
    question = ConfirmDialog(
        "With the pages of the records it cites?",
        "At most 40 pages. Without them it is shorter, and shows less of your record.",
        no="Without",
    )
    whole = await app.push_screen_wait(question)
    id_ = view.correction.id
    await write_sheaf(
        app,
        "Write the evidence where?",
        Path.home() / f"binder-{id_}.pdf",
        lambda: binder.bind(app.unlocked, id_, app.today(), with_records=bool(whole)),
    )
