"""The worker pool: jobs on foreign bytes go to processes that can be killed and replaced."""

from __future__ import annotations

import atexit
import heapq
import itertools
import os
import threading
from concurrent.futures import Future
from types import TracebackType

from vault.errors import WorkerFailed
from vault.model.bundles import Members, Piece
from vault.model.forms import Filled, Filling, FormShape
from vault.model.letters import Manuscript, Typeset
from vault.model.media import ZIP
from vault.model.reading import (
    ByteSource,
    InMemory,
    PageKind,
    PageResult,
    Picture,
    Probe,
    ReadOptions,
    View,
)
from vault.workers import tools
from vault.workers.bundles import decode_members, decode_piece
from vault.workers.forms import decode_filled, decode_shape
from vault.workers.kinds import Kind
from vault.workers.lane import Lane, Task
from vault.workers.limits import DEADLINES, FRAME_BYTES, PICTURE_SIDE, Deadlines
from vault.workers.protocol import (
    Document,
    DrawJob,
    FillJob,
    FormJob,
    MembersJob,
    PageJob,
    PieceJob,
    ProbeJob,
    TypesetJob,
    decode_page,
    decode_picture,
    decode_probe,
    decode_typeset,
)

MOST_WORKERS = 8
_SOON, _PROBE, _PAGE = range(3)  # a person waits for a picture or a letter; pages can wait
_JOIN_SECONDS = 5.0
AnyTask = (
    Task[Probe]
    | Task[PageResult]
    | Task[Picture]
    | Task[Members]
    | Task[Piece]
    | Task[Typeset]
    | Task[FormShape]
    | Task[Filled]
)


