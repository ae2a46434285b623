"""Processor time and memory of processes, looked at while they run (Linux)."""

from __future__ import annotations

import os
import resource
import threading
import time
from collections.abc import Callable
from pathlib import Path

_TICKS = os.sysconf("SC_CLK_TCK")


def pss(pid: int) -> int:
    """The memory in bytes a process holds, its share of what it shares; 0 where it is gone."""
    try:
        for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1]) * 1024
    except OSError:
        return 0
    return 0


def cpu(pid: int) -> float:
    """Processor seconds of a process and the children it has waited for."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return sum(int(fields[n]) for n in (11, 12, 13, 14)) / _TICKS


def below(root: int) -> tuple[int, ...]:
    """A process and all below it."""
    parents: dict[int, list[int]] = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                parent = int((entry / "stat").read_text().rpartition(")")[2].split()[1])
            except OSError:
                continue
            parents.setdefault(parent, []).append(int(entry.name))
    found, left = [], [root]
    while left:
        pid = left.pop()
        found.append(pid)
        left += parents.get(pid, [])
    return tuple(found)


class Watch:
    """The most memory (PSS) that processes hold at a time, in bytes, from now until `end`.

    `cpu` is what looking took, in processor seconds of this process.
    """

    def __init__(self, pids: Callable[[], tuple[int, ...]]) -> None:
        self._pids = pids
        self._over = threading.Event()
        self.peak = 0
        self.cpu = 0.0
        self._thread = threading.Thread(target=self._look, daemon=True)
        self._thread.start()

    def _look(self) -> None:
        while not self._over.wait(0.2):
            self.peak = max(self.peak, sum(map(pss, self._pids())))
        self.cpu = time.thread_time()

    def end(self) -> None:
        """Stop looking."""
        self._over.set()
        self._thread.join()


def load() -> float:
    """The machine's load average over the last five minutes."""
    return round(os.getloadavg()[1], 1)


def used(who: int = resource.RUSAGE_CHILDREN) -> float:
    """Processor seconds so far of this process or of the children it has waited for."""
    now = resource.getrusage(who)
    return now.ru_utime + now.ru_stime


def measured(work: Callable[[], None]) -> tuple[float, float, int]:
    """Clock and processor seconds of children, and their peak memory, while `work` runs."""
    me = os.getpid()
    watch = Watch(lambda: tuple(pid for pid in below(me) if pid != me))
    before, begun = used(), time.monotonic()
    try:
        work()
    finally:
        watch.end()
    return time.monotonic() - begun, used() - before, watch.peak
