"""The program broken on purpose, one promise at a time: each bench must notice.

A control changes the process it is called in for good, so only a played scene calls it.
"""

from __future__ import annotations

import contextlib
import os
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from vault.actions.imports import seal
from vault.actions.session import Session
from vault.errors import VaultError
from vault.store import audit, database, files
from vault.store.audit import Head
from vault.store.database import Db, Mode
from vault.store.handle import OpenVault
from vault.store.originals import Originals, Sealed


@dataclass(frozen=True, slots=True)
class Control:
    """What is broken, and the scenes that show it."""

    breaks: Callable[[], None]
    scenes: tuple[str, ...]


def _no_file_sync() -> None:
    """Sealed originals are renamed into their place without a sync of what they hold."""
    real = os.fsync

    def fsync(fd: int) -> None:
        if Path(f"/proc/self/fd/{fd}").readlink().parent.name != "tmp":
            real(fd)

    os.fsync = fsync  # type: ignore[assignment]


def _no_folder_sync() -> None:
    """No folder of the vault is synced after a file in it was made or renamed."""

    def skip(folder: Path) -> None:  # noqa: ARG001 - it does nothing with it, on purpose
        return

    files.sync_folder = skip


def _synchronous(value: str) -> Callable[[], None]:
    def breaks() -> None:
        real = database._settings

        def settings(mode: Mode) -> tuple[str, ...]:
            return tuple(
                f"synchronous = {value}" if s.startswith("synchronous") else s for s in real(mode)
            )

        database._settings = settings

    return breaks


def _row_first() -> None:
    """The row is committed before the original it names is sealed."""
    real_seal, real_take = Originals.seal, seal.take

    def only_name(self: Originals, stream: BinaryIO, limit: int) -> Sealed:
        at = stream.tell()
        id_, size = self.identify(stream, limit)
        stream.seek(at)
        return Sealed(id_, size, new=True)

    def take(
        s: Session, stream: BinaryIO, arrival: seal.Arrival, origin: seal.Origin
    ) -> seal.Sealed:
        found = real_take(s, stream, arrival, origin)
        stream.seek(0)
        real_seal(s.vault.originals, stream, seal.LARGEST)
        return found

    Originals.seal = only_name  # type: ignore[method-assign]
    seal.take = take


def _anchor_first() -> None:
    """The anchor is written before the change it notes is committed."""
    real_append, real_write = audit.append, OpenVault.write
    last: list[OpenVault] = []

    def append(
        db: Db,
        key: bytes,
        event: str,
        subject: str = "",
        detail: Mapping[str, str | int] | None = None,
    ) -> Head:
        head = real_append(db, key, event, subject, detail)
        for vault in last:
            vault.note(head)
        return head

    def write(
        self: OpenVault, event: str, subject: str = "", **detail: str | int
    ) -> contextlib.AbstractContextManager[Db]:
        last[:] = [self]
        return real_write(self, event, subject, **detail)

    audit.append = append
    OpenVault.write = write  # type: ignore[method-assign, assignment]


def _swallowed() -> None:
    """A change that fails is taken for one that was made."""
    real = OpenVault._transaction

    @contextlib.contextmanager
    def careless(self: OpenVault, db: Db) -> Iterator[Db]:
        with contextlib.suppress(VaultError), real(self, db) as inner:
            yield inner

    OpenVault._transaction = careless  # type: ignore[method-assign]


def _deaf() -> None:
    """What the system says of a write of our own files is not listened to."""
    real = os.write

    def write(fd: int, data: bytes) -> int:
        with contextlib.suppress(OSError):
            real(fd, data)
        return len(data)

    os.write = write  # type: ignore[assignment]


_SEALS = ("seal",)
KILL = {
    "row-first": Control(_row_first, _SEALS),
    "anchor-first": Control(_anchor_first, ("edit-flags",)),
}
ERRORS = {
    "swallowed": Control(_swallowed, ("edit-flags",)),
    "deaf": Control(_deaf, _SEALS),
}
POWER = {
    "no-file-sync": Control(_no_file_sync, _SEALS),
    "no-folder-sync": Control(_no_folder_sync, _SEALS),
    "synchronous-normal": Control(_synchronous("NORMAL"), ("edit-flags", "edit-belongings")),
    "synchronous-off": Control(_synchronous("OFF"), ("edit-flags", "edit-belongings")),
    "row-first": Control(_row_first, _SEALS),
}
