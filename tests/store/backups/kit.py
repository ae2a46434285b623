"""What the tests of backups share: a vault with originals, its backup, and a way to add to it."""

from __future__ import annotations

import io
import shutil
from dataclasses import dataclass
from pathlib import Path

from tests.store.helpers import PASSPHRASE, Made
from vault.store.backups import check, generations, make, opening, restore
from vault.store.backups.check import Looked
from vault.store.backups.make import Wish
from vault.store.backups.places import Place
from vault.store.backups.restore import Restored
from vault.store.lock import NAME as LOCK
from vault.store.vault import Secret

ALL = Wish(keep=None)
BY_PASSPHRASE = Secret(PASSPHRASE)


@dataclass
class Backed:
    """A vault and the folder its backups go to."""

    made: Made
    folder: Path

    @property
    def place(self) -> Place:
        """The backup folder."""
        return Place(self.folder.resolve())

    @property
    def by_code(self) -> Secret:
        """The vault's recovery code."""
        return Secret(recovery_code=self.made.code)

    def add(self, content: bytes) -> str:
        """Keep an invented original in the vault; its id."""
        sealed = self.made.vault.originals.seal(io.BytesIO(content), 10**6)
        with self.made.vault.write("original.added", sealed.id) as db:
            row = (sealed.id, sealed.size, "2026-01-02T03:04:05Z")
            db.execute("INSERT OR IGNORE INTO original VALUES (?, ?, ?)", row)
        return sealed.id

    def remove(self, id_: str) -> None:
        """Take an original out of the vault again, row first."""
        with self.made.vault.write("original.removed", id_) as db:
            db.execute("DELETE FROM original WHERE id = ?", (id_,))
        self.source(id_).unlink()

    def source(self, id_: str) -> Path:
        """An original's file in the vault."""
        return self.made.folder / "originals" / id_[:2] / id_

    def copies(self) -> list[Path]:
        """The sealed originals in the backup."""
        return sorted(self.place.originals.glob("??/*"))

    def back_up(self, wish: Wish = ALL) -> make.Made:
        """Add a generation."""
        return make.make(self.made.vault, self.folder, wish)

    def check(self, *, full: bool = False, last: bool = False) -> Looked:
        """Look over the backup, with `full` by the passphrase."""
        if full:
            return opening.look(self.folder, BY_PASSPHRASE, last=last)
        return check.look(self.folder, last=last)[2]

    def finished(self) -> list[str]:
        """The names of the finished generations, oldest first."""
        return [g.name for g in generations.look(self.place).finished]

    def lose(self) -> None:
        """Lose the vault folder."""
        self.made.vault.close()
        shutil.rmtree(self.made.folder)

    def restore(self, target: Path, secret: Secret = BY_PASSPHRASE, wanted: str = "") -> Restored:
        """Get the vault back at `target`."""
        return restore.restore(self.folder, target, secret, wanted=wanted, state=self.made.state)


def files_of(folder: Path) -> dict[str, bytes]:
    """Every file below a folder with what it holds, locks aside."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.name != LOCK
    }
