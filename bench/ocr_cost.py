"""What reading a page costs beside the OCR engine's own work, and how fast text layers are read.

    python bench/ocr_cost.py FOLDER [FOLDER…] [--only TEXT] [--rounds N]

Reads every page of the PDFs of the folders in this one process: pages that have a text layer by
that layer alone, the others as pictures.
"""

from __future__ import annotations

import argparse
import sys
import time
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
    """An engine that counts the processor seconds of its own work."""

    def __init__(self, engine: OcrEngine) -> None:
        self._engine = engine
        self.name = engine.name
        self.seconds = 0.0
        self.once = 0.0
        self._fresh = True

    def next_page(self) -> None:
        """Count the first reading of what follows as that of a page of its own."""
        self._fresh = True

    def read(self, image: Image.Image, language: str, psm: int = PSM_AUTO) -> tuple[Word, ...]:
        """The words on a grey picture."""
        begun = time.process_time()
        words = self._engine.read(image, language, psm)
        took = time.process_time() - begun
        self.seconds += took
        if self._fresh:
            self.once, self._fresh = self.once + took, False
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
    """Pages and processor seconds."""

    pages: int = 0
    seconds: float = 0.0


def read(path: Path, timed: Timed, pictures: Cost, layers: Cost) -> None:
    """Read a file's pages and add what each took."""
    engines, begun = OneEngine(timed), time.process_time()
    with path.open("rb") as file:
        document = PdfDocument(file, path.stat().st_size, "")
        try:
            for number in range(1, document.pages + 1):
                own = document.layer(number)
                alone = own is not None and use(own) is Use.ALONE
                if not alone:
                    timed.next_page()
                    page.read(document, number, ReadOptions(), engines)
                cost = layers if alone else pictures
                cost.pages += 1
                cost.seconds += time.process_time() - begun
                begun = time.process_time()
        finally:
            document.close()


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
    timed = Timed(Engines(tools.tessdata_folder(), None).get("auto", "eng"))
    timed.read(Image.new("L", (850, 1100), 255), "eng")  # loads its data
    timed.seconds = timed.once = 0.0
    pictures, layers = Cost(), Cost()
    for _ in range(given.rounds):
        for path in paths:
            read(path, timed, pictures, layers)
    if pictures.pages:
        each, own = pictures.seconds / pictures.pages, timed.seconds / pictures.pages
        print(f"{pictures.pages} pictures: {each:.3f} CPU s/page, of these {timed.name} {own:.3f}")
        once = timed.once / pictures.pages
        print(
            f"  ratio {each / own:.2f}, to one reading of each page ({once:.3f}) {each / once:.2f}"
        )
    if layers.pages:
        each = layers.seconds / layers.pages
        print(f"{layers.pages} text layers: {each:.4f} CPU s/page, {1 / each:.0f} pages/s a core")


if __name__ == "__main__":
    main()
