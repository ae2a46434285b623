"""Evidence as rows: what shows that an entry is wrong."""

from __future__ import annotations

from vault.errors import UnknownId
from vault.model.evidence import Evidence
from vault.store.database import Db, Row

# A record that was deleted is still named by its id, and its title is not known any more.
_SELECT = """
SELECT e.id, e.flag, e.made_at, e.record, e.page, e.quote, e.media, length(e.data), e.note,
       r.title, p.name
FROM evidence e LEFT JOIN record r ON r.id = e.record LEFT JOIN provider p ON p.id = r.provider
"""
_INSERT = """
INSERT INTO evidence (id, flag, record, page, quote, media, data, note, made_at)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
"""


def _from_row(row: Row) -> Evidence:
    return Evidence(
        id=row[0],
        flag=row[1],
        made_at=row[2],
        record=row[3] or "",
        page=row[4],
        quote=row[5],
        media=row[6],
        size=row[7] or 0,
        note=row[8],
        title=row[9] or "",
        holder=row[10] or "",
    )


def add(db: Db, held: Evidence, data: bytes = b"") -> None:
    """Add evidence, with the bytes of its picture where it is one."""
    db.execute(
        _INSERT,
        (
            held.id,
            held.flag,
            held.record or None,
            held.page,
            held.quote,
            held.media,
            data or None,
            held.note,
            held.made_at,
        ),
    )


def drop(db: Db, id_: str) -> None:
    """Take evidence away."""
    db.execute("DELETE FROM evidence WHERE id = ?", (id_,))


def of(db: Db, flag: str) -> tuple[Evidence, ...]:
    """The evidence of a flag, in the order it was added, without the bytes of pictures."""
    rows = db.execute(f"{_SELECT} WHERE e.flag = ? ORDER BY e.made_at, e.rowid", (flag,))
    return tuple(_from_row(row) for row in rows)


def get(db: Db, id_: str) -> Evidence:
    """The evidence with exactly this id; raises UnknownId."""
    row = db.execute(f"{_SELECT} WHERE e.id = ?", (id_,)).fetchone()
    if row is None:
        raise UnknownId("evidence", id_)
    return _from_row(row)


def data(db: Db, id_: str) -> bytes:
    """The bytes of a picture as it was taken in; empty for any other evidence."""
    row = db.execute("SELECT data FROM evidence WHERE id = ?", (id_,)).fetchone()
    return bytes(row[0]) if row and row[0] else b""
