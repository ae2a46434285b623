"""The open vault: what everything else reads from and writes to."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType

from vault.errors import CannotRead, CannotWrite, Refused, VaultError
from vault.store import anchor, audit, checks, files, kdf, keyring, keys, keysmark, recovery, verify
from vault.store.audit import Head
from vault.store.checks import Problem
from vault.store.crypto import Label
from vault.store.database import Db
from vault.store.kdf import KdfProfile
from vault.store.keys import Keys, Unlocked
from vault.store.keysfile import KeysFile
from vault.store.lock import WriterLock
from vault.store.originals import Originals
from vault.store.readers import Readers
from vault.store.slots import SlotType

DATABASE = checks.DATABASE
_READ_ONLY = "this vault is open for reading only"


class OpenVault:
    """An open vault: any number of readers, and the writer where it was opened for writing.

    Threads may share it. Made by `create` and `open_vault` (vault.py); close it, or use it as a
    context manager. It owns what it is given: lock, keys and writing connection.
    """

    def __init__(
        self,
        folder: Path,
        unlocked: Unlocked,
        second: Path | None,
        lock: WriterLock | None,
        writer: Db | None,
    ) -> None:
        self.folder = folder
        self.originals = Originals(folder, unlocked.keys, writable=writer is not None)
        self._keys = unlocked.keys
        self._keys_file = unlocked.file
        self._second = second
        self._lock = lock
        self._readers = Readers(folder / DATABASE, unlocked.keys)
        self._writer = writer
        self._guard = threading.RLock()
        self._writing = False
        self._notices = list(unlocked.notices)
        self._mended: list[Problem] = []

    def __repr__(self) -> str:
        return f"OpenVault({str(self.folder)!r}, writable={self.writable})"

    def __enter__(self) -> OpenVault:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    @property
    def vault_id(self) -> str:
        """The random id of this vault, 32 hex digits; the same in every copy of it."""
        return self._keys.vault_id.hex()

    @property
    def keys(self) -> Keys:
        """The open keys, for the store's own parts."""
        return self._keys

    @property
    def state(self) -> Path | None:
        """The folder with the second copy of the anchor, where there is one."""
        return self._second.parent if self._second is not None else None

    @property
    def writable(self) -> bool:
        """Whether this handle holds the vault's lock and may write."""
        return self._writer is not None

    @property
    def notices(self) -> tuple[str, ...]:
        """What a person should be told about the vault, though it opened; one sentence each."""
        return tuple(self._notices)

    def read(self) -> Db:
        """This thread's read-only connection, opened on first use. It sees what is committed."""
        return self._readers.here()

    def new_reader(self) -> Db:
        """A read-only connection of its own, which the caller closes."""
        return self._readers.connect()

    @contextlib.contextmanager
    def write(self, event: str, subject: str = "", **detail: str | int) -> Iterator[Db]:
        """One transaction on the writing connection, recorded in the audit when it commits.

        `event` names what happens (`record.sealed`), `subject` is an id, `detail` numbers and
        ids; none of them is text of a record. Whatever the block raises undoes all of it. Raises
        Refused where the vault is open for reading only, CannotWrite where the disk is full.
        """
        with self._guard:
            if self._writer is None:
                raise Refused(_READ_ONLY)
            if self._writing:
                raise RuntimeError("write() inside write()")
            self._writing = True
            try:
                with self._transaction(self._writer) as db:
                    yield db
                    head = audit.append(db, self._keys.of(Label.AUDIT), event, subject, detail)
                self.note(head)
            finally:
                self._writing = False

    @contextlib.contextmanager
    def _transaction(self, db: Db) -> Iterator[Db]:
        db.execute("BEGIN IMMEDIATE")
        try:
            yield db
            db.execute("COMMIT")
        except BaseException as error:
            if db.in_transaction:  # some errors have undone it already
                db.execute("ROLLBACK")
            if isinstance(error, CannotRead):  # SQLite does not say which of the two it was at
                raise CannotWrite(DATABASE, error.why) from error
            raise

    def note(self, head: Head) -> None:
        """Write both anchors for a head that is committed.

        A failure is a notice and no error: the change is on the disk, and an anchor that is
        behind is brought up to date by the next one.
        """
        places = [self.folder / anchor.NAME]
        if self._second is not None:
            places.append(self._second)
        for path in places:
            try:
                if path == self._second:
                    path.parent.mkdir(mode=files.FOLDER_MODE, parents=True, exist_ok=True)
                anchor.write(path, head, self._keys.vault_id, self._keys.of(Label.ANCHOR))
            except (CannotWrite, OSError) as error:
                why = error.sentence if isinstance(error, VaultError) else files.reason(error)
                self.tell(f"your change was kept, but a note of it was not: {why}")

    def tell(self, notice: str) -> None:
        """Add a sentence to the notices, once."""
        if notice not in self._notices:
            self._notices.append(notice)

    @property
    def mended(self) -> tuple[Problem, ...]:
        """What was put right while the vault was opened for writing: the file, and how."""
        return tuple(self._mended)

    def tell_mended(self, file: str, what: str) -> None:
        """Note that something was put right on opening."""
        self._mended.append(Problem(file, what))

    def checkpoint(self) -> None:
        """Move everything committed from the write-ahead log into records.db."""
        with self._guard:
            if self._writer is not None and not self._writing:
                self._writer.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()

    @property
    def keys_file(self) -> KeysFile:
        """The keys file that opens the vault now."""
        return self._keys_file

    @property
    def slots(self) -> frozenset[SlotType]:
        """What this vault can be opened with."""
        return frozenset(slot.type for slot in self._keys_file.slots)

    def change_passphrase(
        self, new: str, profile: KdfProfile | None = None, *, key_file: bytes = b""
    ) -> None:
        """Give the vault another passphrase; the recovery code stays.

        With `key_file`, the content of one, both are needed from then on; without, the
        passphrase alone is. Where no `profile` is given the cost is measured on this machine.
        Copies of the vault made before still open with the old one. Raises UsageError for an
        empty one, CannotWrite; the old one then stays.
        """
        self._check_writable()
        kdf.passphrase_bytes(new)
        cost = profile or kdf.calibrate()
        file = keys.with_passphrase(self._keys, self._keys_file, new, cost, key_file)
        had, has = SlotType.KEYFILE in self.slots, bool(key_file)
        event = "passphrase.changed" if had == has else f"keyfile.{'added' if has else 'removed'}"
        older = self._keys_are_older()
        self._replace_keys(event, file)
        if older:
            self.tell(keysmark.OLDER_CODE)

    def use_keyring(self, *, on: bool) -> None:
        """Let the system's keyring open the vault too, or no longer; every other way stays.

        Raises MissingTool or Refused where the keyring does not take the secret, CannotWrite;
        nothing is changed then.
        """
        self.check_keys_count()
        before = self._keys_file
        if on:
            file, slot = keys.with_keyring(self._keys, before)
            try:
                self._replace_keys("keyring.on", file)
            except BaseException:
                if self._keys_file is before:
                    keyring.forget(before.vault_id, slot.id)
                raise
        elif SlotType.KEYRING in self.slots:
            file = keys.without(self._keys, before, frozenset({SlotType.KEYRING}))
            self._replace_keys("keyring.off", file)
        for old in before.slots:
            if old.type is SlotType.KEYRING:
                keyring.forget(before.vault_id, old.id)

    def change_recovery_code(self) -> str:
        """Make another recovery code and return it; the one before no longer opens the vault."""
        self.check_keys_count()
        text, code = recovery.new_code()
        self._replace_keys("recovery.changed", keys.with_code(self._keys, self._keys_file, code))
        return text

    def _check_writable(self) -> None:
        if not self.writable:
            raise Refused(_READ_ONLY)

    def _keys_are_older(self) -> bool:
        return keysmark.is_older(self.read(), self._keys_file)

    def check_keys_count(self) -> None:
        """Raise Refused where not the keys file that counts opened the vault, but an older one.

        Building on that one would make the passphrase of its time count again; a new passphrase
        is what takes it away.
        """
        self._check_writable()
        if self._keys_are_older():
            raise Refused(
                "an older copy of keys was put back, and nothing is built on it",
                "first change the passphrase: chartmend passphrase change",
            )

    def _replace_keys(self, event: str, file: KeysFile) -> None:
        with self.write("keys.announced") as db:
            keysmark.announce(db, file)
        try:
            with self.write(event) as db:
                keysmark.settle(db, file)
                keys.write_both(self.folder, file)
        except BaseException:
            with contextlib.suppress(VaultError):
                self._after_failure(file)
            raise
        self._keys_file = file

    def _after_failure(self, file: KeysFile) -> None:
        """Put the keys file of before back, unless the new one was committed by then."""
        if keysmark.is_current(self.read(), file):
            self._keys_file = file
        else:
            keys.write_both(self.folder, self._keys_file)

    def place(self) -> verify.Place:
        """What the checks of verify.py look at."""
        return verify.Place(
            self.folder, self._second, self._keys, self.originals, self.new_reader, self._writer
        )

    def verify(self, *, full: bool = False, part: tuple[int, int] = (1, 1)) -> tuple[Problem, ...]:
        """Look over the whole vault; empty where all is well.

        `full` also looks at the database's structure and reads every original (or the n-th of t
        parts of them) from end to end.
        """
        with self._guard:  # the search index is asked on the writing connection
            self.checkpoint()
            return verify.problems(self.place(), full=full, part=part)

    def verify_notes(self) -> tuple[Problem, ...]:
        """What a person may like to know and need not mend: unnamed files, the quarantine."""
        return verify.notes(self.place())

    def hand_over(self) -> WriterLock | None:
        """Close all but the lock, and give that to the caller, who releases it."""
        with self._guard:
            lock, self._lock = self._lock, None
            self.close()
        return lock

    def close(self) -> None:
        """Close every connection, wipe the keys, give the lock back; a second call does nothing."""
        with self._guard:
            self._readers.close()
            writer, self._writer = self._writer, None
            if writer is not None:
                # What is committed is safe in the log: a full disk must not keep us from closing.
                with contextlib.suppress(VaultError):
                    writer.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
                writer.close()
            self._keys.wipe()
            if self._lock is not None:
                self._lock.release()
