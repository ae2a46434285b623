"""The quarantine: sealed files put aside, each with the reason and the day in its name.

A file is `quarantine/<64 hex>.<reason>-YYYY-MM-DD`. Those no row named are removed thirty days
after they came; a damaged one may be all that is left of a record and is never removed.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from vault.store import files
from vault.store.originals import QUARANTINE, Originals

KEEP_DAYS = 30
_NAME = re.compile(r"([0-9a-f]{64})\.(orphan|damaged)-(\d{4}-\d{2}-\d{2})(?:\.\d+)?", re.ASCII)


class Reason(StrEnum):
    """Why a file was put aside."""

    ORPHAN = "orphan"
    DAMAGED = "damaged"


@dataclass(frozen=True, slots=True)
class Aside:
    """A file in quarantine: its name there, the original it was, why and since when."""

    name: str
    original: str
    reason: Reason
    since: dt.date


def put(folder: Path, originals: Originals, original: str, reason: Reason, day: dt.date) -> str:
    """Move an original's file into quarantine; returns its name there. Raises CannotWrite."""
    name = wanted = f"{original}.{reason.value}-{day.isoformat()}"
    number = 1
    while (folder / QUARANTINE / name).exists():  # nothing that lies there is written over
        number += 1
        name = f"{wanted}.{number}"
    originals.quarantine(original, name)
    return name


def every(folder: Path) -> Iterator[Aside]:
    """What lies in quarantine under a name this program gave, in order of name."""
    place = folder / QUARANTINE
    for path in sorted(place.iterdir()) if place.is_dir() else ():
        match = _NAME.fullmatch(path.name)
        if match is None:
            continue
        try:
            since = dt.date.fromisoformat(match[3])
        except ValueError:
            continue
        yield Aside(path.name, match[1], Reason(match[2]), since)


def purge(folder: Path, today: dt.date) -> int:
    """Remove the files no row named that have lain here for KEEP_DAYS; returns how many."""
    gone = 0
    for aside in every(folder):
        if aside.reason is Reason.ORPHAN and (today - aside.since).days >= KEEP_DAYS:
            with files.writing(folder / QUARANTINE):
                (folder / QUARANTINE / aside.name).unlink(missing_ok=True)
            gone += 1
    return gone
