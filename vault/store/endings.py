"""What ends by itself: documents and authorities with their last day."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from vault.store.database import Db


@dataclass(frozen=True, slots=True)
class Ending:
    """Something that ends: its id, what it is called, and its last day."""

    id: str
    name: str
    on: dt.date


def _read(db: Db, sql: str) -> tuple[Ending, ...]:
    return tuple(Ending(row[0], row[1], dt.date.fromisoformat(row[2])) for row in db.execute(sql))


def documents(db: Db) -> tuple[Ending, ...]:
    """The documents that end, those with nothing left of them but their name left out."""
    return _read(
        db,
        "SELECT id, title, expires_on FROM document "
        "WHERE expires_on IS NOT NULL AND length(data) > 0 ORDER BY expires_on, id",
    )


def authorities(db: Db) -> tuple[Ending, ...]:
    """The authorities that end by themselves and were not ended before."""
    return _read(
        db,
        "SELECT id, name, to_date FROM authority "
        "WHERE to_date IS NOT NULL AND ended_on IS NULL ORDER BY to_date, id",
    )
