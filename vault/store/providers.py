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


def add(db: Db, provider: Provider, made_at: str) -> None:
    """Add a provider."""
    values = (
        provider.id,
        provider.name,
        provider.kind.value,
        provider.jurisdiction,
        provider.department,
        text_list(provider.address),
        provider.phone,
        provider.fax,
        provider.email,
        made_at,
    )
    db.execute(_INSERT, values)


def every(db: Db) -> tuple[Provider, ...]:
    """All providers by name."""
    return tuple(_from_row(row) for row in db.execute(f"{_SELECT} ORDER BY name COLLATE NOCASE"))


def get(db: Db, id_: str) -> Provider:
    """The provider with exactly this id; raises UnknownId."""
    row = db.execute(f"{_SELECT} WHERE id = ?", (id_,)).fetchone()
    if row is None:
        raise UnknownId("provider", id_)
    return _from_row(row)
