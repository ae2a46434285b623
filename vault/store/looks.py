"""Pages a person should look at, and those a person has looked at: events, only ever added."""

from __future__ import annotations

import datetime as dt
from enum import StrEnum

from vault.model.requests import Event
from vault.store import events
from vault.store.database import Db


class Look(StrEnum):
    """What a person said of a page; the last word counts."""

    LOOKED_AT = "looked_at"
    LOOK_AGAIN = "look_again"


# A word is about what was read: a page that is read anew has another reading, and is to be
# looked at anew. A page without a reading is known by its record and number.
_SUBJECT = """
CASE WHEN p.shown IS NULL THEN 'page:' || p.record || ':' || p.number
ELSE 'reading:' || coalesce((SELECT base FROM reading WHERE id = p.shown), p.shown) END
"""
OPEN = f"""
(p.look = 1 OR p.state = 'unread') AND coalesce(
    (SELECT kind FROM event WHERE subject = {_SUBJECT} ORDER BY seq DESC LIMIT 1), ''
) != '{Look.LOOKED_AT.value}'
"""
"""The condition on a page `p` that it waits for a person to look at it."""


def subject(db: Db, record: str, number: int) -> str:
    """What a word on a page is kept under."""
    query = f"SELECT {_SUBJECT} FROM page p WHERE p.record = ? AND p.number = ?"
    return str(db.execute(query, (record, number)).fetchone()[0])


def add(db: Db, record: str, number: int, look: Look, on: dt.date, at: str) -> None:
    """Keep a person's word on a page that is there."""
    about = subject(db, record, number)
    seq = len(events.of(db, about)) + 1
    item = f"{record} {number}"
    events.add(db, about, Event(seq=seq, round=1, kind=look.value, on=on, at=at, item=item))


def looked_on(db: Db, record: str, number: int) -> dt.date | None:
    """The day a person looked at a page as it was read; None where nobody has."""
    said = events.of(db, subject(db, record, number))
    return said[-1].on if said and said[-1].kind == Look.LOOKED_AT else None


def waiting(db: Db) -> tuple[tuple[str, int], ...]:
    """Record and number of every page that waits for a person, the newest record first."""
    rows = db.execute(
        "SELECT p.record, p.number FROM page p JOIN record r ON r.id = p.record "
        f"WHERE {OPEN} ORDER BY r.imported_at DESC, r.first_page, r.rowid DESC, p.number"
    )
    return tuple((str(row[0]), int(row[1])) for row in rows)
