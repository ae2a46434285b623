"""Making a vault, and opening one: the order in which everything is checked."""

from __future__ import annotations

import contextlib
import datetime as dt
from collections.abc import Iterator
from pathlib import Path

from vault import dates
from vault.errors import CannotRead, CannotWrite, Damaged, NoVault, Refused
from vault.store import (
    anchor,
    audit,
    database,
    files,
    history,
    housekeeping,
    kdf,
    keys,
    keysmark,
    making,
    migrate,
    places,
    recovery,
    root,
    rotation,
    slots,
)
from vault.store.crypto import Label
from vault.store.database import Db, Mode
from vault.store.handle import DATABASE, OpenVault
from vault.store.history import Noted, Standing
from vault.store.kdf import KdfProfile
from vault.store.keys import Keys, Secret, Unlocked
from vault.store.lock import WriterLock

__all__ = ["OpenVault", "Secret", "create", "open_vault"]


def _second(state: Path | None, folder: Path, vault_id: bytes) -> Path | None:
    return anchor.second_path(state, folder, vault_id) if state is not None else None


def _tell_of_the_place(vault: OpenVault) -> None:
    warning = places.warning(vault.folder)
    if warning:
        vault.tell(warning)


def _new_keys(passphrase: str, cost: KdfProfile) -> tuple[Unlocked, str]:
    made = keys.new_keys()
    text, code = recovery.new_code()
    file = keys.build(
        made,
        (
            slots.by_passphrase(made.master, made.vault_id, passphrase, cost),
            slots.by_code(made.master, made.vault_id, code),
        ),
    )
    return Unlocked(made, file, (), mend=False), text


def _new_database(db: Db, unlocked: Unlocked) -> audit.Head:
    """Lay out a new database and commit its first change."""
    made = unlocked.keys
    _, version = migrate.migrate(db)
    root.install_root_triggers(db, made.of(Label.CONTENT_ROOT))
    now = dates.now()
    rows = {"vault": made.vault_id.hex(), "format": str(version), "made_at": now}
    rows[housekeeping.NAME] = now[:10]  # there is nothing to clear away yet
    db.execute("BEGIN IMMEDIATE")
    db.executemany("INSERT INTO meta (name, value) VALUES (?, ?)", rows.items())
    keysmark.settle(db, unlocked.file)
    head = audit.append(db, made.of(Label.AUDIT), "vault.created")
    db.execute("COMMIT")
    return head


def create(
    folder: Path, passphrase: str, *, profile: KdfProfile | None = None, state: Path | None = None
) -> tuple[OpenVault, str]:
    """Make a vault in `folder`, new or empty, and open it for writing.

    Also returns its recovery code, which is kept nowhere. `state` is the folder for the second
    copy of the anchor; where no `profile` is given the cost of a guess is measured here. The
    keys are written last: before them there is no vault, and what a creation that was cut off has
    left is begun anew. Raises UsageError for an empty passphrase, VaultExists, Busy, CannotWrite.
    """
    files.private_umask()
    kdf.passphrase_bytes(passphrase)
    unlocked, code = _new_keys(passphrase, profile or kdf.calibrate())
    made = unlocked.keys
    with contextlib.ExitStack() as undo:
        lock = making.begin(folder)
        undo.callback(lock.release)
        undo.callback(making.clear, folder)
        for name in making.FOLDERS:
            files.make_folder(folder / name)
        db = database.connect(folder / DATABASE, made.of(Label.DATABASE), Mode.CREATE)
        undo.callback(db.close)
        head = _new_database(db, unlocked)
        vault = OpenVault(folder, unlocked, _second(state, folder, made.vault_id), lock, db)
        anchor.write(folder / anchor.NAME, head, made.vault_id, made.of(Label.ANCHOR))
        vault.note(head)
        vault.checkpoint()
        files.sync_way(folder)
        keys.write_both(folder, unlocked.file)
        making.end(folder)
        _tell_of_the_place(vault)
        undo.pop_all()
    return vault, code


