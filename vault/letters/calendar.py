"""Dates as an iCalendar file: the one wrapper of the icalendar library."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

_ALARM = dt.timedelta(hours=-15)
"""An alarm at nine in the morning of the day before."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One all-day entry; `uid` stays the same whenever the same date is written again."""

    uid: str
    on: dt.date
    title: str


def write(entries: Sequence[Entry], made_on: dt.date) -> bytes:
    """The entries as the bytes of a calendar (RFC 5545), the same for the same entries and day."""
    import icalendar

    found = icalendar.Calendar()
    found.add("prodid", "-//chartmend//dates//EN")
    found.add("version", "2.0")
    stamp = dt.datetime.combine(made_on, dt.time(), dt.UTC)
    for entry in entries:
        event, alarm = icalendar.Event(), icalendar.Alarm()
        for name, value in (
            ("uid", entry.uid),
            ("dtstamp", stamp),
            ("dtstart", entry.on),
            ("dtend", entry.on + dt.timedelta(days=1)),
            ("summary", entry.title),
            ("transp", "TRANSPARENT"),
            ("class", "PRIVATE"),
        ):
            event.add(name, value)
        alarm.add("action", "DISPLAY")
        alarm.add("description", entry.title)
        alarm.add("trigger", _ALARM)
        event.add_component(alarm)
        found.add_component(event)
    data: bytes = found.to_ical()
    return data
