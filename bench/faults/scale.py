"""A vault of 100,000 pages: opening, searching, verifying, and search beside an unencrypted copy.

The text is invented: 60,000 words drawn by Zipf's law, about 380 a page, 100 pages a record; the
places of words are those of 200 pages, used in turn. It is built through the store in large
transactions. The unencrypted copy is made by the same library, same page size, same definitions,
the same queries run on both by turns. The mix of queries is MIX, with a fixed seed.
"""

from __future__ import annotations

import argparse
import itertools
import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from sqlcipher3 import dbapi2

from bench.faults.small import PASSPHRASE, Outcome
from vault import dates, ids
from vault.actions.search import expression
from vault.model.records import Record, RecordStatus
from vault.model.words import Box, Word, pack
from vault.store import database, kdf, records
from vault.store.crypto import Label
from vault.store.database import Db, Mode
from vault.store.kdf import KdfProfile
from vault.store.keys import Secret, unlock
from vault.store.search import find
from vault.store.vault import OpenVault, create, open_vault

PAGES, WORDS, VOCABULARY, PER_RECORD, PER_COMMIT = 100_000, 380, 60_000, 100, 5_000
LAYOUTS, QUERIES, LIMIT = 200, 200, 50
FIRST, P95, VERIFY, CPU_P95, CPU_MEDIAN = 1.5, 0.100, 10.0, 1.25, 1.5
MIX = {"common": 10, "middle": 30, "rare": 25, "two words": 20, "phrase": 10, "prefix": 5}
"""Of 100 queries: one of the 10 commonest words, of the next 2,000, or of the rest; two words of
the first 2,000; two that stand side by side; the first four letters of a middle word."""
_OPEN = """
import sys, time
from pathlib import Path
from vault.actions import search, session
folder, state, passphrase, query = Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3], sys.argv[4]
begun = time.monotonic()
secret = session.Secret(passphrase=passphrase)
with session.unlock(folder, secret, write=True, state=state) as opened:
    found = search.search(opened, query)
    print(time.monotonic() - begun, found.total, flush=True)
"""
ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True, slots=True)
class Language:
    """Invented words, the commonest first, and how common each is."""

    words: tuple[str, ...]
    weights: tuple[float, ...]

    def page(self, rng: random.Random) -> list[str]:
        """The words of a page."""
        return rng.choices(self.words, cum_weights=self.weights, k=WORDS)


def language(rng: random.Random) -> Language:
    """So many different words of three to ten letters, weighted 1/rank."""
    found: dict[str, None] = {}
    while len(found) < VOCABULARY:
        letters = zip(rng.choices("bcdfghklmnprstvz", k=5), rng.choices("aeiou", k=5), strict=True)
        found["".join(a + b for a, b in letters)[: rng.randrange(3, 11)]] = None
    weights = tuple(itertools.accumulate(1 / rank for rank in range(1, VOCABULARY + 1)))
    return Language(tuple(found), weights)


