"""Who may act for whom, in the vault."""

from __future__ import annotations

from vault.errors import UnknownId
from vault.model.authority import Authority
from vault.model.authority_law import Basis, Limit
from vault.store.database import Db, Row
from vault.store.shapes import day, from_day, from_text_list, text_list

_COLUMNS = """
id, person, name, basis, relationship, scope, from_date, to_date, ended_on, limits, proof, address,
phone, email
"""
_SELECT = f"SELECT {_COLUMNS} FROM authority"
_INSERT = f"""
INSERT INTO authority ({_COLUMNS}, made_at)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
"""
_UPDATE = """
UPDATE authority SET name = ?, basis = ?, relationship = ?, scope = ?, from_date = ?, to_date = ?,
    ended_on = ?, limits = ?, proof = ?, address = ?, phone = ?, email = ?
WHERE id = ?
"""


def _from_row(row: Row) -> Authority:
    return Authority(
        id=row[0],
        person=row[1],
        name=row[2],
        basis=Basis(row[3]),
        relationship=row[4],
        scope=row[5],
        from_date=from_day(row[6]),
        to_date=from_day(row[7]),
        ended_on=from_day(row[8]),
        limits=tuple(Limit(limit) for limit in from_text_list(row[9])),
        proof=row[10] or "",
        address=from_text_list(row[11]),
        phone=row[12],
        email=row[13],
    )


def _values(held: Authority) -> tuple[str | None, ...]:
    return (
        held.name,
        held.basis.value,
        held.relationship,
        held.scope,
        day(held.from_date),
        day(held.to_date),
        day(held.ended_on),
        text_list([limit.value for limit in held.limits]),
        held.proof or None,
        text_list(held.address),
        held.phone,
        held.email,
    )


def add(db: Db, held: Authority, made_at: str) -> None:
    """Add an authority."""
    db.execute(_INSERT, (held.id, held.person, *_values(held), made_at))


def change(db: Db, held: Authority) -> None:
    """Put an authority as it is now in the place of the one with that id."""
    db.execute(_UPDATE, (*_values(held), held.id))


def every(db: Db) -> tuple[Authority, ...]:
    """All authorities, in the order they were added."""
    return tuple(_from_row(row) for row in db.execute(f"{_SELECT} ORDER BY made_at, rowid"))


def get(db: Db, id_: str) -> Authority:
    """The authority with exactly this id; raises UnknownId."""
    row = db.execute(f"{_SELECT} WHERE id = ?", (id_,)).fetchone()
    if row is None:
        raise UnknownId("authority", id_)
    return _from_row(row)


def proven_by(db: Db, document: str) -> tuple[str, ...]:
    """The ids of the authorities that name a document as their proof."""
    rows = db.execute("SELECT id FROM authority WHERE proof = ? ORDER BY made_at", (document,))
    return tuple(row[0] for row in rows)
