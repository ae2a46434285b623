"""Providers in the vault."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from vault.errors import UnknownId
from vault.model.providers import Provider, ProviderKind
from vault.store.database import Db, Row
from vault.store.shapes import day, from_day, from_text_list, text_list

_COLUMNS = (
    "name, kind, jurisdiction, department, address, phone, fax, email, npi, other_names, "
    "closed_on, successor, to_confirm"
)
_SELECT = f"SELECT id, {_COLUMNS} FROM provider"
_INSERT = f"INSERT INTO provider (id, {_COLUMNS}, made_at) VALUES ({', '.join('?' * 15)})"
_UPDATE = f"UPDATE provider SET ({_COLUMNS}) = ({', '.join('?' * 13)}) WHERE id = ?"
MOST_NAMES = 50
"""So many other names a provider has at most."""


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
        npi=row[9],
        other_names=from_text_list(row[10]),
        closed_on=from_day(row[11]),
        successor=row[12],
        to_confirm=row[13],
    )


def _values(provider: Provider) -> tuple[str | None, ...]:
    return (
        provider.name,
        provider.kind.value,
        provider.jurisdiction,
        provider.department,
        text_list(provider.address),
        provider.phone,
        provider.fax,
        provider.email,
        provider.npi,
        text_list(provider.other_names),
        day(provider.closed_on),
        provider.successor,
        provider.to_confirm,
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


def by_npi(db: Db, npi: str) -> Provider | None:
    """The provider with this number of the national registry, or None."""
    row = db.execute(f"{_SELECT} WHERE npi = ? ORDER BY made_at LIMIT 1", (npi,)).fetchone()
    return _from_row(row) if row else None


def remove(db: Db, id_: str) -> None:
    """Take a provider out; nothing may name it any more."""
    db.execute("DELETE FROM provider WHERE id = ?", (id_,))


def learn_names(db: Db, provider: Provider, names: Sequence[str]) -> None:
    """Add names to those a provider goes by, each once."""
    known = {name.casefold() for name in provider.names}
    new = tuple(name for name in names if name.casefold() not in known)
    if new:
        names = (*provider.other_names, *new)[:MOST_NAMES]
        change(db, replace(provider, other_names=names))
