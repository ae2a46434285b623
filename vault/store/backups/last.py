"""When and where the last backup of a vault was made, noted in the state folder.

It is no part of the vault, so that a backup can be made while another process writes to it. The
file, `<vault id>.backup`, holds a time and a place and nothing of a record.
"""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import dataclass
from pathlib import Path

from vault.errors import VaultError
from vault.store import files

_LIMIT = 16 * 1024


@dataclass(frozen=True, slots=True)
class LastBackup:
    """A backup that was made: when (UTC), and in which folder."""

    at: dt.datetime
    place: str


def _path(state: Path, vault_id: str) -> Path:
    return state / f"{vault_id}.backup"


def note(state: Path, vault_id: str, made: LastBackup) -> None:
    """Note a backup; raises CannotWrite."""
    at = made.at.astimezone(dt.UTC).isoformat(timespec="seconds")
    with files.writing(state):
        state.mkdir(mode=files.FOLDER_MODE, parents=True, exist_ok=True)
    text = json.dumps({"at": at, "place": made.place})
    files.write_atomic(_path(state, vault_id), text.encode())


def read(state: Path, vault_id: str) -> LastBackup | None:
    """The last backup noted, None where none is or the note cannot be read."""
    try:
        fields = json.loads(files.read_small(_path(state, vault_id), _LIMIT))
        at = dt.datetime.fromisoformat(fields["at"])
        return LastBackup(at.astimezone(dt.UTC), str(fields["place"]))
    except (OSError, VaultError, ValueError, KeyError, TypeError):
        return None
