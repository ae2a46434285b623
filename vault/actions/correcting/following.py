"""What is to be done about each who is to be told of an amendment, and when."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from vault.actions import corrections, rulebook
from vault.actions.correcting import days, steps
from vault.actions.corrections import CorrectionView
from vault.actions.session import Session
from vault.law import amended
from vault.law.amended import Duty
from vault.model.corrections import Recipient, RecipientState
from vault.store import providers
from vault.store.database import Db


@dataclass(frozen=True, slots=True)
class Followed:
    """Somebody to be told: `on` the day to ask after it, `said` what to do, empty for nothing.

    `cite` and `confidence` are of the law that binds whoever has to act, where one is recorded.
    """

    recipient: Recipient
    on: dt.date | None
    said: str
    cite: str = ""
    confidence: str = ""


def _duty(db: Db, view: CorrectionView, held: Recipient) -> Duty | None:
    """What binds the provider that agreed to tell them, or themselves once they were told."""
    book = rulebook.book(db)
    if held.state is RecipientState.TO_TELL:
        return amended.telling(view.provider.jurisdiction, view.provider.kind, book)
    if held.provider:
        known = providers.get(db, held.provider)
        return amended.following(known.jurisdiction, known.kind, book)
    return None


def _said(held: Recipient, day: str) -> str:
    if held.state is RecipientState.UNCHANGED:
        return f"Their copy still says the same: write to {held.name}"
    return day or f"See to it that {held.name} is told"


def every(s: Session, given: str, today: dt.date) -> tuple[Followed, ...]:
    """All who are to be told of a correction, each with what is to be done on `today` or later."""
    db = s.vault.read()
    view = corrections.get(s, given, today)
    dated = {d.id: d for d in days.of(view, today, rulebook.book(db)) if d.id}
    open_ = {held.id for held in steps.followed(view)}
    found = []
    for held in view.correction.recipients:
        if held.id not in open_:
            found.append(Followed(held, None, ""))
            continue
        day, duty = dated.get(held.id), _duty(db, view, held)
        said = _said(held, day.said if day else "")
        if duty is None:
            found.append(Followed(held, day.on if day else None, said))
            continue
        source = duty.source
        whole = f"{said}. {amended.duty_line(duty)}"
        on = day.on if day else None
        found.append(Followed(held, on, whole, source.cite, source.confidence.value))
    return tuple(found)
