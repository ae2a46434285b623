"""Errors and short writes at every write-side call: nothing lost, and the cause is named."""

from __future__ import annotations

import functools
import os
import resource
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

from bench.faults import report
from bench.faults.check import check
from bench.faults.child import Outcome, Prepared, available, play, unchanged
from bench.faults.controls import ERRORS
from bench.faults.points import Point, calls, points
from vault.errors import Exit

NAMED = (
    "the disk is full", "the disk reports an error", "it cannot be opened",
    "Interrupted system call", "larger than this system allows",
)  # fmt: skip
"""How a sentence names the cause; of its own files SQLite tells no more than the second, third."""


class Fault(StrEnum):
    """What goes wrong at a call. FULL lasts from there on; LIMIT is a file that may not grow."""

    ENOSPC = "ENOSPC"
    FULL = "ENOSPC from then on"
    EIO = "EIO"
    EINTR = "EINTR"
    HALF = "half a write"
    LIMIT = "half a write, then EFBIG"


_INJECTED = (Fault.ENOSPC, Fault.FULL, Fault.EIO, Fault.EINTR)


@dataclass(frozen=True, slots=True)
class Strike:
    """A fault at a point."""

    fault: Fault
    point: Point

    def __str__(self) -> str:
        return f"{self.point.scene}: {self.fault.value} at {self.point.call} {self.point.count}"


@dataclass(slots=True)
class Errors:
    """What was counted: faults seen to strike, how the scene then ended, what was wrong after."""

    struck: Counter[Fault] = field(default_factory=Counter)
    ends: Counter[str] = field(default_factory=Counter)
    missed: int = 0
    broken: int = 0
    problems: list[str] = field(default_factory=list)


def _short_write(count: int, real: Callable[[int, bytes], int]) -> Callable[[int, bytes], int]:
    """`os.write` that writes only the first half when it is called for the count-th time."""
    seen = 0

    def write(fd: int, data: bytes) -> int:
        nonlocal seen
        seen += 1
        return real(fd, bytes(data)[: len(data) // 2] if seen == count else data)

    return write


def _halve(count: int) -> None:
    os.write = _short_write(count, os.write)  # type: ignore[assignment]


def _limit(size: int) -> None:
    """No file may grow beyond `size`: the kernel shortens the write that would."""
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))


def strikes(found: Sequence[Point]) -> Iterator[Strike]:
    """Every fault that can strike at these points of one scene."""
    for point in found:
        for fault in _INJECTED:
            # From then on it would also strike opening for reading, which no full disk does.
            if fault is not Fault.FULL or point.call != "openat":
                yield Strike(fault, point)
        if point.call == "write" and point.size > 1:
            yield Strike(Fault.HALF, point)
    highest = 0
    for point in found:  # only a write further out than all before it can be cut by a limit
        end = point.offset + point.size
        if point.offset >= 0 and point.size > 1 and end > highest:
            highest = end
            yield Strike(Fault.LIMIT, point)


def _options(strike: Strike) -> list[str]:
    call, count = strike.point.call, strike.point.count
    if strike.fault not in _INJECTED:
        return ["-s", "0", "-e", "trace=write,pwrite64"]
    error = "ENOSPC" if strike.fault is Fault.FULL else strike.fault.value
    when = f"{count}+" if strike.fault is Fault.FULL else f"{count}"
    return ["-s", "0", "-e", f"trace={call}", "-e", f"inject={call}:error={error}:when={when}"]


def _short(log: str) -> bool:
    """Whether a write was seen to take less than it was given."""
    for name, arguments, result in calls(log):
        parts = arguments.split(", ")
        given = parts[2] if name in ("write", "pwrite64") and len(parts) > 2 else ""
        if given.isdecimal() and result.isdecimal() and int(result) < int(given):
            return True
    return False


def _reached(strike: Strike, log: str) -> bool:
    """Whether strace saw the fault strike."""
    if strike.fault in _INJECTED:
        return "(INJECTED)" in log
    if strike.fault is Fault.LIMIT:
        return _short(log)
    return sum(name == "write" for name, _given, _taken in calls(log)) >= strike.point.count


def _first(strike: Strike) -> Callable[[], None]:
    if strike.fault is Fault.HALF:
        return functools.partial(_halve, strike.point.count)
    if strike.fault is Fault.LIMIT:
        return functools.partial(_limit, strike.point.offset + strike.point.size // 2)
    return unchanged


def wrongly_ended(outcome: Outcome) -> str:
    """What is wrong with how a scene ended after a fault; empty where nothing is."""
    if outcome.code == 0:
        return ""
    if outcome.code == Exit.BUG or not outcome.sentence:
        return f"ended with {outcome.code} and {outcome.sentence or 'no sentence'!r}"
    if not any(cause in outcome.sentence for cause in NAMED):
        return f"does not name the cause: {outcome.sentence!r}"
    return ""


def strike_at(prepared: Prepared, strike: Strike, errors: Errors, control: str | None) -> None:
    """Play the scene with the fault, come back and look."""

    def before() -> None:
        report.broken(ERRORS, control)()
        _first(strike)()

    outcome = play(prepared.scene, prepared.fresh(), _options(strike), before)
    if not _reached(strike, outcome.log):
        errors.missed += 1
        return
    errors.struck[strike.fault] += 1
    errors.ends["error" if outcome.code else "done all the same"] += 1
    ended = wrongly_ended(outcome)
    wrong = [ended] if ended else []
    wrong += check(prepared.scene, prepared.home, (*prepared.said, *outcome.said))
    errors.broken += bool(wrong)
    errors.problems += [f"{strike}: {w}" for w in wrong]


def _found(prepared: Prepared, control: str | None) -> list[Strike]:
    return list(strikes(points(prepared, report.broken(ERRORS, control))))


def _strikes(prepared: Prepared, task: tuple[str | None, list[Strike]]) -> Errors:
    errors = Errors()
    for one in task[1]:
        strike_at(prepared, one, errors, task[0])
    return errors


def run(folder: Path, asked: report.Asked) -> Errors:
    """Strike at all points of the scenes asked for with every fault, or a sample of that."""
    made = report.prepared(folder, asked, ERRORS)
    found = report.each(asked.jobs, _found, [(one, asked.control) for one in made.values()])
    chosen = report.sampled([s for some in found for s in some], asked.sample, asked.seed)
    tasks = [
        (one, (asked.control, [s for s in chosen if s.point.scene == name]))
        for name, one in made.items()
    ]
    errors = Errors()
    for part in report.each(asked.jobs, _strikes, tasks):
        errors.struck += part.struck
        errors.ends += part.ends
        errors.missed += part.missed
        errors.broken += part.broken
        errors.problems += part.problems
    return errors


def main(argv: Sequence[str]) -> int:
    """Print the figure; 1 where anything was lost, or an error did not say its cause."""
    asked = report.options(argv, __doc__ or "", tuple(ERRORS))
    if not available():
        sys.exit("this needs strace")
    begun = time.monotonic()
    with report.place() as folder:
        errors = run(folder, asked)
    for fault, count in sorted(errors.struck.items()):
        print(f"{fault.value:26} {count:5}")
    for end, count in sorted(errors.ends.items()):
        print(f"ended: {end:19} {count:5}")
    total = errors.struck.total()
    print(
        f"{total} faults ({errors.missed} not reached): {errors.broken} with a loss, a repair by "
        f"hand or a cause not named; {time.monotonic() - begun:.0f} s"
    )
    report.show(errors.problems)
    return int(bool(errors.broken) or not total)
