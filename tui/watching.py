"""A folder watched while the app is open: what arrives in it is taken in once it is still."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from tui.import_job import ImportJob, Progressing, summary
from vault.actions.imports.folder import Inbox
from vault.actions.imports.reading import Watch
from vault.actions.imports.run import Imported
from vault.actions.imports.seal import Origin
from vault.actions.session import Session

NAME = "Watch"
EVERY = 2.0
"""Seconds between two looks at the folder."""
_MOST_ROWS = 500


@dataclass(slots=True)
class Watching:
    """A watched folder; `ready` are files that are still and not taken in yet, `rows` the rest."""

    inbox: Inbox
    origin: Origin
    ready: tuple[Path, ...] = ()
    rows: tuple[Imported, ...] = ()

    def look(self) -> None:
        """Look at the folder; to be called in a thread, each time after a while."""
        self.ready = tuple(dict.fromkeys((*self.ready, *self.inbox.look())))

    def line(self) -> str:
        """What is watched, and what came of it so far."""
        counted = [row for row in self.rows if row.status != "refused"]
        taken = "1 file" if len(counted) == 1 else f"{len(counted)} files"
        return f"Watching {self.inbox.folder}: {taken} taken in. w ends it."


@dataclass(slots=True)
class WatchJob(ImportJob):
    """Takes in what arrived; its results are all that the watch has taken in, the newest first."""

    before: tuple[Imported, ...] = ()
    new: tuple[Imported, ...] = ()

    def _run(self, watch: Watch) -> tuple[Imported, ...]:
        rows = ImportJob._run(self, watch)
        # What is held already was most likely there when the watch began.
        self.new = tuple(row for row in rows if row.status != "duplicate")
        return (*self.new, *self.before)[:_MOST_ROWS]

    def _summary(self, results: tuple[Imported, ...]) -> str:  # noqa: ARG002 - the base's
        if not self.new:
            return "Watch: nothing new"
        return summary(self.new).replace("Import done", NAME, 1)


def job(s: Session, watching: Watching, tell: Callable[[Progressing], None]) -> WatchJob:
    """The job that takes in what is ready; nothing is ready after that."""
    paths, watching.ready = watching.ready, ()
    called = Progressing(name=NAME)
    return WatchJob(s, paths, watching.origin, "", tell, _state=called, before=watching.rows)


def noted(watching: Watching, ended: Progressing) -> Watching:
    """The watch with what a job of its own took in."""
    return replace(watching, rows=ended.results) if ended.results else watching
