"""A folder that files arrive in: which of them are still, and which have been looked at."""

from __future__ import annotations

import contextlib
import os
import stat
from collections.abc import Container, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from vault.errors import CannotRead, CannotWrite, UsageError
from vault.safetext import safe_file_name
from vault.store import files

_UNFINISHED = (".part", ".partial", ".crdownload", ".download", ".tmp", ".filepart", "~")
"""How programs name a file while they still write it."""

_PROC = Path("/proc")
_ACCESS = os.O_WRONLY | os.O_RDWR
_MOST_NAMES = 1000


@dataclass(frozen=True, slots=True)
class Seen:
    """What a file was when it was looked at: the same again means that nobody wrote to it."""

    device: int
    inode: int
    size: int
    changed: int

    @staticmethod
    def of(about: os.stat_result) -> Seen:
        """What a file is now."""
        return Seen(about.st_dev, about.st_ino, about.st_size, about.st_mtime_ns)


def _writes(process: Path) -> Iterator[tuple[int, int]]:
    """Device and number of each file a process has open for writing, as far as it may be seen."""
    with contextlib.suppress(OSError, ValueError):
        for entry in (process / "fd").iterdir():
            flags = (process / "fdinfo" / entry.name).read_text().split("flags:")[1].split()[0]
            if int(flags, 8) & _ACCESS:
                about = entry.stat()
                if stat.S_ISREG(about.st_mode):
                    yield about.st_dev, about.st_ino


def being_written(proc: Path = _PROC) -> frozenset[tuple[int, int]]:
    """Device and number of every file that a process of this user has open for writing.

    Empty where the system does not tell (macOS).
    """
    if not (proc / "self" / "fdinfo").is_dir():
        return frozenset()
    found: set[tuple[int, int]] = set()
    for process in proc.iterdir():
        if process.name.isdecimal():
            found.update(_writes(process))
    return frozenset(found)


def _regular(folder: Path, leave_out: Container[Path | None]) -> Iterator[tuple[Path, Seen]]:
    """The files below a folder in order of name, but hidden and unfinished ones, and links."""
    for top, folders, names in os.walk(folder):
        here = Path(top)
        shown = (f for f in folders if not f.startswith("."))
        folders[:] = sorted(f for f in shown if here / f not in leave_out)
        for name in sorted(names):
            if name.startswith(".") or name.lower().endswith(_UNFINISHED):
                continue
            with contextlib.suppress(OSError):  # gone since it was listed
                about = (here / name).lstat()
                if stat.S_ISREG(about.st_mode):
                    yield here / name, Seen.of(about)


@dataclass(slots=True)
class Inbox:
    """Looks again and again at a folder, and tells which files have come and are still.

    A file is still where it was the same at two looks, is not empty, and no process has it open
    for writing. Each is told once; one that has changed since is told again. `moved_to` is where
    sealed files go, if anywhere; what is in there, or in the vault, does not count as come.
    """

    folder: Path
    vault: Path
    moved_to: Path | None = None
    _before: dict[Path, Seen] = field(default_factory=dict)
    _told: dict[Path, Seen] = field(default_factory=dict)

    def check(self) -> None:
        """See that there is a folder to look at, and one on the same disk to move to.

        Raises CannotRead, CannotWrite, UsageError.
        """
        self.vault = self.vault.resolve()
        try:
            self.folder = self.folder.resolve(strict=True)
            next(self.folder.iterdir(), None)
        except OSError as error:
            raise CannotRead(str(self.folder), files.reason(error)) from None
        if self.moved_to is not None:
            with files.writing(self.moved_to):
                self.moved_to.mkdir(mode=files.FOLDER_MODE, parents=True, exist_ok=True)
            self.moved_to = self.moved_to.resolve()
            if self.moved_to.stat().st_dev != self.folder.stat().st_dev:
                raise UsageError(
                    "files can be moved to a folder on the same disk only",
                    "another --move DIR, or none: the files then stay where they are",
                )
        places = [p for p in (self.folder, self.moved_to) if p is not None]
        if any(place.is_relative_to(self.vault) for place in places):
            raise UsageError("that is inside the vault", "choose a folder outside it")

    def look(self) -> tuple[Path, ...]:
        """The files that have become still since the last look, in order of name."""
        now = dict(_regular(self.folder, (self.vault, self.moved_to)))
        same = [p for p, seen in now.items() if seen.size and self._before.get(p) == seen]
        fresh = [p for p in same if self._told.get(p) != now[p]]
        if fresh:
            open_now = being_written()
            fresh = [p for p in fresh if (now[p].device, now[p].inode) not in open_now]
        self._before = now
        self._told = {p: seen for p, seen in self._told.items() if p in now}
        self._told |= {p: now[p] for p in fresh}
        return tuple(fresh)

    @property
    def waiting(self) -> int:
        """How many files were there at the last look and have not been told yet."""
        return sum(self._told.get(p) != seen for p, seen in self._before.items())

    def move(self, path: Path) -> Path | None:
        """Move a file that was told, and is sealed now, out of the way; where it is then.

        None where it has changed since: it stays, and is told again. Raises CannotWrite.
        """
        if self.moved_to is None:
            return None
        try:
            if Seen.of(path.lstat()) != self._told.get(path):
                return None
            target = self._free(self.moved_to, path.name)
            with files.writing(target):
                _rename(path, target)
        except FileNotFoundError:
            return None
        self._told.pop(path, None)
        return target

    @staticmethod
    def _free(folder: Path, name: str) -> Path:
        """A name in a folder that no file has: the file's own, or one with a number."""
        target, stem, suffix = folder / name, Path(name).stem, Path(name).suffix
        for number in range(2, _MOST_NAMES):
            if not os.path.lexists(target):
                return target
            target = folder / f"{stem} ({number}){suffix}"
        raise CannotWrite(safe_file_name(name), "there are too many files of that name")


def _rename(path: Path, target: Path) -> None:
    """Give a file another place on the same disk; a link first, so that nothing is overwritten."""
    try:
        os.link(path, target, follow_symlinks=False)
    except PermissionError:  # a file system without links
        path.rename(target)
        return
    path.unlink()
