"""What the store's tests share: making, opening and harming small vaults."""

from __future__ import annotations

import io
import os
import stat
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path

import pytest

import vault as package
from vault.store.kdf import CHEAPEST
from vault.store.vault import OpenVault, Secret, create, open_vault

PASSPHRASE = "four invented words here"
ROOT = Path(package.__file__).parents[1]


@dataclass
class Made:
    """A vault made for a test, with what opens it."""

    folder: Path
    state: Path
    vault: OpenVault
    code: str
    originals: list[str] = field(default_factory=list)

    def open(self, *, write: bool = False, anyway: bool = False) -> OpenVault:
        """Open it again with its passphrase."""
        secret = Secret(PASSPHRASE)
        return open_vault(self.folder, secret, write=write, state=self.state, anyway=anyway)

    def set(self, name: str, value: str) -> None:
        """Commit one setting."""
        with self.vault.write("setting.set", name) as db:
            db.execute("INSERT OR REPLACE INTO setting VALUES (?, ?)", (name, value))

    def fill(self) -> None:
        """Commit an invented setting and an original of some chunks."""
        self.set("colour", "teal")
        sealed = self.vault.originals.seal(io.BytesIO(b"invented page " * 5000), 10**6)
        self.originals.append(sealed.id)
        with self.vault.write("original.added", sealed.id) as db:
            row = (sealed.id, sealed.size, "2026-01-02T03:04:05Z")
            db.execute("INSERT INTO original VALUES (?, ?, ?)", row)

    @property
    def records(self) -> Path:
        """The database file."""
        return self.folder / "records.db"


def make(place: Path) -> Made:
    """Make a vault under `place` at the cheapest KDF."""
    folder, state = place / "vault", place / "state"
    opened, code = create(folder, PASSPHRASE, profile=CHEAPEST, state=state)
    return Made(folder, state, opened, code)


def names(folder: Path) -> list[str]:
    """What is in a folder, by name and in order."""
    return sorted(path.name for path in folder.iterdir())


def disk_calls(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """From now on, note each sync of a file or folder and each renaming, in order."""
    seen: list[str] = []
    sync, replace = os.fsync, Path.replace

    def noted_sync(fd: int) -> None:
        kind = "folder" if stat.S_ISDIR(os.fstat(fd).st_mode) else "file"
        seen.append(f"sync {kind}")
        sync(fd)

    def noted_replace(path: Path, target: Path) -> Path:
        seen.append("rename")
        return replace(path, target)

    monkeypatch.setattr(os, "fsync", noted_sync)
    monkeypatch.setattr(Path, "replace", noted_replace)
    return seen


def held_files() -> list[str]:
    """Every file this process has open."""
    return [os.path.realpath(path) for path in Path("/proc/self/fd").iterdir()]


def flip(path: Path, offset: int, bit: int = 0) -> None:
    """Change one bit of a file; a negative offset counts from the end."""
    data = bytearray(path.read_bytes())
    data[offset] ^= 1 << bit
    path.write_bytes(bytes(data))


def child(script: str, *arguments: str) -> subprocess.Popen[str]:
    """Start a Python script in a process of its own, its output readable."""
    return subprocess.Popen(
        [sys.executable, "-c", script, *arguments],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
