"""SIGKILL at every write-side system call of every scene: nothing acknowledged may be lost."""

from __future__ import annotations

import sys
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from bench.faults import report
from bench.faults.check import check
from bench.faults.child import Prepared, available, play
from bench.faults.controls import KILL
from bench.faults.points import Point, points


@dataclass(slots=True)
class Kills:
    """What was counted: points the signal was seen to strike at, and what went wrong after."""

    reached: Counter[str] = field(default_factory=Counter)
    missed: int = 0
    broken: int = 0
    problems: list[str] = field(default_factory=list)


def strike(prepared: Prepared, point: Point, kills: Kills, control: str | None) -> None:
    """Play the scene, kill it at the point, come back and look."""
    options = ["-s", "0", "-e", f"trace={point.call}"]
    options += ["-e", f"inject={point.call}:signal=SIGKILL:when={point.count}"]
    outcome = play(prepared.scene, prepared.fresh(), options, report.broken(KILL, control))
    if not outcome.killed:
        kills.missed += 1
        return
    kills.reached[prepared.scene.name] += 1
    wrong = check(prepared.scene, prepared.home, (*prepared.said, *outcome.said))
    kills.broken += bool(wrong)
    kills.problems += [f"{point.scene} {point.call} {point.count}: {w}" for w in wrong]


def _found(prepared: Prepared, control: str | None) -> tuple[Point, ...]:
    return points(prepared, report.broken(KILL, control))


def _strikes(prepared: Prepared, task: tuple[str | None, list[Point]]) -> Kills:
    kills = Kills()
    for point in task[1]:
        strike(prepared, point, kills, task[0])
    return kills


def run(folder: Path, asked: report.Asked) -> Kills:
    """Strike at all points of the scenes asked for, or at a sample of them."""
    made = report.prepared(folder, asked, KILL)
    found = report.each(asked.jobs, _found, [(one, asked.control) for one in made.values()])
    chosen = report.sampled([p for some in found for p in some], asked.sample, asked.seed)
    tasks = [
        (one, (asked.control, [p for p in chosen if p.scene == name])) for name, one in made.items()
    ]
    kills = Kills()
    for part in report.each(asked.jobs, _strikes, tasks):
        kills.reached += part.reached
        kills.missed += part.missed
        kills.broken += part.broken
        kills.problems += part.problems
    return kills


def main(argv: Sequence[str]) -> int:
    """Print the figure; 1 where anything was lost or needs a hand."""
    asked = report.options(argv, __doc__ or "", tuple(KILL))
    if not available():
        sys.exit("this needs strace")
    begun = time.monotonic()
    with report.place() as folder:
        kills = run(folder, asked)
    for name, count in kills.reached.items():
        print(f"{name:20} {count:5} points")
    total = kills.reached.total()
    print(
        f"killed at {total} distinct write-side calls ({kills.missed} not reached): "
        f"{kills.broken} with a loss or a repair by hand; {time.monotonic() - begun:.0f} s"
    )
    report.show(kills.problems)
    return int(bool(kills.broken) or not total)
