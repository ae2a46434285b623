"""The folder of a backup: where everything in it lies, whose it is, and whose turn it is.

    chartmend-backup                 the marker: format and vault id
    lock                             one backup at a time
    originals/ab/<sha256>            sealed originals, shared by all generations
    generations/<UTC>-<8 hex>/       keys, records.db, and manifest, which is written last
    generations/damaged-<UTC>-…/     one whose manifest is damaged, put aside

A sealed original is named by the SHA-256 of its ciphertext, so every copy can be checked without
a secret and none is ever replaced by another one.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from vault.errors import BackupBusy, Busy, CannotWrite, Damaged, NoBackup, Refused, TooNew
from vault.store import crypto, files
from vault.store.lock import NAME as LOCK
from vault.store.lock import WriterLock

MARKER = "chartmend-backup"
MANIFEST = "manifest"
KEYS = "keys"
DATABASE = "records.db"
ASIDE = "damaged-"
FORMAT = 1
_MARKER = re.compile(
    rb"(chartmend backup (\d{1,6})\nvault ([0-9a-f]{32})\n)sha256 ([0-9a-f]{64})\n"
)
_NAME = re.compile(r"(\d{8}T\d{6}\.\d{6}Z)-[0-9a-f]{8}", re.ASCII)
_SHA256 = re.compile(r"[0-9a-f]{64}", re.ASCII)
_STAMP = "%Y%m%dT%H%M%S.%fZ"
_OURS = {MARKER, f"{MARKER}.new", LOCK, "originals", "generations"}


@dataclass(frozen=True, slots=True)
class Place:
    """A backup folder."""

    folder: Path

    @property
    def originals(self) -> Path:
        """The folder of sealed originals."""
        return self.folder / "originals"

    @property
    def generations(self) -> Path:
        """The folder of generations."""
        return self.folder / "generations"

    def original(self, sha256: str) -> Path:
        """The file of a sealed original by the SHA-256 of its ciphertext."""
        return self.originals / sha256[:2] / sha256

    def generation(self, name: str) -> Path:
        """The folder of one generation."""
        return self.generations / name

    def names(self) -> tuple[str, ...]:
        """The names of all generations, finished or not, oldest first."""
        if not self.generations.is_dir():
            return ()
        return tuple(sorted(p.name for p in self.generations.iterdir() if moment(p.name)))

    def aside(self) -> tuple[Path, ...]:
        """The folders of damaged generations that were put aside, in order of name."""
        return tuple(sorted(self.generations.glob(f"{ASIDE}*")))

    def stored(self) -> Iterator[Path]:
        """The sealed originals that are there; what somebody else has put beside them is not."""
        for path in self.originals.glob("??/*"):
            if _SHA256.fullmatch(path.name) and path.parent.name == path.name[:2]:
                yield path

    def within(self, path: Path) -> str:
        """A file's name relative to the folder, as a person is told it."""
        return path.relative_to(self.folder).as_posix()


def moment(name: str) -> dt.datetime | None:
    """When a generation of this name was begun (UTC), None where it is no such name."""
    match = _NAME.fullmatch(name)
    with contextlib.suppress(ValueError):
        if match:
            return dt.datetime.strptime(match[1], _STAMP).replace(tzinfo=dt.UTC)
    return None


def stamp(name: str) -> str:
    """When a generation of this name was begun, to the second, as its manifest says it."""
    at = moment(name)
    return at.isoformat(timespec="seconds").replace("+00:00", "Z") if at else ""


def new_name(at: dt.datetime) -> str:
    """A name for a generation begun at this moment (UTC)."""
    return f"{at:{_STAMP}}-{crypto.random_bytes(4).hex()}"


def owner(place: Place) -> str | None:
    """The id of the vault the folder is for, None without a marker; raises Damaged, TooNew."""
    try:
        data = files.read_small(place.folder / MARKER, 200)
    except FileNotFoundError:
        return None
    match = _MARKER.fullmatch(data)
    if match is None or crypto.sha256(match[1]).hex().encode() != match[4]:
        raise Damaged(f"{MARKER} is damaged", "")
    if int(match[2]) > FORMAT:
        raise TooNew(int(match[2]), FORMAT)
    return match[3].decode()


def marker(vault_id: str) -> bytes:
    """The marker of a vault's backup."""
    body = f"chartmend backup {FORMAT}\nvault {vault_id}\n".encode()
    return body + b"sha256 " + crypto.sha256(body).hex().encode() + b"\n"


def find(folder: Path) -> Place:
    """The backup in a folder, to read from it; raises NoBackup."""
    place = Place(folder.resolve())
    if not (place.folder / MARKER).exists() and not place.names():
        raise NoBackup(str(folder))
    return place


def apart(vault: Path, folder: Path) -> None:
    """Raise CannotWrite where a vault and a backup would lie in each other."""
    if folder.resolve().is_relative_to(vault.resolve()):
        raise CannotWrite(str(folder), "that place is inside the vault")
    if vault.resolve().is_relative_to(folder.resolve()):
        raise CannotWrite(str(folder), "the vault is inside that place")


def prepare(vault: Path, vault_id: str, folder: Path) -> Place:
    """Make a backup folder, or take an empty one or this vault's own.

    The folder it lies in must be there: a missing one is most often a disk that is not plugged
    in. Raises CannotWrite, Refused where it is another vault's.
    """
    apart(vault, folder)
    place = Place(folder.resolve())
    with files.writing(folder):
        if not place.folder.exists():
            place.folder.mkdir(mode=files.FOLDER_MODE)
        files.sync_way(place.folder)
        there = {path.name for path in place.folder.iterdir()}
    if MARKER not in there and there - _OURS:
        raise CannotWrite(str(folder), "other things are in it; choose a new or empty folder")
    _check_owner(place, vault_id)
    return place


def _check_owner(place: Place, vault_id: str) -> None:
    with contextlib.suppress(Damaged):  # it is written again
        found = owner(place)
        if found is not None and found != vault_id:
            raise Refused(
                f"{place.folder} holds the backup of another vault",
                "choose another folder for this one",
            )


def lay_out(place: Place, vault_id: str) -> None:
    """Write the marker and the two folders, where they are not there yet."""
    with contextlib.suppress(Damaged):
        if owner(place) == vault_id and place.originals.is_dir() and place.generations.is_dir():
            return
    files.write_atomic(place.folder / MARKER, marker(vault_id))
    for folder in (place.originals, place.generations):
        if not folder.is_dir():
            files.make_folder(folder)


@contextlib.contextmanager
def locked(place: Place, *, reading: bool = False) -> Iterator[None]:
    """Keep every other process from changing the backup; raises BackupBusy, CannotWrite.

    For `reading`, a disk that can only be read needs no lock.
    """
    lock = None
    try:
        lock = WriterLock(place.folder)
    except Busy:
        raise BackupBusy(str(place.folder)) from None
    except CannotWrite:
        if not reading:
            raise
    try:
        yield
    finally:
        if lock is not None:
            lock.release()