def _connect(folder: Path, unlocked: Keys, mode: Mode) -> Db:
    """Open the database; raises Damaged naming the keys where they are what does not fit."""
    try:
        return database.connect(folder / DATABASE, unlocked.of(Label.DATABASE), mode)
    except Damaged:
        if keys.of_two_vaults(folder):
            both = " and ".join(keys.NAMES)
            raise Damaged(f"{both} are of different vaults, so one of them was swapped") from None
        raise


def _check_meta(db: Db, unlocked: Keys) -> None:
    """The database is one of ours, not newer than this program, and belongs to these keys."""
    migrate.check_not_newer(db)
    if not migrate.version(db):
        raise Damaged(f"{DATABASE} holds nothing")
    row = db.execute("SELECT value FROM meta WHERE name = 'vault'").fetchone()
    if row is None or row[0] != unlocked.vault_id.hex():
        raise Damaged(f"{DATABASE} is the one of another vault")


def _standing(db: Db, notes: tuple[Noted, ...], unlocked: Keys, *, anyway: bool) -> Standing:
    _check_meta(db, unlocked)
    found = history.standing(db, notes, unlocked)
    if found.damage and not anyway:
        raise Damaged("; ".join(found.damage))
    return found


def _tidy(vault: OpenVault) -> None:
    """Remove what a rotation has left; that it cannot be is told, and keeps nobody out."""
    try:
        if rotation.tidy(vault.folder):
            vault.tell(rotation.FINISHED)
    except (CannotWrite, CannotRead) as error:
        vault.tell(f"{rotation.LEFT} ({error.sentence})")


def _settle_keys(vault: OpenVault, db: Db, unlocked: Unlocked, *, anyway: bool) -> None:
    """Note the keys file as the one that counts, where none is or a change was cut off.

    `anyway` takes an older one too: a person who lost the newer ones put it back.
    """
    older = keysmark.is_older(db, unlocked.file)
    if older and anyway:
        keys.write_both(vault.folder, unlocked.file)
        vault.tell_mended(keys.NAMES[0], "the older copy that was put back counts from now on")
    elif older or not (keysmark.unsettled(db) or keysmark.unmarked(db)):
        return
    with vault.write("keys.accepted" if older else "keys.settled"):
        keysmark.settle(db, unlocked.file)


def _settle(vault: OpenVault, db: Db, unlocked: Unlocked, found: Standing, *, anyway: bool) -> None:
    """Mend what a crash has left, bring the database to this program's format, note where it is."""
    if making.was_cut_off(vault.folder):
        vault.tell(making.NO_CODE)
        making.end(vault.folder)
    _tidy(vault)
    if unlocked.mend and not keysmark.is_older(db, unlocked.file):
        keys.write_both(vault.folder, unlocked.file)
        vault.tell_mended(keys.NAMES[0], "both copies are the same again")
    for name in (*keys.NAMES, anchor.NAME):
        files.drop_unfinished(vault.folder / name)
    vault.originals.sweep()
    _, version = migrate.migrate(db)
    key = unlocked.keys.of(Label.CONTENT_ROOT)
    root.install_root_triggers(db, key)
    # The format the root was counted for lags behind where a crash came between the two steps.
    counted = db.execute("SELECT value FROM meta WHERE name = 'format'").fetchone()
    if counted is None or counted[0] != str(version) or found.damage:
        event = "vault.accepted" if found.damage else "vault.migrated"
        with vault.write(event, format=version):
            db.execute("INSERT OR REPLACE INTO meta VALUES ('format', ?)", (str(version),))
            root.rebuild(db, key)
    elif found.behind:
        vault.note(found.head)
    _settle_keys(vault, db, unlocked, anyway=anyway)
    for what in found.damage:
        vault.tell_mended(DATABASE, f"taken as it is from now on, though {what}")
    for what in found.notices:
        vault.tell_mended(anchor.NAME, f"written again ({what})")


