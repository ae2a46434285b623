"""Looking over a whole vault: what is damaged or missing, each with the file it concerns."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from vault.errors import Damaged, VaultError
from vault.store import audit, files, history, keys, keysmark, root
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


def keys_age(db: Db, folder: Path) -> Iterator[Problem]:
    """The keys files held against what the database noted of them."""
    for name, file in keys.read_copies(folder)[0].items():
        if keysmark.is_older(db, file):
            yield Problem(name, keysmark.OLDER)


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


def pages(db: Db, wal: Path, *, full: bool) -> Iterator[Problem]:
    """The database file: every page authentic, and with `full` its whole structure.

    The authentication of the bare file knows no write-ahead log, so it is done only while the
    log is empty and this connection's snapshot keeps a writer from changing the file beneath
    it; otherwise SQLite reads every page it uses. Give each call a connection of its own: one
    bad page can spoil what a connection says of others.
    """
    try:
        db.execute("BEGIN")
        db.execute("SELECT count(*) FROM sqlite_schema").fetchall()  # begins the snapshot
        bare = not (wal.exists() and wal.stat().st_size)
        for what in _rows(db, "PRAGMA cipher_integrity_check") if bare else ():
            yield Problem(DATABASE, what)
        db.execute("ROLLBACK")
    except VaultError as error:
        yield Problem(DATABASE, error.sentence)
        return
    if not bare and not full:
        for what in _rows(db, "PRAGMA quick_check"):
            yield Problem(DATABASE, what)


def structure(db: Db) -> Iterator[Problem]:
    """SQLite's own check of tables against indexes.

    An old page of an index put back in its place is found here alone: the content root knows
    only rows.
    """
    for what in _rows(db, "PRAGMA integrity_check"):
        yield Problem(DATABASE, what)


def references(db: Db) -> Iterator[Problem]:
    """Every row that names another: the other is there."""
    for table in _rows(db, "PRAGMA foreign_key_check"):
        yield Problem(DATABASE, f"a row of {table} names another row that is not there")


def search_index(db: Db) -> Iterator[Problem]:
    """The search index against the words it is made from, on a connection that may write.

    Nothing is written: FTS5 takes the question as an INSERT, which is undone.
    """
    try:
        db.execute("BEGIN IMMEDIATE")
        try:
            db.execute(
                "INSERT INTO reading_text (reading_text, rank) VALUES ('integrity-check', 1)"
            )
        finally:
            db.execute("ROLLBACK")
    except VaultError as error:
        what = "the search index does not fit the pages; chartmend repair makes it anew"
        yield Problem(DATABASE, what if isinstance(error, Damaged) else error.sentence)


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
    """Every original a row names: there, its own, of the right length; `full` reads it through.

    Opening one reads its head and its last piece: a swapped or shortened file shows there.

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


def unnamed(db: Db, originals: Originals) -> Iterator[Problem]:
    """Sealed files no row names: left by an import that was cut off, and no harm."""
    for id_ in orphans(db, originals):
        yield Problem(file_of(id_), "no record names it; it is put aside after a day")


def orphans(db: Db, originals: Originals) -> tuple[str, ...]:
    """The ids of files under originals/ that neither a record nor the trash names."""
    known = {str(row[0]) for row in db.execute("SELECT id FROM original")}
    return tuple(id_ for id_ in originals.stored() if id_ not in known)
