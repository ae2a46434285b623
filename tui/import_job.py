"""How an import in the background is doing, in numbers and in words."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import ClassVar

from tui.widgets.dialogs import hint_of
from vault.actions.imports import run as importing
from vault.actions.imports.reading import Progress, Watch
from vault.actions.imports.seal import Origin
from vault.actions.session import Session
from vault.errors import VaultError

_TELL_EVERY = 0.2  # seconds; a text layer gives hundreds of pages a second
_SOON = 0.5  # seconds before which a rate says nothing


@dataclass(frozen=True, slots=True)
class Progressing:
    """Where an import stands: pages read of those known, seconds spent, and how it ended.

    While a ZIP is unpacked `unit` is `file`. `title` is the record being read. `ended` is empty
    while it runs, then a plain sentence. `name` is what the work is called, `begun` what it does
    before anything can be counted.
    """

    done: int = 0
    total: int = 0
    title: str = ""
    seconds: float = 0.0
    unit: str = "page"
    running: bool = True
    ended: str = ""
    hint: str = ""
    results: tuple[importing.Imported, ...] = ()
    name: str = "Import"
    begun: str = "sealing files"

    @property
    def rate(self) -> float:
        """Pages a minute, 0 while nothing is known."""
        return self.done * 60 / self.seconds if self.done and self.seconds >= _SOON else 0.0

    @property
    def left(self) -> float | None:
        """Seconds left for the pages known so far, None while nothing is known."""
        return (self.total - self.done) * 60 / self.rate if self.rate else None

    def line(self) -> str:
        """One short line: how many pages, how fast, how long still."""
        if not self.running:
            return self.ended
        if not self.total:
            return f"{self.name}: {self.begun}"
        parts = [f"{self.name}: {self.unit} {self.done} of {self.total}"]
        if self.rate:
            parts.append(f"{round(self.rate)}/min")
        if self.left is not None:
            parts.append(f"{duration(self.left)} left")
        return ", ".join(parts)


def duration(seconds: float) -> str:
    """A length of time in the words one would say: `40 s`, `3 min`, `2 h 5 min`."""
    whole = max(0, round(seconds))
    if whole < 60:
        return f"{whole} s"
    minutes = round(whole / 60)
    if minutes < 60:
        return f"{minutes} min"
    return f"{minutes // 60} h {minutes % 60} min"


@dataclass(slots=True)
class ImportJob:
    """One import: run it in a thread; `tell` is called from that thread with where it stands."""

    RUNS: ClassVar[str] = "An import is running."
    LEFT: ClassVar[str] = "What was read is kept. It goes on when you choose Import again."
    """What becomes of it where one leaves while it runs."""

    session: Session
    paths: tuple[Path, ...]
    origin: Origin
    password: str
    tell: Callable[[Progressing], None]
    stop: threading.Event = field(default_factory=threading.Event)
    _state: Progressing = field(default_factory=Progressing)
    _since: float = 0.0
    _told: float = 0.0

    def __call__(self) -> Progressing:
        """Do it all; a failure is told in the answer, not raised."""
        self._since = time.monotonic()
        watch = Watch(progress=self._progress, stop=self.stop.is_set)
        try:
            results = self._run(watch)
        except VaultError as error:
            return self._ended(f"{self._state.name}: {error.sentence}", hint=hint_of(error))
        return self._ended(self._summary(results), results)

    @property
    def begins(self) -> Progressing:
        """Where it stands before anything is done."""
        return self._state

    def _summary(self, results: tuple[importing.Imported, ...]) -> str:
        """What came of it, in one sentence."""
        return summary(results)

    def _run(self, watch: Watch) -> tuple[importing.Imported, ...]:
        if self.paths:
            return importing.import_paths(
                self.session, self.paths, self.origin, password=self.password, watch=watch
            )
        again = importing.resume(self.session, password=self.password, watch=watch)
        return tuple(
            importing.Imported(r.id, r.title, r.status.value, r.media, r.pages, reason=r.reason)
            for r in again
        )

    def _progress(self, at: Progress) -> None:
        now = time.monotonic()
        self._state = replace(
            self._state,
            done=at.done,
            total=at.total,
            title=at.title,
            seconds=now - self._since,
            unit=at.unit,
        )
        if now - self._told >= _TELL_EVERY:
            self._told = now
            self.tell(self._state)

    def _ended(
        self, sentence: str, results: tuple[importing.Imported, ...] = (), hint: str = ""
    ) -> Progressing:
        return replace(
            self._state,
            seconds=time.monotonic() - self._since,
            running=False,
            ended=sentence,
            hint=hint,
            results=results,
        )


_SAID = {
    "stored": "stored",
    "duplicate": "held already",
    "unreadable": "kept but not readable",
    "refused": "refused",
}


def summary(results: tuple[importing.Imported, ...]) -> str:
    """What became of all files, in one sentence."""
    counts = {status: sum(r.status == status for r in results) for status in _SAID}
    parts = [f"{count} {_SAID[status]}" for status, count in counts.items() if count]
    return "Import done: " + (", ".join(parts) or "no files found")
