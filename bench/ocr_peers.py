"""Other programs that read scans, run over the same files; each must be installed by hand.

    python -m bench.ocr_peers FOLDER [FOLDER…] --keep FILE [--peers NAME,…] [--peers-at FOLDER]

runs them alone, slow as they are, and keeps what they made for `bench.ocr`; a run that was cut
off goes on where it was.
"""

from __future__ import annotations

import argparse
import hashlib
import itertools
import multiprocessing
import os
import re
import resource
import shutil
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from pypdf import PdfReader, PdfWriter

from bench.ocr_items import Item, folders
from bench.ocr_keep import Cost, Kept, Read, today
from bench.ocr_measure import load, measured, used

JOBS = 2
LONGEST = 3600.0  # seconds for one file
_SKIPPED = re.compile(r"\[OCR skipped on page\(s\) (\d+)(?:-(\d+))?\]")

# What paperless-ngx passes (src/paperless/parsers/tesseract.py, its defaults), and flags that
# people who know OCRmyPDF well give for poor scans.
_PAPERLESS = "--skip-text --deskew --clean --rotate-pages --rotate-pages-threshold 12"
_EXPERT = (
    "--deskew --clean --rotate-pages --rotate-pages-threshold 2 --oversample 300 "
    "--tesseract-thresholding sauvola"
)
# On a busy machine a page must not be lost to OCRmyPDF's three minutes of the clock.
_PATIENT = ("--tesseract-timeout", "1200", "--tesseract-non-ocr-timeout", "1200")
SETTINGS = {
    "ocrmypdf": "",
    "ocrmypdf-upright": "--deskew --rotate-pages",
    "paperless": _PAPERLESS,
    "expert": _EXPERT,
    "pytesseract": "300 dpi",
}
PEERS = tuple(SETTINGS)


def _said(*command: str) -> str:
    done = subprocess.run(command, check=False, capture_output=True, text=True)
    return (done.stdout or done.stderr).partition("\n")[0].strip()


def sidecar_pages(sidecar: str, layer: Sequence[str]) -> list[str]:
    """What OCRmyPDF says it read, page by page; a page it skipped has its own text layer."""
    pages: list[str] = []
    for chunk in sidecar.split("\f"):
        skipped = _SKIPPED.fullmatch(chunk.strip())
        if skipped is None:
            pages.append(chunk)
            continue
        first, last = int(skipped[1]), int(skipped[2] or skipped[1])
        pages += [layer[n - 1] if n <= len(layer) else "" for n in range(first, last + 1)]
    return pages


@dataclass(frozen=True)
class Peer:
    """A program with its settings; `at` is the folder of its executable, if not on the path."""

    name: str
    at: Path | None = None

    @cached_property
    def program(self) -> str:
        """The path of OCRmyPDF; ends the program where it is not installed."""
        found = shutil.which("ocrmypdf", path=None if self.at is None else str(self.at))
        if found is None or shutil.which("pdftotext") is None:
            sys.exit("OCRmyPDF or pdftotext (Poppler) is not installed")
        return found

    @cached_property
    def version(self) -> str:
        """The program's and Tesseract's versions."""
        engine = _said("tesseract", "--version").capitalize()
        if self.name == "pytesseract":
            import pytesseract

            return f"pytesseract {pytesseract.__version__}, {engine}"
        return f"OCRmyPDF {_said(self.program, '--version')}, {engine}"

    def key(self, hashed: str, *more: str) -> str:
        """What an outcome is kept under: the file, the settings, the versions."""
        return " | ".join((hashed, self.name, SETTINGS[self.name], self.version, *more))

    def _command(self, jobs: int, language: str, *files: str) -> list[str]:
        options = [*_PATIENT, *SETTINGS[self.name].split()]
        return [self.program, "-q", "--jobs", str(jobs), "-l", language, *options, *files]

    def ocrmypdf(self, item: Item) -> Read:
        """Read one file on one thread, as paperless-ngx does; a refusal leaves its own text."""
        with tempfile.TemporaryDirectory() as folder:
            out, sidecar, said = (Path(folder) / n for n in ("out.pdf", "out.txt", "said"))
            files = ("--sidecar", str(sidecar), str(item.path), str(out))
            with said.open("wb") as errors:
                child = subprocess.Popen(
                    self._command(1, item.language, *files), stderr=errors, env=_one_thread()
                )
                alarm = threading.Timer(LONGEST, child.kill)
                alarm.start()
                _, status, usage = os.wait4(child.pid, 0)
                alarm.cancel()
            child.returncode = os.waitstatus_to_exitcode(status)
            read = sidecar.read_text("utf-8") if out.exists() and sidecar.exists() else ""
            return Read(
                read,
                _layer(out if out.exists() else item.path),
                usage.ru_utime + usage.ru_stime,
                f"exit {child.returncode}" if child.returncode else "",
                today(),
            )

    def cost(self, held: Sequence[Item], least: int) -> Cost:
        """Read the items again and again until `least` pages: the program at its cheapest.

        OCRmyPDF gets one long file for each language, so that its start counts but once.
        """
        files = repeated(held, least)
        pages = sum(item.pages for item in files)
        if self.name == "pytesseract":
            clock, cpu, peak = measured(lambda: list(_pytesseract(files)).clear())
            return Cost(clock, cpu, peak, pages, today(), load())
        with tempfile.TemporaryDirectory() as folder:
            long = merged(files, Path(folder))

            def work() -> None:
                for language, path in long.items():
                    out = str(path.with_suffix(".out.pdf"))
                    command = self._command(JOBS, language, str(path), out)
                    done = subprocess.run(
                        command, check=False, stderr=subprocess.PIPE, env=_one_thread()
                    )
                    if done.returncode:
                        raise RuntimeError(f"{self.name} ended with {done.returncode}")

            clock, cpu, peak = measured(work)
        return Cost(clock, cpu, peak, pages, today(), load())


