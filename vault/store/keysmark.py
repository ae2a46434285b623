"""Which keys file counts: noted in the database, so that an older one put back is noticed.

An older keys file is authentic, and opens with the passphrase of its time. A change of it is
announced (committed) before the files are written and settled after, so that a crash in between
leaves either of the two as the one that counts.
"""

from __future__ import annotations

from pathlib import Path

from vault.store import crypto, keys
from vault.store.crypto import Label
from vault.store.database import Db
from vault.store.keys import Keys, Unlocked
from vault.store.keysfile import KeysFile

CURRENT, NEXT = "keys", "keys next"
"""Rows of `meta`: SHA-256 of the keys file that counts, and of one about to take its place."""
BEGUN = "rotation"
"""Row of `meta`: what proves the master key of a new vault that is being built beside this one."""

OLDER = (
    "keys is not the file that was last written here: an older copy was put back, and opens with "
    "the passphrase and recovery code of its time; if you did not put it back, change both: "
    "chartmend passphrase change, then chartmend recovery new; "
    "if you did: chartmend repair --accept"
)
ONE_OLDER = (
    "one copy of keys is an older one that was put back; the newer copy is what counts, "
    "and only its passphrase and recovery code stay"
)
OLDER_CODE = (
    "the recovery code is still that of the older keys file; make another: chartmend recovery new"
)


def mark(file: KeysFile) -> str:
    """What the database notes of a keys file."""
    return crypto.sha256(file.data).hex()


def announce(db: Db, file: KeysFile) -> None:
    """Note a keys file that is about to be written."""
    db.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", (NEXT, mark(file)))


def settle(db: Db, file: KeysFile) -> None:
    """Note a keys file as the one that counts, and no other.

    A rotation begun before that is void: it was begun with the secrets from before.
    """
    db.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", (CURRENT, mark(file)))
    db.execute("DELETE FROM meta WHERE name IN (?, ?)", (NEXT, BEGUN))


def _proof(made: Keys) -> str:
    return crypto.mac(made.of(Label.KEYS_FILE), b"chartmend rotation 1").hex()


def begin(db: Db, made: Keys) -> None:
    """Note the master key of a new vault before anything of it is written."""
    db.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", (BEGUN, _proof(made)))


def is_begun(db: Db, made: Keys) -> bool:
    """Whether a new vault has the master key that was noted, and not one that was put there."""
    row = db.execute("SELECT value FROM meta WHERE name = ?", (BEGUN,)).fetchone()
    return row is not None and crypto.same(str(row[0]).encode(), _proof(made).encode())


def _marks(db: Db) -> dict[str, str]:
    rows = db.execute("SELECT name, value FROM meta WHERE name IN (?, ?)", (CURRENT, NEXT))
    return {str(row[0]): str(row[1]) for row in rows}


def unsettled(db: Db) -> bool:
    """Whether a change of the keys file was announced and not settled."""
    return NEXT in _marks(db)


def unmarked(db: Db) -> bool:
    """Whether no keys file was ever noted."""
    return not _marks(db)


def is_current(db: Db, file: KeysFile) -> bool:
    """Whether a keys file is the one that counts, and not only announced."""
    return _marks(db).get(CURRENT) == mark(file)


def is_older(db: Db, file: KeysFile) -> bool:
    """Whether a keys file is neither the one that counts nor the one announced."""
    marks = _marks(db)
    return bool(marks) and mark(file) not in marks.values()


def newest(db: Db, folder: Path, open_keys: Keys) -> KeysFile | None:
    """The first copy in `folder` that is whole, authentic and not older; None where none is."""
    key = open_keys.of(Label.KEYS_FILE)
    for file in keys.read_copies(folder)[0].values():
        if file.authentic(key) and not is_older(db, file):
            return file
    return None


def counting(db: Db, folder: Path, unlocked: Unlocked) -> Unlocked:
    """What was unlocked, with the other copy of the keys file where its own is an older one.

    A secret that is in both copies opens the first, and an older one must not become the vault's
    by that. Where both are older it stays, and the notices say so.
    """
    if not is_older(db, unlocked.file):
        return unlocked
    file = newest(db, folder, unlocked.keys)
    if file is None:
        return Unlocked(unlocked.keys, unlocked.file, (*unlocked.notices, OLDER), unlocked.mend)
    return Unlocked(unlocked.keys, file, (*unlocked.notices, ONE_OLDER), mend=True)
