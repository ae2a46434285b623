"""Small vaults to do harm to, what is found in them afterwards, and how a figure is told."""

from __future__ import annotations

import argparse
import hashlib
import io
import shutil
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from vault import dates, ids
from vault.errors import VaultError
from vault.model.reading import PageKind, PageResult, Reading, Source
from vault.model.records import Record, RecordStatus
from vault.model.words import Box, Word
from vault.store import pages, records, root
from vault.store.kdf import CHEAPEST
from vault.store.vault import OpenVault, Secret, create, open_vault

PASSPHRASE = "four invented words here"
PLACE = Box(0.1, 0.1, 0.2, 0.12)


@dataclass(frozen=True, slots=True)
class Options:
    """How many cases, and the seed they are drawn with."""

    sample: int
    seed: int


def options(argv: Sequence[str], sample: int) -> Options:
    """Read `--sample N` and `--seed S`."""
    parser = argparse.ArgumentParser(prog="python -m bench.faults NAME")
    parser.add_argument("--sample", type=int, default=sample)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args(argv)
    return Options(given.sample, given.seed)


@dataclass(slots=True)
class Outcome:
    """What a run came to: lines to print, and each broken promise."""

    figures: list[str] = field(default_factory=list)
    violations: list[str] = field(default_factory=list)

    def tell(self) -> int:
        """Print it; returns the exit code."""
        for line in self.figures:
            print(line)
        for line in self.violations[:20]:
            print(f"VIOLATION: {line}")
        print(f"violations: {len(self.violations)}")
        return int(bool(self.violations))


@dataclass(frozen=True, slots=True)
class Small:
    """A closed vault at the cheapest KDF, and its recovery code."""

    folder: Path
    state: Path
    code: str

    def open(self, *, write: bool = False, anyway: bool = False) -> OpenVault:
        """Open it with its passphrase."""
        secret = Secret(PASSPHRASE)
        return open_vault(self.folder, secret, write=write, state=self.state, anyway=anyway)

    def files(self) -> dict[str, Path]:
        """Every file of the vault by its name in the folder, the second anchor as `second`."""
        found = {str(p.relative_to(self.folder)): p for p in sorted(self.folder.rglob("*"))}
        held = {name: path for name, path in found.items() if path.is_file()}
        return held | dict.fromkeys(["second"], next(self.state.iterdir()))

    def bytes(self) -> dict[str, bytes]:
        """What every file holds."""
        return {name: path.read_bytes() for name, path in self.files().items()}


def put(vault: OpenVault, title: str, data: bytes, text: str) -> str:
    """Keep a record of one page, as an import does; returns its id."""
    sealed = vault.originals.seal(io.BytesIO(data), 1 << 30)
    now = dates.now()
    record = Record(ids.new("record"), sealed.id, title, "pdf", RecordStatus.READING, 0, now)
    words = tuple(Word(part, PLACE, 95, 0) for part in text.split())
    result = PageResult(
        1, PageKind.CONTENT, (Reading(Source.TEXT, words, 95),), 612, 792, 95, read=True
    )
    with vault.write("record.sealed", record.id) as db:
        records.add(db, record, sealed.size)
        records.set_pages(db, record.id, 1)
        pages.keep(db, record.id, result, now)
        records.finish(db, record.id, RecordStatus.STORED)
    return record.id


def setting(vault: OpenVault, name: str, value: str) -> None:
    """Commit one setting."""
    with vault.write("setting.set", name) as db:
        db.execute("INSERT OR REPLACE INTO setting VALUES (?, ?)", (name, value))


def make(place: Path, *, log: bool = False) -> Small:
    """A vault of three originals under `place`; with `log` its last changes are in the log only.

    The log is what a power cut leaves: the folder is copied while its writer is open.
    """
    folder, state = place / "vault", place / "state"
    vault, code = create(folder, PASSPHRASE, profile=CHEAPEST, state=state)
    with vault:
        put(vault, "visit note", b"%PDF invented page " * 2000, "Patient Marian Voss seen today")
        put(vault, "letter", bytes(range(256)) * 64, "an original of exactly one chunk")
        vault.checkpoint()
        put(vault, "slip", b"tiny", "the smallest original of all")
        for number in range(5):
            setting(vault, "colour", f"teal {number}")
        if log:
            shutil.copytree(folder, place / "copy")
    if log:
        shutil.rmtree(folder)
        (place / "copy").rename(folder)
    return Small(folder, state, code)


def content(vault: OpenVault) -> str:
    """A hash over every row of every table and every original, byte for byte."""
    found, db = hashlib.sha256(), vault.read()
    for table in (*root.tables(db), *root.UNROOTED):
        for row in db.execute(f'SELECT * FROM "{table}" ORDER BY 1, 2'):
            found.update(repr(row).encode())
    for id_ in vault.originals.stored():
        with vault.originals.open(id_) as reader:
            for piece in reader.pieces():
                found.update(piece)
    return found.hexdigest()


def told(small: Small) -> list[str]:
    """What the program says on opening and on `verify --full`: empty where it notices nothing.

    Like `chartmend verify` it opens a vault that it refuses otherwise, to name all problems.
    """
    found: list[str] = []
    try:
        small.open().close()
    except VaultError as error:
        found.append(error.sentence)
    try:
        with small.open(anyway=True) as vault:
            found += vault.notices
            found += [f"{p.file}: {p.what}" for p in vault.verify(full=True)]
    except VaultError as error:
        found.append(error.sentence)
    return found


def same(small: Small, expected: str) -> bool:
    """Whether everything acknowledged is still there, byte for byte."""
    try:
        with small.open() as vault:
            return content(vault) == expected
    except VaultError:
        return False
