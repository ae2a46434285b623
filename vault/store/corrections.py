"""Correction requests in the vault; where one stands is stored with each event."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from vault.errors import UnknownId
from vault.model.amending import Standing, stand
from vault.model.corrections import (
    Correction,
    CorrectionItem,
    CorrectionState,
    ItemState,
    Recipient,
)
from vault.model.requests import Event, WaitingOn
from vault.store import events, recipients
from vault.store.database import Db, Row

_COLUMNS = "id, person, provider, made_at, formal, authority, office, parent, state, waiting_on"
_SELECT = f"SELECT {_COLUMNS} FROM correction"
_INSERT = f"INSERT INTO correction ({_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
_ITEMS = "SELECT correction, flag, state FROM correction_item"


def _from_row(
    row: Row,
    items: Sequence[CorrectionItem],
    told: Sequence[Recipient],
    history: Sequence[Event],
) -> Correction:
    return Correction(
        id=row[0],
        person=row[1],
        provider=row[2],
        made_at=row[3],
        formal=bool(row[4]),
        authority=row[5] or "",
        office=row[6] or "",
        parent=row[7] or "",
        state=CorrectionState(row[8]),
        waiting_on=WaitingOn(row[9]),
        items=tuple(items),
        recipients=tuple(told),
        events=tuple(history),
    )


def add(db: Db, correction: Correction) -> None:
    """Add a correction with its items and recipients, without its events."""
    db.execute(
        _INSERT,
        (
            correction.id,
            correction.person,
            correction.provider,
            correction.made_at,
            int(correction.formal),
            correction.authority or None,
            correction.office or None,
            correction.parent or None,
            correction.state.value,
            correction.waiting_on.value,
        ),
    )
    _add_items(db, correction)
    for held in correction.recipients:
        recipients.put(db, held)


def change(db: Db, correction: Correction) -> None:
    """Put how a correction is asked, of whom and about what in the place of how it was.

    All of that may change unsent. Its items stand as they do in `correction`, in that order.
    """
    db.execute(
        "UPDATE correction SET provider = ?, formal = ?, authority = ?, office = ? WHERE id = ?",
        (
            correction.provider,
            int(correction.formal),
            correction.authority or None,
            correction.office or None,
            correction.id,
        ),
    )
    db.execute("DELETE FROM correction_item WHERE correction = ?", (correction.id,))
    _add_items(db, correction)


def _add_items(db: Db, correction: Correction) -> None:
    db.executemany(
        "INSERT INTO correction_item (correction, flag, position, state) VALUES (?, ?, ?, ?)",
        [(correction.id, i.flag, n, i.state.value) for n, i in enumerate(correction.items)],
    )


def standing(correction: Correction) -> Standing:
    """Where a correction stands, told anew from its events."""
    return stand([item.flag for item in correction.items], correction.events)


def append(db: Db, correction: Correction, event: Event) -> Correction:
    """Add an event to a correction, and store where it and its items stand now; returns it so."""
    events.add(db, correction.id, event)
    return restate(db, replace(correction, events=(*correction.events, event)))


def restate(db: Db, correction: Correction) -> Correction:
    """Store where a correction and its items stand by its events; returns it so."""
    now = standing(correction)
    db.execute(
        "UPDATE correction SET state = ?, waiting_on = ? WHERE id = ?",
        (now.state.value, now.waiting_on.value, correction.id),
    )
    db.executemany(
        "UPDATE correction_item SET state = ? WHERE correction = ? AND flag = ?",
        [(state.value, correction.id, flag) for flag, state in now.items.items()],
    )
    items = tuple(CorrectionItem(flag, state) for flag, state in now.items.items())
    return replace(correction, items=items, state=now.state, waiting_on=now.waiting_on)


def every(db: Db) -> tuple[Correction, ...]:
    """All corrections, newest first."""
    history, told = events.every(db, "correction"), recipients.every(db)
    items: dict[str, list[CorrectionItem]] = defaultdict(list)
    for row in db.execute(f"{_ITEMS} ORDER BY correction, position"):
        items[row[0]].append(CorrectionItem(row[1], ItemState(row[2])))
    rows = db.execute(f"{_SELECT} ORDER BY made_at DESC, rowid DESC")
    return tuple(
        _from_row(row, items[row[0]], told.get(row[0], ()), history.get(row[0], ())) for row in rows
    )


def get(db: Db, id_: str) -> Correction:
    """The correction with exactly this id; raises UnknownId."""
    row = db.execute(f"{_SELECT} WHERE id = ?", (id_,)).fetchone()
    if row is None:
        raise UnknownId("correction", id_)
    held = db.execute(f"{_ITEMS} WHERE correction = ? ORDER BY position", (id_,))
    items = [CorrectionItem(flag, ItemState(state)) for _id, flag, state in held]
    return _from_row(row, items, recipients.of(db, id_), events.of(db, id_))


def of_flag(db: Db, flag: str) -> tuple[str, ...]:
    """The corrections that a flag is or was an item of, the newest first."""
    rows = db.execute(
        "SELECT c.id FROM correction c JOIN correction_item i ON i.correction = c.id "
        "WHERE i.flag = ? ORDER BY c.made_at DESC, c.rowid DESC",
        (flag,),
    )
    return tuple(row[0] for row in rows)


def states_of(db: Db, flag: str) -> tuple[ItemState, ...]:
    """Where a flag stands as an item of each correction it is in, the newest first."""
    rows = db.execute(
        "SELECT i.state FROM correction c JOIN correction_item i ON i.correction = c.id "
        "WHERE i.flag = ? ORDER BY c.made_at DESC, c.rowid DESC",
        (flag,),
    )
    return tuple(ItemState(row[0]) for row in rows)
