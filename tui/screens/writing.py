"""Where a file is to be written outside the vault, asked again before one is lost."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TypeVar

from textual.app import App

from tui.widgets.dialogs import AskDialog, CarefulDialog
from vault.safetext import safe_line

T = TypeVar("T")


async def ask_target(app: App[T], question: str, suggested: Path, detail: str) -> Path | None:
    """The place a person names, or None; a file that is there is replaced only after a yes."""
    value = str(suggested)
    while True:
        given = await app.push_screen_wait(AskDialog(question, value=value, detail=detail))
        if not given or not given.strip():
            return None
        value = given.strip()
        target = Path(value).expanduser()
        if not os.path.isfile(target):  # noqa: PTH113 - false where it may not be looked at
            return target
        asked = f"There is a file of that name already. Replace it?\n{safe_line(str(target))}"
        lost = "What is in it now is lost."
        replace = CarefulDialog(asked, lost, yes="Replace", no="Keep it")
        if await app.push_screen_wait(replace):
            return target
