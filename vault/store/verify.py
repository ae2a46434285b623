"""Looking over a whole vault: which checks there are, in which order, and on what.

Quick: keys files, permissions, anchors and the whole audit chain, every row against the content
root, every page of the database authentic, every original there, its own and of its length.
Full adds: the database's structure, references, the search index, and every original read
through. Each check of the database has a connection of its own.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from vault.errors import Busy, CannotWrite, VaultError
from vault.store import checks, database, history, quarantine
from vault.store.checks import DATABASE, Problem
from vault.store.crypto import Label
from vault.store.database import Db, Mode
from vault.store.keys import Keys
from vault.store.lock import WriterLock
from vault.store.originals import QUARANTINE, Originals
from vault.store.quarantine import Reason

Step = tuple[str, Callable[[], Iterable[Problem]]]
_WHY = {
    Reason.ORPHAN: "no record named it; it was put aside and is removed after thirty days",
    Reason.DAMAGED: "damaged; it is kept here",
}


@dataclass(frozen=True, slots=True)
class Place:
    """What the checks look at: the folder, its second anchor, open keys and a way to read."""

    folder: Path
    second: Path | None
    keys: Keys
    originals: Originals
    reader: Callable[[], Db]
    writer: Db | None

    @property
    def wal(self) -> Path:
        """The write-ahead log."""
        return self.folder / f"{DATABASE}-wal"


def _on_reader(place: Place, check: Callable[[Db], Iterable[Problem]]) -> Iterator[Problem]:
    with contextlib.closing(place.reader()) as db:
        yield from check(db)


@contextlib.contextmanager
def _may_write(place: Place) -> Iterator[Db | None]:
    """The writing connection, or one made for the moment; None where that could change anything.

    While another process writes, or the log holds changes that closing would move into the
    database, no other connection that may write is made.
    """
    if place.writer is not None:
        yield place.writer
        return
    if place.wal.exists() and place.wal.stat().st_size:
        yield None
        return
    try:
        lock = WriterLock(place.folder)
    except (Busy, CannotWrite):
        yield None
        return
    try:
        path = place.folder / DATABASE
        with contextlib.closing(
            database.connect(path, place.keys.of(Label.DATABASE), Mode.WRITE)
        ) as db:
            yield db
    finally:
        lock.release()


def _search_index(place: Place) -> Iterator[Problem]:
    with _may_write(place) as db:
        if db is not None:
            yield from checks.search_index(db)


def steps(place: Place, *, full: bool, part: tuple[int, int] = (1, 1)) -> Iterator[Step]:
    """Each check by name, to be run in this order; none of them changes anything."""
    notes = history.read_notes(place.folder, place.second, place.keys)

    def reading(name: str, check: Callable[[Db], Iterable[Problem]]) -> Step:
        return name, lambda: _on_reader(place, check)

    yield "keys", lambda: checks.keys_files(place.folder, place.keys)
    yield "permissions", lambda: checks.permissions(place.folder)
    yield reading("age of the keys", lambda db: checks.keys_age(db, place.folder))
    yield reading("history", lambda db: checks.anchors(db, notes, place.keys))
    yield reading("rows", lambda db: checks.content(db, place.keys))
    yield reading("pages", lambda db: checks.pages(db, place.wal, full=full))
    if full:
        yield reading("structure", checks.structure)
        yield reading("references", checks.references)
        yield "search index", lambda: _search_index(place)
    yield reading("originals", lambda db: checks.sealed(db, place.originals, full=full, part=part))


def problems(place: Place, *, full: bool, part: tuple[int, int] = (1, 1)) -> tuple[Problem, ...]:
    """Everything that is wrong; a check that cannot be made is itself a problem."""
    found: list[Problem] = []
    for _name, run in steps(place, full=full, part=part):
        try:
            found += run()
        except VaultError as error:
            found.append(Problem(DATABASE, error.sentence))
    return tuple(found)


def notes(place: Place) -> tuple[Problem, ...]:
    """What a person may like to know and need not mend: unnamed files, and the quarantine."""
    found: list[Problem] = []
    try:
        found += _on_reader(place, lambda db: checks.unnamed(db, place.originals))
    except VaultError as error:
        found.append(Problem(DATABASE, error.sentence))
    for aside in quarantine.every(place.folder):
        since = f" (since {aside.since.isoformat()})"
        found.append(Problem(f"{QUARANTINE}/{aside.name}", _WHY[aside.reason] + since))
    return tuple(found)
