"""Tesseract as a program: pixels on its standard input, words from its standard output."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Sequence
from pathlib import Path

from PIL import Image

from vault.ingest.ocr import tsv
from vault.ingest.ocr.engine import PSM_AUTO, guess_dpi
from vault.ingest.sheet import Unreadable
from vault.model.words import Word

_SECONDS = 58  # less than a page has in all, so that the page says why it was not read
_ROTATE = re.compile(r"^Rotate: (\d+)$", re.MULTILINE)
_SURE = re.compile(r"^Orientation confidence: ([\d.]+)$", re.MULTILINE)


def version() -> str:
    """The version of the program, empty where it tells none."""
    said = subprocess.run(["tesseract", "--version"], capture_output=True, check=False, timeout=20)
    first = said.stdout.decode(errors="replace").partition("\n")[0]
    return first.removeprefix("tesseract ").strip()[:20]


def rotation(said: str) -> tuple[int, float] | None:
    """What the program says of a page's orientation: degrees clockwise to upright, sureness."""
    turn, sure = _ROTATE.search(said), _SURE.search(said)
    if turn is None or sure is None:
        return None
    return int(turn[1]) % 360, float(sure[1])


class TesseractEngine:
    """The `tesseract` program; it is given pixels by a pipe and writes no file."""

    def __init__(self, tessdata: Path) -> None:
        self._tessdata = tessdata
        self.name = f"tesseract {version()}".strip()

    def _run(self, image: Image.Image, options: Sequence[str]) -> bytes | None:
        head = f"P5 {image.width} {image.height} 255\n".encode()
        command = ["tesseract", "stdin", "stdout", "--tessdata-dir", str(self._tessdata)]
        command += ["--dpi", str(guess_dpi(image)), *options]
        try:
            done = subprocess.run(
                command,
                input=head + image.tobytes(),
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                timeout=_SECONDS,
                check=False,
            )
        except subprocess.TimeoutExpired:
            raise Unreadable("it took too long to read") from None
        return done.stdout if done.returncode == 0 else None

    def read(self, image: Image.Image, language: str, psm: int = PSM_AUTO) -> tuple[Word, ...]:
        """The words on a grey picture."""
        said = self._run(image, ["-l", language, "--oem", "1", "--psm", str(psm), "tsv"])
        if said is None:
            raise Unreadable("the reader crashed on it")
        return tsv.words(said.decode(errors="replace"), *image.size)

    def orientation(self, image: Image.Image) -> tuple[int, float] | None:
        """Degrees clockwise that bring the picture upright, and how sure that is."""
        said = self._run(image, ["--psm", "0"])
        return rotation(said.decode(errors="replace")) if said is not None else None
