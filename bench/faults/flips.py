"""Flips single bits of every file of a vault: each must be noticed, or proven harmless.

Two thirds are done to a vault that a power cut left, whose last changes are in the log only, the
rest to one that was closed. A flip is noticed where opening or `verify --full` names the file. One
that is not noticed counts as harmless where every row and every original is still there byte for
byte, and the bit lies in one of the PLACES.
"""

from __future__ import annotations

import contextlib
import random
import struct
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from bench.faults import small
from bench.faults.small import Outcome, Small
from vault.store import database

SAMPLE = 24_000
LOG, INDEX_FILE, NOTICED = "records.db-wal", "records.db-shm", "noticed"
_FRAME = struct.Struct(">II")
_LOG_HEAD, _FRAME_HEAD = 32, 24
LOCK, INDEX, REPLACED, REST = (
    "the text of the lock file (who has it)",
    "the index of the log (-shm), which SQLite makes anew",
    "a page of records.db that the log holds anew",
    "the rest of the log behind its last commit",
)
PLACES = (LOCK, INDEX, REPLACED, REST)


def log_frames(log: bytes) -> tuple[tuple[int, ...], int]:
    """The page of each frame of a log up to its last commit, and where that commit ends."""
    pages, step = [], _FRAME_HEAD + database.PAGE_BYTES
    end = kept = 0
    for start in range(_LOG_HEAD, len(log) - step + 1, step):
        if log[start + 8 : start + 16] != log[16:24]:  # the salt of an earlier round of the log
            break
        page, commit = _FRAME.unpack_from(log, start)
        pages.append(page)
        if commit:
            end, kept = start + step, len(pages)
    return tuple(pages[:kept]), end


def place(name: str, offset: int, log: bytes) -> str:
    """The harmless place a byte is in, or nothing."""
    if name == "lock":
        return LOCK
    if name == INDEX_FILE:
        return INDEX
    pages, end = log_frames(log)
    if name == LOG and offset >= end:
        return REST
    if name == "records.db" and offset // database.PAGE_BYTES + 1 in pages:
        return REPLACED
    return ""


def expected(name: str, path: Path) -> str:
    """What must be named where a file is harmed: the log is told of as the database."""
    if name == "second":
        return path.name
    return "records.db" if name.startswith("records.db") else name


def draws(held: dict[str, bytes], sample: int, rng: random.Random) -> Iterator[tuple[str, int]]:
    """Files and bits of them: half spread over the files, half over the bytes, none twice."""
    names = sorted(held)
    share = max(1, sample // 2 // len(names))
    chosen = {
        (name, bit)
        for name in names
        for bit in rng.sample(range(len(held[name]) * 8), min(share, len(held[name]) * 8))
    }
    sizes = [len(held[name]) for name in names]
    while len(chosen) < sample:
        (name,) = rng.choices(names, sizes)
        chosen.add((name, rng.randrange(len(held[name]) * 8)))
    yield from sorted(chosen)


@contextlib.contextmanager
def flipped(vault: Small, held: dict[str, bytes], name: str, bit: int) -> Iterator[None]:
    """Harm one bit for as long as the block takes."""
    data = bytearray(held[name])
    data[bit // 8] ^= 1 << bit % 8
    path = vault.files()[name]
    path.write_bytes(data)
    try:
        yield
    finally:
        path.write_bytes(held[name])
        if INDEX_FILE in held:
            (vault.folder / INDEX_FILE).write_bytes(held[INDEX_FILE])


@dataclass(slots=True)
class Tally:
    """What became of the flips, by file and by place."""

    noticed: Counter[str] = field(default_factory=Counter)
    harmless: Counter[str] = field(default_factory=Counter)


def judge(vault: Small, held: dict[str, bytes], draw: tuple[str, int], whole: str) -> str:
    """Flip one bit: "noticed", the harmless place it is in, or what is wrong after a blank."""
    file, bit = draw
    wanted = expected(file, vault.files()[file])
    with flipped(vault, held, file, bit):
        told = small.told(vault)
        if any(wanted in line for line in told):
            return NOTICED
        if told:
            return f" {file} bit {bit}: told as {told[0]!r}"
        found = place(file, bit // 8, held.get(LOG, b""))
        return found if found and small.same(vault, whole) else f" {file} bit {bit}: not noticed"


def over(vault: Small, sample: int, rng: random.Random, tally: Tally) -> list[str]:
    """Flip `sample` bits of one vault, one at a time; returns what was broken."""
    with vault.open() as opened:
        whole = small.content(opened)
    held, wrong = vault.bytes(), []
    if small.told(vault):
        wrong.append("the vault is not whole before any harm is done")
    for file, bit in draws(held, sample, rng):
        found = judge(vault, held, (file, bit), whole)
        if found == NOTICED:
            tally.noticed["originals" if file.startswith("originals") else file] += 1
        elif found.startswith(" "):
            wrong.append(found.strip())
        else:
            tally.harmless[found] += 1
    after = vault.bytes()
    wrong += [f"looking changed {name}" for name, data in held.items() if after[name] != data]
    return wrong


def run(sample: int, seed: int) -> Outcome:
    """Flip `sample` bits one at a time."""
    out, tally, rng = Outcome(), Tally(), random.Random(seed)
    with tempfile.TemporaryDirectory() as name:
        for log, share in ((True, sample - sample // 3), (False, sample // 3)):
            where = Path(name) / ("log" if log else "closed")
            out.violations += over(small.make(where, log=log), share, rng, tally)
    noticed, harmless = tally.noticed.total(), tally.harmless.total()
    out.figures.append(f"{sample} flips: {noticed} noticed, {harmless} harmless")
    for word, counts in (("noticed", tally.noticed), ("harmless", tally.harmless)):
        out.figures += [f"  {word:9} {count:6} in {kind}" for kind, count in sorted(counts.items())]
    return out


def main(argv: Sequence[str]) -> int:
    """Run it and print what came of it."""
    given = small.options(argv, SAMPLE)
    return run(given.sample, given.seed).tell()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
