"""What the rest of the program asks of an OCR engine, whichever it is."""

from __future__ import annotations

from typing import Protocol

from PIL import Image

from vault.model.words import Word

PSM_AUTO = 3
"""Tesseract's fully automatic page layout, without looking for the orientation."""

PSM_BLOCK = 6
"""One block of text in lines of one size."""


class OcrEngine(Protocol):
    """Reads grey pictures of pages; one is kept for a worker's lifetime."""

    @property
    def name(self) -> str:
        """The engine and its version."""
        ...

    def read(self, image: Image.Image, language: str, psm: int = PSM_AUTO) -> tuple[Word, ...]:
        """The words on a grey (`L`) picture in reading order, boxes as fractions of it."""
        ...

    def orientation(self, image: Image.Image) -> tuple[int, float] | None:
        """Degrees clockwise that bring the picture upright, and how sure that is; None: unknown."""
        ...


def guess_dpi(image: Image.Image) -> int:
    """A resolution for a page of unknown size: its long side taken for 11 inches."""
    return min(max(round(max(image.size) / 11), 70), 600)
