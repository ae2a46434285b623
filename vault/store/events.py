"""What happened to requests and corrections: rows that are only ever added."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict

from vault import ids
from vault.model.requests import Event
from vault.store import details
from vault.store.database import Db, Row
from vault.store.shapes import day, from_day

_SELECT = """
SELECT seq, round, kind, on_date, at, channel, arrived, note, item, detail, replaces, subject
FROM event
"""
_INSERT = """
INSERT INTO event
    (subject, seq, round, kind, on_date, at, channel, arrived, note, item, detail, replaces)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
"""


def _from_row(row: Row) -> Event:
    return Event(
        seq=row[0],
        round=row[1],
        kind=row[2],
        on=dt.date.fromisoformat(row[3]),
        at=row[4],
        channel=row[5],
        arrived=from_day(row[6]),
        note=row[7],
        item=row[8],
        detail=details.from_json(row[9]),
        replaces=row[10],
    )


def add(db: Db, subject: str, event: Event) -> None:
    """Add an event to a request or a correction; its `seq` is the next one."""
    values = (
        subject,
        event.seq,
        event.round,
        event.kind,
        event.on.isoformat(),
        event.at,
        event.channel,
        day(event.arrived),
        event.note,
        event.item,
        details.to_json(event.detail),
        event.replaces,
    )
    db.execute(_INSERT, values)


def of(db: Db, subject: str) -> tuple[Event, ...]:
    """All events of one subject, first to last."""
    rows = db.execute(f"{_SELECT} WHERE subject = ? ORDER BY seq", (subject,))
    return tuple(_from_row(row) for row in rows)


def every(db: Db, noun: str) -> dict[str, list[Event]]:
    """All events of requests, or of corrections, by subject, each first to last."""
    found: dict[str, list[Event]] = defaultdict(list)
    rows = db.execute(
        f"{_SELECT} WHERE subject >= ? AND subject < ? ORDER BY subject, seq",
        ids.bounds(noun, ids.PREFIXES[noun]),
    )
    for row in rows:
        found[row[11]].append(_from_row(row))
    return found
