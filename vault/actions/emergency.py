"""The emergency sheet: one printed page by which others can open the vault."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from pathlib import Path

from vault.actions import backups
from vault.actions.exports import check_place, write_out
from vault.actions.session import Session
from vault.errors import VaultError
from vault.letters import emergency
from vault.letters.press import Press
from vault.model.emergency import EmergencySheet
from vault.safetext import safe_line
from vault.store import providers

_BACKUP_CHARS = 200
_OWNER_CHARS = 100


@dataclass(frozen=True, slots=True)
class Wanted:
    """What goes on a sheet beside what the vault knows of itself.

    `backup` is where the newest backup is (where the last one was made, if empty), `owner` whose
    vault it is; both may be empty. With `new_code` the vault gets a new recovery code, and the
    sheet shows it.
    """

    on: dt.date
    backup: str = ""
    owner: str = ""
    new_code: bool = False


@dataclass(frozen=True, slots=True)
class Written:
    """A sheet that was written: where, its pages, and the new recovery code if one was made."""

    file: Path
    pages: int
    code: str = ""


class CodeNotPrinted(VaultError):
    """A new recovery code was made, but the sheet with it could not be written.

    Whoever shows this has to show `code`, too: the one before opens the vault no more.
    """

    def __init__(self, code: str, cause: VaultError) -> None:
        super().__init__(
            f"the vault has a new recovery code, but the sheet is not written: {cause.sentence}",
            "write the code down now; it is shown only this once",
        )
        self.exit_code = cause.exit_code
        self.code = code


def _paper(s: Session) -> str:
    places = [provider.jurisdiction for provider in providers.every(s.vault.read())]
    american = not places or any(place.startswith("us") for place in places)
    return "us-letter" if american else "a4"


def _last_backup(s: Session) -> str:
    made = backups.last_backup(s)
    return made.place if made else ""


def _sheet(s: Session, wanted: Wanted, code: str) -> EmergencySheet:
    return EmergencySheet(
        vault=s.vault.vault_id,
        folder=str(s.vault.folder.absolute()),
        on=wanted.on,
        backup=safe_line(wanted.backup or _last_backup(s), _BACKUP_CHARS),
        code=code,
        owner=safe_line(wanted.owner, _OWNER_CHARS),
        paper=_paper(s),
    )


def write(s: Session, target: Path, wanted: Wanted) -> Written:
    """Write the sheet as a PDF to a place outside the vault.

    Raises CannotWrite, MissingGlyphs, and CodeNotPrinted where a new code was made in vain. The
    code is changed only once a sheet without it could be typeset and the place be written to.
    """
    check_place(s.vault.folder, target)
    made = emergency.render(_sheet(s, wanted, ""), Press())
    code = s.vault.change_recovery_code() if wanted.new_code else ""
    try:
        if code:
            made = emergency.render(_sheet(s, wanted, code), Press())
        file = write_out(s.vault.folder, target, (made.pdf,))
    except VaultError as error:
        if code:
            raise CodeNotPrinted(code, error) from error
        raise
    return Written(file, made.pages, code)
