"""Scanning paper in the background, then taking the pages in as one record."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import ClassVar

from tui.import_job import ImportJob, Progressing, summary
from vault.actions.imports import run as importing
from vault.actions.imports.gather import given
from vault.actions.imports.reading import Watch
from vault.actions.imports.run import Imported
from vault.actions.imports.seal import Origin
from vault.actions.scanning import run as scanning
from vault.actions.scanning.run import Wanted
from vault.actions.session import Session

_CALLED = Progressing(name="Scan", begun="waiting for the scanner")


@dataclass(frozen=True, slots=True)
class ScanOrder:
    """What is to be scanned, what the record is called, and where the paper came from."""

    wanted: Wanted
    title: str
    origin: Origin


def _last(_number: int) -> bool:
    return False


@dataclass(slots=True)
class ScanJob(ImportJob):
    """One scan. `ready` is asked, from its thread, before each page from the glass but the first.

    `problem` says why the scanner gave no more, where it broke off.
    """

    RUNS: ClassVar[str] = "A scan is running."
    LEFT: ClassVar[str] = "Nothing of this scan is kept then."

    wanted: Wanted = field(default_factory=Wanted)
    title: str = ""
    ready: Callable[[int], bool] = _last
    problem: str = ""

    def _came(self, number: int) -> None:
        pages = "1 page" if number == 1 else f"{number} pages"
        self._state = replace(self._state, begun=f"{pages} scanned")
        self.tell(self._state)

    def _run(self, watch: Watch) -> tuple[Imported, ...]:
        self.tell(self._state)
        done = scanning.scan(self.wanted, self._came, self.ready, self.stop.is_set)
        self.problem = done.problem
        candidate = given(self.title, done.data)
        return importing.import_paths(
            self.session, (), self.origin, watch=watch, given=(candidate,)
        )

    def _summary(self, results: tuple[Imported, ...]) -> str:
        said = summary(results).replace("Import", "Scan", 1)
        return f"{said}; the scanner stopped: {self.problem}" if self.problem else said


def job(
    s: Session,
    order: ScanOrder,
    ready: Callable[[int], bool],
    tell: Callable[[Progressing], None],
) -> ScanJob:
    """The job that scans what was ordered."""
    return ScanJob(
        s,
        (),
        order.origin,
        "",
        tell,
        _state=_CALLED,
        wanted=order.wanted,
        title=order.title,
        ready=ready,
    )
