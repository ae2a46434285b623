"""Statements on how providers want to be asked, as rows; a withdrawn one stays."""

from __future__ import annotations

import datetime as dt

from vault.errors import UnknownId
from vault.model.statements import Statement, StatementSource, Topic
from vault.store.database import Db, Row
from vault.store.shapes import day, from_day

_COLUMNS = "id, provider, topic, value, source, said_by, on_date, note, call, withdrawn_on"
_SELECT = f"SELECT {_COLUMNS} FROM statement"
_INSERT = f"INSERT INTO statement ({_COLUMNS}, made_at) VALUES ({', '.join('?' * 11)})"


def _from_row(row: Row) -> Statement:
    return Statement(
        id=row[0],
        provider=row[1],
        topic=Topic(row[2]),
        value=row[3],
        source=StatementSource(row[4]),
        said_by=row[5],
        on=dt.date.fromisoformat(row[6]),
        note=row[7],
        call=row[8],
        withdrawn_on=from_day(row[9]),
    )


def add(db: Db, statement: Statement, made_at: str) -> None:
    """Add a statement."""
    values = (
        statement.id,
        statement.provider,
        statement.topic.value,
        statement.value,
        statement.source.value,
        statement.said_by,
        statement.on.isoformat(),
        statement.note,
        statement.call,
        day(statement.withdrawn_on),
        made_at,
    )
    db.execute(_INSERT, values)


def withdraw(db: Db, id_: str, on: dt.date) -> None:
    """Mark a statement as no longer so from a day on."""
    db.execute("UPDATE statement SET withdrawn_on = ? WHERE id = ?", (on.isoformat(), id_))


def of(db: Db, provider: str) -> tuple[Statement, ...]:
    """Every statement of a provider, the withdrawn ones too, oldest first."""
    rows = db.execute(f"{_SELECT} WHERE provider = ? ORDER BY on_date, made_at, rowid", (provider,))
    return tuple(_from_row(row) for row in rows)


def get(db: Db, id_: str) -> Statement:
    """The statement with exactly this id; raises UnknownId."""
    row = db.execute(f"{_SELECT} WHERE id = ?", (id_,)).fetchone()
    if row is None:
        raise UnknownId("statement", id_)
    return _from_row(row)
