"""A new master key: the whole vault is written anew beside itself, then the two change places.

Why not in place, key by key: a vault half under one key and half under another would need both
for as long as it takes, at every crash in between, and every file would have to say which. Beside
itself, the old vault is whole and unchanged until the new one has been read from end to end, and
the step from one to the other is a single renaming. The price is room for a second copy.

Killed at any moment, the same command goes on: originals sealed already are found by their name
and not written again; the database, which is quick, is written anew.
"""

from __future__ import annotations

import contextlib
import dataclasses
import os
import shutil
from collections.abc import Iterator
from pathlib import Path

from vault.errors import CannotRead, CannotWrite, Damaged, Refused, VaultError
from vault.model.records import RecordStatus
from vault.store import (
    anchor,
    audit,
    checks,
    copying,
    crypto,
    database,
    files,
    keys,
    keysmark,
    making,
    migrate,
    quarantine,
    records,
    recovery,
    root,
    rotation,
    slots,
    verify,
)
from vault.store.crypto import Label
from vault.store.database import Db, Mode
from vault.store.handle import DATABASE, OpenVault
from vault.store.keys import Keys, Secret
from vault.store.keysfile import KeysFile
from vault.store.lock import WriterLock
from vault.store.originals import QUARANTINE, TMP, Originals, file_of
from vault.store.repair import UNREADABLE
from vault.store.rotation import State
from vault.store.slots import SlotType
from vault.store.telling import Tell, quiet

EVENT = "vault.rotated"
_LARGEST = 1 << 62
_SPARE = 16 * 1024 * 1024


@dataclasses.dataclass(frozen=True, slots=True)
class _Fresh:
    """The vault being built: its folder, keys, keys file and originals."""

    folder: Path
    keys: Keys
    file: KeysFile
    originals: Originals


def _bytes_in(folder: Path) -> int:
    total = 0
    for top, _folders, names in os.walk(folder):
        for name in names:
            with contextlib.suppress(FileNotFoundError):
                total += (Path(top) / name).lstat().st_size
    return total


def _check_room(vault: OpenVault) -> None:
    """Raise CannotWrite where the disk has no room for a second copy and its log.

    Raises Refused where a folder beside the vault would be on another disk, or is in the way.
    """
    rotation.check_beside(vault.folder)
    fresh = rotation.sibling(vault.folder)
    if fresh.parent.stat().st_dev != vault.folder.stat().st_dev:
        raise Refused(
            f"{vault.folder} is a disk of its own, and its key is changed by a folder beside it",
            "move the vault into a folder on that disk",
        )
    log = (vault.folder / DATABASE).stat().st_size
    have = sum(_bytes_in(fresh / name) for name in making.FOLDERS)
    need = _bytes_in(vault.folder) + log + _SPARE - have
    disk = os.statvfs(fresh.parent)
    if disk.f_bavail * disk.f_frsize < need:
        why = f"the disk is full; it needs {need // 1024**2 + 1} MiB for a second copy meanwhile"
        raise CannotWrite(str(fresh), why)


def _slot(made: Keys, secret: Secret, old: KeysFile) -> slots.Slot:
    """The slot that opens the new vault with what opened the old one, at the same cost."""
    profile = next((slot.profile for slot in old.slots if slot.profile), None)
    if not secret.passphrase or profile is None:
        raise Refused("the key is changed with the passphrase", "give it, not another secret")
    wants = any(slot.type is SlotType.KEYFILE for slot in old.slots)
    content = secret.key_file if wants else b""
    return slots.by_passphrase(made.master, made.vault_id, secret.passphrase, profile, content)


def _begun(folder: Path, vault: OpenVault, secret: Secret) -> tuple[Keys, KeysFile] | None:
    """The keys of a new vault begun earlier, None where it cannot be gone on with."""
    if rotation.state_of(folder) is None:
        return None
    try:
        unlocked = keys.unlock(folder, secret)
    except VaultError:
        return None
    # Anybody who can write beside the vault could put a folder there under a key they have.
    if not keysmark.is_begun(vault.read(), unlocked.keys):
        unlocked.keys.wipe()
        return None
    return unlocked.keys, unlocked.file