def layouts(tongue: Language, rng: random.Random) -> tuple[bytes, ...]:
    """Words with their places, packed as the store keeps them."""
    found = []
    for _ in range(LAYOUTS):
        page = tongue.page(rng)
        places = [(n // 10, n % 10) for n in range(len(page))]
        found.append(
            pack(
                [
                    Word(text, Box(c / 11, r / 45, c / 11 + 0.08, r / 45 + 0.015), 93, r)
                    for text, (r, c) in zip(page, places, strict=True)
                ]
            )
        )
    return tuple(found)


_PAGE = (
    "INSERT INTO page (record, number, state, trust, width, height) "
    "VALUES (?, ?, 'read', 93, 612, 792)"
)
_SHOWN = "UPDATE page SET shown = ? WHERE record = ? AND number = ?"
_READING = (
    "INSERT INTO reading (id, record, page, source, engine, language, turn, skew, confidence, "
    "words, text, made_at) VALUES (?, ?, ?, 'ocr', 'invented', 'eng', 0, 0, 93, ?, ?, ?)"
)


def _fill(vault: OpenVault, pages: int, tongue: Language, rng: random.Random) -> None:
    packed, now = layouts(tongue, rng), dates.now()
    for start in range(0, pages, PER_COMMIT):
        count = min(PER_COMMIT, pages - start)
        with vault.write("scale.built", pages=count) as db:
            for first in range(start, start + count, PER_RECORD):
                size = min(PER_RECORD, start + count - first)
                record = _record(db, first, size, now)
                numbers = range(first + 1, first + size + 1)
                db.executemany(_PAGE, [(record, n - first) for n in numbers])
                rows = (
                    (n, record, n - first, packed[n % LAYOUTS], " ".join(tongue.page(rng)), now)
                    for n in numbers
                )
                db.executemany(_READING, rows)
                db.executemany(_SHOWN, [(n, record, n - first) for n in numbers])
        vault.checkpoint()


def _record(db: Db, number: int, size: int, now: str) -> str:
    """A record of so many pages; its original is a row without a file."""
    original = number.to_bytes(32, "big").hex()
    title = f"invented {number}"
    record = Record(ids.new("record"), original, title, "pdf", RecordStatus.STORED, size, now)
    records.add(db, record, 1)
    return record.id


def queries(tongue: Language, rng: random.Random) -> Iterator[str]:
    """QUERIES queries by MIX, each for a word that stands somewhere."""
    middle = tongue.words[10:2010]
    for kind in rng.choices(list(MIX), weights=list(MIX.values()), k=QUERIES):
        one, two = rng.choice(middle), rng.choice(tongue.words[:2000])
        yield {
            "common": rng.choice(tongue.words[:10]),
            "middle": one,
            "rare": rng.choice(tongue.words[2010:]),
            "two words": f"{one} {two}",
            "phrase": f'"{rng.choice(tongue.words[:50])} {rng.choice(tongue.words[:50])}"',
            "prefix": f"{one[:4]}*",
        }[kind]


def percentile(values: Sequence[float], part: float) -> float:
    """The value below which such a part of them lies."""
    return sorted(values)[min(len(values) - 1, int(len(values) * part))]


@dataclass(frozen=True, slots=True)
class Timed:
    """Seconds of a query by the clock and of the processor."""

    clock: float
    cpu: float


def timed(db: Db, query: str) -> Timed:
    """Run one query as the search command does."""
    clock, cpu = time.perf_counter(), time.process_time()
    find(db, expression(query), LIMIT)
    return Timed(time.perf_counter() - clock, time.process_time() - cpu)


def unencrypted(folder: Path, key: bytes, target: Path) -> Db:
    """Copy the database without a key, and open the copy as a reader opens the vault's."""
    db = database.connect(folder / "records.db", key, Mode.WRITE)
    db.execute("ATTACH DATABASE ? AS plain KEY ''", (str(target),))
    db.execute(f"PRAGMA plain.page_size = {database.PAGE_BYTES}")
    db.execute("SELECT sqlcipher_export('plain')").fetchall()
    db.execute("DETACH DATABASE plain")
    db.close()
    plain = dbapi2.connect(f"{target.as_uri()}?mode=ro", uri=True, isolation_level=None)
    if plain.execute("PRAGMA page_size").fetchone() != (database.PAGE_BYTES,):
        raise ValueError("the copy has another page size")
    for setting in ("temp_store = MEMORY", "trusted_schema = OFF", "query_only = ON"):
        plain.execute(f"PRAGMA {setting}").fetchall()
    cache = db_cache(folder, key)
    plain.execute(f"PRAGMA cache_size = {cache}").fetchall()
    return plain  # type: ignore[no-any-return]  # the library has no types


def db_cache(folder: Path, key: bytes) -> int:
    """The size of a reader's page cache, as SQLite gives it."""
    db = database.connect(folder / "records.db", key, Mode.READ)
    found = int(db.execute("PRAGMA cache_size").fetchone()[0])
    db.close()
    return found


def _cold(path: Path) -> None:
    """Have the system forget a file it has read."""
    fd = os.open(path, os.O_RDONLY)
    try:
        os.fsync(fd)
        os.posix_fadvise(fd, 0, 0, os.POSIX_FADV_DONTNEED)
    finally:
        os.close(fd)


def first_result(folder: Path, state: Path, query: str) -> float:
    """Seconds from a typed passphrase to the first result, in a fresh process on a cold file."""
    _cold(folder / "records.db")
    command = [sys.executable, "-P", "-c", _OPEN, str(folder), str(state), PASSPHRASE, query]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run(command, env=environment, capture_output=True, check=True)
    return float(done.stdout.split()[0])


def build(
    place: Path, pages: int, seed: int, profile: KdfProfile = kdf.DEFAULT
) -> tuple[Path, Path, Language]:
    """Make the vault under `place` unless it is there; with the usual key derivation."""
    folder, state = place / "vault", place / "state"
    rng = random.Random(seed)
    tongue = language(rng)
    if not folder.exists():
        vault, _ = create(folder, PASSPHRASE, profile=profile, state=state)
        with vault:
            _fill(vault, pages, tongue, rng)
    return folder, state, tongue


def _searches(encrypted: Db, plain: Db, asked: Sequence[str]) -> tuple[list[Timed], list[Timed]]:
    """Each query on both by turns, three times; the best of the three counts."""
    found: tuple[list[Timed], list[Timed]] = ([], [])
    for query in asked:
        best: list[Timed | None] = [None, None]
        for _ in range(3):
            for side, db in enumerate((encrypted, plain)):
                new, old = timed(db, query), best[side]
                best[side] = (
                    new if old is None else Timed(min(new.clock, old.clock), min(new.cpu, old.cpu))
                )
        for side, one in enumerate(best):
            if one is not None:
                found[side].append(one)
    return found


def _hold(out: Outcome, what: str, found: float, bar: float, unit: str) -> None:
    """Print a figure beside its bar; over the bar it is a violation."""
    factor = 1000 if unit == "ms" else 1
    out.figures.append(f"{what}: {found * factor:.3g} {unit} (bar {bar * factor:g})")
    if found > bar:
        out.violations.append(f"{what} is over its bar")


def _search(out: Outcome, place: Path, folder: Path, asked: Sequence[str]) -> None:
    """Measure search, and its processor time beside the copy without a key."""
    key = unlock(folder, Secret(PASSPHRASE)).keys.of(Label.DATABASE)
    (place / "plain.db").unlink(missing_ok=True)
    plain = unencrypted(folder, key, place / "plain.db")
    encrypted = database.connect(folder / "records.db", key, Mode.READ)
    mine, theirs = _searches(encrypted, plain, asked)
    encrypted.close()
    plain.close()
    _hold(out, "search p95", percentile([one.clock for one in mine], 0.95), P95, "ms")
    cpu, bare = ([one.cpu for one in side] for side in (mine, theirs))
    for side, values in (("encrypted", cpu), ("plain", bare)):
        half, most = statistics.median(values) * 1000, percentile(values, 0.95) * 1000
        out.figures.append(f"search CPU, {side}: median {half:.3g} ms, p95 {most:.3g} ms")
    ratio = percentile(cpu, 0.95) / percentile(bare, 0.95)
    _hold(out, "search CPU p95, encrypted to plain", ratio, CPU_P95, "times")
    ratio = statistics.median(cpu) / statistics.median(bare)
    _hold(out, "search CPU median, encrypted to plain", ratio, CPU_MEDIAN, "times")


def _verify(out: Outcome, folder: Path, state: Path) -> None:
    """Measure the quick check; it finds nothing but the originals that were never there."""
    with open_vault(folder, Secret(PASSPHRASE), write=False, state=state) as vault:
        begun, used = time.monotonic(), time.process_time()
        wrong = [p for p in vault.verify() if not p.what.endswith("is missing")]
        _hold(out, "quick verify", time.monotonic() - begun, VERIFY, "s")
        out.figures.append(f"quick verify, processor: {time.process_time() - used:.1f} s")
    out.violations += [f"{p.file}: {p.what}" for p in wrong]


def run(place: Path, pages: int, seed: int) -> Outcome:
    """Build the vault under `place`, or take the one that is there, and measure."""
    out, begun = Outcome(), time.monotonic()
    folder, state, tongue = build(place, pages, seed)
    size = (folder / "records.db").stat().st_size / 1024**2
    took = time.monotonic() - begun
    out.figures.append(f"{pages} pages, {size:.0f} MiB, ready after {took:.0f} s")
    firsts = [first_result(folder, state, tongue.words[500 + n]) for n in range(5)]
    _hold(out, "unlock to first result", statistics.median(firsts), FIRST, "s")
    _search(out, place, folder, list(queries(tongue, random.Random(seed + 1))))
    _verify(out, folder, state)
    return out


def main(argv: Sequence[str]) -> int:
    """Run it and print what came of it; --keep DIR keeps the vault for the next time."""
    parser = argparse.ArgumentParser(prog="python -m bench.faults scale")
    parser.add_argument("--pages", "--sample", type=int, default=PAGES)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--keep", type=Path)
    given = parser.parse_args(argv)
    if given.keep is not None:
        given.keep.mkdir(parents=True, exist_ok=True)
        return run(given.keep, given.pages, given.seed).tell()
    with tempfile.TemporaryDirectory() as name:
        return run(Path(name), given.pages, given.seed).tell()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
