"""The clipboard: filled by a key alone, and emptied soon after."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path

from textual.timer import Timer
from textual.widgets import Input

from tui.shell import Shell
from vault import dates

CLEAR_SECONDS = 10.0
"""How long copied text stays, as in KeePassXC."""


class Clipboard(Shell):
    """The part of the app that copies: what it put on the clipboard it takes off again.

    Terminals take the text by OSC 52, which cannot ask what is there: what somebody copied in
    another program within those seconds is emptied, too.
    """

    def __init__(self, folder: Path, today: Callable[[], dt.date] = dates.today) -> None:
        super().__init__(folder, today)
        self._copied = False
        self._clearing: Timer | None = None

    def copy_to_clipboard(self, text: str) -> None:
        """Copy text that a person asked for by key; a passphrase is never copied."""
        if isinstance(self.focused, Input) and self.focused.password:
            return
        if self._clearing is not None:
            self._clearing.stop()
        super().copy_to_clipboard(text)
        self._copied = bool(text)
        if text:
            self._clearing = self.set_timer(CLEAR_SECONDS, self.clear_clipboard)
            seconds = round(CLEAR_SECONDS)
            self.notify(f"Copied. The clipboard is emptied in {seconds} seconds.", timeout=4)

    def clear_clipboard(self) -> None:
        """Empty the clipboard if what this app copied may still be on it."""
        if self._copied:
            self._copied = False
            super().copy_to_clipboard("")

    def exit(
        self, result: str | None = None, return_code: int = 0, message: object | None = None
    ) -> None:
        """End the app, the clipboard emptied; locking ends it as well."""
        self.clear_clipboard()
        super().exit(result, return_code, message)  # type: ignore[arg-type]  # what Rich shows
