"""Answers that are owed, in words: when, by which rule, and what has happened so far."""

from __future__ import annotations

import datetime as dt
from typing import Protocol

from vault.dates import MONTHS
from vault.model.requests import Event, Urgency

_PRESSING = {
    Urgency.OK: "in time",
    Urgency.DUE_SOON: "due soon",
    Urgency.OVERDUE: "! overdue",
    Urgency.VERY_OVERDUE: "! long overdue",
    Urgency.ASLEEP: "asleep",
}


class OwedRule(Protocol):
    """What is shown of a rule: its citation, and how sure the program is of it."""

    @property
    def cite(self) -> str: ...  # noqa: D102
    @property
    def confidence(self) -> str: ...  # noqa: D102


class Owed(Protocol):
    """What is shown of a due date: the day, the day where the law moves it, and the start."""

    @property
    def on(self) -> dt.date: ...  # noqa: D102
    @property
    def rolled(self) -> dt.date: ...  # noqa: D102
    @property
    def start(self) -> dt.date: ...  # noqa: D102
    @property
    def rule(self) -> OwedRule: ...  # noqa: D102


def day(date: dt.date) -> str:
    """A date as people write it: 1 Feb 2026."""
    return f"{date.day} {MONTHS[date.month - 1][:3].title()} {date.year}"


def pressing(due: Owed | None, urgency: Urgency) -> str:
    """How pressing an answer is, in a word or two; empty where none is owed."""
    return _PRESSING[urgency] if due is not None else ""


def sentence(due: Owed | None) -> str:
    """When an answer is owed, from which day on, and by which rule; empty where none is."""
    if due is None:
        return ""
    moved = f" (or {day(due.rolled)}, the next working day)" if due.rolled != due.on else ""
    return (
        f"An answer is due by {day(due.on)}{moved}, counted from {day(due.start)}. "
        f"Rule: {due.rule.cite} (confidence: {due.rule.confidence})."
    )


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
