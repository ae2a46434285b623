"""What the screens of a correction take from elsewhere: its letters and copies."""

from __future__ import annotations

import datetime as dt

from tui.shell import Shell
from vault.actions import corrections
from vault.actions.correcting.events import Told
from vault.actions.corrections import CorrectionView
from vault.actions.session import Session
from vault.model.corrections import CorrectionEvent
from vault.model.letters import Letter
from vault.model.requests import Detail


def letters_of(s: Session, correction: str) -> tuple[Letter, ...]:
    """The letters made of a correction (an id), the oldest first."""
    newest = corrections.newest_letter(s, correction)
    return (newest,) if newest else ()


def came(s: Session, correction: str, record: str, on: dt.date) -> CorrectionView:
    """Note that a record is the fresh copy."""
    told = Told(CorrectionEvent.COPY_RECEIVED, on, detail=Detail(record=record))
    return corrections.tell(s, correction, told)


def compare(app: Shell, correction: str, record: str) -> None:  # noqa: ARG001
    """Show what a fresh copy says beside the old words."""
    app.open_record(record)
