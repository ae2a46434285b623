"""Telephone calls with providers as rows."""

from __future__ import annotations

import datetime as dt

from vault.model.calls import Call
from vault.store.database import Db, Row

_COLUMNS = "id, provider, request, on_date, who, said, confirmation"
_SELECT = f"SELECT {_COLUMNS} FROM call"
_INSERT = f"INSERT INTO call ({_COLUMNS}, made_at) VALUES ({', '.join('?' * 8)})"


def _from_row(row: Row) -> Call:
    return Call(
        id=row[0],
        provider=row[1],
        request=row[2],
        on=dt.date.fromisoformat(row[3]),
        who=row[4],
        said=row[5],
        confirmation=row[6],
    )


def add(db: Db, call: Call, made_at: str) -> None:
    """Add a call."""
    values = (
        call.id,
        call.provider,
        call.request,
        call.on.isoformat(),
        call.who,
        call.said,
        call.confirmation,
        made_at,
    )
    db.execute(_INSERT, values)


def of(db: Db, provider: str) -> tuple[Call, ...]:
    """The calls with a provider, newest first."""
    rows = db.execute(
        f"{_SELECT} WHERE provider = ? ORDER BY on_date DESC, made_at DESC, rowid DESC", (provider,)
    )
    return tuple(_from_row(row) for row in rows)