def _new(folder: Path, vault: OpenVault, secret: Secret) -> tuple[Keys, KeysFile]:
    """Lay out a new vault's folder with keys of its own; the id stays."""
    files.make_folder(folder)
    rotation.mark(folder, State.BUILDING)
    made = Keys(crypto.random_bytes(crypto.KEY_BYTES), bytes.fromhex(vault.vault_id))
    file = keys.build(made, (_slot(made, secret, vault.keys_file),))
    with vault.write("rotation.begun") as db:
        keysmark.begin(db, made)
    keys.write_both(folder, file)
    return made, file


def _prepare(vault: OpenVault, secret: Secret) -> _Fresh:
    """The new vault's folder, gone on with or begun, without a database."""
    folder = rotation.sibling(vault.folder)
    found = _begun(folder, vault, secret)
    if found is None:
        rotation.clear(vault.folder)
        found = _new(folder, vault, secret)
    rotation.mark(folder, State.BUILDING)
    for name in making.FOLDERS:
        if not (folder / name).is_dir():
            files.make_folder(folder / name)
    with files.writing(folder):
        for name in (DATABASE, f"{DATABASE}-wal", f"{DATABASE}-shm"):
            (folder / name).unlink(missing_ok=True)
        for path in (*(folder / TMP).iterdir(), *(folder / QUARANTINE).iterdir()):
            path.unlink()
    made, file = found
    return _Fresh(folder, made, file, Originals(folder, made, writable=True))


def _is_given_up(vault: OpenVault, original: str) -> bool:
    """Whether repair has marked every record of a damaged original."""
    held = records.of_original(vault.read(), original)
    return all((r.status, r.reason) == (RecordStatus.UNREADABLE, UNREADABLE) for r in held)


def _reseal(vault: OpenVault, fresh: _Fresh, original: str) -> str:
    """Seal one original under the new key; its new name. Raises Damaged."""
    try:
        with vault.originals.open(original) as reader:
            return fresh.originals.seal(copying.stream(reader), _LARGEST).id
    except Damaged as error:
        if not _is_given_up(vault, original):
            raise Damaged(error.sentence, "run chartmend repair, then this again") from None
    # Nothing can be sealed; the row needs a name that is no other original's.
    return crypto.mac(fresh.keys.of(Label.ORIGINAL_ID), b"lost\0" + original.encode()).hex()


def _originals(vault: OpenVault, fresh: _Fresh, tell: Tell) -> dict[str, str]:
    """Seal every original under the new key; new names by the old ones."""
    named = [str(row[0]) for row in vault.read().execute("SELECT id FROM original ORDER BY id")]
    strays = checks.orphans(vault.read(), vault.originals)
    names: dict[str, str] = {}
    for done, original in enumerate(named):
        tell(done, len(named))
        names[original] = _reseal(vault, fresh, original)
    tell(len(named), len(named))
    for original in strays:  # nobody's, but this is no time to throw anything away
        with contextlib.suppress(Damaged), vault.originals.open(original) as reader:
            names[original] = fresh.originals.seal(copying.stream(reader), _LARGEST).id
    for left in set(fresh.originals.stored()) - set(names.values()):
        fresh.originals.remove(left)  # sealed before, and deleted from the vault since
    return names


def _quarantine(vault: OpenVault, fresh: _Fresh) -> None:
    """Take along what lies in quarantine: under the new key where it is whole, else as it is."""
    place, target = vault.folder / QUARANTINE, fresh.folder / QUARANTINE
    for path in sorted(place.iterdir()):
        if path.is_file() and not path.is_symlink():
            with files.writing(target):
                shutil.copyfile(path, target / path.name)
                (target / path.name).chmod(files.FILE_MODE)
                files.sync_file(target / path.name)
    with files.writing(target):  # a damaged one may be all there is of a record
        files.sync_folder(target)
    for aside in quarantine.every(vault.folder):
        with (
            contextlib.suppress(Damaged),
            vault.originals.open_at(place / aside.name, aside.original) as reader,
        ):
            sealed = fresh.originals.seal(copying.stream(reader), _LARGEST)
            if sealed.new:
                name = aside.name.replace(aside.original, sealed.id, 1)
                fresh.originals.quarantine(sealed.id, name)
                (target / aside.name).unlink()


