"""Providers in the vault."""

from __future__ import annotations

from vault.errors import UnknownId
from vault.model.providers import Provider, ProviderKind
from vault.store.database import Db, Row
from vault.store.shapes import from_text_list, text_list

_SELECT = """
SELECT id, name, kind, jurisdiction, department, address, phone, fax, email FROM provider
"""
_INSERT = """
INSERT INTO provider
    (id, name, kind, jurisdiction, department, address, phone, fax, email, made_at)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
"""
_UPDATE = """
UPDATE provider SET name = ?, kind = ?, jurisdiction = ?, department = ?, address = ?, phone = ?,
    fax = ?, email = ?
WHERE id = ?
"""


def _from_row(row: Row) -> Provider:
    return Provider(
        id=row[0],
        name=row[1],
        kind=ProviderKind(row[2]),
        jurisdiction=row[3],
        department=row[4],
        address=from_text_list(row[5]),
        phone=row[6],
        fax=row[7],
        email=row[8],
    )


def _values(provider: Provider) -> tuple[str, ...]:
    return (
        provider.name,
        provider.kind.value,
        provider.jurisdiction,
        provider.department,
        text_list(provider.address),
        provider.phone,
        provider.fax,
        provider.email,
    )


def add(db: Db, provider: Provider, made_at: str) -> None:
    """Add a provider."""
    db.execute(_INSERT, (provider.id, *_values(provider), made_at))


def change(db: Db, provider: Provider) -> None:
    """Put a provider as it is now in the place of the one with that id."""
    db.execute(_UPDATE, (*_values(provider), provider.id))


def every(db: Db) -> tuple[Provider, ...]:
    """All providers by name."""
    return tuple(_from_row(row) for row in db.execute(f"{_SELECT} ORDER BY name COLLATE NOCASE"))


def get(db: Db, id_: str) -> Provider:
    """The provider with exactly this id; raises UnknownId."""
    row = db.execute(f"{_SELECT} WHERE id = ?", (id_,)).fetchone()
    if row is None:
        raise UnknownId("provider", id_)
    return _from_row(row)
