"""A lane: one worker process at a time, the thread that drives it, and the tasks it is given."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from vault.errors import Stopped, VaultError, WorkerFailed
from vault.model.reading import ByteSource
from vault.workers import checks
from vault.workers.checks import Json
from vault.workers.kinds import READERS, Kind
from vault.workers.process import SourceFailed, Worker
from vault.workers.protocol import Job
from vault.workers.wire import Ended, Late

T = TypeVar("T")

CRASHED = "the reader crashed on it"
TOO_LARGE = "it is too large to be read here"
NONSENSE = "the reader gave an answer that cannot be right"


class Lane:
    """Keeps a worker running, and replaces it by another after a crash."""

    def __init__(self, start_seconds: float) -> None:
        self._start_seconds = start_seconds
        self._lock = threading.Lock()
        self._worker: Worker | None = None
        self._killed = False

    @property
    def killed(self) -> bool:
        """Whether the lane has been told to end at once."""
        return self._killed

    @property
    def pid(self) -> int | None:
        """The id of the running worker process, None between two."""
        worker = self._worker
        return worker.pid if worker is not None else None

    def worker(self, kinds: tuple[Kind, ...]) -> Worker:
        """A worker of one of these kinds ready for a job; a new one is of the first of them.

        Raises WorkerFailed where none starts.
        """
        held = self._worker
        if held is not None and (held.kind not in kinds or not held.alive()):
            self.end()
            held = None
        if held is None:
            held = Worker(self._start_seconds, kinds[0])
            with self._lock:
                self._worker = held
                if self._killed:
                    held.kill()
        held.greet()
        return held

    def end(self, *, kill: bool = False) -> None:
        """End the worker, if there is one; for the thread that drives it alone."""
        with self._lock:
            held, self._worker = self._worker, None
        if held is not None:
            held.end(kill=kill)

    def kill(self) -> None:
        """End the worker at once and for good; may be called from any thread."""
        with self._lock:
            self._killed = True
            if self._worker is not None:
                self._worker.kill()


@dataclass(frozen=True, slots=True)
class Task(Generic[T]):
    """A job with all it takes to do it on any lane.

    `job` makes the job from the token its worker knows the file by, `decode` checks the answer,
    `give_up` says what the answer is where the file was too much for the worker. `kinds` are
    those a worker for it may be of, the first one preferred.
    """

    source: ByteSource
    job: Callable[[int], Job]
    decode: Callable[[Json, bytes], T]
    give_up: Callable[[str], T]
    seconds: float
    late: str
    kinds: tuple[Kind, ...] = READERS
    future: Future[T] = field(default_factory=Future)

    def run(self, lane: Lane) -> None:
        """Do the job on a lane unless it has been cancelled; the future gets the outcome."""
        if not self.future.set_running_or_notify_cancel():
            return
        try:
            outcome = self._outcome(lane)
        except VaultError as error:
            self.future.set_exception(Stopped() if lane.killed else error)
        except BaseException as error:  # noqa: BLE001 - whoever waits must hear of a bug too
            lane.end(kill=True)
            self.future.set_exception(error)
        else:
            self.future.set_result(outcome)

    def _outcome(self, lane: Lane) -> T:
        try:
            worker = lane.worker(self.kinds)
        except WorkerFailed:
            lane.end(kill=True)
            raise
        job = self.job(worker.token(self.source))
        refused = None
        try:
            answer, data = worker.ask(job, self.source, self.seconds)
            if "refused" in answer:
                refused = checks.text(answer["refused"])
            elif "failed" not in answer:
                return self.decode(answer, data)
            why = TOO_LARGE if answer.get("failed") == "memory" else CRASHED
        except Late:
            why = self.late
        except Ended:
            why = CRASHED
        except WorkerFailed:
            why = NONSENSE
        except SourceFailed as error:
            why = error.sentence
        if refused is not None:  # a clear no leaves the worker as good as it was
            return self.give_up(refused)
        lane.end(kill=True)
        if lane.killed:
            raise Stopped
        return self.give_up(why)
