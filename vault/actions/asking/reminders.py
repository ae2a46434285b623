"""A person's own reminders: set, listed, done."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from vault import dates, ids
from vault.actions.session import Session
from vault.errors import UsageError
from vault.model.reminders import Reminder
from vault.safetext import safe_line
from vault.store import lookup, reminders
from vault.store.database import Db

_CHARS = 300


def _subject(db: Db, given: str) -> str:
    noun = "correction" if given.strip().lower().startswith("cor_") else "request"
    return lookup.resolve(db, noun, given) if given else ""


def add(s: Session, text: str, on: dt.date, about: str = "") -> Reminder:
    """Set a reminder for a day, about a request or a correction (an id), or about neither."""
    text = safe_line(text, _CHARS)
    if not text:
        raise UsageError("what to be reminded of is missing", "say it in a few words")
    with s.vault.write("reminder.added") as db:
        reminder = Reminder(ids.new("reminder"), on, text, _subject(db, about))
        reminders.add(db, reminder, dates.now())
    return reminder


def every(s: Session, *, past: bool = False) -> tuple[Reminder, ...]:
    """The reminders still to come or open, by day; those done too with `past`."""
    return tuple(r for r in reminders.every(s.vault.read()) if past or r.done_on is None)


def done(s: Session, given: str) -> Reminder:
    """Note that what a reminder is about was done; twice is once."""
    today = dates.today()
    with s.vault.write("reminder.done") as db:
        reminder = reminders.get(db, lookup.resolve(db, "reminder", given))
        if reminder.done_on is None:
            reminders.done(db, reminder.id, today)
            reminder = replace(reminder, done_on=today)
    return reminder
