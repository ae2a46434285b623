"""Looking over a whole vault: what is damaged or missing, each with the file it concerns."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from vault.errors import VaultError
from vault.store import audit, files, history, keys, root
from vault.store.crypto import Label
from vault.store.database import Db
from vault.store.keys import Keys
from vault.store.originals import Originals, file_of

DATABASE = "records.db"


@dataclass(frozen=True, slots=True)
class Problem:
    """Something wrong: the file, relative to the vault folder, and what is wrong with it."""

    file: str
    what: str


def keys_files(folder: Path, open_keys: Keys) -> Iterator[Problem]:
    """Both copies of the keys file: whole, authentic, the same."""
    whole, wrong = keys.read_copies(folder)
    for name, error in wrong.items():
        yield Problem(name, error.sentence)
    for name, file in whole.items():
        if not file.authentic(open_keys.of(Label.KEYS_FILE)):
            yield Problem(name, f"{name} was changed by something else than chartmend")
    if len({file.data for file in whole.values()}) > 1:
        yield Problem(keys.NAMES[1], "the two copies of the keys differ")


def permissions(folder: Path) -> Iterator[Problem]:
    """The vault folder and what is in it: for the owner's eyes only."""
    for path in (folder, *sorted(folder.iterdir())):
        if files.others_can_read(path):
            name = "." if path == folder else path.name
            yield Problem(name, "other users of this computer can look into it")


def anchors(db: Db, notes: tuple[history.Noted, ...], open_keys: Keys) -> Iterator[Problem]:
    """The database held against its anchors, and its whole audit chain."""
    try:
        standing = history.standing(db, notes, open_keys)
        broken = audit.broken_at(db, open_keys.of(Label.AUDIT))
    except VaultError as error:
        yield Problem(DATABASE, error.sentence)
        return
    if broken is not None:
        yield Problem(DATABASE, f"the history is broken at change {broken}")
    for what in standing.damage:
        yield Problem(DATABASE if DATABASE in what else "anchor", what)
    for what in standing.notices:
        yield Problem("anchor", what)


def _rows(db: Db, statement: str) -> list[str]:
    try:
        return [str(row[0]) for row in db.execute(statement).fetchall() if row[0] != "ok"]
    except VaultError as error:
        return [error.sentence]


def pages(db: Db, *, raw: bool) -> Iterator[Problem]:
    """The database's own structure; `raw` also authenticates every page of the main file.

    The raw check does not know the write-ahead log, so it must be empty then. Give each call a
    connection of its own: one bad page can spoil what a connection says of others. An old page
    of an index put back in its place is found here alone: the content root knows only rows.
    """
    if raw:
        for what in _rows(db, "PRAGMA cipher_integrity_check"):
            yield Problem(DATABASE, what)
    for what in _rows(db, "PRAGMA integrity_check"):
        yield Problem(DATABASE, what)
    for table in _rows(db, "PRAGMA foreign_key_check"):
        yield Problem(DATABASE, f"a row of {table} names another row that is not there")


def content(db: Db, open_keys: Keys) -> Iterator[Problem]:
    """Every row against the content root."""
    try:
        db.execute("BEGIN")
        try:
            same = root.recompute(db, open_keys.of(Label.CONTENT_ROOT)) == root.stored(db)
        finally:
            db.execute("ROLLBACK")
    except VaultError as error:
        yield Problem(DATABASE, error.sentence)
        return
    if not same:
        yield Problem(DATABASE, "rows were changed outside chartmend")


def sealed(
    db: Db, originals: Originals, *, full: bool, part: tuple[int, int] = (1, 1)
) -> Iterator[Problem]:
    """Every original a row names: there, of the right length, and with `full` read through.

    `part` (n, t) looks at the n-th of t parts only, so that a big vault can be read over days.
    """
    number, parts = part
    try:
        rows = db.execute("SELECT id, size FROM original ORDER BY id").fetchall()
    except VaultError as error:
        yield Problem(DATABASE, error.sentence)
        return
    for id_, size in rows[number - 1 :: parts]:
        try:
            with originals.open(id_) as reader:
                found = reader.size
            if full:
                originals.check(id_)
        except VaultError as error:
            yield Problem(file_of(id_), error.sentence)
            continue
        if found != size:
            yield Problem(file_of(id_), f"it is {found} bytes long instead of {size}")
