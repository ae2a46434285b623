"""What the screens of a correction take from elsewhere: its letters, next step and dates."""

from __future__ import annotations

import datetime as dt

from tui.screens import amending_words as words
from tui.shell import Shell
from vault.actions import corrections
from vault.actions.correcting.events import Told
from vault.actions.corrections import CorrectionView
from vault.actions.session import Session
from vault.model.corrections import CorrectionEvent
from vault.model.letters import Letter
from vault.model.requests import Detail, Event


def letters_of(s: Session, correction: str) -> tuple[Letter, ...]:
    """The letters made of a correction (an id), the oldest first."""
    newest = corrections.newest_letter(s, correction)
    return (newest,) if newest else ()


def next_step(view: CorrectionView) -> str:
    """What to do next with a correction, in a sentence; empty where nothing is to be done."""
    return words.TURNS[view.correction.waiting_on]


def dates(s: Session, view: CorrectionView, today: dt.date) -> tuple[str, ...]:  # noqa: ARG001
    """The dates of a correction on `today`, in sentences."""
    owed = corrections.owed(view)
    return (owed,) if owed else ()


def came(s: Session, correction: str, record: str, on: dt.date) -> CorrectionView:
    """Note that a record is the fresh copy."""
    told = Told(CorrectionEvent.COPY_RECEIVED, on, detail=Detail(record=record))
    return corrections.tell(s, correction, told)


def compare(app: Shell, correction: str, record: str) -> None:  # noqa: ARG001
    """Show what a fresh copy says beside the old words."""
    app.open_record(record)


def judged(s: Session, view: CorrectionView, event: Event) -> tuple[str, ...]:  # noqa: ARG001
    """What the law says to a denial, in sentences."""
    return ()
