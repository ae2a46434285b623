"""What other programs read and cost, kept in a file so that a dear run is not made twice.

A line is one JSON object with its `key`; the last of a key counts. Lines are added whole, so a
run that is cut off loses at most what it had in hand, and two runs may write to one file.
"""

from __future__ import annotations

import datetime as dt
import fcntl
import json
import os
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import BinaryIO


@dataclass(frozen=True)
class Read:
    """What a program made of one file: two texts page by page, processor seconds, and a problem.

    `sidecar` is what it says it read, `layer` the text in the PDF it wrote; in both, a form feed
    parts pages.
    """

    sidecar: str
    layer: str
    cpu: float
    problem: str = ""
    date: str = ""


@dataclass(frozen=True)
class Cost:
    """Clock and processor seconds, peak memory (PSS, bytes) and pages of one long run.

    `load` is the machine's load average over the last five minutes when it ended: on a busy
    machine processor seconds are dearer, too.
    """

    clock: float
    cpu: float
    peak: int
    pages: int
    date: str = ""
    load: float = 0.0


def today() -> str:
    """The date in UTC, as it is kept."""
    return dt.datetime.now(dt.UTC).date().isoformat()


def _last(file: BinaryIO) -> bytes:
    file.seek(-1, os.SEEK_END)
    return file.read(1)


class Kept:
    """The outcomes in a file, or in memory alone where there is no file."""

    def __init__(self, path: Path | None = None) -> None:
        self._path = path
        self.reads: dict[str, Read] = {}
        self.costs: dict[str, Cost] = {}
        if path is not None and path.exists():
            for line in path.read_text("utf-8").splitlines():
                self._take(line)

    def _take(self, line: str) -> None:
        try:
            told = json.loads(line)
        except ValueError:
            return  # the end of a run that was cut off
        key = told.pop("key")
        if "pages" in told:
            self.costs[key] = Cost(**told)
        else:
            self.reads[key] = Read(**told)

    def _add(self, key: str, outcome: Read | Cost) -> None:
        if self._path is None:
            return
        line = json.dumps({"key": key, **asdict(outcome)}, ensure_ascii=False)
        with self._path.open("a+b") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            # A run that was cut off may have left half a line: the next starts on its own.
            ended = file.seek(0, os.SEEK_END) == 0 or _last(file) == b"\n"
            file.write(("" if ended else "\n").encode() + line.encode() + b"\n")

    def add_read(self, key: str, outcome: Read) -> None:
        """Keep what was read of a file."""
        self.reads[key] = outcome
        self._add(key, outcome)

    def add_cost(self, key: str, outcome: Cost) -> None:
        """Keep what a long run cost."""
        self.costs[key] = outcome
        self._add(key, outcome)
