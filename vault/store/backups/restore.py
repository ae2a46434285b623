"""Getting a vault back from a backup: in a new place only, and verified before it counts.

It is built in a folder beside that place and renamed at the end, so that nobody can take half a
vault for a whole one. What a crash leaves is cleared by the next attempt.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import fcntl
import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from vault.errors import CannotWrite, Damaged, RestoreBusy, VaultExists, WrongPassphrase
from vault.store import anchor, audit, checks, files, housekeeping, keys, keysfile, keysmark
from vault.store.audit import Head
from vault.store.backups import copying, generations, places
from vault.store.backups.generations import Generation
from vault.store.backups.manifest import Sum
from vault.store.backups.opening import wrong_secret
from vault.store.backups.places import DATABASE, KEYS, MANIFEST, Place
from vault.store.checks import Problem
from vault.store.crypto import Label
from vault.store.handle import OpenVault
from vault.store.keys import Keys, Secret
from vault.store.lock import NAME as LOCK
from vault.store.lock import WriterLock
from vault.store.making import FOLDERS
from vault.store.originals import file_of
from vault.store.telling import Tell, quiet
from vault.store.vault import open_vault

BESIDE = ".restoring"
_ORIGINALS = FOLDERS[0]
_PARTS = {
    *keys.NAMES, *FOLDERS, anchor.NAME, LOCK, DATABASE, f"{DATABASE}-wal", f"{DATABASE}-shm",
    f"{DATABASE}-journal", *(f"{name}.new" for name in (*keys.NAMES, anchor.NAME)),
}  # fmt: skip
_OTHER = "chartmend backup check DIR tells which generations are whole"


@dataclass(frozen=True, slots=True)
class Restored:
    """A vault that was got back; `missing` are files the backup itself says it lacks."""

    folder: Path
    generation: str
    made_at: str
    records: int
    originals: int
    root: str
    missing: tuple[str, ...]
    notices: tuple[str, ...]


def _free(target: Path, place: Place) -> Path:
    """The absolute path of a place that is not there, or an empty folder; else VaultExists."""
    target = target.absolute()
    if target.resolve().is_relative_to(place.folder):
        raise CannotWrite(str(target), "that place is inside the backup")
    with files.writing(target):
        if target.is_symlink() or (target.exists() and not target.is_dir()):
            raise CannotWrite(str(target), "it is a link or a file, not a folder")
        if target.exists() and any(target.iterdir()):
            raise VaultExists(str(target))
        target.parent.mkdir(mode=files.FOLDER_MODE, parents=True, exist_ok=True)
    return target


def _is_at(fd: int, path: Path) -> bool:
    """Whether an open folder is the one that is at this path now."""
    try:
        return os.path.samestat(os.fstat(fd), path.lstat())
    except FileNotFoundError:
        return False


def _take(work: Path) -> int:
    """Lock a folder itself until its descriptor, which is returned, is closed; raises RestoreBusy.

    The lock in the vault that is built there is given back before the folder is renamed. A disk
    that locks no folders is left to that one.
    """
    with files.writing(work):
        fd = os.open(work, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC)
    try:
        fcntl.flock(fd, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(fd)
        raise RestoreBusy(str(work)) from None
    except OSError:
        return fd
    return fd


def _empty(work: Path, fd: int) -> None:
    """Clear what a restore that was cut off left, or raise RestoreBusy, CannotWrite."""
    with files.writing(work):
        if not _is_at(fd, work):
            raise RestoreBusy(str(work))
        if {path.name for path in work.iterdir()} - _PARTS:
            raise CannotWrite(str(work), "other things are in it")
    lock = WriterLock(work)
    try:
        with files.writing(work):
            for path in work.iterdir():
                if path.name != LOCK:
                    _remove(path)
            work.chmod(files.FOLDER_MODE)
    finally:
        lock.release()  # the vault in it is opened next, and takes the same lock


@contextlib.contextmanager
def _building(target: Path) -> Iterator[Path]:
    """An empty folder beside the target, taken away again unless it was renamed by then.

    Raises RestoreBusy where another restore is at work in it, CannotWrite where other
    things are in it.
    """
    work = target.with_name(target.name + BESIDE)
    with files.writing(work):
        work.mkdir(mode=files.FOLDER_MODE, exist_ok=True)
    fd = _take(work)
    try:
        _empty(work, fd)
        try:
            yield work
        finally:
            if _is_at(fd, work):  # another one may have begun since this one was renamed
                shutil.rmtree(work, ignore_errors=True)
    finally:
        os.close(fd)


def _remove(path: Path) -> None:
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink()


def _fetch(source: Path, expected: Sum, target: Path, name: str) -> None:
    """Copy a file of the backup, where it is as the manifest says; raises Damaged."""
    try:
        found = copying.copy(source, target, expected.size)
    except FileNotFoundError:
        raise Damaged(f"{name} is missing from the backup", _OTHER) from None
    if found != expected:
        raise Damaged(f"{name} in the backup is damaged", _OTHER)


def _unlock(place: Place, generation: Generation, secret: Secret, work: Path) -> Keys:
    """Put the keys in their place and open them, and prove the manifest with them."""
    source = place.generation(generation.name) / KEYS
    name = place.within(source)
    _fetch(source, generation.manifest.keys, work / keys.NAMES[0], name)
    keys.write_both(work, keysfile.parse(files.read_small(source, keysfile.LIMIT), KEYS))
    try:
        opened = keys.unlock(work, secret).keys
    except WrongPassphrase as error:
        raise wrong_secret(error) from None
    if not generation.manifest.authentic(opened.of(Label.MANIFEST)):
        opened.wipe()
        name = place.within(place.generation(generation.name) / MANIFEST)
        raise Damaged(f"{name} was changed by something else than chartmend", _OTHER)
    return opened


def _copy_all(place: Place, generation: Generation, work: Path, tell: Tell) -> None:
    made, folder = generation.manifest, place.generation(generation.name)
    for name in FOLDERS:
        files.make_folder(work / name)
    _fetch(folder / DATABASE, made.database, work / DATABASE, place.within(folder / DATABASE))
    total = len(made.originals)
    for number, held in enumerate(made.originals, 1):
        target = work / file_of(held.id)
        if not target.parent.is_dir():
            files.make_folder(target.parent)
        source = place.original(held.sealed.sha256)
        _fetch(source, held.sealed, target, place.within(source))
        tell(number, total)
    with files.writing(work):
        for path in (work / _ORIGINALS).iterdir():
            files.sync_folder(path)
        files.sync_folder(work)


def _verified(vault: OpenVault, missing: tuple[str, ...]) -> None:
    """Raise Damaged where anything is wrong with the new vault that the backup did not tell."""
    told = {file_of(id_) for id_ in missing}
    open_to_others = set(checks.permissions(vault.folder))  # some disks know no permissions
    wrong: list[Problem] = [
        p for p in vault.verify(full=True) if p.file not in told and p not in open_to_others
    ]
    if wrong:
        shown = "; ".join(f"{p.file}: {p.what}" for p in wrong[:3])
        raise Damaged(f"what came back is not whole: {shown}", _OTHER)


def _second_anchor(state: Path | None, target: Path, head: Head, opened: Keys) -> str:
    """Note the new head for this place, where a vault may have been before; a notice, or ""."""
    if state is None:
        return ""
    path = anchor.second_path(state, target, opened.vault_id)
    try:
        with files.writing(state):
            state.mkdir(mode=files.FOLDER_MODE, parents=True, exist_ok=True)
        anchor.write(path, head, opened.vault_id, opened.of(Label.ANCHOR))
    except CannotWrite as error:
        return f"the second copy of the anchor was not written: {error.sentence}"
    return ""


def _counts(vault: OpenVault) -> tuple[Head, int, int]:
    db = vault.read()
    head = audit.head(db)
    if head is None:
        raise Damaged("records.db has lost its history", _OTHER)
    records, originals = db.execute(
        "SELECT (SELECT count(*) FROM record), (SELECT count(*) FROM original)"
    ).fetchone()
    return head, records, originals


def _finish(
    work: Path, generation: Generation, secret: Secret
) -> tuple[Head, int, int, tuple[str, ...]]:
    """Open the new vault, note in its history where it came from, and look over all of it."""
    missing = generation.manifest.missing
    with open_vault(work, secret, write=True, house=False) as vault:
        with vault.write("vault.restored", generation.name) as db:
            keysmark.settle(db, vault.keys_file)
            housekeeping.begin_anew(db, dt.datetime.now(dt.UTC))
        _verified(vault, missing)
        # The keys of a backup may be newer than its database, and are settled now.
        notices = tuple(told for told in vault.notices if told != keysmark.OLDER)
        return *_counts(vault), notices


def restore(
    folder: Path,
    target: Path,
    secret: Secret,
    *,
    wanted: str = "",
    state: Path | None = None,
    tell: Tell = quiet,
) -> Restored:
    """Make a vault at `target`, new or an empty folder, from a backup.

    It is the newest generation, or the one whose name begins with `wanted`. Raises NoBackup,
    VaultExists, WrongPassphrase, Damaged, RestoreBusy, CannotWrite; there is then
    nothing at `target`.
    """
    files.private_umask()
    place = places.find(folder)
    target = _free(target, place)
    with contextlib.ExitStack() as stack:
        stack.enter_context(places.locked(place, reading=True))
        generation = generations.choose(place, wanted)
        work = stack.enter_context(_building(target))
        opened = _unlock(place, generation, secret, work)
        stack.callback(opened.wipe)
        _copy_all(place, generation, work, tell)
        head_of_copy = generation.manifest.head
        note = anchor.text_of(head_of_copy, opened.vault_id, opened.of(Label.ANCHOR))
        files.write_atomic(work / anchor.NAME, note)
        head, records, originals, notices = _finish(work, generation, secret)
        # Before the rename: from then on an older note of this place must not refuse the vault.
        notice = _second_anchor(state, target, head, opened)
        with files.writing(target):
            work.replace(target)
            files.sync_way(target.parent)
    return Restored(
        folder=target,
        generation=generation.name,
        made_at=generation.manifest.made_at,
        records=records,
        originals=originals,
        root=head.root.hex(),
        missing=tuple(file_of(id_) for id_ in generation.manifest.missing),
        notices=(*notices, *([notice] if notice else [])),
    )
