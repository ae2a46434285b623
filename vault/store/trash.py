"""The trash: a deleted record's rows leave their tables whole, and come back as they were.

All rows that belong to a record are packed into one row of `trash`, so that every query over
live records stays as it is. The blob is JSON, keys sorted, no blanks:

    {"tables":[{"columns":["id",…],"name":"record","rows":[[rowid,value,…],…]},…],"v":1}

A blob value is {"b64":"…"}; everything else is a JSON value.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from vault import ids
from vault.errors import Damaged, Refused, TooNew, UnknownId
from vault.store.database import Db, Row

KEEP_DAYS = 30
VERSION = 1
_UNREADABLE = "records.db holds a deleted record that cannot be read"
_OF_RECORD = "(SELECT id FROM flag WHERE record = :id)"
BELONGING = {
    "item_record": "record = :id",
    "correction_item": f"flag IN {_OF_RECORD}",
    "evidence": f"flag IN {_OF_RECORD}",
    "flag": "record = :id",
    "fact": "record = :id",
    "fact_word": "record = :id",
    "remark": "record = :id",
    "accepted": "record = :id",
    "word_fix": "reading IN (SELECT id FROM reading WHERE record = :id)",
    "reading": "record = :id",
    "page": "record = :id",
    "setting": "name = 'password:' || :id",
    "record": "id = :id",
}
"""Each table with rows that belong to a record, and which rows those are."""


@dataclass(frozen=True, slots=True)
class Trashed:
    """A record in the trash; `along` is the record it was deleted with, or itself."""

    record: str
    original: str
    along: str
    title: str
    deleted_at: str


_SELECT = "SELECT record, original, along, title, deleted_at FROM trash"


def _value(value: object) -> object:
    if isinstance(value, bytes):
        return {"b64": base64.b64encode(value).decode("ascii")}
    return value


def _from_value(value: object) -> object:
    if isinstance(value, dict):
        return base64.b64decode(value["b64"], validate=True)
    return value


def _columns(db: Db, table: str) -> list[str]:
    return [str(row[0]) for row in db.execute("SELECT name FROM pragma_table_info(?)", (table,))]


def _taken(db: Db, table: str, record: str) -> dict[str, Any]:
    """The rows of a table that belong to a record, as the blob has them."""
    columns = _columns(db, table)
    names = ", ".join(columns)
    rows = db.execute(
        f"SELECT rowid, {names} FROM {table} WHERE {BELONGING[table]} ORDER BY rowid",
        {"id": record},
    )
    return {"name": table, "columns": columns, "rows": [[_value(v) for v in row] for row in rows]}


def pack(db: Db, record: str) -> bytes:
    """All rows that belong to a record, as the blob that `unpack` puts back."""
    return _blob([_taken(db, table, record) for table in BELONGING])


def _blob(tables: list[dict[str, Any]]) -> bytes:
    document = {"v": VERSION, "tables": tables}
    return json.dumps(document, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def _tables(blob: bytes) -> list[dict[str, Any]]:
    try:
        document = json.loads(blob)
        version, tables = document["v"], document["tables"]
    except (ValueError, KeyError, TypeError):
        raise Damaged(_UNREADABLE) from None
    if version > VERSION:
        raise TooNew(version, VERSION)
    if not {table["name"] for table in tables} <= set(BELONGING):
        raise Damaged(_UNREADABLE)
    return list(tables)


def _put(db: Db, table: str, columns: list[str], row: list[object]) -> None:
    """Insert a row under its own rowid, or under another where that one is taken by now.

    A rowid that is no column only orders rows; one that is a column is never given out twice.
    """
    names, marks = ", ".join(columns), ", ".join("?" * len(columns))
    values = [_from_value(value) for value in row]
    free = db.execute(f"SELECT 1 FROM {table} WHERE rowid = ?", (values[0],)).fetchone() is None
    if free:
        db.execute(f"INSERT INTO {table} (rowid, {names}) VALUES (?, {marks})", values)
    else:
        db.execute(f"INSERT INTO {table} ({names}) VALUES ({marks})", values[1:])


def unpack(db: Db, blob: bytes) -> None:
    """Put the rows of a blob back; raises TooNew or Damaged, and nothing is to be kept then."""
    tables = _tables(blob)
    db.execute("PRAGMA defer_foreign_keys = ON")  # a page and its reading name each other
    for table in reversed(tables):
        for row in table["rows"]:
            _put(db, table["name"], table["columns"], row)


def _renamed(value: object, names: Mapping[str, str]) -> object:
    if isinstance(value, str):
        return names.get(value, value)
    if isinstance(value, list):
        return [_renamed(part, names) for part in value]
    return value


def renamed(blob: bytes, names: Mapping[str, str]) -> bytes:
    """A blob with the names of originals replaced; raises Damaged, TooNew."""
    tables = _tables(blob)
    for table in tables:
        table["rows"] = _renamed(table["rows"], names)
    return _blob(tables)


def with_members(db: Db, record: str) -> tuple[str, ...]:
    """A record and all records that came out of it, to any depth, itself first."""
    rows = db.execute(
        "WITH RECURSIVE below (id, depth) AS (SELECT ?, 0 UNION SELECT record.id, depth + 1 "
        "FROM record JOIN below ON record.parent = below.id) SELECT id FROM below ORDER BY depth",
        (record,),
    )
    return tuple(dict.fromkeys(str(row[0]) for row in rows))


def corrections_of(db: Db, records: tuple[str, ...]) -> tuple[str, ...]:
    """The corrections that have a flag of any of these records among their items."""
    marks = ", ".join("?" * len(records))
    rows = db.execute(
        "SELECT DISTINCT correction FROM correction_item JOIN flag ON flag.id = flag "
        f"WHERE record IN ({marks}) ORDER BY correction",
        records,
    )
    return tuple(str(row[0]) for row in rows)


def put_in(db: Db, record: str, at: str) -> tuple[str, ...]:
    """Move a record and what came out of it into the trash, inside the caller's transaction.

    Returns the ids of all records moved. Raises UnknownId.
    """
    moved = with_members(db, record)
    db.execute("PRAGMA defer_foreign_keys = ON")
    for id_ in moved:
        row = db.execute("SELECT original, title FROM record WHERE id = ?", (id_,)).fetchone()
        if row is None:
            raise UnknownId("record", id_)
        db.execute(
            "INSERT INTO trash (record, original, along, title, deleted_at, rows) "
            "VALUES (?, ?, ?, ?, ?, ?)",
            (id_, row[0], record, row[1], at, pack(db, id_)),
        )
        for table, which in BELONGING.items():
            db.execute(f"DELETE FROM {table} WHERE {which}", {"id": id_})
    return moved


def take_out(db: Db, along: str) -> tuple[str, ...]:
    """Put back everything that was deleted with a record; returns the ids, parents first.

    Raises UnknownId where nothing was, Refused where the record it came out of is gone.
    """
    held = db.execute(
        "SELECT record, rows FROM trash WHERE along = ? ORDER BY rowid", (along,)
    ).fetchall()
    if not held:
        raise UnknownId("record", along)
    for _record, blob in held:
        unpack(db, bytes(blob))
    db.execute("DELETE FROM trash WHERE along = ?", (along,))
    lost = db.execute(
        "SELECT parent FROM record WHERE id = ? AND parent NOT IN (SELECT id FROM record)", (along,)
    ).fetchone()
    if lost:
        raise Refused(
            f"{along} came out of {lost[0]}, which is in the trash itself",
            f"chartmend record restore {lost[0]}",
        )
    return tuple(str(record) for record, _blob in held)


def renew(db: Db, at: str) -> None:
    """Count everything that is in the trash as deleted at this moment."""
    db.execute("UPDATE trash SET deleted_at = ?", (at,))


def _from_row(row: Row) -> Trashed:
    return Trashed(*row)


def every(db: Db) -> tuple[Trashed, ...]:
    """Everything in the trash, what was deleted last first."""
    rows = db.execute(f"{_SELECT} ORDER BY deleted_at DESC, rowid DESC")
    return tuple(_from_row(row) for row in rows)


def get(db: Db, record: str) -> Trashed:
    """The record in the trash with exactly this id; raises UnknownId."""
    row = db.execute(f"{_SELECT} WHERE record = ?", (record,)).fetchone()
    if row is None:
        raise UnknownId("record", record)
    return _from_row(row)


def resolve(db: Db, given: str) -> Trashed:
    """The one record in the trash whose id begins so; raises UnknownId or AmbiguousId."""
    low, high = ids.bounds("record", given)
    rows = db.execute(
        "SELECT record FROM trash WHERE record >= ? AND record < ? LIMIT 9", (low, high)
    )
    return get(db, ids.pick("record", given, [str(row[0]) for row in rows]))


def by_original(db: Db, original: str) -> Trashed | None:
    """The record deleted last by itself whose file this is, or None."""
    row = db.execute(
        f"{_SELECT} WHERE original = ? AND along = record ORDER BY deleted_at DESC, rowid DESC",
        (original,),
    ).fetchone()
    return _from_row(row) if row else None


def _naming_originals(db: Db) -> list[tuple[str, str]]:
    """Every table and column that names an original, whoever added the table."""
    rows = db.execute(
        'SELECT t.name, f."from" FROM pragma_table_list t, pragma_foreign_key_list(t.name) f '
        "WHERE t.schema = 'main' AND t.type = 'table' AND f.\"table\" = 'original' ORDER BY 1, 2"
    )
    return [(str(table), str(column)) for table, column in rows]


def purge(db: Db, before: str) -> tuple[str, ...]:
    """Drop what was deleted before a moment, for good.

    Returns the originals that nothing names any more: their rows are gone, and their files are
    the caller's to remove once this is committed.
    """
    named = {
        str(row[0])
        for row in db.execute("SELECT original FROM trash WHERE deleted_at < ?", (before,))
    }
    db.execute("DELETE FROM trash WHERE deleted_at < ?", (before,))
    needed = "".join(
        f' AND NOT EXISTS (SELECT 1 FROM "{table}" WHERE "{column}" = :id)'
        for table, column in _naming_originals(db)
    )
    statement = f"DELETE FROM original WHERE id = :id{needed}"
    return tuple(id_ for id_ in sorted(named) if db.execute(statement, {"id": id_}).rowcount)
