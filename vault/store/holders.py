"""Everything that names a provider: counted before one is deleted, moved when two are merged."""

from __future__ import annotations

import json

from vault.store import trash
from vault.store.database import Db

NAMING = ("request", "correction", "record")
"""The tables whose rows keep a provider from being deleted, by their nouns."""
_OWNED = ("statement", "call", "office", "named")
_MOVED = (*NAMING, "office", "call", "statement", "form", "named", "recipient")


def naming(db: Db, id_: str) -> dict[str, tuple[str, ...]]:
    """The ids of what names a provider, by noun; a record in the trash counts as one."""
    found = {}
    for table in NAMING:
        rows = db.execute(f"SELECT id FROM {table} WHERE provider = ? ORDER BY rowid", (id_,))
        found[table] = tuple(str(row[0]) for row in rows)
    binned = db.execute("SELECT record FROM trash WHERE instr(rows, ?) > 0", (_quoted(id_),))
    found["trash"] = tuple(str(row[0]) for row in binned)
    return found


def _quoted(id_: str) -> bytes:
    return f'"{id_}"'.encode()


def belonging(db: Db, id_: str) -> dict[str, int]:
    """How many offices, statements and calls a provider has."""
    tables = ("office", "statement", "call")
    count = "SELECT count(*) FROM {} WHERE provider = ?"
    return {t: int(db.execute(count.format(t), (id_,)).fetchone()[0]) for t in tables}


def move(db: Db, id_: str, into: str) -> None:
    """Have everything that names one provider name another."""
    for table in _MOVED:
        db.execute(f"UPDATE {table} SET provider = ? WHERE provider = ?", (into, id_))
    db.execute("UPDATE flag SET originator = ? WHERE originator = ?", (into, id_))
    db.execute("UPDATE provider SET successor = ? WHERE successor = ?", (into, id_))
    db.execute("UPDATE provider SET successor = NULL WHERE successor = id")
    _number(db, id_, into)
    query = "SELECT record, rows FROM trash WHERE instr(rows, ?) > 0"
    for record, rows in db.execute(query, (_quoted(id_),)).fetchall():
        moved = trash.renamed(bytes(rows), {id_: into})
        db.execute("UPDATE trash SET rows = ? WHERE record = ?", (moved, record))


def drop(db: Db, id_: str) -> None:
    """Take out what belongs to a provider alone; whatever else named it names nobody then."""
    for table in _OWNED:
        db.execute(f"DELETE FROM {table} WHERE provider = ?", (id_,))
    for table in ("form", "recipient"):
        db.execute(f"UPDATE {table} SET provider = NULL WHERE provider = ?", (id_,))
    db.execute("UPDATE flag SET originator = NULL WHERE originator = ?", (id_,))
    db.execute("UPDATE provider SET successor = NULL WHERE successor = ?", (id_,))
    _number(db, id_, None)


def _number(db: Db, id_: str, into: str | None) -> None:
    """Move people's record numbers at a provider to another one, or take them out."""
    for person, column in db.execute("SELECT id, mrns FROM person").fetchall():
        pairs = [(str(p), str(n)) for p, n in json.loads(column)]
        moved = [(into if p == id_ else p, n) for p, n in pairs]
        # One person may end with two numbers at one provider: none of them is lost.
        kept = list(dict.fromkeys((p, n) for p, n in moved if p is not None))
        if kept != pairs:
            text = json.dumps(kept, ensure_ascii=False)
            db.execute("UPDATE person SET mrns = ? WHERE id = ?", (text, person))