class _Replaced(Exception):
    """The keys were replaced while a reader opened the vault with those from before."""


@contextlib.contextmanager
def _unless_replaced(folder: Path, unlocked: Unlocked) -> Iterator[None]:
    """Raise _Replaced for damage that is none: keys and database from before and after a change."""
    try:
        yield
    except (Damaged, CannotRead):
        if keys.is_replaced(folder, unlocked.file):
            raise _Replaced from None
        raise


def _look(
    folder: Path, unlocked: Unlocked, second: Path | None, mode: Mode, *, anyway: bool
) -> tuple[Db, Standing]:
    """The database, and how it stands to the anchors, which are read before it."""
    notes = history.read_notes(folder, second, unlocked.keys)
    db = _connect(folder, unlocked.keys, mode)
    try:
        found = _standing(db, notes, unlocked.keys, anyway=anyway)
        doubtful = found.damage or keysmark.is_older(db, unlocked.file)
    except BaseException:
        db.close()
        raise
    if mode is Mode.READ and doubtful and keys.is_replaced(folder, unlocked.file):
        db.close()
        raise _Replaced
    return db, found


def open_vault(
    folder: Path,
    secret: Secret,
    *,
    write: bool,
    state: Path | None = None,
    anyway: bool = False,
    house: bool = True,
) -> OpenVault:
    """Open the vault in `folder`: for reading, or with its lock for writing too.

    A reader takes no lock: where a writer replaces the keys or the whole folder meanwhile, the
    reader begins once more.

    `state` is the folder with the second copy of the anchor. `anyway` opens a vault whose rows,
    history or anchor are not as they were left: what is wrong is then among the notices, and
    with `write` the vault is taken as it is from now on. Without `house` a writer clears nothing
    away, however long it has lain there.

    Raises NoVault, Busy (at once, before the passphrase is tried), WrongPassphrase,
    NoKeyFile, BadRecoveryCode, Damaged, TooNew, Unpromised, CannotRead, CannotWrite.
    """
    files.private_umask()
    try:
        vault, whole = _open(folder, secret, write=write, state=state, anyway=anyway)
    except _Replaced:
        try:
            vault, whole = _open(folder, secret, write=write, state=state, anyway=anyway)
        except _Replaced:
            raise Refused("the keys are being changed by another process", "run it again") from None
    if write and house and whole:
        housekeeping.keep_house(vault, dt.datetime.now(dt.UTC))
    return vault


def _open(
    folder: Path, secret: Secret, *, write: bool, state: Path | None, anyway: bool
) -> tuple[OpenVault, bool]:
    """The open vault, and whether it is as it was left."""
    rotation.recover(folder)
    rotation.check_openable(folder)
    if not keys.present(folder):
        raise NoVault(str(folder))
    with contextlib.ExitStack() as undo:
        lock = WriterLock(folder) if write else None
        if lock is not None:
            undo.callback(lock.release)
        unlocked = keys.unlock(folder, secret)
        undo.callback(unlocked.keys.wipe)
        second = _second(state, folder, unlocked.keys.vault_id)
        mode = Mode.WRITE if write else Mode.READ
        with _unless_replaced(folder, unlocked):
            db, found = _look(folder, unlocked, second, mode, anyway=anyway)
        undo.callback(db.close)
        unlocked = keysmark.counting(db, folder, unlocked)
        vault = OpenVault(folder, unlocked, second, lock, db if write else None)
        for sentence in (*found.damage, *found.notices):
            vault.tell(sentence)
        _tell_of_the_place(vault)
        if write:
            _settle(vault, db, unlocked, found, anyway=anyway)
        else:
            _check_readable(db)
            db.close()
        undo.pop_all()
    return vault, not found.damage


def _check_readable(db: Db) -> None:
    if migrate.version(db) < migrate.newest():
        raise Refused(
            "this vault was last used by an older chartmend",
            "open it once for writing: start chartmend without a command",
        )
