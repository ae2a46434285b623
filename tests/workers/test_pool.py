"""Workers are private, killed when late, replaced after a crash, and leave nothing behind."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest

from tests.ingest.papers import GOLDEN, LINES, Held, text_pdf
from vault.errors import Damaged, Stopped, WorkerFailed
from vault.model.reading import PageKind, PageResult, Probe, ReadOptions, View
from vault.model.words import text_of
from vault.workers.limits import DEADLINES
from vault.workers.pool import Pool
from vault.workers.process import environment

PROC = Path("/proc/self/limits")
needs_proc = pytest.mark.skipif(not PROC.exists(), reason="needs /proc")
OPTIONS = ReadOptions()


@dataclass(eq=False)
class Tricky:
    """A file that does something each time it is read."""

    data: bytes
    trick: Callable[[], None] = field(default=lambda: None)

    @property
    def size(self) -> int:
        """The length in bytes."""
        return len(self.data)

    def read_at(self, offset: int, length: int) -> bytes:
        """The bytes of a range, after the trick."""
        self.trick()
        return self.data[offset : offset + length]


def _signal(pool: Pool, number: signal.Signals) -> Callable[[], None]:
    def send() -> None:
        for pid in pool.pids:
            os.kill(pid, number)

    return send


def test_a_file_is_probed_read_and_drawn() -> None:
    """A file is probed read and drawn."""
    source = Held(text_pdf())
    with Pool(1) as pool:
        assert pool.probe(source, "pdf").result() == Probe("pdf", 1)
        page = pool.read_page(source, "pdf", 1, OPTIONS).result()
        drawn = pool.draw(source, "pdf", View(1, 300, 200)).result()
    assert GOLDEN in text_of(page.readings[0].words)
    assert (drawn.width, drawn.height) == (155, 200)


def test_a_worker_that_crashes_is_replaced() -> None:
    """A worker that crashes is replaced."""
    with Pool(1) as pool:
        crash = Tricky(text_pdf(), _signal(pool, signal.SIGKILL))
        probe = pool.probe(crash, "pdf").result()
        assert probe == Probe("pdf", 0, problem="the reader crashed on it")
        assert pool.read_page(crash, "pdf", 4, OPTIONS).result() == PageResult(
            4,
            PageKind.CONTENT,
            (),
            0,
            0,
            0,
            look=True,
            why="the reader crashed on it",
            read=False,
        )
        with pytest.raises(WorkerFailed):
            pool.draw(crash, "pdf", View(1, 9, 9)).result()
        assert pool.probe(Held(text_pdf()), "pdf").result() == Probe("pdf", 1)


def test_what_cannot_be_drawn_is_said_and_costs_no_worker() -> None:
    """A clear no to a picture gives its reason, and the same worker goes on."""
    source = Held(text_pdf())
    with Pool(1) as pool:
        pool.probe(source, "pdf").result()
        before = pool.pids
        with pytest.raises(WorkerFailed, match="no such page"):
            pool.draw(source, "pdf", View(9, 9, 9)).result()
        assert pool.probe(source, "pdf").result() == Probe("pdf", 1)
        assert pool.pids == before


def test_a_worker_that_died_between_two_jobs_is_replaced() -> None:
    """A worker that died between two jobs is replaced."""
    with Pool(1) as pool:
        pool.probe(Held(text_pdf()), "pdf").result()
        (first,) = pool.pids
        os.kill(first, signal.SIGKILL)
        os.waitid(os.P_PID, first, os.WEXITED | os.WNOWAIT)
        assert pool.probe(Held(text_pdf()), "pdf").result() == Probe("pdf", 1)
        assert pool.pids != (first,)


def test_a_worker_that_hangs_is_killed_and_replaced() -> None:
    """A worker that hangs is killed and replaced."""
    quick = replace(DEADLINES, probe=0.3, page=0.3, draw=0.3)
    with Pool(1, quick) as pool:
        hang = Tricky(text_pdf(), _signal(pool, signal.SIGSTOP))
        assert pool.probe(hang, "pdf").result().problem == "it took too long to open"
        page = pool.read_page(hang, "pdf", 1, OPTIONS).result()
        assert (page.read, page.readings, page.why) == (False, (), "it took too long to read")
        with pytest.raises(WorkerFailed, match="took too long"):
            pool.draw(hang, "pdf", View(1, 9, 9)).result()


def test_a_file_that_cannot_be_read_says_so_and_harms_no_other() -> None:
    """A file that cannot be read says so and harms no other."""

    def fail() -> None:
        raise Damaged("a piece of the original is not as it was left")

    with Pool(1) as pool:
        problem = pool.probe(Tricky(text_pdf(), fail), "pdf").result().problem
        assert problem == "a piece of the original is not as it was left"
        assert pool.probe(Held(text_pdf()), "pdf").result() == Probe("pdf", 1)


def test_the_last_file_stays_open_from_page_to_page() -> None:
    """The last file stays open from page to page."""
    reads: list[int] = []
    source = Tricky(text_pdf(), lambda: reads.append(1))
    with Pool(1) as pool:
        pool.probe(source, "pdf").result()
        before = len(reads)
        pool.read_page(source, "pdf", 1, OPTIONS).result()
        assert len(reads) == before


def test_drawing_goes_before_pages_that_wait() -> None:
    """Drawing goes before pages that wait."""
    order: list[str] = []
    data = text_pdf()
    with Pool(1) as pool:
        page = Tricky(data, lambda: order.append("page"))
        shown = Tricky(data, lambda: order.append("shown"))
        waiting: list[Future[PageResult]] = []

        def submit() -> None:
            if not waiting:
                waiting.append(pool.read_page(page, "pdf", 1, OPTIONS))
                pool.draw(shown, "pdf", View(1, 50, 50))

        pool.probe(Tricky(data, submit), "pdf").result()
        waiting[0].result()
    assert order[0] == "shown"
    assert order[-1] == "page"


def test_a_cancelled_job_is_never_begun() -> None:
    """A cancelled job is never begun."""
    data = text_pdf()
    reads: list[int] = []
    with Pool(1) as pool:
        futures: list[Future[PageResult]] = []

        def cancel() -> None:
            if not futures:
                unwanted = Tricky(data, lambda: reads.append(1))
                futures.append(pool.read_page(unwanted, "pdf", 1, OPTIONS))
                futures[0].cancel()

        pool.probe(Tricky(data, cancel), "pdf").result()
        pool.probe(Held(data), "pdf").result()
    assert futures[0].cancelled()
    assert not reads


def test_two_workers_work_at_the_same_time() -> None:
    """Two workers work at the same time."""
    seen: set[int] = set()
    with Pool(2) as pool:
        source = Tricky(text_pdf(), lambda: seen.update(pool.pids))
        done = [pool.probe(Tricky(source.data, source.trick), "pdf") for _ in range(6)]
        assert all(future.result().pages == 1 for future in done)
        assert len(pool.pids) == 2


def test_closing_leaves_no_process_and_takes_no_more_work() -> None:
    """Closing leaves no process and takes no more work."""
    pool = Pool(1)
    pool.probe(Held(text_pdf()), "pdf").result()
    (pid,) = pool.pids
    pool.close()
    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)
    with pytest.raises(WorkerFailed):
        pool.probe(Held(text_pdf()), "pdf")


def test_closing_at_once_stops_the_job_under_way_and_cancels_those_that_wait() -> None:
    """Closing at once stops the job under way and cancels those that wait."""
    data = text_pdf()
    pool = Pool(1)
    waiting: list[Future[PageResult]] = []

    def close() -> None:
        waiting.append(pool.read_page(Held(data), "pdf", 1, OPTIONS))
        pool.close(kill=True)

    under_way = pool.probe(Tricky(data, close), "pdf")
    with pytest.raises(Stopped):
        under_way.result()
    assert waiting[0].cancelled()
    pool.close(kill=True)
    assert pool.pids == ()


def test_ctrl_c_reaches_no_worker() -> None:
    """Ctrl c reaches no worker."""
    with Pool(1) as pool:
        pool.probe(Held(text_pdf()), "pdf").result()
        before = pool.pids
        os.kill(before[0], signal.SIGINT)
        assert pool.probe(Held(text_pdf()), "pdf").result().pages == 1
        assert pool.pids == before


@needs_proc
def test_a_worker_inherits_no_secret_and_may_write_no_file(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A worker inherits no secret and may write no file."""
    monkeypatch.setenv("CHARTMEND_PASSPHRASE_COMMAND", "open-sesame")
    monkeypatch.setenv("HOME", "/home/maren")
    assert set(environment()) <= {
        "PATH",
        "LANG",
        "OMP_THREAD_LIMIT",
        "RAYON_NUM_THREADS",
        "TESSDATA_PREFIX",
        "PYTHONPATH",
    }
    with Pool(1) as pool:
        pool.probe(Held(text_pdf()), "pdf").result()
        process = Path(f"/proc/{pool.pids[0]}")
        limit = dict(_limits(process.joinpath("limits").read_text()))
        assert limit["Max file size"] == limit["Max core file size"] == ("0", "0")
        assert limit["Max address space"][1] != "unlimited"
        if os.geteuid() == 0:  # a worker hides its memory from all others but root
            seen = process.joinpath("environ").read_bytes()
            assert b"open-sesame" not in seen
            assert b"/home/maren" not in seen


