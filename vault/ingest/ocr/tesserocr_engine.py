"""Tesseract as a library: in memory, and kept from page to page."""
# ruff: noqa: ANN401 - tesserocr has no types; what comes out of this file has

from __future__ import annotations

from pathlib import Path
from typing import Any

from PIL import Image

from vault.ingest.ocr import tsv
from vault.ingest.ocr.engine import PSM_AUTO, guess_dpi
from vault.ingest.sheet import Unreadable
from vault.model.words import Word


class TesserocrEngine:
    """Tesseract through tesserocr. Raises ImportError where that is not installed."""

    def __init__(self, tessdata: Path) -> None:
        # Here, for it may be missing; then another engine is used.
        import tesserocr

        self._library: Any = tesserocr
        self._folder = f"{tessdata}/"
        self._reader: tuple[str, Any] | None = None
        version = str(tesserocr.tesseract_version()).split()[1]
        self.name = f"tesserocr (Tesseract {version})"

    def _open(self, language: str, psm: int, oem: int) -> Any:
        try:
            return self._library.PyTessBaseAPI(path=self._folder, lang=language, psm=psm, oem=oem)
        except RuntimeError:
            raise Unreadable("the data for its language cannot be loaded") from None

    def _for(self, language: str) -> Any:
        if self._reader is not None and self._reader[0] == language:
            return self._reader[1]
        if self._reader is not None:
            self._reader[1].End()
            self._reader = None
        api = self._open(language, PSM_AUTO, self._library.OEM.LSTM_ONLY)
        self._reader = (language, api)
        return api

    def _show(self, api: Any, image: Image.Image) -> None:
        # Raw pixels only: the image decoders in the wheel are old and must not see foreign bytes.
        api.SetImageBytes(image.tobytes(), image.width, image.height, 1, image.width)
        api.SetSourceResolution(guess_dpi(image))

    def read(self, image: Image.Image, language: str, psm: int = PSM_AUTO) -> tuple[Word, ...]:
        """The words on a grey picture."""
        api = self._for(language)
        api.SetPageSegMode(psm)
        try:
            self._show(api, image)
            table = api.GetTSVText(0)
        finally:
            api.Clear()
        return tsv.words(table, *image.size)

    def orientation(self, image: Image.Image) -> tuple[int, float] | None:
        """Degrees clockwise that bring the picture upright, and how sure that is."""
        legacy = self._library.OEM.TESSERACT_ONLY  # the data for it is of the older engine
        try:
            turner = self._open("osd", self._library.PSM.OSD_ONLY, legacy)
        except Unreadable:
            return None
        # Not kept: it takes 30 MB, and few pages ask for it.
        with turner:
            self._show(turner, image)
            found = turner.DetectOrientationScript()
        if not found:
            return None
        # It tells how far the page lies turned clockwise; what undoes that is the opposite.
        return -int(found["orient_deg"]) % 360, float(found["orient_conf"])
