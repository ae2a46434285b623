"""Offices of providers as rows."""

from __future__ import annotations

from vault.errors import UnknownId
from vault.model.offices import Office, OfficeRole
from vault.store.database import Db, Row
from vault.store.shapes import from_text_list, text_list

_COLUMNS = "provider, role, name, contact, address, phone, fax, email, site, note"
_SELECT = f"SELECT id, {_COLUMNS} FROM office"
_INSERT = f"INSERT INTO office (id, {_COLUMNS}, made_at) VALUES ({', '.join('?' * 12)})"
_UPDATE = f"UPDATE office SET ({_COLUMNS}) = ({', '.join('?' * 10)}) WHERE id = ?"


def _from_row(row: Row) -> Office:
    return Office(
        id=row[0],
        provider=row[1],
        role=OfficeRole(row[2]),
        name=row[3],
        contact=row[4],
        address=from_text_list(row[5]),
        phone=row[6],
        fax=row[7],
        email=row[8],
        site=row[9],
        note=row[10],
    )


def _values(office: Office) -> tuple[str, ...]:
    return (
        office.provider,
        office.role.value,
        office.name,
        office.contact,
        text_list(office.address),
        office.phone,
        office.fax,
        office.email,
        office.site,
        office.note,
    )


def add(db: Db, office: Office, made_at: str) -> None:
    """Add an office."""
    db.execute(_INSERT, (office.id, *_values(office), made_at))


def change(db: Db, office: Office) -> None:
    """Put an office as it is now in the place of the one with that id."""
    db.execute(_UPDATE, (*_values(office), office.id))


def remove(db: Db, id_: str) -> None:
    """Take an office out; no request and no correction may name it any more."""
    db.execute("DELETE FROM office WHERE id = ?", (id_,))


def of(db: Db, provider: str) -> tuple[Office, ...]:
    """The offices of a provider, in the order they were added."""
    rows = db.execute(f"{_SELECT} WHERE provider = ? ORDER BY made_at, rowid", (provider,))
    return tuple(_from_row(row) for row in rows)


def get(db: Db, id_: str) -> Office:
    """The office with exactly this id; raises UnknownId."""
    row = db.execute(f"{_SELECT} WHERE id = ?", (id_,)).fetchone()
    if row is None:
        raise UnknownId("office", id_)
    return _from_row(row)


def going_to(db: Db, id_: str) -> tuple[str, ...]:
    """The requests and corrections (ids) that go to an office."""
    rows = db.execute(
        "SELECT id FROM (SELECT id, office, made_at FROM request UNION ALL "
        "SELECT id, office, made_at FROM correction) WHERE office = ? ORDER BY made_at",
        (id_,),
    )
    return tuple(str(row[0]) for row in rows)
