"""Files of places and changed days a person added to the rules the program brings."""

from __future__ import annotations

import datetime as dt

from vault.law.book import DayChange, PlaceFile
from vault.store.database import Db


def files(db: Db) -> tuple[PlaceFile, ...]:
    """The files of places, in the order they were added."""
    rows = db.execute("SELECT name, source FROM place_file ORDER BY made_at, rowid")
    return tuple(PlaceFile(str(name), str(source)) for name, source in rows)


def keep_file(db: Db, file: PlaceFile, at: str) -> None:
    """Keep a file of places; one of the same name keeps its place in the order."""
    db.execute(
        "INSERT INTO place_file (name, source, made_at) VALUES (?, ?, ?) "
        "ON CONFLICT (name) DO UPDATE SET source = excluded.source",
        (file.name, file.source, at),
    )


def drop_file(db: Db, name: str) -> None:
    """Forget a file of places."""
    db.execute("DELETE FROM place_file WHERE name = ?", (name,))


def days(db: Db) -> tuple[DayChange, ...]:
    """Every changed day, by place and date."""
    rows = db.execute("SELECT place, on_date, name, off FROM holiday ORDER BY place, on_date")
    return tuple(
        DayChange(str(place), dt.date.fromisoformat(str(on)), str(name), bool(off))
        for place, on, name, off in rows
    )


def keep_day(db: Db, day: DayChange) -> None:
    """Keep a changed day, in the place of an earlier change of the same day."""
    db.execute(
        "INSERT OR REPLACE INTO holiday (place, on_date, name, off) VALUES (?, ?, ?, ?)",
        (day.place, day.on.isoformat(), day.name, int(day.off)),
    )


def drop_day(db: Db, place: str, on: dt.date) -> None:
    """Forget a change of a day."""
    db.execute("DELETE FROM holiday WHERE place = ? AND on_date = ?", (place, on.isoformat()))
