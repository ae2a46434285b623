"""Making a backup: a snapshot of the database, the originals it names, and the manifest last.

It reads the vault as any reader does, so it needs no lock and another process may write to the
vault meanwhile.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import os
from dataclasses import dataclass
from pathlib import Path

from vault.errors import CannotWrite, Damaged, Refused, VaultError
from vault.store import audit, database, files, keys, keysmark
from vault.store.audit import Head
from vault.store.backups import copying, generations, manifest, places, prune
from vault.store.backups.gather import Gathering, Vanished
from vault.store.backups.keep import DEFAULT, Keep
from vault.store.backups.manifest import Manifest, Sum
from vault.store.backups.places import Place
from vault.store.crypto import Label
from vault.store.database import Mode
from vault.store.handle import OpenVault
from vault.store.originals import file_of
from vault.store.telling import Tell, quiet

_TRIES = 3


@dataclass(frozen=True, slots=True)
class Made:
    """A finished backup.

    `copied` originals, `bytes` in all, were new to the folder; `generations` are kept now,
    `removed` went. `missing` names files the vault itself could not give,
    `aside` folders of damaged generations that were put aside just now.
    """

    id: str
    folder: Path
    made_at: str
    originals: int
    copied: int
    bytes: int
    records: int
    generations: int
    removed: int
    root: str
    missing: tuple[str, ...]
    aside: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Wish:
    """How a backup is to be made: the keep rule, None to remove nothing.

    `full` reads every sealed original that is in the folder already and replaces damaged ones.
    """

    keep: Keep | None = DEFAULT
    full: bool = False


@dataclass(frozen=True, slots=True)
class _Snapshot:
    """What the copied database says it is."""

    head: Head
    records: int
    originals: tuple[tuple[str, int], ...]


def _copy_keys(vault: OpenVault, target: Path) -> Sum:
    """Copy the keys file as it is now: another process may have changed it since we opened it."""
    file = None
    with contextlib.closing(vault.new_reader()) as db:
        for _ in range(_TRIES):  # a change may come between reading the marks and the files
            file = file or keysmark.newest(db, vault.folder, vault.keys)
    if file is None:  # only older ones: told at every opening, and better than no backup
        key = vault.keys.of(Label.KEYS_FILE)
        found = keys.read_copies(vault.folder)[0].values()
        file = next((f for f in found if f.authentic(key)), None)
    if file is None:
        raise Damaged(f"{keys.NAMES[0]} is not the one of this vault")
    files.write_atomic(target, file.data)
    return copying.summed(target)


def _copy_database(vault: OpenVault, target: Path) -> tuple[Sum, _Snapshot]:
    """Copy the database as it is at one moment, and read from the copy what it says."""
    key = vault.keys.of(Label.DATABASE)
    with contextlib.closing(vault.new_reader()) as db:
        database.copy_to(db, target, key)
    with files.writing(target):
        fd = os.open(target, os.O_RDONLY | os.O_CLOEXEC)
        try:
            os.fsync(fd)
        finally:
            os.close(fd)
    with contextlib.closing(database.connect(target, key, Mode.READ)) as db:
        head = audit.head(db)
        rows = db.execute("SELECT id, size FROM original ORDER BY id").fetchall()
        records = int(db.execute("SELECT count(*) FROM record").fetchone()[0])
        if head is None or db.execute("PRAGMA cipher_integrity_check").fetchall():
            raise CannotWrite(str(target), "the disk does not give back what it was given")
    return copying.summed(target), _Snapshot(head, records, tuple((r[0], r[1]) for r in rows))


def _generation(
    vault: OpenVault, place: Place, held: Gathering, tell: Tell
) -> tuple[str, Manifest]:
    """Make one generation, whole when this returns; what is not is taken away again."""
    name = places.new_name(dt.datetime.now(dt.UTC))
    there = generations.look(place).finished
    folder = place.generation(name)
    files.make_folder(folder)
    try:
        database_sum, snapshot = _copy_database(vault, folder / places.DATABASE)
        keys_sum = _copy_keys(vault, folder / places.KEYS)
        kept, missing = [], []
        for number, (id_, size) in enumerate(snapshot.originals, 1):
            found = held.keep(id_, size)
            kept += [found] if found else []
            missing += [] if found else [id_]
            tell(number, len(snapshot.originals))
        held.sync()
        made = Manifest(
            vault_id=vault.vault_id,
            made_at=places.stamp(name),
            head=snapshot.head,
            records=snapshot.records,
            keys=keys_sum,
            database=database_sum,
            originals=tuple(kept),
            missing=tuple(missing),
            number=1 + max((g.manifest.number for g in there), default=0),
        )
        data = manifest.build(made, vault.keys.of(Label.MANIFEST))
        with files.writing(folder):
            files.sync_folder(folder)
            files.sync_folder(folder.parent)
        files.write_atomic(folder / places.MANIFEST, data)
    except BaseException:
        with contextlib.suppress(VaultError):
            prune.drop(folder)
        raise
    return name, made


def _try(vault: OpenVault, place: Place, wish: Wish, tell: Tell) -> tuple[str, Manifest, Gathering]:
    for _ in range(_TRIES):
        held = Gathering(vault, place, full=wish.full)
        try:
            with contextlib.suppress(Vanished):
                return *_generation(vault, place, held, tell), held
        except Damaged:
            if keys.is_rotated(vault.folder, vault.keys):  # another vault is in its place
                raise Refused(
                    "the key of the vault was changed meanwhile", "run it again"
                ) from None
            raise
    raise Refused(
        "originals are being deleted from the vault while it is backed up", "run it again"
    )


def make(vault: OpenVault, folder: Path, wish: Wish | None = None, tell: Tell = quiet) -> Made:
    """Add a generation to the backup in `folder`, and remove those the rule does not keep.

    Where it is cut off the folder holds the generations it held before; originals copied so far
    are used by the next one. Raises CannotWrite, BackupBusy, Refused, Damaged.
    """
    files.private_umask()
    wish = wish or Wish()
    place = places.prepare(vault.folder, vault.vault_id, folder)
    with places.locked(place):
        places.lay_out(place, vault.vault_id)
        prune.clear_unfinished(place)
        name, made, held = _try(vault, place, wish, tell)
        aside = prune.put_aside(place)
        removed = prune.prune(place, wish.keep, name) if wish.keep else ()
        count = len(generations.look(place).finished)
    return Made(
        id=name,
        folder=place.folder,
        made_at=made.made_at,
        originals=len(made.originals),
        copied=held.copied,
        bytes=held.bytes,
        records=made.records,
        generations=count,
        removed=len(removed),
        root=made.head.root.hex(),
        missing=tuple(file_of(id_) for id_ in made.missing),
        aside=aside,
    )
