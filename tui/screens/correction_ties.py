"""What the screens of a correction take from elsewhere: its letters and copies."""

from __future__ import annotations

import datetime as dt

from tui.screens.compare import CompareScreen
from tui.shell import Shell
from vault.actions.correcting import letters, verifying
from vault.actions.corrections import CorrectionView
from vault.actions.session import Session
from vault.model.letters import Letter


def letters_of(s: Session, correction: str) -> tuple[Letter, ...]:
    """The letters made of a correction (an id), filled forms too, the oldest first."""
    return letters.made(s, correction)


def came(s: Session, correction: str, record: str, on: dt.date) -> CorrectionView:
    """Note that a record is the fresh copy; raises Refused for one that cannot be."""
    return verifying.came(s, correction, record, on)


def compare(app: Shell, correction: str, record: str) -> None:
    """Show what a fresh copy says beside the old words."""
    app.push_screen(CompareScreen(correction, record))
