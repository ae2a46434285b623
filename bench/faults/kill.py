"""SIGKILL at every write-side system call of every scene: nothing acknowledged may be lost."""

from __future__ import annotations

import sys
import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from bench.faults import report, scene
from bench.faults.check import check
from bench.faults.child import Prepared, available, play, prepare
from bench.faults.controls import KILL
from bench.faults.points import Point, points


@dataclass(slots=True)
class Kills:
    """What was counted: points the signal was seen to strike at, and what went wrong after."""

    reached: Counter[str] = field(default_factory=Counter)
    missed: int = 0
    broken: int = 0
    problems: list[str] = field(default_factory=list)


def strike(prepared: Prepared, point: Point, kills: Kills, first: Callable[[], None]) -> None:
    """Play the scene, kill it at the point, come back and look."""
    options = ["-s", "0", "-e", f"trace={point.call}"]
    options += ["-e", f"inject={point.call}:signal=SIGKILL:when={point.count}"]
    outcome = play(prepared.scene, prepared.fresh(), options, first)
    if not outcome.killed:
        kills.missed += 1
        return
    kills.reached[prepared.scene.name] += 1
    wrong = check(prepared.scene, prepared.home, (*prepared.said, *outcome.said))
    kills.broken += bool(wrong)
    kills.problems += [f"{point.scene} {point.call} {point.count}: {w}" for w in wrong]


def run(
    folder: Path, names: Sequence[str], sample: int | None, seed: int, control: str | None = None
) -> Kills:
    """Strike at all points of these scenes, or at a sample of them."""
    scenes, kills = scene.every(), Kills()
    names, first = report.broken(KILL, names, control)
    prepared = {name: prepare(scenes[name], folder / name) for name in names or scenes}
    found = [point for made in prepared.values() for point in points(made, first)]
    for point in report.sampled(found, sample, seed):
        strike(prepared[point.scene], point, kills, first)
    return kills


def main(argv: Sequence[str]) -> int:
    """Print the figure; 1 where anything was lost or needs a hand."""
    given = report.options(argv, __doc__ or "", tuple(KILL))
    if not available():
        sys.exit("this needs strace")
    begun = time.monotonic()
    with report.place() as folder:
        kills = run(folder, given.scene or (), given.sample, given.seed, given.control)
    for name, count in kills.reached.items():
        print(f"{name:20} {count:5} points")
    total = kills.reached.total()
    print(
        f"killed at {total} distinct write-side calls ({kills.missed} not reached): "
        f"{kills.broken} with a loss or a repair by hand; {time.monotonic() - begun:.0f} s"
    )
    report.show(kills.problems)
    return int(bool(kills.broken) or not total)
