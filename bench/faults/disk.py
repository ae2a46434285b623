"""What may be left on a disk when the power goes: writes not yet synced are kept, lost or torn.

A file's bytes are sure once the file was synced, a name once its folder was. Two kinds of disk:
a *strict* one promises no more than that, and any of the other changes of names may be lost; an
*ordered* one keeps a journal of names as ext4 does, so that they are lost from the end only and
any sync brings all before it to the disk. What a file holds is torn in pieces of 512 bytes.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

SECTOR = 512
Folders = dict[int, dict[str, int]]
ROOT = 0
"""The number of the home folder itself."""


@dataclass(frozen=True, slots=True)
class Write:
    """Bytes for a file at an offset; `data` None cuts or grows it to `offset`."""

    file: int
    offset: int
    data: bytes | None


@dataclass(frozen=True, slots=True)
class Name:
    """A change of names in one folder: `gone` goes, `name` stands for `item` (None: nothing).

    `made` says that the item is a folder just made.
    """

    folder: int
    name: str
    item: int | None
    gone: str = ""
    made: bool = False


@dataclass(frozen=True, slots=True)
class Swap:
    """Two names of one folder change places."""

    folder: int
    one: str
    other: str


@dataclass(frozen=True, slots=True)
class Sync:
    """A file or a folder is brought to the disk."""

    item: int


class Kind(StrEnum):
    """A way the power can go."""

    KEPT = "everything kept"
    STRICT = "strict, all unsynced lost"
    ORDERED = "ordered, all unsynced lost"
    STRICT_TORN = "strict, some lost, torn"
    ORDERED_TORN = "ordered, some lost, torn"


def _apply(content: bytes, write: Write, chance: random.Random | None) -> bytes:
    """A file's bytes after a write, each sector of it kept or lost by `chance`."""
    if write.data is None:
        if chance is not None and chance.random() < 0.5:
            return content
        return content[: write.offset].ljust(write.offset, b"\0")
    out = bytearray(content)
    end = write.offset + len(write.data)
    at = write.offset
    while at < end:
        stop = min(end, at - at % SECTOR + SECTOR)
        if chance is None or chance.random() < 0.5:
            if len(out) < at:
                out += bytes(at - len(out))
            out[at:stop] = write.data[at - write.offset : stop - write.offset]
        at = stop
    if chance is not None and len(out) < end and chance.random() < 0.5:
        out += bytes(end - len(out))  # the length came to the disk, the bytes did not
    return bytes(out)


@dataclass(slots=True)
class Disk:
    """What is sure to be on a disk, and what waits to be, in the order it was done."""

    names: Folders = field(default_factory=lambda: {ROOT: {}})
    content: dict[int, bytes] = field(default_factory=dict)
    waiting_names: list[Name | Swap] = field(default_factory=list)
    waiting: dict[int, list[Write]] = field(default_factory=dict)
    ordered: bool = False

    def load(self, folder: Path, number: int = ROOT, first: int = 1) -> int:
        """Take over all that is in a folder as sure; returns the next number to use."""
        for path in sorted(folder.iterdir()):
            item, first = first, first + 1
            self.names[number][path.name] = item
            if path.is_dir():
                self.names[item] = {}
                first = self.load(path, item, first)
            else:
                self.content[item] = path.read_bytes()
        return first

    def do(self, what: Write | Name | Swap | Sync) -> None:
        """One thing that was done."""
        match what:
            case Write():
                self.waiting.setdefault(what.file, []).append(what)
            case Name():
                if what.made and what.item is not None:
                    self.names[what.item] = {}
                self.waiting_names.append(what)
            case Swap():
                self.waiting_names.append(what)
            case Sync():
                self._sync(what.item)

    def _sync(self, item: int) -> None:
        for write in self.waiting.pop(item, ()):
            self.content[item] = _apply(self.content.get(item, b""), write, None)
        left = []
        for name in self.waiting_names:
            if self.ordered or name.folder == item:
                _rename(self.names, name)
            else:
                left.append(name)
        self.waiting_names = left

    def _names_after(self, chance: random.Random | None, *, kept: bool) -> Folders:
        """The folders as the disk has them: waiting changes kept, lost, or some by chance."""
        found = {number: dict(entries) for number, entries in self.names.items()}
        waiting = self.waiting_names
        if chance is not None and self.ordered:
            waiting = waiting[: chance.randint(0, len(waiting))]
        elif chance is not None:
            waiting = [name for name in waiting if chance.random() < 0.5]
        elif not kept:
            waiting = []
        for name in waiting:
            _rename(found, name)
        return found

    def after(
        self, chance: random.Random | None = None, *, kept: bool = False
    ) -> dict[str, bytes | None]:
        """What is there when the power comes back, by path; None is a folder."""
        names = self._names_after(chance, kept=kept)
        return dict(self._walk(names, ROOT, "", chance, kept))

    def _walk(
        self,
        names: Folders,
        number: int,
        prefix: str,
        chance: random.Random | None,
        kept: bool,
    ) -> Iterator[tuple[str, bytes | None]]:
        for name, item in sorted(names.get(number, {}).items()):
            path = f"{prefix}{name}"
            if item in self.names:
                yield path, None
                yield from self._walk(names, item, f"{path}/", chance, kept)
            else:
                yield path, self._bytes(item, chance, kept)

    def _bytes(self, item: int, chance: random.Random | None, kept: bool) -> bytes:
        content = self.content.get(item, b"")
        if chance is not None or kept:
            for write in self.waiting.get(item, ()):
                content = _apply(content, write, chance)
        return content


def _rename(names: Folders, change: Name | Swap) -> None:
    entries = names[change.folder]
    if isinstance(change, Swap):
        one, other = entries.pop(change.one, None), entries.pop(change.other, None)
        found = {change.one: other, change.other: one}
        entries.update({name: item for name, item in found.items() if item is not None})
        return
    entries.pop(change.gone, None)
    if change.item is None:
        entries.pop(change.name, None)
    else:
        entries[change.name] = change.item
