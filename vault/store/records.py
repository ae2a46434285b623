"""Records and sealed originals as rows."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from vault.errors import UnknownId
from vault.model.custody import Custody, Medium
from vault.model.records import Record, RecordStatus
from vault.store import looks
from vault.store.database import Db, Row
from vault.store.shapes import day, from_day

_COLUMNS = (
    "id, original, title, media, status, pages, imported_at, received_on, person, provider, "
    "request, parent, member, reason, language, engine, medium, scanned_by, shelf, first_page, "
    "last_page, older"
)
_SELECT = f"SELECT {_COLUMNS} FROM record"
_INSERT = f"INSERT INTO record ({_COLUMNS}) VALUES ({', '.join('?' * 22)})"


def _from_row(row: Row) -> Record:
    return Record(
        id=row[0],
        original=row[1],
        title=row[2],
        media=row[3],
        status=RecordStatus(row[4]),
        pages=row[5],
        imported_at=row[6],
        received_on=from_day(row[7]),
        person=row[8],
        provider=row[9],
        request=row[10],
        parent=row[11],
        member=row[12],
        reason=row[13],
        language=row[14],
        engine=row[15],
        custody=Custody(Medium(row[16]) if row[16] else None, row[17], row[18]),
        first_page=row[19],
        last_page=row[20],
        older=row[21],
    )


def add(db: Db, record: Record, size: int) -> None:
    """Add a record and, where it is new, the row of its sealed original of `size` bytes."""
    db.execute(
        "INSERT OR IGNORE INTO original (id, size, sealed_at) VALUES (?, ?, ?)",
        (record.original, size, record.imported_at),
    )
    values = (
        record.id,
        record.original,
        record.title,
        record.media,
        record.status.value,
        record.pages,
        record.imported_at,
        day(record.received_on),
        record.person,
        record.provider,
        record.request,
        record.parent,
        record.member,
        record.reason,
        record.language,
        record.engine,
        record.custody.medium or "",
        record.custody.scanned_by,
        record.custody.shelf,
        record.first_page,
        record.last_page,
        record.older,
    )
    db.execute(_INSERT, values)


def every(db: Db) -> tuple[Record, ...]:
    """All records, newest first; the parts of a scan after it, in the order of their pages."""
    rows = db.execute(f"{_SELECT} ORDER BY imported_at DESC, first_page, rowid DESC")
    return tuple(_from_row(row) for row in rows)


def get(db: Db, id_: str) -> Record:
    """The record with exactly this id; raises UnknownId."""
    row = db.execute(f"{_SELECT} WHERE id = ?", (id_,)).fetchone()
    if row is None:
        raise UnknownId("record", id_)
    return _from_row(row)


def for_request(db: Db, request: str) -> tuple[str, ...]:
    """The ids of the records that came for a request, or were taken for one of its items."""
    rows = db.execute(
        """SELECT id FROM record WHERE request = ?1 OR id IN (
               SELECT record FROM item_record WHERE item IN (
                   SELECT id FROM request_item WHERE request = ?1)) ORDER BY rowid""",
        (request,),
    )
    return tuple(row[0] for row in rows)


def by_original(db: Db, original: str) -> Record | None:
    """The record made first of a sealed original, never a part of one; or None."""
    row = db.execute(
        f"{_SELECT} WHERE original = ? ORDER BY first_page, rowid LIMIT 1", (original,)
    ).fetchone()
    return _from_row(row) if row else None


def members(db: Db, parent: str) -> tuple[Record, ...]:
    """The records that came in a bundle, in the order they were taken in; or a scan's parts."""
    return tuple(
        _from_row(row)
        for row in db.execute(f"{_SELECT} WHERE parent = ? ORDER BY first_page, rowid", (parent,))
    )


def unfinished(db: Db) -> tuple[Record, ...]:
    """Records whose reading was cut off, oldest first."""
    rows = db.execute(f"{_SELECT} WHERE status = 'reading' ORDER BY imported_at, rowid")
    return tuple(_from_row(row) for row in rows)


def finish(db: Db, id_: str, status: RecordStatus, reason: str = "") -> None:
    """Mark a record as read, or as sealed but unreadable with the reason."""
    db.execute("UPDATE record SET status = ?, reason = ? WHERE id = ?", (status.value, reason, id_))


def assign(db: Db, id_: str, to: tuple[str | None, str | None, str | None, dt.date | None]) -> None:
    """Set person, provider, request and the day a record was received."""
    person, provider, request, received = to
    db.execute(
        "UPDATE record SET person = ?, provider = ?, request = ?, received_on = ? WHERE id = ?",
        (person, provider, request, day(received), id_),
    )


def keep_older(db: Db, id_: str, older: str | None) -> None:
    """Say of which record this one is a later copy; None for of none."""
    db.execute("UPDATE record SET older = ? WHERE id = ?", (older, id_))


def keep_custody(db: Db, id_: str, custody: Custody) -> None:
    """Set on what a record came, who scanned it, and where its paper or disc stands."""
    values = (custody.medium or "", custody.scanned_by, custody.shelf, id_)
    db.execute("UPDATE record SET medium = ?, scanned_by = ?, shelf = ? WHERE id = ?", values)


def adopt(db: Db, person: str) -> tuple[str, ...]:
    """Make every record nobody was named for this person's; returns the ids of the read ones."""
    rows = db.execute(
        "UPDATE record SET person = ? WHERE person IS NULL RETURNING id, status", (person,)
    ).fetchall()
    return tuple(id_ for id_, status in rows if status == "stored")


def of_person(db: Db, person: str) -> tuple[str, ...]:
    """The ids of the read records that are a person's."""
    rows = db.execute("SELECT id FROM record WHERE person = ? AND status = 'stored'", (person,))
    return tuple(str(row[0]) for row in rows)


def of_original(db: Db, original: str) -> tuple[Record, ...]:
    """Every record of a sealed original, oldest first."""
    rows = db.execute(f"{_SELECT} WHERE original = ? ORDER BY rowid", (original,))
    return tuple(_from_row(row) for row in rows)


def reopen(db: Db, id_: str, language: str, engine: str) -> None:
    """Put a record back among those being read."""
    db.execute(
        "UPDATE record SET status = 'reading', reason = '', language = ?, engine = ? WHERE id = ?",
        (language, engine, id_),
    )


def set_pages(db: Db, id_: str, pages: int) -> None:
    """Say how many pages a record has, and make a pending row for each."""
    db.execute("UPDATE record SET pages = ? WHERE id = ?", (pages, id_))
    db.executemany(
        "INSERT OR IGNORE INTO page (record, number, state) VALUES (?, ?, 'pending')",
        [(id_, number) for number in range(1, pages + 1)],
    )


@dataclass(frozen=True, slots=True)
class Counts:
    """What a list shows of a record beside its own row."""

    ocr_pages: int
    flags: int
    look: int


_COUNTS = f"""
SELECT
    (SELECT count(*) FROM page p JOIN reading r ON r.id = p.shown
     LEFT JOIN reading b ON b.id = r.base
     WHERE p.record = :id AND coalesce(b.source, r.source) = 'ocr'),
    (SELECT count(*) FROM flag WHERE record = :id AND state != 'dismissed'),
    (SELECT count(*) FROM page p WHERE p.record = :id AND {looks.OPEN})
"""


def counts(db: Db, id_: str) -> Counts:
    """Pages read by OCR, flags not dismissed, and pages that wait for a person to look."""
    return Counts(*db.execute(_COUNTS, {"id": id_}).fetchone())
