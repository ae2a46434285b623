"""Reminders a person sets, whatever the state of anything."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Reminder:
    """What to be reminded of, and when; `subject` is the request or correction it is about."""

    id: str
    on: dt.date
    text: str
    subject: str = ""
    done_on: dt.date | None = None
