"""Reading pages again in the background, and what to tell of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from tui.import_job import ImportJob, Progressing
from vault.actions.imports import run as importing
from vault.actions.imports.reading import Watch
from vault.actions.imports.run import Again, Imported, Reread
from vault.actions.imports.seal import Origin
from vault.actions.session import Session

NAME = "Reading again"
_CALLED = Progressing(name=NAME, begun="getting ready")


@dataclass(slots=True)
class RereadJob(ImportJob):
    """One reading again of a record (id), or of a page of it."""

    record: str = ""
    how: Again = field(default_factory=Again)
    told: str = ""

    def _run(self, watch: Watch) -> tuple[Imported, ...]:
        done = importing.reread(self.session, self.record, self.how, watch)
        self.told = told(done, self.how.page)
        held = done.record
        return (Imported(held.id, held.title, held.status.value, held.media, held.pages),)

    def _summary(self, results: tuple[Imported, ...]) -> str:  # noqa: ARG002 - the base's
        return self.told


def told(done: Reread, page: int | None) -> str:
    """What became of it and of the person's corrections, in a few words."""
    held = done.record
    what = f"page {page} of {held.title}" if page is not None else held.title
    said = f"Read again: {what}"
    if held.reason:
        said += f", and it could not be read: {held.reason}"
    if done.kept:
        said += f"; {_many(done.kept)} of yours kept"
    if done.dropped:
        said += f"; {_many(len(done.dropped))} of yours fit no words now"
    return said


def _many(count: int) -> str:
    return "1 correction" if count == 1 else f"{count} corrections"


def job(s: Session, record: str, how: Again, tell: Callable[[Progressing], None]) -> RereadJob:
    """The job that reads a record again."""
    return RereadJob(s, (), Origin(), "", tell, _state=_CALLED, record=record, how=how)
