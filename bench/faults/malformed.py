"""Feeds mutated files to everything that parses: workers, keys, originals, the database.

PDFs and pictures go through the worker pool as an import does: opened (probe), their first page
drawn, and of one in a hundred the first page read; ZIPs are listed and their first members
unpacked. A violation is any error that is no sentence of the program's own, an answer later than
the limit allows, a worker that is not back for the next good file, and memory over the limit.
Keys, originals and databases are read in this process.
"""

from __future__ import annotations

import random
import re
import resource
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from bench.faults import mutate, small
from bench.faults.small import PASSPHRASE, Outcome
from vault.errors import Damaged, VaultError, WorkerFailed
from vault.model.bundles import Member, Members
from vault.model.media import ZIP
from vault.model.reading import InMemory, ReadOptions, View
from vault.store import crypto, keys, keysfile, slots
from vault.store.kdf import CHEAPEST
from vault.workers import lane
from vault.workers.limits import DEADLINES, MEMORY_BYTES
from vault.workers.pool import Pool

SAMPLE = 50_000
LANES = 2
READ_EVERY = 100
CHECK_EVERY = 500
UNPACKED = 4
LATE_SECONDS = 3.0
"""How much longer than its limit an answer may take: killing and starting anew."""
VIEW = View(1, 64, 64)


@dataclass(slots=True)
class Tally:
    """What became of the inputs of one kind; threads share it."""

    counts: Counter[str] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)
    slowest: float = 0.0
    lock: threading.Lock = field(default_factory=threading.Lock)

    def add(self, what: str, seconds: float = 0.0) -> None:
        """Count one outcome."""
        with self.lock:
            self.counts[what] += 1
            self.slowest = max(self.slowest, seconds)

    def broken(self, what: str) -> None:
        """Note a broken promise."""
        with self.lock:
            self.wrong.append(what)


_LIMITS = (lane.TOO_LARGE, lane.CRASHED, lane.NONSENSE)


def _word(clause: str) -> str:
    """The kind of an answer."""
    if not clause:
        return "opened"
    if clause.startswith("it took too long"):
        return "stopped for time"
    return clause if clause in _LIMITS else "refused with a reason"


class Feeder:
    """Gives files to one worker and judges what comes back."""

    def __init__(self, pool: Pool, tally: Tally) -> None:
        self.pool = pool
        self.tally = tally

    def _timed(self, ask: Callable[[], str], limit: float) -> str:
        begun = time.monotonic()
        try:
            clause = ask()
        except WorkerFailed as error:  # what cannot be drawn is said by an error
            clause = error.sentence.removeprefix("the reading process failed: ")
        except Exception as error:  # noqa: BLE001 - finding any other error is the purpose
            self.tally.broken(f"{type(error).__name__} came out of the pool")
            clause = ""
        took = time.monotonic() - begun
        if took > limit + LATE_SECONDS:
            self.tally.broken(f"an answer took {took:.1f} s with a limit of {limit:g} s")
        self.tally.add(_word(clause), took)
        return clause

    def feed(self, data: bytes, media: str, *, read: bool) -> None:
        """Open a file, draw its first page, and read it where asked."""
        source = InMemory(data)
        found: list[int] = []

        def probe() -> str:
            answer = self.pool.probe(source, media).result()
            found.append(answer.pages)
            return answer.problem

        def draw() -> str:
            self.pool.draw(source, media, VIEW).result()
            return ""

        def page() -> str:
            answer = self.pool.read_page(source, media, 1, ReadOptions()).result()
            return "" if answer.read else answer.why

        clause = self._timed(probe, DEADLINES.probe)
        if not clause and found[0]:
            clause = self._timed(draw, DEADLINES.draw)
            if read:
                clause = self._timed(page, DEADLINES.page) or clause
        if clause in (lane.CRASHED, lane.TOO_LARGE) or clause.startswith("it took too long"):
            self.back()

    def unzip(self, data: bytes) -> None:
        """List what is in a ZIP, and unpack its first members to their end."""
        source = InMemory(data)
        found: list[Members] = []

        def listed() -> str:
            found.append(self.pool.members(source, 0).result())
            return found[0].problem

        clause = self._timed(listed, DEADLINES.bundle)
        for member in found[0].members[:UNPACKED] if found else ():
            if not member.problem:
                clause = self._timed(partial(self._unpack, source, member), DEADLINES.bundle)
        if clause in (lane.CRASHED, lane.TOO_LARGE):
            self.back()

    def _unpack(self, source: InMemory, member: Member) -> str:
        offset = 0
        while True:
            piece = self.pool.piece(source, member.index, offset).result()
            offset += len(piece.data)
            if piece.end or piece.problem:
                return piece.problem
            if not piece.data or offset > member.size:
                return "it is longer than the ZIP says"

    def back(self) -> None:
        """A good file must be opened and drawn, whatever came before it."""
        try:
            good = InMemory(mutate.pdfs()[1])
            pages = self.pool.probe(good, "pdf").result().pages
            self.pool.draw(good, "pdf", VIEW).result()
        except VaultError as error:
            self.tally.broken(f"the worker is not back: {error.sentence}")
            return
        if pages != 2:
            self.tally.broken("the worker is not back: a good file was not opened")
        self.tally.add("(a good file opened in between)")