def _database(
    vault: OpenVault, fresh: _Fresh, names: dict[str, str], file: KeysFile
) -> tuple[Db, audit.Head]:
    """Write the new database: the same rows under new names, the same history, one event more.

    `file` is the keys file that will count.
    """
    db = database.connect(fresh.folder / DATABASE, fresh.keys.of(Label.DATABASE), Mode.CREATE)
    try:
        migrate.migrate(db)
        with contextlib.closing(vault.new_reader()) as old:
            copying.rows(old, db, names)
            copying.history(old, db, fresh.keys.of(Label.AUDIT), names)
        root.install_root_triggers(db, fresh.keys.of(Label.CONTENT_ROOT))
        db.execute("BEGIN IMMEDIATE")
        keysmark.settle(db, file)
        root.rebuild(db, fresh.keys.of(Label.CONTENT_ROOT))
        head = audit.append(db, fresh.keys.of(Label.AUDIT), EVENT)
        db.execute("COMMIT")
        db.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    except BaseException:
        db.close()
        raise
    return db, head


def _check(vault: OpenVault, fresh: _Fresh, db: Db, names: dict[str, str]) -> None:
    """Read the new vault from end to end; raises Damaged where anything is not as it must be."""

    def reader() -> Db:
        path = fresh.folder / DATABASE
        return database.connect(path, fresh.keys.of(Label.DATABASE), Mode.READ)

    place = verify.Place(fresh.folder, None, fresh.keys, fresh.originals, reader, db)
    stored = set(fresh.originals.stored())
    lost = {file_of(name) for name in names.values() if name not in stored}
    wrong = [p for p in verify.problems(place, full=True) if p.file not in lost]
    with contextlib.closing(vault.new_reader()) as old:
        same = copying.counts(old) == copying.counts(db)
    if wrong or not same:
        what = f"{wrong[0].file}: {wrong[0].what}" if wrong else "rows are missing"
        raise Damaged(
            f"the vault under the new key is not whole ({what})",
            "the vault is as it was; run the same command again",
        )


def _build(vault: OpenVault, fresh: _Fresh, tell: Tell) -> tuple[audit.Head, str]:
    """Everything up to the exchange; the new history's head and the new recovery code."""
    names = _originals(vault, fresh, tell)
    _quarantine(vault, fresh)
    text, code = recovery.new_code()
    file = keys.with_code(fresh.keys, fresh.file, code)
    db, head = _database(vault, fresh, names, file)
    with contextlib.closing(db):
        anchor.write(
            fresh.folder / anchor.NAME, head, fresh.keys.vault_id, fresh.keys.of(Label.ANCHOR)
        )
        keys.write_both(fresh.folder, file)
        _check(vault, fresh, db, names)
        db.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    with files.writing(fresh.folder):
        files.sync_folder(fresh.folder)
    rotation.mark(fresh.folder, State.READY)
    return head, text


@contextlib.contextmanager
def _locked(folder: Path) -> Iterator[None]:
    lock = WriterLock(folder)
    try:
        yield
    finally:
        lock.release()


def rotate(vault: OpenVault, secret: Secret, tell: Tell = quiet) -> str:
    """Give a vault that is open for writing a new master key; returns its new recovery code.

    The handle is closed by this. `secret` must be what opens the vault; it opens the new one
    too. `tell` hears how many originals of all are done. Raises CannotWrite (no room for a
    second copy), Damaged, Refused; the vault is then as it was, and the same call goes on.
    """
    if not vault.writable:
        raise Refused("this vault is open for reading only")
    vault.check_keys_count()
    keys.unlock(vault.folder, secret).keys.wipe()  # before anything is written
    _check_room(vault)
    vault.checkpoint()
    fresh = _prepare(vault, secret)
    second = vault.place().second
    with _locked(fresh.folder):
        head, code = _build(vault, fresh, tell)
        held = vault.hand_over()
        try:
            rotation.exchange(vault.folder)
            if second is not None:
                made = fresh.keys
                with contextlib.suppress(CannotWrite):  # the next writer does it, and says so
                    anchor.write(second, head, made.vault_id, made.of(Label.ANCHOR))
            fresh.keys.wipe()
            # The new key is in place: whatever else fails, its recovery code must be shown.
            with contextlib.suppress(CannotWrite, CannotRead):  # the next writer, as above
                rotation.tidy(vault.folder)
        finally:
            if held is not None:
                held.release()
    return code
