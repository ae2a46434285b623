"""Which keys file counts: noted in the database, so that an older one put back is noticed.

An older keys file is authentic, and opens with the passphrase of its time. A change of it is
announced (committed) before the files are written and settled after, so that a crash in between
leaves either of the two as the one that counts.
"""

from __future__ import annotations

from vault.store import crypto
from vault.store.database import Db
from vault.store.keysfile import KeysFile

CURRENT, NEXT = "keys", "keys next"
"""Rows of `meta`: SHA-256 of the keys file that counts, and of one about to take its place."""

OLDER = (
    "keys is not the file that was last written here: an older copy was put back, "
    "and opens with the passphrase of its time"
)


def mark(file: KeysFile) -> str:
    """What the database notes of a keys file."""
    return crypto.sha256(file.data).hex()


def announce(db: Db, file: KeysFile) -> None:
    """Note a keys file that is about to be written."""
    db.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", (NEXT, mark(file)))


def settle(db: Db, file: KeysFile) -> None:
    """Note a keys file as the one that counts, and no other."""
    db.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", (CURRENT, mark(file)))
    db.execute("DELETE FROM meta WHERE name = ?", (NEXT,))


def _marks(db: Db) -> dict[str, str]:
    rows = db.execute("SELECT name, value FROM meta WHERE name IN (?, ?)", (CURRENT, NEXT))
    return {str(row[0]): str(row[1]) for row in rows}


def unsettled(db: Db) -> bool:
    """Whether a change of the keys file was announced and not settled."""
    return NEXT in _marks(db)


def is_older(db: Db, file: KeysFile) -> bool:
    """Whether a keys file is neither the one that counts nor the one announced."""
    marks = _marks(db)
    return bool(marks) and mark(file) not in marks.values()
