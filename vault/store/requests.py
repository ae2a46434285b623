"""Access requests in the vault; their state is told by their events."""

from __future__ import annotations

from collections.abc import Sequence

from vault.errors import UnknownId
from vault.model.requests import Event, RecordType, Request, follow
from vault.store import events
from vault.store.database import Db, Row
from vault.store.shapes import day, from_day, from_text_list, text_list

_SELECT = """
SELECT id, person, provider, what, made_at, from_date, to_date, format, deliver FROM request
"""
_INSERT = """
INSERT INTO request (id, person, provider, what, made_at, from_date, to_date, format, deliver)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
"""


def _from_row(row: Row, history: Sequence[Event]) -> Request:
    bare = Request(
        id=row[0],
        person=row[1],
        provider=row[2],
        what=tuple(RecordType(t) for t in from_text_list(row[3])),
        made_at=row[4],
        from_date=from_day(row[5]),
        to_date=from_day(row[6]),
        format=row[7],
        deliver=row[8],
    )
    return follow(bare, history)


def add(db: Db, request: Request) -> None:
    """Add a request without its events."""
    values = (
        request.id,
        request.person,
        request.provider,
        text_list([t.value for t in request.what]),
        request.made_at,
        day(request.from_date),
        day(request.to_date),
        request.format,
        request.deliver,
    )
    db.execute(_INSERT, values)


def every(db: Db) -> tuple[Request, ...]:
    """All requests, newest first."""
    history = events.every(db)
    rows = db.execute(f"{_SELECT} ORDER BY made_at DESC, rowid DESC")
    return tuple(_from_row(row, history.get(row[0], ())) for row in rows)


def get(db: Db, id_: str) -> Request:
    """The request with exactly this id; raises UnknownId."""
    row = db.execute(f"{_SELECT} WHERE id = ?", (id_,)).fetchone()
    if row is None:
        raise UnknownId("request", id_)
    return _from_row(row, events.of(db, id_))
