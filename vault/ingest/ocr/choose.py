"""Which OCR engine reads: the one asked for, else the best there is."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from pathlib import Path

from vault.ingest.ocr.engine import OcrEngine
from vault.ingest.ocr.pytesseract_engine import PytesseractEngine
from vault.ingest.ocr.tesseract_engine import TesseractEngine
from vault.ingest.ocr.tesserocr_engine import TesserocrEngine
from vault.ingest.sheet import Unreadable

AUTO = ("tesserocr", "tesseract")
_LANGUAGES = re.compile(r"[A-Za-z0-9_]{2,30}(\+[A-Za-z0-9_]{2,30}){0,7}")


class Engines:
    """The engines of one worker, each made when first asked for and then kept."""

    def __init__(self, tessdata: Path | None, scratch: Path | None) -> None:
        self._tessdata = tessdata
        self._scratch = scratch
        self._made: dict[str, OcrEngine] = {}

    def get(self, name: str, language: str) -> OcrEngine:
        """The engine of that name (`auto`: the best there is); raises Unreadable if not usable."""
        folder = self._tessdata
        if folder is None:
            raise Unreadable("Tesseract's language data is not installed")
        self._check_language(folder, language)
        for candidate in AUTO if name == "auto" else (name,):
            engine = self._made.get(candidate) or self._make(candidate, folder)
            if engine is not None:
                self._made[candidate] = engine
                return engine
        if name == "auto":
            raise Unreadable("no engine to read pictures of text is installed")
        raise Unreadable(f"the engine {name[:20]} is not installed")

    @staticmethod
    def _check_language(folder: Path, language: str) -> None:
        if not _LANGUAGES.fullmatch(language):
            raise Unreadable("its language is not named as Tesseract names them")
        for name in language.split("+"):
            if not (folder / f"{name}.traineddata").is_file():
                raise Unreadable(f"Tesseract's data for {name} is not installed")

    def _make(self, name: str, folder: Path) -> OcrEngine | None:
        makers: dict[str, Callable[[], OcrEngine]] = {
            "tesserocr": lambda: TesserocrEngine(folder),
            "tesseract": lambda: TesseractEngine(folder),
            "pytesseract": lambda: PytesseractEngine(folder, self._private()),
        }
        if name not in makers or (name != "tesserocr" and shutil.which("tesseract") is None):
            return None
        try:
            return makers[name]()
        except (ImportError, OSError):  # OSError: this worker may start no program
            return None

    def _private(self) -> Path:
        if self._scratch is None:
            raise Unreadable("pytesseract writes files, and there is no place for them in memory")
        return self._scratch