def _limits(text: str) -> list[tuple[str, tuple[str, str]]]:
    rows = (line[:26].strip() for line in text.splitlines()[1:])
    values = (line[26:].split() for line in text.splitlines()[1:])
    return [(name, (value[0], value[1])) for name, value in zip(rows, values, strict=True)]


def test_a_worker_ends_when_its_parent_is_gone() -> None:
    """A worker ends when its parent is gone."""
    command = [sys.executable, "-P", "-B", "-m", "vault.workers"]
    done = subprocess.run(
        command,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        env=environment(),
        timeout=30,
        check=True,
    )
    assert done.stdout.endswith(b'{"ready":true}')


def test_a_program_that_forgets_its_pool_still_ends() -> None:
    """A program that forgets its pool still ends."""
    program = (
        "from tests.ingest.papers import Held, text_pdf\n"
        "from vault.workers.pool import Pool\n"
        "pool = Pool(1)\n"
        "print(pool.probe(Held(text_pdf()), 'pdf').result().pages, pool.pids[0])\n"
    )
    root = Path(__file__).parent.parent.parent
    done = subprocess.run(
        [sys.executable, "-c", program],
        capture_output=True,
        cwd=root,
        timeout=60,
        check=True,
        text=True,
    )
    pages, pid = done.stdout.split()
    assert pages == "1"
    with pytest.raises(ProcessLookupError):
        os.kill(int(pid), 0)


