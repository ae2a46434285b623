"""Reading: pages go to the workers and come back in batches, whatever their order."""

from __future__ import annotations

import contextlib
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, wait
from dataclasses import dataclass, field, replace
from queue import Empty, SimpleQueue

from vault.actions import passwords
from vault.actions.imports import keep
from vault.actions.imports.carry import Carried
from vault.actions.session import Session
from vault.errors import Damaged, Stopped
from vault.model.reading import PageResult, Probe, ReadOptions
from vault.model.records import Record
from vault.store import pages, records
from vault.store.originals import SealedReader

BATCH_PAGES = 32
BATCH_SECONDS = 1.0
_AHEAD = 8
"""Pages handed to each worker ahead of time: enough that none waits while a batch is kept."""


@dataclass(frozen=True, slots=True)
class Progress:
    """How far an import is: pages read of those known so far, and the record being read.

    While a ZIP is unpacked, `unit` is `file`, and its files are counted.
    """

    record: str
    title: str
    done: int
    total: int
    unit: str = "page"


def _nothing(_progress: Progress) -> None:
    return


def _never() -> bool:
    return False


def _none(_files: int) -> str:
    return ""


@dataclass(frozen=True, slots=True)
class Watch:
    """How a front end follows an import: told of progress, asked whether to stop.

    `password` is asked once, after all else is done, where files are locked: it is told how many,
    and gives the password to try on all of them, or an empty text.
    """

    progress: Callable[[Progress], None] = _nothing
    stop: Callable[[], bool] = _never
    password: Callable[[int], str] = _none


@dataclass(slots=True)
class Reader:
    """Reads the pending pages of records with all workers at once.

    `locked` are the records that need a password nobody gave. `carried` says, by record and
    page, what became of corrections of earlier readings.
    """

    session: Session
    watch: Watch = field(default_factory=Watch)
    password: str = ""
    _running: dict[Future[PageResult], Record] = field(default_factory=dict)
    _finished: SimpleQueue[Future[PageResult]] = field(default_factory=SimpleQueue)
    _batch: list[keep.Read] = field(default_factory=list)
    _open: dict[str, SealedReader] = field(default_factory=dict)
    _left: Counter[str] = field(default_factory=Counter)
    locked: list[str] = field(default_factory=list)
    carried: dict[tuple[str, int], Carried] = field(default_factory=dict)
    _since: float = 0.0
    _done: int = 0
    _total: int = 0

    def read(self, wanted: Sequence[str]) -> None:
        """Read what is pending of these records; what is finished when it ends is kept.

        Raises Stopped where the watch says so. A page that cannot be read is kept as such.
        """
        self._total = len(wanted)  # a file counts as one page until it has been opened
        try:
            for future, record in self._jobs(wanted):
                self._running[future] = record
                future.add_done_callback(self._finished.put)
                while len(self._running) >= self.session.pool.size * _AHEAD:
                    self._collect()
            while self._running:
                self._collect()
        finally:
            for future in self._running:
                future.cancel()
            self._running.clear()
            try:
                self._keep()
            finally:
                for id_ in tuple(self._open):
                    self._close(id_)

    def _jobs(self, wanted: Sequence[str]) -> Iterator[tuple[Future[PageResult], Record]]:
        for id_ in wanted:
            record = records.get(self.session.vault.read(), id_)
            source = self._source(record)
            if source is None:
                self._total -= 1
                continue
            self._open[record.id] = source
            numbers = self._pending(record, source)
            self._total += len(numbers) - 1
            self._left[record.id] = len(numbers)
            if not numbers:
                self._close(record.id)
            password = self._password(record)
            options = ReadOptions(record.language, record.engine, password)
            turns = pages.rotations(self.session.vault.read(), record.id)
            for number in numbers:
                options = replace(options, turn=turns.get(number))
                job = self.session.pool.read_page(source, record.media, number, options)
                yield job, record

    def _close(self, id_: str) -> None:
        """Close an original nobody reads any more: a large import has more than may be open."""
        self._open.pop(id_).close()

    def _password(self, record: Record) -> str:
        """The password that opened this file before, else the one given now."""
        return passwords.of(self.session.vault.read(), record.id) or self.password

    def _source(self, record: Record) -> SealedReader | None:
        try:
            return self.session.vault.originals.open(record.original)
        except Damaged as error:
            keep.unreadable(self.session, record, error.sentence)
            return None

    def _pending(self, record: Record, source: SealedReader) -> tuple[int, ...]:
        if record.pages:
            numbers = pages.pending(self.session.vault.read(), record.id)
            if not numbers:
                keep.finish(self.session, record)
            return numbers
        password = self._password(record)
        probe = self._await(self.session.pool.probe(source, record.media, password))
        if probe.encrypted and probe.problem:
            self.locked.append(record.id)
        if probe.problem or not probe.pages:
            keep.unreadable(self.session, record, probe.problem or "there are no pages in it")
            return ()
        used = password if probe.encrypted else ""
        return keep.count_pages(self.session, record, probe.pages, used)

    def _await(self, future: Future[Probe]) -> Probe:
        while not future.done():
            if self._running:
                self._collect()
            else:
                wait([future], timeout=0.2)
                self._ask()
        return future.result()

    def _ask(self) -> None:
        if self.watch.stop():
            raise Stopped("the pages read so far are kept", "the same command goes on from there")

    def _collect(self) -> None:
        with contextlib.suppress(Empty):
            self._take(self._finished.get(timeout=0.2))
        late = self._batch and time.monotonic() - self._since >= BATCH_SECONDS
        if late or len(self._batch) >= BATCH_PAGES:
            self._keep()
        self._ask()

    def _take(self, future: Future[PageResult]) -> None:
        """Put a page that has been read into the batch."""
        record = self._running.pop(future)
        if not self._batch:
            self._since = time.monotonic()
        self._batch.append(keep.Read(record, future.result()))
        self._done += 1
        self._left[record.id] -= 1
        if not self._left[record.id]:
            self._close(record.id)
        self.watch.progress(Progress(record.id, record.title, self._done, self._total))

    def _keep(self) -> None:
        batch, self._batch = self._batch, []
        self.carried |= keep.keep(self.session, batch)
