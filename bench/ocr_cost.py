"""What reading a page costs beside the OCR engine's own work, and how fast text layers are read.

    python -m bench.ocr_cost FOLDER [FOLDER…] [--only TEXT] [--rounds N]

Reads every page of the PDFs of the folders in this one process: pages that have a text layer by
that layer alone, the others as pictures.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from PIL import Image

from vault.ingest import page
from vault.ingest.layer import Use, use
from vault.ingest.ocr.choose import Engines
from vault.ingest.ocr.engine import PSM_AUTO, OcrEngine
from vault.ingest.pdf import PdfDocument
from vault.model.reading import ReadOptions
from vault.model.words import Word
from vault.workers import tools


class Timed:
    """An engine that counts the processor seconds of its own work.

    `seconds` is all it did, `dearest` its longest single reading since that was set to 0.
    """

    def __init__(self, engine: OcrEngine) -> None:
        self._engine = engine
        self.name = engine.name
        self.seconds = 0.0
        self.dearest = 0.0

    def read(self, image: Image.Image, language: str, psm: int = PSM_AUTO) -> tuple[Word, ...]:
        """The words on a grey picture."""
        begun = time.process_time()
        words = self._engine.read(image, language, psm)
        took = time.process_time() - begun
        self.seconds += took
        self.dearest = max(self.dearest, took)
        return words

    def orientation(self, image: Image.Image) -> tuple[int, float] | None:
        """Degrees clockwise that bring the picture upright, and how sure that is."""
        begun = time.process_time()
        found = self._engine.orientation(image)
        self.seconds += time.process_time() - begun
        return found


class OneEngine(Engines):
    """Engines of which there is only one."""

    def __init__(self, engine: OcrEngine) -> None:
        super().__init__(None, None)
        self._one = engine

    def get(self, name: str, language: str) -> OcrEngine:  # noqa: ARG002 - one for all
        """The engine, whatever is asked for."""
        return self._one


@dataclass
class Cost:
    """Pages and processor seconds, and how many of these one reading of each page took."""

    pages: int = 0
    seconds: float = 0.0
    once: float = 0.0


@dataclass(frozen=True)
class Share:
    """Processor time of pages read as pictures, as a multiple of the engine's own.

    `all` is against every reading and look for the way up it was asked for, `once` against the
    dearest single reading of each page: layout and recognition of the same pixels, no more.
    """

    all: float
    once: float


def read(path: Path, timed: Timed, pictures: Cost, layers: Cost) -> None:
    """Read a file's pages and add what each took."""
    engines = OneEngine(timed)
    begun = time.process_time()
    with path.open("rb") as file:
        document = PdfDocument(file, path.stat().st_size, "")
        try:
            for number in range(1, document.pages + 1):
                own = document.layer(number)
                alone = own is not None and use(own) is Use.ALONE
                timed.dearest = 0.0
                if not alone:
                    page.read(document, number, ReadOptions(), engines)
                cost = layers if alone else pictures
                cost.pages += 1
                cost.seconds += time.process_time() - begun
                cost.once += timed.dearest
                begun = time.process_time()
        finally:
            document.close()


def engine() -> Timed:
    """The engine the app would take, timed, its data loaded."""
    timed = Timed(Engines(tools.tessdata_folder(), None).get("auto", "eng"))
    timed.read(Image.new("L", (850, 1100), 255), "eng")
    timed.seconds = 0.0
    return timed


def share(paths: Iterable[Path]) -> Share | None:
    """What reading the files' pictures costs beside the engine; None where there are none."""
    timed, pictures, layers = engine(), Cost(), Cost()
    for path in paths:
        read(path, timed, pictures, layers)
    if not timed.seconds or not pictures.once:
        return None
    return Share(pictures.seconds / timed.seconds, pictures.seconds / pictures.once)


def main() -> None:
    """Read the folders and print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folders", nargs="+", type=Path)
    parser.add_argument("--only", default="", help="names that hold this text")
    parser.add_argument("--rounds", type=int, default=1, help="read everything so often")
    given = parser.parse_args()
    paths = [p for f in given.folders for p in sorted(f.glob("*.pdf")) if given.only in p.stem]
    if not paths:
        sys.exit("there are no such PDFs")
    timed, pictures, layers = engine(), Cost(), Cost()
    for _ in range(given.rounds):
        for path in paths:
            read(path, timed, pictures, layers)
    if pictures.pages:
        each, own = pictures.seconds / pictures.pages, timed.seconds / pictures.pages
        print(f"{pictures.pages} pictures: {each:.3f} CPU s/page, of these {timed.name} {own:.3f}")
        print(f"  ratio {each / own:.2f}; to one reading of each page {once(pictures):.2f}")
    if layers.pages:
        each = layers.seconds / layers.pages
        print(f"{layers.pages} text layers: {each:.4f} CPU s/page, {1 / each:.0f} pages/s a core")


def once(pictures: Cost) -> float:
    """Processor time as a multiple of that of one reading of each page."""
    return pictures.seconds / max(pictures.once, 1e-9)


if __name__ == "__main__":
    main()
