"""A played scene as a list of what it did to the disk, read from strace's account of it."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from bench.faults.child import WRITES, Prepared, play, unchanged
from bench.faults.disk import ROOT, Disk, Name, Swap, Sync, Write
from bench.faults.points import calls
from bench.faults.promises import Said, unpacked

Step = Write | Name | Swap | Sync | Said
_TRACED = (*WRITES, "sendto", "close", "lseek", "dup", "dup2", "fcntl")
_TEXT = re.compile(r'"((?:\\x[0-9a-f]{2})*)"')
_UNKNOWN = ("writev", "pwritev", "sendfile", "copy_file_range", "truncate", "dup", "dup2")


def left_out(path: str) -> bool:
    """Whether a file is not followed: SQLite makes its index of the log anew by itself."""
    return path.endswith("-shm")


def _texts(arguments: str) -> list[bytes]:
    return [bytes.fromhex(found.replace("\\x", "")) for found in _TEXT.findall(arguments)]


@dataclass(slots=True)
class _Open:
    item: int
    at: int = 0


@dataclass(slots=True)
class Recorder:
    """Follows the names and the open files of a scene below one folder."""

    home: Path
    names: dict[int, dict[str, int]]
    next: int
    open: dict[str, _Open] = field(default_factory=dict)

    def _find(self, base: str, text: bytes) -> tuple[int, str] | None:
        """The folder a path lies in and its last part; None outside the home."""
        path = text.decode("utf-8", "surrogateescape")
        if not path.startswith("/"):
            return (self.open[base].item, path) if base in self.open else None
        try:
            parts = Path(path).relative_to(self.home).parts
        except ValueError:
            return None
        folder = ROOT
        for part in parts[:-1]:
            folder = self.names[folder][part]
        return folder, parts[-1] if parts else ""

    def _item(self, found: tuple[int, str]) -> int | None:
        folder, name = found
        return folder if not name else self.names[folder].get(name)

    def _new(self, found: tuple[int, str], *, folder: bool) -> Iterator[Step]:
        item, self.next = self.next, self.next + 1
        if folder:
            self.names[item] = {}
        self.names[found[0]][found[1]] = item
        yield Name(found[0], found[1], item, made=folder)

    def openat(self, arguments: str, result: str) -> Iterator[Step]:
        """A file or folder is opened, perhaps made, perhaps emptied."""
        found = self._find(arguments.partition(",")[0], _texts(arguments)[0])
        if found is None:
            return
        if self._item(found) is None:
            yield from self._new(found, folder=False)
        item = self._item(found)
        if item is None:
            raise RuntimeError(f"opened nothing: {arguments}")
        self.open[result] = _Open(item)
        if "O_TRUNC" in arguments:
            yield Write(item, 0, None)

    def _moved(self, found: list[tuple[int, str] | None], *, swap: bool) -> Iterator[Step]:
        old, new = found
        if old is None or new is None or (swap and old[0] != new[0]):
            raise RuntimeError("a file was moved into or out of the home")
        if swap:
            entries = self.names[old[0]]
            entries[old[1]], entries[new[1]] = entries[new[1]], entries[old[1]]
            yield Swap(old[0], old[1], new[1])
            return
        item = self.names[old[0]].pop(old[1])
        self.names[new[0]][new[1]] = item
        if old[0] == new[0]:
            yield Name(new[0], new[1], item, gone=old[1])
        else:
            yield Name(new[0], new[1], item)
            yield Name(old[0], old[1], None)

    def named(self, name: str, arguments: str) -> Iterator[Step]:
        """A call on paths: folders made, names changed and removed."""
        bases = [part for part in arguments.split(", ") if part.isdecimal() or part == "AT_FDCWD"]
        texts = _texts(arguments)
        found = [self._find((bases or [""])[0], text) for text in texts]
        if name.startswith("rename"):
            if found != [None, None]:
                yield from self._moved(found, swap="RENAME_EXCHANGE" in arguments)
        elif found[0] is None:
            return
        elif name.startswith("mkdir"):
            yield from self._new(found[0], folder=True)
        else:
            folder, last = found[0]
            self.names[folder].pop(last, None)
            yield Name(folder, last, None)

    def on_file(self, name: str, arguments: str, result: str) -> Iterator[Step]:
        """A call on an open file."""
        fd, _, rest = arguments.partition(", ")
        held = self.open.get(fd)
        if held is None:
            return
        if name == "pwrite64":
            yield Write(held.item, int(rest.rsplit(", ", 1)[1]), _texts(rest)[0])
        elif name == "write":
            data = _texts(rest)[0]
            yield Write(held.item, held.at, data)
            held.at += len(data)
        elif name == "ftruncate":
            yield Write(held.item, int(rest), None)
        elif name in ("fsync", "fdatasync"):
            yield Sync(held.item)
        elif name == "lseek":
            held.at = int(result)
        elif name == "close":
            del self.open[fd]
        elif name in _UNKNOWN:
            raise RuntimeError(f"this recorder does not know {name}")

    def steps(self, log: str) -> Iterator[Step]:
        """Everything a scene did and said, in order."""
        for name, arguments, result in calls(log):
            if result.startswith("-"):
                continue
            if name == "sendto":
                yield unpacked(_texts(arguments)[0])
            elif name == "openat":
                yield from self.openat(arguments, result)
            elif name.startswith(("rename", "mkdir", "unlink", "rmdir")):
                yield from self.named(name, arguments)
            elif not name.startswith(("chmod", "fchmod", "utimensat", "fcntl")):
                yield from self.on_file(name, arguments, result)


def record(prepared: Prepared, first: Callable[[], None] = unchanged) -> tuple[Step, ...]:
    """Play a scene in peace and return what it did to the disk, and what it said meanwhile."""
    disk = Disk()
    following = disk.load(prepared.model)
    options = ["-xx", "-s", str(1 << 22), "-e", f"trace={','.join(_TRACED)}"]
    home = prepared.fresh()

    def before() -> None:
        # Bytes the system copies by itself would not be seen.
        shutil._USE_CP_SENDFILE = False  # type: ignore[attr-defined]
        first()

    outcome = play(prepared.scene, home, options, before)
    if outcome.code:
        raise RuntimeError(f"{prepared.scene.name} fails when left in peace: {outcome.sentence}")
    names = {number: dict(entries) for number, entries in disk.names.items()}
    steps = tuple(Recorder(home, names, following).steps(outcome.log))
    _check_faithful(prepared, steps)
    return steps


def _check_faithful(prepared: Prepared, steps: tuple[Step, ...]) -> None:
    """Raise RuntimeError where a disk that did all these steps would not be as the real one is."""
    made, real = Disk(), Disk()
    made.load(prepared.model)
    for step in steps:
        if not isinstance(step, Said):
            made.do(step)
    real.load(prepared.home)
    mine, theirs = (
        {path: data for path, data in disk.after(kept=True).items() if not left_out(path)}
        for disk in (made, real)
    )
    if mine != theirs:
        differ = [
            path for path in mine.keys() | theirs.keys() if mine.get(path) != theirs.get(path)
        ]
        raise RuntimeError(f"{prepared.scene.name} was not recorded as it was: {differ[:5]}")
