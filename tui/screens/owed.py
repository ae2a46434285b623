"""Answers that are owed, in a few words, and what has happened so far."""

from __future__ import annotations

import datetime as dt

from vault.dates import MONTHS
from vault.model.requests import Event, Urgency

_PRESSING = {
    Urgency.OK: "in time",
    Urgency.DUE_SOON: "due soon",
    Urgency.OVERDUE: "! overdue",
    Urgency.VERY_OVERDUE: "! long overdue",
    Urgency.ASLEEP: "asleep",
}


def day(date: dt.date) -> str:
    """A date as people write it: 1 Feb 2026."""
    return f"{date.day} {MONTHS[date.month - 1][:3].title()} {date.year}"


def pressing(due: object | None, urgency: Urgency) -> str:
    """How pressing an answer is, in a word or two; empty where none is owed."""
    return _PRESSING[urgency] if due is not None else ""


def history(event: Event) -> str:
    """One thing that happened, in a line."""
    said = event.kind.replace("_", " ")
    parts = [f"{day(event.on)}: {said}"]
    if event.channel:
        parts.append(f"by {event.channel.replace('_', ' ')}")
    if event.arrived:
        parts.append(f"arrived {day(event.arrived)}")
    line = ", ".join(parts)
    return f"{line} ({event.note})" if event.note else line
