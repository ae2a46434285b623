"""Backing a vault up, looking over a backup, and getting a vault back from one."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from vault.actions import session as sessions
from vault.actions.session import Secret, Session
from vault.errors import CannotWrite, UsageError
from vault.store.backups import check as checking
from vault.store.backups import last, make, opening, remote
from vault.store.backups import restore as restoring
from vault.store.backups.check import Looked, Seen
from vault.store.backups.keep import Keep
from vault.store.backups.last import LastBackup
from vault.store.backups.make import Made, Wish
from vault.store.backups.remote import Program, Remote
from vault.store.backups.restore import Restored
from vault.store.telling import Tell, quiet

__all__ = [
    "Keep",
    "LastBackup",
    "Looked",
    "Made",
    "Program",
    "Remote",
    "Restored",
    "Seen",
    "Tell",
    "Wish",
    "back_up",
    "backup_due",
    "check",
    "check_installed",
    "keep_rule",
    "last_backup",
    "restore",
    "restore_from",
    "send",
]

DUE_DAYS = 14
_ALL = "all"


def keep_rule(text: str) -> Keep | None:
    """A keep rule as typed: `all`, or how many of the last, of days, weeks and months.

    None keeps all. Raises UsageError.
    """
    if text == _ALL:
        return None
    parts = text.split(",")
    good = all(part.isascii() and part.isdigit() and len(part) < 5 for part in parts)
    if len(parts) != 4 or not good or not int(parts[0]):
        raise UsageError(
            "that is no rule for what to keep", "--keep all, or --keep 3,7,4,12 with a last of 1 up"
        )
    return Keep(*map(int, parts))


def back_up(s: Session, folder: Path, wish: Wish | None = None, tell: Tell = quiet) -> Made:
    """Add a generation to the backup in `folder`; the vault may be open for writing meanwhile.

    It is noted as the last backup only where every original could be kept. Raises CannotWrite,
    BackupBusy, Refused, Damaged.
    """
    made = make.make(s.vault, folder, wish, tell)
    if s.vault.state is not None and not made.missing:
        note = LastBackup(dt.datetime.fromisoformat(made.made_at), str(made.folder))
        try:
            last.note(s.vault.state, s.vault.vault_id, note)
        except CannotWrite as error:
            s.vault.tell(f"the backup is made, but not the note of it: {error.sentence}")
    return made


def check_installed(to: Remote) -> None:
    """Raise MissingTool where the program that is to carry the backup is not there."""
    remote.check_installed(to)


def send(folder: Path, to: Remote) -> None:
    """Copy a backup to another machine; raises MissingTool, ProgramFailed, BackupBusy."""
    remote.send(folder, to)


def check(
    folder: Path, secret: Secret | None = None, *, last: bool = False, tell: Tell = quiet
) -> Looked:
    """Look over a backup: every sum, and with a secret also everything that is encrypted.

    `last` looks at the newest generation only. Raises NoBackup, BackupBusy, WrongPassphrase.
    """
    if secret is None:
        return checking.look(folder, last=last, tell=tell)[2]
    return opening.look(folder, secret, last=last, tell=tell)


def restore(
    folder: Path,
    target: Path,
    secret: Secret,
    *,
    generation: str = "",
    state: Path | None = None,
    tell: Tell = quiet,
) -> Restored:
    """Make a vault at `target`, new or an empty folder, from the backup in `folder`.

    Raises NoBackup, VaultExists, WrongPassphrase, Damaged, CannotWrite.
    """
    place = state or sessions.state_folder()
    return restoring.restore(folder, target, secret, wanted=generation, state=place, tell=tell)


def restore_from(
    source: Remote,
    target: Path,
    secret: Secret,
    *,
    generation: str = "",
    state: Path | None = None,
    tell: Tell = quiet,
) -> Restored:
    """As `restore`, from a backup that is brought back from another machine first.

    Also raises MissingTool, ProgramFailed.
    """
    with remote.fetched(source, target.absolute()) as folder:
        return restore(folder, target, secret, generation=generation, state=state, tell=tell)


def last_backup(s: Session) -> LastBackup | None:
    """When and where this vault was last backed up from this computer, None where it never was."""
    return last.read(s.vault.state, s.vault.vault_id) if s.vault.state is not None else None


def _has_records(s: Session) -> bool:
    return s.vault.read().execute("SELECT 1 FROM record LIMIT 1").fetchone() is not None


def backup_due(s: Session, today: dt.date) -> str:
    """What to tell a person whose records have no backup of the last 14 days, else ""."""
    if not _has_records(s):
        return ""
    made = last_backup(s)
    if made is None:
        return "There is no backup of your records yet"
    days = (today - made.at.astimezone().date()).days
    return f"The last backup is {days} days old" if days > DUE_DAYS else ""
