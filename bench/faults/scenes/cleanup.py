"""Deleting, the trash, files no record names, the quarantine, and mending."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Iterator
from pathlib import Path

from bench.faults import homes
from bench.faults.papers import VISIT, promised, put
from bench.faults.promises import GONE, Tell
from bench.faults.scene import Scene
from vault.actions import records, repair, trash
from vault.actions.session import Session
from vault.store import housekeeping

NOTES = 5
UNNAMED = 3


def _pages(number: int) -> tuple[str, ...]:
    return (f"Note {number}\n{VISIT[0]}", VISIT[1])


def _prepare(home: Path, tell: Tell) -> None:
    homes.settle(home, tell)
    with homes.opened(home) as s:
        for number in range(NOTES):
            put(home, f"note-{number}.pdf", _pages(number), number * 700)
            homes.take(s, tell, f"note-{number}.pdf", _pages(number), number * 700)
        for number in range(UNNAMED):
            s.vault.originals.seal(io.BytesIO(b"%PDF unnamed" * (number + 1)), 1 << 20)


def _id_of(s: Session, name: str) -> str:
    return next(v.record.id for v in records.every(s) if v.record.title == name)


def _delete(home: Path, tell: Tell) -> None:
    with homes.opened(home) as s:
        for number in range(NOTES):
            name = f"note-{number}.pdf"
            made, id_ = promised(name, _pages(number), number * 700), _id_of(s, name)
            with tell.promise(s, dict.fromkeys(made, GONE)):
                trash.delete(s, id_)
            if number % 2:
                with tell.promise(s, made):
                    trash.restore(s, id_)


def _prepare_old(home: Path, tell: Tell) -> None:
    _prepare(home, tell)
    _delete(home, tell)
    put(home, "late.pdf", VISIT, 50)


def _keep_house(home: Path, tell: Tell) -> None:
    """The trash and the quarantine as they are emptied some weeks later."""
    now = dt.datetime.now(dt.UTC)
    with homes.opened(home) as s:
        for days in (2, 40, 58):
            with tell.promise(s, {}):
                housekeeping.keep_house(s.vault, now + dt.timedelta(days=days))
        homes.take(s, tell, "late.pdf", VISIT, 50)


def _prepare_harm(home: Path, tell: Tell) -> None:
    """A copy of the keys cut off, an anchor gone, and an original that a person can do without."""
    _prepare(home, tell)
    with homes.opened(home) as s:
        spoiled = records.find(s, _id_of(s, "note-4.pdf")).original
    path = homes.folder(home) / "originals" / spoiled[:2] / spoiled
    path.write_bytes(path.read_bytes()[:-1])
    (homes.folder(home) / "keys").write_bytes(b"chart")
    (homes.folder(home) / "anchor").unlink()


def _repair(home: Path, tell: Tell) -> None:
    with homes.opened(home) as s:
        repair.repair_vault(s)
        homes.take(s, tell, "note-4.pdf", _pages(4), 4 * 700)


def _repairs_again(home: Path, s: Session) -> Iterator[str]:
    """A person repairs, and imports the file that was damaged."""
    repair.repair_vault(s)
    homes.imported(s, home / "papers" / "note-4.pdf")
    yield from ()


SCENES = (
    Scene("delete", _prepare, _delete),
    Scene("clean-up", _prepare_old, _keep_house),
    Scene("repair", _prepare_harm, _repair, mends=_repairs_again),
)
