"""The audit: one row for every change that was committed, chained so that none can go missing."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from vault import dates
from vault.errors import Damaged
from vault.store import crypto, root
from vault.store.database import Db, Row

_START = bytes(crypto.MAC_BYTES)
_SELECT = "SELECT seq, at, event, subject, detail, root, prev, mac FROM audit"
INSERT = "INSERT INTO audit VALUES (?, ?, ?, ?, ?, ?, ?, ?)"


@dataclass(frozen=True, slots=True)
class Head:
    """The last committed change: its number from 1, the chain's value and the content root."""

    seq: int
    mac: bytes
    root: bytes


def _mac(key: bytes, row: Row) -> bytes:
    return crypto.mac(key, crypto.pack(*row[:7]))


def append(
    db: Db, key: bytes, event: str, subject: str = "", detail: Mapping[str, str | int] | None = None
) -> Head:
    """Add the row for a change, as the last step of its transaction; returns the new head.

    `detail` holds numbers and ids, never the text of a record.
    """
    last = db.execute(f"{_SELECT} ORDER BY seq DESC LIMIT 1").fetchone()
    seq, prev = (last[0] + 1, last[7]) if last else (1, _START)
    told = json.dumps(detail or {}, sort_keys=True, separators=(",", ":"))
    now = root.stored(db)
    if now is None:
        raise Damaged("records.db has lost its content root")
    row: Row = (seq, dates.now(), event, subject, told, now, prev)
    mac = _mac(key, row)
    db.execute(INSERT, (*row, mac))
    return Head(seq, mac, now)


def at(db: Db, seq: int) -> Head | None:
    """The head as it was after change number `seq`, None where there is no such change."""
    row = db.execute("SELECT seq, mac, root FROM audit WHERE seq = ?", (seq,)).fetchone()
    return Head(row[0], bytes(row[1]), bytes(row[2])) if row else None


def head(db: Db) -> Head | None:
    """The last change the database knows of, None where it knows of none."""
    row = db.execute("SELECT max(seq) FROM audit").fetchone()
    return at(db, row[0]) if row[0] is not None else None


def every(db: Db) -> Iterator[Row]:
    """All rows, the oldest first."""
    yield from db.execute(f"{_SELECT} ORDER BY seq")


def rechained(rows: Iterable[Row], key: bytes) -> Iterator[Row]:
    """The same history vouched for by another key: only `prev` and `mac` differ."""
    prev = _START
    for row in rows:
        told = (*row[:6], prev)
        prev = _mac(key, told)
        yield (*told, prev)


def broken_at(db: Db, key: bytes, since: int = 1) -> int | None:
    """The number of the first change from `since` on that is missing or altered, None if whole."""
    prev, expected = None, since
    if since > 1:
        before = at(db, since - 1)
        if before is None:
            return since - 1
        prev = before.mac
    else:
        prev = _START
    for row in db.execute(f"{_SELECT} WHERE seq >= ? ORDER BY seq", (since,)):
        whole = row[0] == expected and row[6] == prev and crypto.same(row[7], _mac(key, row))
        if not whole:
            return expected
        prev, expected = row[7], expected + 1
    return None
