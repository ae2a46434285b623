"""Carrying a backup to another machine and back, by restic or rclone; they see ciphertext only.

Nothing else in chartmend starts a program that may use a network. The repository is named by the
person; its password is that program's own affair and reaches it by its own environment.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from vault.errors import MissingTool, NoBackup, ProgramFailed, UsageError
from vault.store import files
from vault.store.backups import places
from vault.store.backups.places import MANIFEST, MARKER

TAG = "chartmend"
_STDERR = 2


class Program(StrEnum):
    """A program that keeps copies on other machines."""

    RESTIC = "restic"
    RCLONE = "rclone"


@dataclass(frozen=True, slots=True)
class Remote:
    """A repository of restic, or a folder at a remote of rclone."""

    program: Program
    target: str

    def __post_init__(self) -> None:
        plain = self.target.isprintable() and not self.target.startswith("-")
        if not self.target or not plain:
            raise UsageError(
                f"that is no name of a place for {self.program}",
                "it is not empty and does not begin with a dash",
            )


def environment(whole: Mapping[str, str]) -> dict[str, str]:
    """The environment without what is chartmend's own, such as where its passphrase is."""
    return {name: value for name, value in whole.items() if not name.startswith("CHARTMEND_")}


def check_installed(remote: Remote) -> None:
    """Raise MissingTool where the program is not there."""
    if shutil.which(remote.program) is None:
        name = remote.program.value
        raise MissingTool(name, f"install it: sudo apt-get install {name}, brew install {name}")


def _run(remote: Remote, arguments: Sequence[str]) -> None:
    """Run the program to its end; what it says goes to standard error. Raises ProgramFailed."""
    check_installed(remote)
    done = subprocess.run(
        [remote.program.value, *arguments],
        stdout=_STDERR,
        env=environment(os.environ),
        check=False,
    )
    if done.returncode:
        raise ProgramFailed(remote.program, done.returncode)


def _rclone_steps(folder: Path, target: str) -> Iterator[list[str]]:
    """What a generation needs goes before its manifest, so that a stop leaves none half there."""
    base = target.rstrip("/") if target.rstrip("/") else target
    join = "" if base.endswith((":", "/")) else "/"
    there = f"{base}{join}"
    yield ["copy", f"{folder}/originals", f"{there}originals", "--exclude", "*.part"]
    yield ["copy", f"{folder}/generations", f"{there}generations", "--exclude", MANIFEST]
    yield ["copy", f"{folder}/generations", f"{there}generations"]
    yield ["copyto", f"{folder}/{MARKER}", f"{there}{MARKER}"]


def send(folder: Path, remote: Remote) -> None:
    """Copy a backup folder to another machine; raises MissingTool, ProgramFailed, BackupBusy.

    Nothing is removed there: restic keeps its own snapshots, and rclone adds what is new.
    """
    check_installed(remote)
    place = places.find(folder)
    with places.locked(place, reading=True):
        if remote.program is Program.RESTIC:
            _run(remote, ["-r", remote.target, "backup", "--tag", TAG, str(place.folder)])
            return
        for step in _rclone_steps(place.folder, remote.target):
            _run(remote, step)


def _backup_in(folder: Path) -> Path:
    """The backup folder somewhere below a folder; restic restores whole paths."""
    for top, _folders, names in os.walk(folder):
        if MARKER in names:
            return Path(top)
    raise NoBackup(str(folder))


@contextlib.contextmanager
def fetched(remote: Remote, near: Path) -> Iterator[Path]:
    """A backup brought back from another machine, in a private folder beside `near`.

    It is ciphertext, and taken away at the end. Raises MissingTool, ProgramFailed, NoBackup,
    CannotWrite.
    """
    check_installed(remote)
    files.private_umask()
    with files.writing(near):
        near.parent.mkdir(mode=files.FOLDER_MODE, parents=True, exist_ok=True)
        work = Path(tempfile.mkdtemp(prefix=f"{near.name}.fetching-", dir=near.parent))
    try:
        if remote.program is Program.RESTIC:
            arguments = ["-r", remote.target, "restore", "latest", "--tag", TAG]
            _run(remote, [*arguments, "--target", str(work)])
        else:
            _run(remote, ["copy", remote.target, str(work)])
        yield _backup_in(work)
    finally:
        shutil.rmtree(work, ignore_errors=True)