def usable_cores() -> int:
    """The number of processor cores this process may run on."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _cannot_draw(why: str) -> Picture:
    raise WorkerFailed(why)


def _cannot_typeset(why: str) -> Typeset:
    raise WorkerFailed(why)


def _reader_with(engine: str) -> Kind:
    """The kind of worker that can read with an engine, and may do no more than that takes."""
    if engine == "pytesseract":
        return Kind.SCRATCH
    if engine == "tesseract" or (engine == "auto" and "tesserocr" not in tools.engines()):
        return Kind.PROGRAM
    return Kind.READER


class Pool:
    """Worker processes, started when there is work; thread-safe.

    `size` is how many at most (by default one a usable core, up to 8), `deadlines` how long
    each kind of job may take. One thread drives each worker. After `close` nothing is taken.
    """

    def __init__(self, size: int | None = None, deadlines: Deadlines = DEADLINES) -> None:
        self.size = max(1, size or min(usable_cores(), MOST_WORKERS))
        self._deadlines = deadlines
        self._waiting: list[tuple[int, int, AnyTask]] = []
        self._count = itertools.count()
        self._changed = threading.Condition()
        self._lanes: dict[Lane, threading.Thread] = {}
        self._readers: dict[str, Kind] = {}
        self._idle = 0
        self._closed = False

    def __enter__(self) -> Pool:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close(kill=kind is not None)

    @property
    def pids(self) -> tuple[int, ...]:
        """The ids of the worker processes that run at the moment."""
        with self._changed:
            found = [lane.pid for lane in self._lanes]
        return tuple(pid for pid in found if pid is not None)

    def _reader(self, engine: str) -> Kind:
        """The kind of worker for an engine; what is installed is looked at once, not every page."""
        if engine not in self._readers:
            self._readers[engine] = _reader_with(engine)
        return self._readers[engine]

    def probe(self, source: ByteSource, media: str, password: str = "") -> Future[Probe]:
        """Find out what a file is; what is wrong with it is in the answer.

        The future raises WorkerFailed only where no worker can be started.
        """
        task = Task(
            source,
            job=lambda token: ProbeJob(Document(token, source.size, media, password)),
            decode=lambda answer, _: decode_probe(answer.get("probe"), media),
            give_up=lambda why: Probe(media, 0, problem=why),
            seconds=self._deadlines.probe,
            late="it took too long to open",
        )
        self._submit(_PROBE, task)
        return task.future

    def read_page(
        self, source: ByteSource, media: str, page: int, options: ReadOptions
    ) -> Future[PageResult]:
        """Read a page, counted from 1; a page that cannot be read is an answer that says so.

        The future raises WorkerFailed only where no worker can be started.
        """

        def job(token: int) -> PageJob:
            return PageJob(Document(token, source.size, media, options.password), page, options)

        def give_up(why: str) -> PageResult:
            return PageResult(page, PageKind.CONTENT, (), 0, 0, 0, look=True, why=why, read=False)

        task = Task(
            source,
            job,
            decode=lambda answer, _: decode_page(answer.get("page"), page),
            give_up=give_up,
            seconds=self._deadlines.page,
            late="it took too long to read",
            kinds=(self._reader(options.engine),),
        )
        self._submit(_PAGE, task)
        return task.future

    def draw(
        self, source: ByteSource, media: str, view: View, password: str = ""
    ) -> Future[Picture]:
        """Draw a part of a page, before all pages that wait to be read.

        The future raises WorkerFailed where it cannot be drawn; ValueError for a view that is
        larger than a picture may be (64 MiB of pixels, 20,000 a side).
        """
        room = view.width * view.height * (3 if view.colour else 1)
        sides = (view.width, view.height)
        if not all(1 <= side <= PICTURE_SIDE for side in sides) or room > FRAME_BYTES:
            raise ValueError("a picture of that size cannot be drawn")
        task = Task(
            source,
            job=lambda token: DrawJob(Document(token, source.size, media, password), view),
            decode=lambda answer, pixels: decode_picture(answer.get("picture"), pixels, view),
            give_up=_cannot_draw,
            seconds=self._deadlines.draw,
            late="it took too long to draw",
        )
        self._submit(_SOON, task)
        return task.future

    def typeset(self, manuscript: Manuscript) -> Future[Typeset]:
        """Typeset a letter of this program's own, before all pages that wait to be read.

        The future raises WorkerFailed where the typesetter ends too soon; ValueError for a
        manuscript over 64 MiB.
        """
        template = len(manuscript.source)
        source = InMemory(manuscript.source + manuscript.data)
        if source.size > FRAME_BYTES:
            raise ValueError("a letter of that length cannot be typeset")

        def job(token: int) -> TypesetJob:
            about = Document(token, source.size, "letter")
            return TypesetJob(about, manuscript.name, template, manuscript.on)

        task = Task(
            source,
            job,
            decode=lambda answer, pdf: decode_typeset(answer.get("typeset"), pdf),
            give_up=_cannot_typeset,
            seconds=self._deadlines.typeset,
            late="it took too long to typeset",
            kinds=(Kind.TYPESETTER,),
        )
        self._submit(_SOON, task)
        return task.future

    def look_into_form(self, source: ByteSource, password: str = "") -> Future[FormShape]:
        """Find out what a PDF form is made of; what is wrong with it is in the answer.

        The future raises WorkerFailed only where no worker can be started.
        """
        task = Task(
            source,
            job=lambda token: FormJob(Document(token, source.size, "pdf", password)),
            decode=lambda answer, _: decode_shape(answer.get("form")),
            give_up=lambda why: FormShape(problem=why),
            seconds=self._deadlines.form,
            late="it took too long to open",
        )
        self._submit(_SOON, task)
        return task.future

    def fill_form(
        self, form: bytes, overlay: bytes, filling: Filling, password: str = ""
    ) -> Future[Filled]:
        """Fill in a form, with a typeset overlay that has a page for each page with ink.

        What keeps it from being filled in is in the answer. The future raises WorkerFailed only
        where no worker can be started.
        """
        source = InMemory(form + overlay)

        def job(token: int) -> FillJob:
            return FillJob(Document(token, source.size, "pdf", password), len(form), filling)

        task = Task(
            source,
            job,
            decode=lambda answer, pdf: decode_filled(answer.get("filled"), pdf),
            give_up=lambda why: Filled(b"", 0, why),
            seconds=self._deadlines.form,
            late="it took too long to fill in",
        )
        self._submit(_SOON, task)
        return task.future

    def members(self, source: ByteSource, start: int) -> Future[Members]:
        """List what is in a ZIP, from member `start` on; what is wrong with it is in the answer.

        The future raises WorkerFailed only where no worker can be started.
        """
        task = Task(
            source,
            job=lambda token: MembersJob(Document(token, source.size, ZIP), start),
            decode=lambda answer, _: decode_members(answer.get("members")),
            give_up=lambda why: Members(0, problem=why),
            seconds=self._deadlines.bundle,
            late="it took too long to open",
        )
        self._submit(_PROBE, task)
        return task.future

    def piece(
        self, source: ByteSource, index: int, offset: int, password: str = ""
    ) -> Future[Piece]:
        """Unpack the next bytes of a ZIP's member; what is wrong with it is in the answer.

        The future raises WorkerFailed only where no worker can be started.
        """

        def job(token: int) -> PieceJob:
            return PieceJob(Document(token, source.size, ZIP, password), index, offset)

        task = Task(
            source,
            job,
            decode=lambda answer, data: decode_piece(answer.get("piece"), data),
            give_up=lambda why: Piece(b"", end=True, problem=why),
            seconds=self._deadlines.bundle,
            late="it took too long to unpack",
        )
        self._submit(_PROBE, task)
        return task.future

    def close(self, *, kill: bool = False) -> None:
        """End the workers: after what they are doing, or at once with `kill`.

        Jobs that wait are cancelled. With `kill`, the futures of jobs under way raise Stopped.
        """
        with self._changed:
            self._closed = True
            dropped, self._waiting = self._waiting, []
            lanes = dict(self._lanes)
            self._changed.notify_all()
        for _, _, task in dropped:
            task.future.cancel()
        for lane, thread in lanes.items():
            if kill:
                lane.kill()
            if thread is not threading.current_thread():
                thread.join(_JOIN_SECONDS if kill else None)
        atexit.unregister(self._at_exit)

    def _at_exit(self) -> None:
        self.close(kill=True)

    def _submit(self, order: int, task: AnyTask) -> None:
        with self._changed:
            if self._closed:
                raise WorkerFailed("it has been ended")
            heapq.heappush(self._waiting, (order, next(self._count), task))
            if self._idle < len(self._waiting) and len(self._lanes) < self.size:
                self._start_lane()
            self._changed.notify()

    def _start_lane(self) -> None:
        if not self._lanes:
            atexit.register(self._at_exit)
        lane = Lane(self._deadlines.start)
        # A daemon: an app that ends without closing the pool must not hang on a worker.
        thread = threading.Thread(target=self._drive, args=(lane,), name="worker", daemon=True)
        self._lanes[lane] = thread
        thread.start()

    def _next(self) -> AnyTask | None:
        with self._changed:
            self._idle += 1
            self._changed.wait_for(lambda: self._waiting or self._closed)
            self._idle -= 1
            return heapq.heappop(self._waiting)[2] if self._waiting else None

    def _drive(self, lane: Lane) -> None:
        try:
            while (task := self._next()) is not None:
                task.run(lane)
                # Neither the file nor its password outlive their job here.
                del task
        finally:
            lane.end(kill=lane.killed)