def _one_thread() -> dict[str, str]:
    return {**os.environ, "OMP_THREAD_LIMIT": "1"}


def _layer(path: Path) -> str:
    command = ["pdftotext", "-q", "-enc", "UTF-8", str(path), "-"]
    done = subprocess.run(command, check=False, capture_output=True)
    return done.stdout.decode("utf-8", "replace").removesuffix("\f")


def repeated(held: Sequence[Item], least: int) -> list[Item]:
    """Whole rounds of the items, as many as `least` pages take, and one at least."""
    each = sum(item.pages for item in held)
    return list(held) * max(1, -(-least // each)) if each else []


def merged(files: Sequence[Item], folder: Path) -> dict[str, Path]:
    """Write one PDF for each language with all pages of the items; their paths."""
    found: dict[str, Path] = {}
    for language in sorted({item.language for item in files}):
        writer = PdfWriter()
        for item in files:
            if item.language == language:
                for page in PdfReader(item.path).pages:
                    writer.add_page(page)
        found[language] = folder / f"{language}.pdf"
        writer.write(found[language])
    return found


def _read(job: tuple[Path, str]) -> tuple[str, float]:
    import pypdfium2
    import pytesseract

    before = used() + used(resource.RUSAGE_SELF)
    path, language = job
    with pypdfium2.PdfDocument(path) as document:
        found = [
            pytesseract.image_to_string(page.render(scale=300 / 72).to_pil(), lang=language)
            for page in document
        ]
    pages = "\f".join(text.removesuffix("\f") for text in found)
    return pages, used() + used(resource.RUSAGE_SELF) - before


def _pytesseract(files: Sequence[Item]) -> Iterable[Read]:
    """Read files in two processes, warm from the second file on."""
    os.environ["OMP_THREAD_LIMIT"] = "1"
    with multiprocessing.get_context("spawn").Pool(JOBS) as pool:
        jobs = [(item.path, item.language) for item in files]
        for text, cpu in pool.imap(_read, jobs, chunksize=1):
            yield Read(text, "", cpu, "", today())
        pool.close()
        pool.join()


def _read_key(peer: Peer, item: Item) -> str:
    return peer.key(item.sha256, item.language)


def kept_reads(peer: Peer, held: Sequence[Item], kept: Kept) -> dict[str, Read] | None:
    """What is kept of each item, by name; None where something is missing."""
    keys = {item.name: _read_key(peer, item) for item in held}
    if not all(key in kept.reads for key in keys.values()):
        return None
    return {name: kept.reads[key] for name, key in keys.items()}


def reads(peer: Peer, held: Sequence[Item], kept: Kept) -> dict[str, Read]:
    """What a program makes of each item by name, from what is kept or by running it."""
    left = [item for item in held if _read_key(peer, item) not in kept.reads]
    with ThreadPoolExecutor(JOBS) as threads:
        own = peer.name == "pytesseract"
        made = _pytesseract(left) if own else threads.map(peer.ocrmypdf, left)
        for item, read in zip(left, made if left else (), strict=True):
            kept.add_read(_read_key(peer, item), read)
            told = read.problem or "read"
            print(f"{peer.name} {item.name}: {told}, {read.cpu:.1f} CPU s", file=sys.stderr)
    return {item.name: kept.reads[_read_key(peer, item)] for item in held}


def cost_key(peer: Peer, held: Sequence[Item], least: int) -> str:
    """What the cost of reading the items is kept under."""
    every = hashlib.sha256("".join(i.sha256 + i.language for i in held).encode()).hexdigest()
    return peer.key(every, f"{least} pages")


def cost(peer: Peer, held: Sequence[Item], least: int, kept: Kept, now: bool = False) -> Cost:
    """What reading the items costs, from what is kept or by running it; with `now` by running."""
    key = cost_key(peer, held, least)
    if now or key not in kept.costs:
        kept.add_cost(key, peer.cost(held, least))
        print(f"{peer.name}: {kept.costs[key]}", file=sys.stderr)
    return kept.costs[key]


def costed(held: Sequence[Item]) -> list[Item]:
    """The items that every program reads from end to end: those without a text layer."""
    return [item for item in held if item.metric != "mixed"]


def main() -> None:
    """Run the other programs alone and keep what they made, for a later run of bench.ocr."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("folders", nargs="+", type=Path)
    parser.add_argument("--keep", required=True, type=Path, help="the file they are kept in")
    parser.add_argument("--peers", default="all", help=",".join(PEERS))
    parser.add_argument("--peers-at", type=Path, help="the folder of OCRmyPDF's executable")
    parser.add_argument("--cost-pages", type=int, default=200, help="pages of each cost run")
    parser.add_argument("--only", default="", help="names that hold this text")
    given = parser.parse_args()
    kept, held = Kept(given.keep), folders(given.folders, given.only)
    peers = [Peer(name, given.peers_at) for name in named(given.peers)]
    for peer, one in itertools.product(peers, held):
        reads(peer, one.items, kept)
    for peer, one in itertools.product(peers, held):
        if given.cost_pages and costed(one.items):
            cost(peer, costed(one.items), given.cost_pages, kept)


def named(peers: str) -> list[str]:
    """The names in a list with commas, or all; ends the program at one that there is not."""
    names = list(PEERS) if peers == "all" else [name for name in peers.split(",") if name]
    for name in names:
        if name not in SETTINGS:
            sys.exit(f"there is no {name!r}; one of: {', '.join(PEERS)}")
    return names


if __name__ == "__main__":
    main()
