"""What letters and the check before sending need to know of authorities, proofs and deaths."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from vault.store.database import Db
from vault.store.shapes import from_day, from_text_list


@dataclass(frozen=True, slots=True)
class Acting:
    """Who asks for a person: on what basis and proof (a document's title), and from when to when.

    `until` is the earlier of the day it was to end and the day it did.
    """

    name: str
    relationship: str
    basis: str
    since: dt.date | None
    until: dt.date | None
    proof: str
    address: tuple[str, ...]
    phone: str
    email: str


def acting(db: Db, authority: str) -> Acting | None:
    """The authority with exactly this id, or None."""
    row = db.execute(
        "SELECT a.name, a.relationship, a.basis, a.from_date, a.to_date, a.ended_on, "
        "coalesce(d.title, ''), a.address, a.phone, a.email "
        "FROM authority AS a LEFT JOIN document AS d ON d.id = a.proof WHERE a.id = ?",
        (authority,),
    ).fetchone()
    if row is None:
        return None
    ends = [day for day in (from_day(row[4]), from_day(row[5])) if day is not None]
    return Acting(
        name=row[0],
        relationship=row[1],
        basis=row[2],
        since=from_day(row[3]),
        until=min(ends, default=None),
        proof=row[6],
        address=from_text_list(row[7]),
        phone=row[8],
        email=row[9],
    )


def enclosed(db: Db, request: str) -> tuple[str, ...]:
    """The titles of the documents of which copies were made for a request, each once."""
    rows = db.execute(
        "SELECT d.title, max(u.masked) FROM document_use AS u JOIN document AS d "
        "ON d.id = u.document WHERE u.request = ? GROUP BY u.document ORDER BY min(u.id)",
        (request,),
    )
    return tuple(f"{title}, masked copy" if masked else str(title) for title, masked in rows)


def died_on(db: Db, person: str) -> dt.date | None:
    """The day a person died, or None."""
    row = db.execute("SELECT died_on FROM person WHERE id = ?", (person,)).fetchone()
    return from_day(row[0]) if row else None
