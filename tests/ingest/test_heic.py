"""The pictures telephones take are opened as they were held, and broken ones are refused."""

from __future__ import annotations

import io
import sys

import pillow_heif
import pytest
from PIL import Image

from tests.ingest.papers import image, picture
from vault.ingest import heic, page
from vault.ingest.ocr.choose import Engines
from vault.ingest.sheet import Unreadable
from vault.model.media import sniff
from vault.model.reading import ReadOptions
from vault.workers import tools

LINES = ("Harbor View Family Practice", "Plan: Amoxicillin 500 mg twice daily.")
_ORIENTATION = 0x0112


def photo(orientation: int = 1) -> bytes:
    """A page as a telephone keeps it: the pixels as the sensor lay, and how to turn them."""
    seen = picture(LINES, 100)
    seen = seen.crop((0, 0, seen.width, seen.height // 3))
    if orientation == 6:  # turned a quarter clockwise to be shown upright
        seen = seen.transpose(Image.Transpose.ROTATE_90)
    exif = Image.Exif()
    exif[_ORIENTATION] = orientation
    out = io.BytesIO()
    file = pillow_heif.from_pillow(seen.convert("RGB"))
    file.save(out, quality=60, exif=exif.tobytes())
    return out.getvalue()


def test_what_kind_of_file_it_is() -> None:
    """By its brands; a picture of the same container in another coding is foreign."""
    assert sniff(photo()) == "heic"
    box = b"\x00\x00\x00\x18ftyp%b\x00\x00\x00\x00mif1%b"
    assert sniff(box % (b"mif1", b"heic")) == "heic"
    assert sniff(box % (b"avif", b"avif")) is None
    assert sniff(b"\x00\x00\x00\x10ftypmif1\x00\x00\x00\x00heic") is None  # beyond the box
    assert sniff(b"\x00\x00\x00\x18ftypisom\x00\x00\x00\x00mp42avc1") is None


@pytest.mark.ocr
@pytest.mark.parametrize("orientation", [1, 6])
def test_it_is_read_as_it_was_held(orientation: int) -> None:
    """The turn the telephone noted is made once, not twice."""
    engines = Engines(tools.tessdata_folder(), None)
    with image(photo(orientation), "heic") as document:
        assert document.pages == 1
        sheet = document.sheet(1).image
        assert sheet.width > sheet.height
        found = page.read(document, 1, ReadOptions(), engines)
    text = " ".join(word.text for word in found.readings[0].words)
    assert "Amoxicillin 500 mg" in text
    assert found.readings[0].turn == 0


@pytest.mark.parametrize("part", [0.02, 0.1, 0.5, 0.9])
def test_one_that_was_cut_off(part: float) -> None:
    """It is refused with a reason."""
    data = photo()
    with pytest.raises(Unreadable), image(data[: int(len(data) * part)], "heic") as document:
        document.sheet(1)


def test_one_that_claims_to_be_huge() -> None:
    """More pixels than are opened safely are refused before any is decoded."""
    data = bytearray(photo())
    at = data.index(b"ispe") + 8
    data[at : at + 8] = (60_000).to_bytes(4) * 2
    with pytest.raises(Unreadable), image(bytes(data), "heic") as document:
        document.sheet(1)


def test_without_the_plugin(monkeypatch: pytest.MonkeyPatch) -> None:
    """It says which package is needed."""
    monkeypatch.setattr(heic, "_prepared", [False])
    monkeypatch.setitem(sys.modules, "pillow_heif", None)
    with pytest.raises(Unreadable, match="pillow-heif"):
        heic.prepare()
