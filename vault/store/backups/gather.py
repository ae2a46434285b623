"""Gathering sealed originals in a backup folder: each is copied once and read back."""

from __future__ import annotations

import contextlib
import os
from pathlib import Path

from vault.errors import CannotRead, CannotWrite, Damaged, VaultError
from vault.store import chunks, files
from vault.store.backups import copying, generations, prune
from vault.store.backups.manifest import Held, Sum
from vault.store.backups.places import Place
from vault.store.crypto import random_bytes
from vault.store.handle import OpenVault
from vault.store.originals import file_of


class Vanished(Exception):
    """An original was deleted while the backup ran: the snapshot is out of date."""


class Gathering:
    """Keeps originals in the folder, each copied only where it is not there yet."""

    def __init__(self, vault: OpenVault, place: Place, *, full: bool) -> None:
        self._vault = vault
        self._place = place
        self._full = full
        self._there = self._index()
        self._touched: set[Path] = set()
        self.copied = 0
        self.bytes = 0

    def _index(self) -> dict[tuple[int, bytes], str]:
        """The sealed files in the folder by length and first bytes.

        Those bytes are a random salt and a commitment to the key, so no two sealings share them.
        """
        found = {}
        for path in self._place.stored():
            with contextlib.suppress(VaultError):  # a link in its place is replaced when it is due
                head = files.read_small(path, chunks.HEADER)
                found[path.lstat().st_size, head] = path.name
        return found

    def keep(self, id_: str, size: int) -> Held | None:
        """See to it that an original is in the folder; None where nobody has a whole copy.

        Raises Vanished, CannotWrite.
        """
        source = self._vault.folder / file_of(id_)
        try:
            return self._present(source, id_, size) or self._copy(source, id_, size)
        except FileNotFoundError:
            self._check_wanted(id_)
        except VaultError as error:
            if isinstance(error, CannotWrite):
                raise
        return self._from_before(id_)

    def _present(self, source: Path, id_: str, size: int) -> Held | None:
        with copying.opened(source) as fd:
            length = os.fstat(fd).st_size
            head = os.pread(fd, chunks.HEADER, 0)
        sha256 = self._there.get((length, head))
        if sha256 is None:
            return None
        sealed = Sum(length, sha256)
        if self._full and not copying.whole(self._place.original(sha256), sealed):
            return None
        # A backup that was cut off may have left it there with its name not yet on the disk.
        self._touched.add(self._place.original(sha256).parent)
        return Held(id_, size, sealed)

    def _copy(self, source: Path, id_: str, size: int) -> Held:
        """Copy an original, read the copy back with the key, and give it its name."""
        fresh = self._place.originals / f"{random_bytes(8).hex()}{prune.PART}"
        sealed = copying.copy(source, fresh)
        try:
            self._prove(fresh, id_, size)
            target = self._place.original(sealed.sha256)
            if not target.parent.is_dir():
                files.make_folder(target.parent)
            with files.writing(target):
                fresh.replace(target)
        except BaseException:
            with contextlib.suppress(OSError):
                fresh.unlink(missing_ok=True)
            raise
        self._touched.add(target.parent)
        self.copied += 1
        self.bytes += sealed.size
        return Held(id_, size, sealed)

    def _prove(self, fresh: Path, id_: str, size: int) -> None:
        """Read a copy with the key; raises Damaged where the vault's own file is at fault."""
        try:
            found = self._vault.originals.check_copy(fresh, id_)
        except (Damaged, CannotRead):
            self._vault.originals.check(id_)
            raise CannotWrite(
                str(fresh.parent), "the disk does not give back what it was given"
            ) from None
        if found != size:
            raise Damaged(f"{file_of(id_)} has not the length it should have")

    def _check_wanted(self, id_: str) -> None:
        with contextlib.closing(self._vault.new_reader()) as db:
            if db.execute("SELECT 1 FROM original WHERE id = ?", (id_,)).fetchone() is None:
                raise Vanished

    def _from_before(self, id_: str) -> Held | None:
        """A whole copy that an earlier generation names."""
        for generation in reversed(generations.look(self._place).finished):
            for held in generation.manifest.originals:
                if held.id != id_:
                    continue
                with contextlib.suppress(VaultError, FileNotFoundError):
                    path = self._place.original(held.sealed.sha256)
                    if self._vault.originals.check_copy(path, id_) == held.size:
                        return held
        return None

    def sync(self) -> None:
        """Bring the names of all that was copied to the disk."""
        with files.writing(self._place.originals):
            for folder in self._touched:
                files.sync_folder(folder)
            files.sync_folder(self._place.originals)
