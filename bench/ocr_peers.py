"""Other programs that read scans, run over the same files; each must be installed by hand."""

from __future__ import annotations

import multiprocessing
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

Files = list[tuple[Path, str, int]]
Cost = tuple[float, float, int, int]
_TICKS = os.sysconf("SC_CLK_TCK")

_OCRMYPDF = {
    "ocrmypdf": [],
    "ocrmypdf-upright": ["--deskew", "--rotate-pages"],
    "paperless": [
        "--skip-text",
        "--deskew",
        "--clean",
        "--rotate-pages",
        "--rotate-pages-threshold",
        "12",
    ],
    "expert": [
        "--deskew",
        "--clean",
        "--rotate-pages",
        "--rotate-pages-threshold",
        "2",
        "--oversample",
        "300",
        "--tesseract-thresholding",
        "sauvola",
    ],
}
PEERS = (*_OCRMYPDF, "pytesseract")


def pss(pid: int) -> int:
    """The memory a process holds, its share of what it shares; 0 where it is gone (Linux)."""
    try:
        for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1]) * 1024
    except OSError:
        return 0
    return 0


def cpu(pid: int) -> float:
    """Processor seconds of a process and the children it has waited for (Linux)."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return sum(int(fields[n]) for n in (11, 12, 13, 14)) / _TICKS


def _below(root: int) -> tuple[int, ...]:
    """A process and all below it."""
    parents: dict[int, list[int]] = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                parent = int((entry / "stat").read_text().rpartition(")")[2].split()[1])
            except OSError:
                continue
            parents.setdefault(parent, []).append(int(entry.name))
    found, left = [], [root]
    while left:
        pid = left.pop()
        found.append(pid)
        left += parents.get(pid, [])
    return tuple(found)


def _measured(work: Callable[[], None]) -> tuple[float, float, int]:
    """Clock and processor seconds of children, and their peak memory, while `work` runs."""
    over, peak, me = threading.Event(), [0], os.getpid()

    def look() -> None:
        while not over.wait(0.2):
            peak[0] = max(peak[0], sum(pss(pid) for pid in _below(me) if pid != me))

    thread = threading.Thread(target=look, daemon=True)
    thread.start()
    before, begun = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic()
    work()
    clock, after = time.monotonic() - begun, resource.getrusage(resource.RUSAGE_CHILDREN)
    over.set()
    thread.join()
    used = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return clock, used, peak[0]


def _ocrmypdf(options: list[str], files: Files, jobs: int) -> tuple[dict[str, str], Cost]:
    """Read every file by itself, `jobs` at a time, each on one thread as paperless-ngx does."""
    if shutil.which("ocrmypdf") is None:
        sys.exit("ocrmypdf is not installed")
    one_thread = {**os.environ, "OMP_THREAD_LIMIT": "1"}
    with tempfile.TemporaryDirectory() as folder:

        def read(job: tuple[Path, str, int]) -> tuple[str, str]:
            path, language, _pages = job
            out = Path(folder) / f"{path.stem}.pdf"
            sidecar = out.with_suffix(".txt")
            command = ["ocrmypdf", "-q", "--jobs", "1", "-l", language, *options]
            command += ["--sidecar", str(sidecar), str(path), str(out)]
            subprocess.run(command, check=False, stderr=subprocess.PIPE, env=one_thread)
            return path.stem, sidecar.read_text("utf-8") if sidecar.exists() else ""

        texts: dict[str, str] = {}

        def work() -> None:
            with ThreadPoolExecutor(jobs) as threads:
                texts.update(threads.map(read, files))

        clock, used, peak = _measured(work)
    return texts, (clock, used, peak, sum(pages for _, _, pages in files))


def _read(job: tuple[Path, str, int]) -> tuple[str, str]:
    import pypdfium2
    import pytesseract

    path, language, _pages = job
    found = [
        pytesseract.image_to_string(page.render(scale=300 / 72).to_pil(), lang=language)
        for page in pypdfium2.PdfDocument(path)
    ]
    return path.stem, "\f".join(found)


def _pytesseract(files: Files, jobs: int) -> tuple[dict[str, str], Cost]:
    os.environ["OMP_THREAD_LIMIT"] = "1"
    texts: dict[str, str] = {}

    def work() -> None:
        with multiprocessing.get_context("spawn").Pool(jobs) as pool:
            texts.update(pool.map(_read, files, chunksize=1))
            pool.close()
            pool.join()

    clock, used, peak = _measured(work)
    return texts, (clock, used, peak, sum(pages for _, _, pages in files))


def run(name: str, files: Files, jobs: int) -> tuple[dict[str, str], Cost]:
    """Text by file name, and clock seconds, processor seconds, peak bytes and pages."""
    if name == "pytesseract":
        return _pytesseract(files, jobs)
    if name not in _OCRMYPDF:
        sys.exit(f"there is no {name!r}; one of: {', '.join(PEERS)}")
    return _ocrmypdf(_OCRMYPDF[name], files, jobs)