def foreign(seeds: dict[str, tuple[bytes, ...]], count: int, seed: int) -> Tally:
    """Feed mutated files to workers, one driven by each of a few threads."""
    tally = Tally()

    def drive(number: int) -> None:
        rng = random.Random(f"{seed} {number}")
        with Pool(1) as pool:
            feeder = Feeder(pool, tally)
            for turn in range(number, count, LANES):
                media = rng.choice(sorted(seeds))
                data = mutate.mutated(rng.choice(seeds[media]), rng)
                if media == ZIP:
                    feeder.unzip(data)
                else:
                    feeder.feed(data, media, read=turn % READ_EVERY == number)
                if turn % CHECK_EVERY == number:
                    feeder.back()

    threads = [threading.Thread(target=drive, args=(number,)) for number in range(LANES)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return tally


def _tried(tally: Tally, what: str, step: Callable[[], str]) -> None:
    begun = time.monotonic()
    try:
        word = step()
    except VaultError:
        word = "refused with a reason"
    except Exception as error:  # noqa: BLE001 - finding any other error is the purpose
        tally.broken(f"{what}: {type(error).__name__}")
        return
    tally.add(word, time.monotonic() - begun)


def _resummed(data: bytes) -> bytes:
    """A keys file whose sum is right again, so that its content is looked at."""
    body = re.split(rb"(?m)^sha256 ", data)[0]
    return body + b"sha256 " + crypto.sha256(body).hex().encode() + b"\n"


def headers(count: int, rng: random.Random, place: Path) -> Tally:
    """Keys files: half of them with a right sum, so that the slots in them are tried."""
    tally, whole = Tally(), (small.make(place / "keys").folder / "keys").read_bytes()
    dear = CHEAPEST.memory_kib * 1024

    def step(data: bytes) -> str:
        file = keysfile.parse(data, "keys")
        for slot in file.slots:
            cost = slot.profile.memory_kib * slot.profile.passes if slot.profile else 0
            if cost > dear:
                return "as costly as the limits allow, not tried"
            secret: str | bytes = PASSPHRASE if slot.profile else bytes(16)
            try:
                master = slots.unwrap(slot, file.vault_id, secret)
            except VaultError:
                continue
            opened = keys.Keys(master, file.vault_id)
            if not file.authentic(opened.of(crypto.Label.KEYS_FILE)):
                raise Damaged("keys was changed")
        return "opened"

    for number in range(count):
        data = mutate.mutated(whole, rng)
        _tried(tally, "keys", partial(step, _resummed(data) if number % 2 else data))
    return tally


def sealed(count: int, rng: random.Random, place: Path) -> Tally:
    """Sealed originals: each is refused as damaged, or gives back what was sealed."""
    tally, made = Tally(), small.make(place / "originals")
    with made.open() as vault:
        for id_ in vault.originals.stored():
            path = made.folder / "originals" / id_[:2] / id_
            whole = path.read_bytes()

            def step(id_: str = id_) -> str:
                vault.originals.check(id_)
                return "opened"

            for _ in range(count // 3 + 1):
                path.write_bytes(mutate.mutated(whole, rng))
                _tried(tally, "original", step)
            path.write_bytes(whole)
    return tally


def databases(count: int, rng: random.Random, place: Path) -> Tally:
    """Databases and their logs: opened and verified as a person would."""
    tally, made = Tally(), small.make(place / "database", log=True)
    held, paths = made.bytes(), made.files()

    def step() -> str:
        return "refused with a reason" if small.told(made) else "opened"

    for _ in range(count):
        name = rng.choice(("records.db", "records.db", "records.db-wal"))
        paths[name].write_bytes(mutate.mutated(held[name], rng))
        _tried(tally, name, step)
        for back in (name, "records.db-shm"):
            paths[back].write_bytes(held[back])
    return tally


def _tell(out: Outcome, kind: str, tally: Tally, seconds: float) -> None:
    tried = sum(n for what, n in tally.counts.items() if not what.startswith("("))
    counts = ", ".join(f"{n} {what}" for what, n in tally.counts.most_common())
    out.figures.append(f"{kind}: {tried} answers in {seconds:.0f} s ({counts})")
    out.figures.append(f"  slowest answer {tally.slowest:.2f} s")
    out.violations += [f"{kind}: {line}" for line in tally.wrong]


def run(sample: int, seed: int) -> Outcome:
    """Feed `sample` PDFs and a tenth as many of each other kind."""
    out, rng, few = Outcome(), random.Random(seed), max(1, sample // 10)
    with tempfile.TemporaryDirectory() as name:
        place = Path(name)
        kinds: dict[str, Callable[[], Tally]] = {
            f"{sample} PDFs": lambda: foreign({"pdf": mutate.pdfs()}, sample, seed),
            f"{few} pictures": lambda: foreign(mutate.images(), few, seed),
            f"{few} ZIPs": lambda: foreign({ZIP: mutate.zips()}, few, seed),
            f"{few} keys files": lambda: headers(few, rng, place),
            f"{few} sealed originals": lambda: sealed(few, rng, place),
            f"{few} databases": lambda: databases(few, rng, place),
        }
        for kind, feed in kinds.items():
            begun = time.monotonic()
            _tell(out, kind, feed(), time.monotonic() - begun)
    most = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * 1024
    out.figures.append(f"largest worker: {most // 1024**2} MiB of {MEMORY_BYTES // 1024**2}")
    if most > MEMORY_BYTES:
        out.violations.append("a worker used more memory than the limit")
    return out


def main(argv: Sequence[str]) -> int:
    """Run it and print what came of it."""
    given = small.options(argv, SAMPLE)
    return run(given.sample, given.seed).tell()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
