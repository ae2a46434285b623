"""Invented pages as files: text PDFs by typst, scans of them by Pillow."""

from __future__ import annotations

import io
import random
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache

import typst
from PIL import Image

from vault.ingest.files import open_range
from vault.ingest.image import ImageDocument
from vault.ingest.pdf import PdfDocument

GOLDEN = "Amoxicillin 500 mg twice daily"
LINES = (
    "Harbor View Family Practice",
    "Patient: Maren Oldfield",
    "Date of visit: 14 March 2024",
    f"Plan: {GOLDEN} for seven days.",
    "The patient reports no allergy to penicillin.",
    "Blood pressure 128/76 mmHg, pulse 72 per minute, temperature 37.1 C.",
    "Lungs are clear on both sides and the heart sounds are regular.",
    "She was asked to return in two weeks if the cough has not gone.",
)


@dataclass(frozen=True, slots=True)
class Held:
    """A file held in memory, read by ranges."""

    data: bytes

    @property
    def size(self) -> int:
        """The length in bytes."""
        return len(self.data)

    def read_at(self, offset: int, length: int) -> bytes:
        """The bytes of a range."""
        return self.data[offset : offset + length]


def _source(lines: tuple[str, ...], before: str = "") -> bytes:
    body = "\n\n".join(line.replace("@", "\\@") for line in lines)
    page = '#set page(paper: "us-letter", margin: 1in)\n#set text(size: 12pt)\n'
    return f"{page}{before}\n{body}\n".encode()


@cache
def text_pdf(lines: tuple[str, ...] = LINES, before: str = "") -> bytes:
    """A PDF with a text layer, one paragraph a line; `before` is typst put first."""
    made = typst.compile(_source(lines, before))
    assert isinstance(made, bytes)
    return made


@cache
def picture(lines: tuple[str, ...] = LINES, dpi: int = 200, before: str = "") -> Image.Image:
    """A clean grey picture of a letter page with these lines; `before` is typst put first."""
    made = typst.compile(_source(lines, before), format="png", ppi=dpi)
    assert isinstance(made, bytes)
    image = Image.open(io.BytesIO(made)).convert("L")
    image.load()
    return image


def noisy(image: Image.Image, seed: int = 7) -> Image.Image:
    """The picture with some of a scanner's noise."""
    raw = random.Random(seed).randbytes(image.width * image.height)
    noise = Image.frombytes("L", image.size, raw)
    return Image.blend(image, noise, 0.12)


def skewed(image: Image.Image, degrees: float) -> Image.Image:
    """The picture as a page laid on the glass turned by so many degrees clockwise."""
    return image.rotate(-degrees, Image.Resampling.BICUBIC, fillcolor=255)


def fax(image: Image.Image) -> Image.Image:
    """The page in black and white with 204 x 98 dots an inch, as a standard fax."""
    size = (round(8.5 * 204), 11 * 98)
    return image.resize(size, Image.Resampling.BOX).point(lambda v: 255 * (v > 150)).convert("1")


def saved(image: Image.Image, kind: str, **options: object) -> bytes:
    """The picture as a file of a kind Pillow knows."""
    out = io.BytesIO()
    image.save(out, kind, **options)
    return out.getvalue()


@contextmanager
def pdf(data: bytes, password: str = "") -> Iterator[PdfDocument]:
    """An open PDF, for tests that need no worker."""
    document = PdfDocument(open_range(len(data), Held(data).read_at), len(data), password)
    try:
        yield document
    finally:
        document.close()


@contextmanager
def image(data: bytes, media: str) -> Iterator[ImageDocument]:
    """An open picture file, for tests that need no worker."""
    document = ImageDocument(open_range(len(data), Held(data).read_at), media)
    try:
        yield document
    finally:
        document.close()
