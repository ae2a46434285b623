"""The power goes at every moment of every scene: nothing acknowledged may be lost."""

from __future__ import annotations

import hashlib
import random
import shutil
import sys
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from bench.faults import report
from bench.faults.check import check
from bench.faults.child import Prepared, available
from bench.faults.controls import POWER
from bench.faults.disk import Disk, Kind
from bench.faults.promises import Said
from bench.faults.recording import Step, left_out, record

TIMES = 1


@dataclass(frozen=True, slots=True)
class Cut:
    """A moment of a scene, counted in steps, and what the disk then did with unsynced writes."""

    scene: str
    step: int
    kind: Kind
    seed: int = 0


@dataclass(slots=True)
class Cuts:
    """What was counted: states by kind, those that differ from all before, what was wrong."""

    states: Counter[Kind] = field(default_factory=Counter)
    caught: Counter[Kind] = field(default_factory=Counter)
    same: int = 0
    problems: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Played:
    """A scene with what it did."""

    prepared: Prepared
    steps: tuple[Step, ...]


def cuts(played: Played) -> Iterator[Cut]:
    """Every moment, once in each plain way and TIMES in each torn way."""
    name = played.prepared.scene.name
    for step in range(len(played.steps) + 1):
        for kind in (Kind.KEPT, Kind.STRICT, Kind.ORDERED):
            yield Cut(name, step, kind)
        for seed in range(TIMES):
            yield Cut(name, step, Kind.STRICT_TORN, seed)
            yield Cut(name, step, Kind.ORDERED_TORN, seed)


def left(disk: Disk, cut: Cut) -> dict[str, bytes | None]:
    """What is on a disk after a cut."""
    torn = cut.kind in (Kind.STRICT_TORN, Kind.ORDERED_TORN)
    chance = random.Random(f"{cut.scene} {cut.step} {cut.seed}") if torn else None
    found = disk.after(chance, kept=cut.kind is Kind.KEPT)
    return {path: data for path, data in found.items() if not left_out(path)}


def _fingerprint(found: dict[str, bytes | None], said: int) -> bytes:
    seen = hashlib.sha256(f"{said}".encode())
    for path, data in found.items():
        body = b"" if data is None else hashlib.sha256(data).digest()
        seen.update(hashlib.sha256(path.encode("utf-8", "surrogateescape")).digest() + body)
    return seen.digest()


def _build(home: Path, found: dict[str, bytes | None]) -> None:
    shutil.rmtree(home, ignore_errors=True)
    home.mkdir(mode=0o700)
    for path, data in found.items():
        if data is None:
            (home / path).mkdir(mode=0o700)
        else:
            (home / path).write_bytes(data)


def play_cuts(played: Played, wanted: Sequence[Cut], counted: Cuts) -> None:
    """Build the states these cuts leave, in the order of their steps, and look at each."""
    disks = {ordered: Disk(ordered=ordered) for ordered in (False, True)}
    for disk in disks.values():
        disk.load(played.prepared.model)
    said: list[Said] = list(played.prepared.said)
    seen: set[bytes] = set()
    done = 0
    for cut in sorted(wanted, key=lambda c: c.step):
        for step in played.steps[done : cut.step]:
            if isinstance(step, Said):
                said.append(step)
                continue
            for disk in disks.values():
                disk.do(step)
        done = cut.step
        found = left(disks[cut.kind in (Kind.ORDERED, Kind.ORDERED_TORN)], cut)
        mark = _fingerprint(found, len(said))
        if mark in seen:
            counted.same += 1
            continue
        seen.add(mark)
        _build(played.prepared.home, found)
        wrong = check(played.prepared.scene, played.prepared.home, said)
        counted.states[cut.kind] += 1
        counted.caught[cut.kind] += bool(wrong)
        counted.problems += [f"{cut.scene} step {cut.step}, {cut.kind}: {w}" for w in wrong]


def _found(prepared: Prepared, control: str | None) -> Played:
    return Played(prepared, record(prepared, report.broken(POWER, control)))


def _cuts(played: Played, wanted: list[Cut]) -> Cuts:
    counted = Cuts()
    play_cuts(played, wanted, counted)
    return counted


def run(folder: Path, asked: report.Asked) -> Cuts:
    """Cut the power at all moments of the scenes asked for, or at a sample of them."""
    made = report.prepared(folder, asked, POWER)
    played = report.each(asked.jobs, _found, [(one, asked.control) for one in made.values()])
    found = [cut for one in played for cut in cuts(one)]
    chosen = report.sampled(found, asked.sample, asked.seed)
    tasks = [(one, [c for c in chosen if c.scene == one.prepared.scene.name]) for one in played]
    counted = Cuts()
    for part in report.each(asked.jobs, _cuts, tasks):
        counted.states += part.states
        counted.caught += part.caught
        counted.same += part.same
        counted.problems += part.problems
    return counted


def main(argv: Sequence[str]) -> int:
    """Print the figure; 1 where anything was lost or needs a hand."""
    asked = report.options(argv, __doc__ or "", tuple(POWER))
    if not available():
        sys.exit("this needs strace")
    begun = time.monotonic()
    with report.place() as folder:
        counted = run(folder, asked)
    for kind in Kind:
        print(
            f"{kind.value:30} {counted.states[kind]:5} states {counted.caught[kind]:5} violations"
        )
    total, caught = counted.states.total(), counted.caught.total()
    print(
        f"{total} distinct states ({counted.same} the same as another): {caught} with a loss or a "
        f"repair by hand ({caught / max(total, 1):.0%}); {time.monotonic() - begun:.0f} s"
    )
    report.show(counted.problems)
    return int(bool(caught) or not total)
