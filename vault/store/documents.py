"""The ID kit in the vault: documents, and the log of copies made of them."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Sequence

from vault.errors import UnknownId
from vault.model.documents import Document, DocumentKind, Mask, Use
from vault.model.words import Box
from vault.store.database import Db, Row
from vault.store.shapes import day, from_day

_SELECT = """
SELECT id, person, kind, title, media, length(data), made_at, expires_on, masks FROM document
"""


def _masks(column: str) -> tuple[Mask, ...]:
    return tuple(Mask(page, Box(*sides)) for page, *sides in json.loads(column))


def _masks_column(masks: Sequence[Mask]) -> str:
    boxes = [(m.page, m.box.left, m.box.top, m.box.right, m.box.bottom) for m in masks]
    return json.dumps(boxes)


def _from_row(row: Row) -> Document:
    return Document(
        id=row[0],
        person=row[1],
        kind=DocumentKind(row[2]),
        title=row[3],
        media=row[4],
        size=row[5],
        made_at=row[6],
        expires_on=from_day(row[7]),
        masks=_masks(row[8]),
    )


def add(db: Db, held: Document, data: bytes) -> None:
    """Add a document with its bytes."""
    db.execute(
        "INSERT INTO document (id, person, kind, title, media, data, made_at, expires_on, masks) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            held.id,
            held.person,
            held.kind.value,
            held.title,
            held.media,
            data,
            held.made_at,
            day(held.expires_on),
            _masks_column(held.masks),
        ),
    )


def change(db: Db, held: Document) -> None:
    """Put what is known of a document, and its masks, anew; its bytes stay."""
    db.execute(
        "UPDATE document SET kind = ?, title = ?, expires_on = ?, masks = ? WHERE id = ?",
        (held.kind.value, held.title, day(held.expires_on), _masks_column(held.masks), held.id),
    )


def delete(db: Db, id_: str) -> None:
    """Take a document's bytes away, and all of it where no copy was ever made of it."""
    if uses(db, document=id_):
        db.execute("UPDATE document SET data = x'', masks = '[]' WHERE id = ?", (id_,))
    else:
        db.execute("DELETE FROM document WHERE id = ?", (id_,))


def every(db: Db) -> tuple[Document, ...]:
    """All documents that were not deleted, in the order they were added."""
    rows = db.execute(f"{_SELECT} WHERE length(data) ORDER BY made_at, rowid")
    return tuple(_from_row(row) for row in rows)


def get(db: Db, id_: str) -> Document:
    """The document with exactly this id, deleted or not; raises UnknownId."""
    row = db.execute(f"{_SELECT} WHERE id = ?", (id_,)).fetchone()
    if row is None:
        raise UnknownId("document", id_)
    return _from_row(row)


def data(db: Db, id_: str) -> bytes:
    """The bytes of a document; raises UnknownId."""
    row = db.execute("SELECT data FROM document WHERE id = ?", (id_,)).fetchone()
    if row is None:
        raise UnknownId("document", id_)
    return bytes(row[0])


def note_use(db: Db, use: Use, made_at: str) -> None:
    """Note that a copy was made."""
    db.execute(
        "INSERT INTO document_use (document, request, recipient, on_date, masked, made_at) "
        "VALUES (?, ?, ?, ?, ?, ?)",
        (use.document, use.request, use.recipient, use.on.isoformat(), int(use.masked), made_at),
    )


def uses(db: Db, *, document: str = "", request: str = "") -> tuple[Use, ...]:
    """The copies made of a document, or for a request, in the order they were made."""
    column, value = ("document", document) if document else ("request", request)
    rows = db.execute(
        "SELECT document, request, recipient, on_date, masked FROM document_use "
        f"WHERE {column} = ? ORDER BY id",
        (value,),
    )
    return tuple(
        Use(row[0], row[1], row[2], dt.date.fromisoformat(row[3]), bool(row[4])) for row in rows
    )