def test_the_parent_loads_no_parser() -> None:
    """The parent loads no parser."""
    program = (
        "import sys\n"
        "import vault.workers.pool, vault.workers.tools, vault.workers.limits\n"
        "bad = {'PIL', 'pypdf', 'pypdfium2', 'tesserocr', 'pytesseract', 'vault.ingest'}\n"
        "print(sorted(bad & set(sys.modules)))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program],
        capture_output=True,
        cwd=Path(__file__).parent.parent.parent,
        timeout=60,
        check=True,
        text=True,
    )
    assert done.stdout.strip() == "[]"


def test_a_view_larger_than_a_picture_may_be_is_refused() -> None:
    """A view larger than a picture may be is refused."""
    with Pool(1) as pool:
        for view in (View(1, 0, 10), View(1, 30_000, 10), View(1, 9000, 9000)):
            with pytest.raises(ValueError, match="size"):
                pool.draw(Held(text_pdf()), "pdf", view)
        assert pool.pids == ()


def test_pages_are_given_back_for_the_numbers_asked() -> None:
    """Pages are given back for the numbers asked."""
    many = text_pdf((*LINES, "#pagebreak()", "The second page says something else."))
    with Pool(2) as pool:
        source = Held(many)
        asked = [pool.read_page(source, "pdf", n, OPTIONS) for n in (2, 1, 3)]
        pages = [future.result() for future in asked]
    assert [page.page for page in pages] == [2, 1, 3]
    assert [page.read for page in pages] == [True, True, False]
