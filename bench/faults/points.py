"""The write-side calls of a scene, found by playing it once: where a fault can strike."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from bench.faults.child import WRITES, Prepared, play, unchanged

_CALL = re.compile(r"^(\w+)\((.*)\)\s+= (-?\d+|\?)")


@dataclass(frozen=True, slots=True)
class Point:
    """The `count`-th time a scene makes a system call; `offset` and `size` of what it writes."""

    scene: str
    call: str
    count: int
    offset: int = -1
    size: int = 0


def calls(log: str) -> Iterator[tuple[str, str, str]]:
    """Name, arguments and result of each call in strace's account."""
    for line in log.splitlines():
        match = _CALL.match(line)
        if match:
            yield match[1], match[2], match[3]


def writes(name: str, arguments: str) -> bool:
    """Whether a call is one that changes a disk."""
    return name in WRITES and (name != "openat" or "O_CREAT" in arguments)


def _written(name: str, arguments: str) -> tuple[int, int]:
    tail = arguments.rsplit(", ", 2)
    if name == "pwrite64":
        return int(tail[2]), int(tail[1])
    return (0, int(tail[-1])) if name == "write" else (-1, 0)


def points(prepared: Prepared, first: Callable[[], None] = unchanged) -> tuple[Point, ...]:
    """Every write-side call that the scene makes and that succeeds when left in peace."""
    options = ["-s", "0", "-e", f"trace={','.join(WRITES)}"]
    outcome = play(prepared.scene, prepared.fresh(), options, first)
    if outcome.code:
        raise RuntimeError(f"{prepared.scene.name} fails when left in peace: {outcome.sentence}")
    seen: Counter[str] = Counter()
    found = []
    for name, arguments, result in calls(outcome.log):
        seen[name] += 1
        if writes(name, arguments) and not result.startswith("-"):
            where = _written(name, arguments)
            found.append(Point(prepared.scene.name, name, seen[name], *where))
    return tuple(found)
