"""Tesseract through pytesseract, whose temporary files stay in a private folder in memory."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

from PIL import Image

from vault.ingest.ocr import tsv
from vault.ingest.ocr.engine import PSM_AUTO, guess_dpi
from vault.ingest.ocr.tesseract_engine import rotation, version
from vault.ingest.sheet import Unreadable
from vault.model.words import Word

_SECONDS = 58


class PytesseractEngine:
    """The `tesseract` program by way of pytesseract. Raises ImportError where that is missing.

    `scratch` is a folder of this worker alone, on a file system that is kept in memory.
    """

    def __init__(self, tessdata: Path, scratch: Path) -> None:
        # Here, for it may be missing, and is used only when asked for by name.
        import pytesseract

        self._library: Any = pytesseract
        self._tessdata = tessdata
        self._scratch = scratch
        self.name = f"pytesseract (Tesseract {version()})"

    def _options(self, image: Image.Image) -> str:
        return f'--tessdata-dir "{self._tessdata}" --dpi {guess_dpi(image)}'

    def _ask(self, what: str, image: Image.Image, **options: str) -> str:
        tempfile.tempdir = str(self._scratch)
        kind = self._library.Output.STRING
        try:
            ask = getattr(self._library, what)
            return str(ask(image, output_type=kind, timeout=_SECONDS, **options))
        except RuntimeError as error:
            late = not isinstance(error, self._library.TesseractError)
            why = "it took too long to read" if late else "the reader crashed on it"
            raise Unreadable(why) from None

    def read(self, image: Image.Image, language: str, psm: int = PSM_AUTO) -> tuple[Word, ...]:
        """The words on a grey picture."""
        config = f"{self._options(image)} --oem 1 --psm {psm}"
        return tsv.words(
            self._ask("image_to_data", image, lang=language, config=config), *image.size
        )

    def orientation(self, image: Image.Image) -> tuple[int, float] | None:
        """Degrees clockwise that bring the picture upright, and how sure that is."""
        try:
            said = self._ask("image_to_osd", image, config=self._options(image))
        except Unreadable:
            return None  # it calls too few words to tell an error
        return rotation(said)
