"""A long document imported whole: pages a second, processor time, and memory from first to last.

    python -m bench.long FOLDER [--pages N]

FOLDER holds PDFs; their pages, repeated up to N, make one file, which is imported into a vault
with the cheapest key derivation: sealed, read by two workers, stored and indexed.
"""

from __future__ import annotations

import argparse
import itertools
import os
import tempfile
import threading
import time
from pathlib import Path
from statistics import median

from pypdf import PdfReader, PdfWriter

from bench.ocr_measure import cpu, pss
from vault.actions import session as sessions
from vault.actions.imports import run as imports
from vault.actions.imports.reading import Progress, Watch
from vault.actions.imports.seal import Origin
from vault.actions.session import Session
from vault.store.kdf import CHEAPEST


def document(folder: Path, pages: int, target: Path) -> None:
    """Write one PDF of so many pages, taken by turns from the PDFs of a folder."""
    readers = [PdfReader(path) for path in sorted(folder.glob("*.pdf"))]
    every = [page for reader in readers for page in reader.pages]
    writer = PdfWriter()
    for page in itertools.islice(itertools.cycle(every), pages):
        writer.add_page(page)
    writer.write(target)


class Watcher:
    """The memory (PSS) of the program and its workers, by how many pages are done."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._over = threading.Event()
        self._done = 0
        self.seen: list[tuple[int, int]] = []
        self._thread = threading.Thread(target=self._look, daemon=True)
        self._thread.start()

    def progress(self, now: Progress) -> None:
        """Note how far the import is."""
        self._done = now.done

    def _look(self) -> None:
        while not self._over.wait(0.5):
            pids = (os.getpid(), *self._session.pool.pids)
            self.seen.append((self._done, sum(map(pss, pids))))

    def end(self) -> None:
        """Stop looking."""
        self._over.set()
        self._thread.join()


def memory(seen: list[tuple[int, int]], pages: int) -> list[str]:
    """The memory over the first and the last tenth, and the most of all."""
    tenth = pages // 10
    parts = {
        "first": [size for at, size in seen if 0 < at <= tenth],
        "last": [size for at, size in seen if at >= pages - tenth],
    }
    rows = [
        f"memory over the {name} tenth: median {median(sizes) / 2**20:.0f} MiB"
        for name, sizes in parts.items()
        if sizes
    ]
    most = max(size for _, size in seen) / 2**20
    return [*rows, f"most memory: {most:.0f} MiB (PSS, workers included)"]


def main() -> None:
    """Import the long file and print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--pages", type=int, default=1000)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        home = Path(name)
        document(given.folder, given.pages, home / "long.pdf")
        session, _ = sessions.make_vault(
            home / "vault", "a bench of its own", profile=CHEAPEST, state=home / "state"
        )
        with session:
            watcher = Watcher(session)
            before, begun = cpu(os.getpid()), time.monotonic()
            watch = Watch(progress=watcher.progress)
            (row,) = imports.import_paths(session, [home / "long.pdf"], Origin(), watch=watch)
            clock = time.monotonic() - begun
            own = cpu(os.getpid()) - before
            workers = sum(map(cpu, session.pool.pids))
            watcher.end()
    print(f"{row.status}, {row.pages} pages, {row.ocr_pages} by OCR")
    each = (own + workers) / row.pages, own / row.pages, workers / row.pages
    print(f"{row.pages / clock:.1f} pages/s")
    print("CPU s/page: {:.4f}; the program {:.4f}, its workers {:.4f}".format(*each))
    print("\n".join(memory(watcher.seen, given.pages)))


if __name__ == "__main__":
    main()
