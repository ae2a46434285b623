"""Who is to be told of amendments, in the vault."""

from __future__ import annotations

from collections import defaultdict

from vault.errors import UnknownId
from vault.model.corrections import Recipient, RecipientState
from vault.store.database import Db, Row
from vault.store.shapes import day, from_day, from_text_list, text_list

_SELECT = """
SELECT id, correction, name, made_at, address, provider, state, on_date, copy, note
FROM recipient
"""
_PUT = """
INSERT INTO recipient
    (id, correction, name, made_at, address, provider, state, on_date, copy, note)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
ON CONFLICT (id) DO UPDATE SET name = excluded.name, address = excluded.address,
    provider = excluded.provider, state = excluded.state, on_date = excluded.on_date,
    copy = excluded.copy, note = excluded.note
"""


def _from_row(row: Row) -> Recipient:
    return Recipient(
        id=row[0],
        correction=row[1],
        name=row[2],
        made_at=row[3],
        address=from_text_list(row[4]),
        provider=row[5] or "",
        state=RecipientState(row[6]),
        on=from_day(row[7]),
        record=row[8] or "",
        note=row[9],
    )


def put(db: Db, held: Recipient) -> None:
    """Add a recipient, or put what is known of one in the place of what was."""
    values = (
        held.id,
        held.correction,
        held.name,
        held.made_at,
        text_list(held.address),
        held.provider or None,
        held.state.value,
        day(held.on),
        held.record or None,
        held.note,
    )
    db.execute(_PUT, values)


def drop(db: Db, id_: str) -> None:
    """Take a recipient off the list."""
    db.execute("DELETE FROM recipient WHERE id = ?", (id_,))


def get(db: Db, id_: str) -> Recipient:
    """The recipient with exactly this id; raises UnknownId."""
    row = db.execute(f"{_SELECT} WHERE id = ?", (id_,)).fetchone()
    if row is None:
        raise UnknownId("recipient", id_)
    return _from_row(row)


def of(db: Db, correction: str) -> tuple[Recipient, ...]:
    """Those of one correction, in the order they were named."""
    rows = db.execute(f"{_SELECT} WHERE correction = ? ORDER BY made_at, rowid", (correction,))
    return tuple(_from_row(row) for row in rows)


def every(db: Db) -> dict[str, list[Recipient]]:
    """Those of all corrections, by correction."""
    found: dict[str, list[Recipient]] = defaultdict(list)
    for row in db.execute(f"{_SELECT} ORDER BY correction, made_at, rowid"):
        held = _from_row(row)
        found[held.correction].append(held)
    return found
