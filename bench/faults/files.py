"""Truncates, empties, deletes, swaps and rolls back each file of a vault: all must be noticed.

Each harm is told with the right file, or stands in HARMLESS with the reason why nothing is lost;
those are proven by reading everything back and by writing on.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from bench.faults import small
from bench.faults.flips import expected
from bench.faults.small import Outcome, Small
from vault.store.kdf import CHEAPEST

LOG, INDEX, SECOND = "records.db-wal", "records.db-shm", "second"
NAMED, FREE = "named", "free"
HARMLESS = {
    "lock": "says who has the vault, no more",
    INDEX: "SQLite makes it anew",
    "extend records.db": "what stands behind the last page is never read",
    f"extend {LOG}": "what stands behind the last commit is never read",
    "cut the end of records.db": "the log holds the last page anew",
    f"delete {LOG}": "an empty log, as after a clean closing, holds nothing",
    f"delete {SECOND}": "the anchor in the folder is there; a copy on a new machine has none yet",
    "roll back anchor": "its second copy is newer, and the history reaches further than it says",
    f"roll back {SECOND}": "the history in the vault reaches further than it says",
}


@dataclass(frozen=True, slots=True)
class Harm:
    """What one file is made to hold, None for deleting it."""

    what: str
    name: str
    data: bytes | None

    @property
    def reason(self) -> str:
        """Why nothing is lost by it, where nothing is."""
        return HARMLESS.get(self.name) or HARMLESS.get(f"{self.what} {self.name}", "")


def group(name: str) -> str:
    """A file, all originals as one."""
    return "an original" if name.startswith("originals") else name


def alone(name: str, data: bytes) -> Iterator[Harm]:
    """What can be done to a file by itself."""
    if len(data) > 2:
        yield Harm("cut the end of", name, data[:-1])
        yield Harm("cut in half", name, data[: len(data) // 2])
        yield Harm("cut to a byte", name, data[:1])
    yield Harm("extend", name, data + b"\0")
    if data:
        yield Harm("empty", name, b"")
        yield Harm("zero", name, bytes(len(data)))
    yield Harm("delete", name, None)


def harms(
    now: dict[str, bytes], older: dict[str, bytes], other: dict[str, bytes]
) -> Iterator[Harm]:
    """Every harm to every file: by itself, by an older copy, by the same of another vault."""
    originals = [name for name in now if name.startswith("originals")]
    foreign = next(data for name, data in other.items() if name.startswith("originals"))
    for name, data in now.items():
        yield from alone(name, data)
        if name in older and older[name] != data:
            yield Harm("roll back", name, older[name])
        if name in originals:
            yield Harm("swap", name, now[originals[originals.index(name) - 1]])
            yield Harm("swap", name, foreign)
        elif name in other:
            yield Harm("swap", name, other[name])


def _writes_on(vault: Small, name: str) -> bool:
    with vault.open(write=True) as opened:
        small.setting(opened, "after", "harm")
        return all(problem.file == name for problem in opened.verify(full=True))


def judge(vault: Small, pristine: Path, harm: Harm, whole: str) -> str:
    """Do one harm: NAMED where the file is told, FREE where nothing is lost, else what is wrong."""
    path = vault.files()[harm.name]
    wanted = expected(harm.name, path)
    if harm.data is None:
        path.unlink()
    else:
        path.write_bytes(harm.data)
    try:
        told = small.told(vault)
        if any(wanted in line for line in told):
            return NAMED
        if told:
            return f"{harm.what} {harm.name}: told as {told[0]!r}"
        fine = harm.reason and small.same(vault, whole) and _writes_on(vault, harm.name)
        return FREE if fine else f"{harm.what} {harm.name}: not noticed"
    finally:
        put_back(vault, pristine)


def put_back(vault: Small, pristine: Path) -> None:
    """Make the vault what it was."""
    for here in (vault.folder, vault.state):
        shutil.rmtree(here)
        shutil.copytree(pristine / here.name, here)


def _older(where: Path, *, log: bool) -> tuple[Small, dict[str, bytes]]:
    """A vault under `where`/mine, and what its files held some commits before.

    Copies of all of it, now and before, are in `where`/pristine and `where`/older. With `log`
    its last changes are in the log only.
    """
    vault = small.make(where / "mine")
    older = vault.bytes()
    shutil.copytree(vault.folder, where / "older")
    with vault.open(write=True) as opened:
        small.put(opened, "fourth", b"%PDF the fourth" * 900, "a note that came later")
        opened.checkpoint()
        small.setting(opened, "colour", "plum")
        opened.change_passphrase(small.PASSPHRASE, CHEAPEST)
        if not log:
            opened.checkpoint()
        shutil.copytree(vault.folder, where / "pristine" / vault.folder.name)
    shutil.copytree(vault.state, where / "pristine" / vault.state.name)
    put_back(vault, where / "pristine")
    return vault, older


def _rolled_back(vault: Small, where: Path) -> str:
    """Put the whole folder back to some commits before."""
    shutil.rmtree(vault.folder)
    shutil.copytree(where / "older", vault.folder)
    second = vault.files()[SECOND].name
    told = small.told(vault)
    put_back(vault, where / "pristine")
    return NAMED if any(second in line for line in told) else "a rolled-back folder is not noticed"


@dataclass(slots=True)
class Tally:
    """What became of the harms."""

    named: Counter[str] = field(default_factory=Counter)
    free: Counter[str] = field(default_factory=Counter)


def over(where: Path, sample: int, tally: Tally, *, log: bool) -> list[str]:
    """Do every harm to one vault, `sample` at most; returns what was broken."""
    vault, older = _older(where, log=log)
    other = small.make(where / "other", log=log).bytes()
    with vault.open() as opened:
        whole = small.content(opened)
    put_back(vault, where / "pristine")
    wrong = []
    for harm in list(harms(vault.bytes(), older, other))[:sample]:
        found = judge(vault, where / "pristine", harm, whole)
        if found == NAMED:
            tally.named[f"{harm.what} {group(harm.name)}"] += 1
        elif found == FREE:
            tally.free[f"{harm.what} {harm.name}: {harm.reason}"] += 1
        else:
            wrong.append(found)
    found = _rolled_back(vault, where)
    tally.named["roll back the whole folder"] += found == NAMED
    return wrong if found == NAMED else [*wrong, found]


def run(sample: int, seed: int) -> Outcome:  # noqa: ARG001 - every harm is done, each once
    """Do every harm to every file of two vaults, one with a full log and one that was closed."""
    out, tally = Outcome(), Tally()
    with tempfile.TemporaryDirectory() as place:
        for log in (True, False):
            where = Path(place) / ("log" if log else "closed")
            out.violations += over(where, sample, tally, log=log)
    named, free = tally.named.total(), tally.free.total()
    out.figures.append(f"{named} harms named with their file, {free} harmless")
    for word, counts in (("named", tally.named), ("harmless", tally.free)):
        out.figures += [f"  {word:9} {count:3} {what}" for what, count in sorted(counts.items())]
    return out


def main(argv: Sequence[str]) -> int:
    """Run it and print what came of it."""
    given = small.options(argv, 10_000)
    return run(given.sample, given.seed).tell()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
