"""Reminders in the vault."""

from __future__ import annotations

import datetime as dt

from vault.errors import UnknownId
from vault.model.reminders import Reminder
from vault.store.database import Db, Row
from vault.store.shapes import day, from_day

_SELECT = "SELECT id, on_date, text, subject, done_on FROM reminder"


def _from_row(row: Row) -> Reminder:
    return Reminder(row[0], dt.date.fromisoformat(row[1]), row[2], row[3], from_day(row[4]))


def add(db: Db, reminder: Reminder, made_at: str) -> None:
    """Add a reminder."""
    db.execute(
        "INSERT INTO reminder (id, on_date, text, subject, done_on, made_at) "
        "VALUES (?, ?, ?, ?, ?, ?)",
        (
            reminder.id,
            reminder.on.isoformat(),
            reminder.text,
            reminder.subject,
            day(reminder.done_on),
            made_at,
        ),
    )


def every(db: Db) -> tuple[Reminder, ...]:
    """All reminders by day, those done among them."""
    return tuple(_from_row(row) for row in db.execute(f"{_SELECT} ORDER BY on_date, rowid"))


def get(db: Db, id_: str) -> Reminder:
    """The reminder with exactly this id; raises UnknownId."""
    row = db.execute(f"{_SELECT} WHERE id = ?", (id_,)).fetchone()
    if row is None:
        raise UnknownId("reminder", id_)
    return _from_row(row)


def done(db: Db, id_: str, on: dt.date) -> None:
    """Note that what a reminder is about was done."""
    db.execute("UPDATE reminder SET done_on = ? WHERE id = ?", (on.isoformat(), id_))
