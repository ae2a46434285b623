"""Correction requests in the vault; their state is told by their events."""

from __future__ import annotations

from collections.abc import Sequence

from vault.errors import UnknownId
from vault.model.corrections import Correction, CorrectionItem, follow
from vault.model.requests import Event
from vault.store import events
from vault.store.database import Db, Row
from vault.store.shapes import from_text_list, text_list

_SELECT = "SELECT id, person, provider, tell, made_at FROM correction"
_ITEMS = "SELECT flag FROM correction_item WHERE correction = ? ORDER BY position"


def _from_row(db: Db, row: Row, history: Sequence[Event]) -> Correction:
    bare = Correction(
        id=row[0],
        person=row[1],
        provider=row[2],
        items=tuple(CorrectionItem(flag) for (flag,) in db.execute(_ITEMS, (row[0],))),
        made_at=row[4],
        tell=from_text_list(row[3]),
    )
    return follow(bare, history)


def add(db: Db, correction: Correction) -> None:
    """Add a correction with its items, without its events."""
    tell = text_list(correction.tell)
    db.execute(
        "INSERT INTO correction (id, person, provider, tell, made_at) VALUES (?, ?, ?, ?, ?)",
        (correction.id, correction.person, correction.provider, tell, correction.made_at),
    )
    db.executemany(
        "INSERT INTO correction_item (correction, flag, position) VALUES (?, ?, ?)",
        [(correction.id, item.flag, i) for i, item in enumerate(correction.items)],
    )


def every(db: Db) -> tuple[Correction, ...]:
    """All corrections, newest first."""
    history = events.every(db, "correction")
    rows = db.execute(f"{_SELECT} ORDER BY made_at DESC, rowid DESC").fetchall()
    return tuple(_from_row(db, row, history.get(row[0], ())) for row in rows)


def get(db: Db, id_: str) -> Correction:
    """The correction with exactly this id; raises UnknownId."""
    row = db.execute(f"{_SELECT} WHERE id = ?", (id_,)).fetchone()
    if row is None:
        raise UnknownId("correction", id_)
    return _from_row(db, row, events.of(db, id_))
