"""Tests of the demo's scans, those that are bundled and those made anew."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
from pathlib import Path

import pypdfium2
import pytest
from PIL import Image, ImageChops
from pypdf import PdfReader

from vault.demo import cast
from vault.demo.paper import scanner, sheets
from vault.demo.paper.make import make

FILES = [pytest.param(paper, id=paper.file) for paper in cast.PAPERS]
SCALE = 0.2


def words_on(pdf: bytes) -> str:
    """All text of the text layers, which a scan has none of."""
    return "".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages).strip()


@pytest.mark.parametrize("paper", FILES)
def test_a_bundled_scan_is_pictures_only_on_letter_paper(paper: cast.Paper) -> None:
    """No text layer; one picture a page that fills it; sizes in points."""
    pdf = (cast.SCANS / paper.file).read_bytes()
    assert words_on(pdf) == ""
    document = pypdfium2.PdfDocument(pdf)
    assert len(document) == paper.pages
    for page in document:
        assert page.get_size() == pytest.approx((612, 792), abs=1)
        assert [kept.type for kept in page.get_objects()] == [3]  # FPDF_PAGEOBJ_IMAGE
    document.close()


def test_the_bundled_scans_are_small_and_all_there() -> None:
    """Together under 1.2 MB, and no file besides."""
    held = {path.name: path.stat().st_size for path in cast.SCANS.iterdir()}
    assert set(held) == {paper.file for paper in cast.PAPERS}
    assert sum(held.values()) < 1_200_000


def test_the_bundled_scans_are_of_different_kinds() -> None:
    """Grey, colour and fax pictures are all among them, for the reader to cope with."""
    filters = {}
    for paper in cast.PAPERS:
        page = PdfReader(cast.SCANS / paper.file).pages[0]
        filters[paper.file] = page.images[0].image
    modes = {name: image.mode for name, image in filters.items() if image is not None}
    assert modes == {
        "clinic-visit.pdf": "L",
        "discharge-summary.pdf": "L",
        "lab-fax.pdf": "1",
        "cardiology-letter.pdf": "RGB",
        "pharmacy-list.pdf": "RGB",
    }


@pytest.mark.parametrize("paper", FILES)
def test_the_script_makes_the_same_pages_in_any_size(paper: cast.Paper, tmp_path: Path) -> None:
    """A coarse scan has the bundled one's page count and paper, and is no blank."""
    document = pypdfium2.PdfDocument(make(paper, tmp_path, SCALE).read_bytes())
    assert len(document) == paper.pages
    for page in document:
        assert page.get_size() == pytest.approx((612, 792), abs=4)
        picture = page.render(scale=0.3).to_pil().convert("L")
        low, high = picture.getextrema()
        assert isinstance(low, int | float)
        assert low < 130
        assert high > 200
    document.close()


def test_the_script_makes_the_same_bytes_again(tmp_path: Path) -> None:
    """Seeds are fixed and no clock is read."""
    folders = [tmp_path / "a", tmp_path / "b"]
    for folder in folders:
        folder.mkdir()
    for paper in (cast.LABS, cast.MEDICINES):
        first, second = (make(paper, folder, SCALE).read_bytes() for folder in folders)
        assert first == second


@pytest.mark.ocr
@pytest.mark.skipif(shutil.which("tesseract") is None, reason="Tesseract is not installed")
def test_the_planted_mistakes_can_be_read_from_the_bundled_scan() -> None:
    """Tesseract reads the very words the cast quotes."""
    document = pypdfium2.PdfDocument(cast.SCANS / cast.CONSULT.file)
    page = io.BytesIO()
    document[0].render(scale=200 / 72).to_pil().crop((0, 0, 1700, 1000)).save(page, "PNG")
    document.close()
    run = ["tesseract", "stdin", "stdout", "--dpi", "200", "--psm", "6"]
    read = subprocess.run(run, input=page.getvalue(), capture_output=True, check=True).stdout
    text = " ".join(read.decode().split())
    assert all(mistake.quote in text for mistake in cast.MISTAKES)


def test_a_stamp_is_printed_only_where_asked() -> None:
    """The two prints differ, and only near the stamp."""
    with_stamp = sheets.printed(cast.CONSULT, 40)[0]
    without = sheets.printed(cast.CONSULT, 40, stamps=False)[0]
    box = ImageChops.difference(with_stamp, without).getbbox()
    assert box is not None
    assert box[0] > with_stamp.width / 2
    assert box[3] < with_stamp.height / 3


def test_a_fax_is_black_and_white_on_its_own_grid() -> None:
    """Only the two values, the size asked for, and the noise follows the seed."""
    page = Image.new("RGB", (850, 1100), "white")
    page.paste((0, 0, 0), (100, 100, 700, 200))
    fax = scanner.faxed(page, 7, (432, 280))
    assert fax.mode == "1"
    assert fax.size == (432, 280)
    assert fax.tobytes() == scanner.faxed(page, 7, (432, 280)).tobytes()
    assert fax.tobytes() != scanner.faxed(page, 8, (432, 280)).tobytes()


def test_nothing_else_in_the_program_uses_the_script() -> None:
    """The scans are bundled, so no other module needs an imaging library for them."""
    root = cast.SCANS.parents[1]
    users = [
        path
        for path in root.rglob("*.py")
        if re.search(r"^\s*(from|import) vault\.demo\.paper", path.read_text("utf-8"), re.M)
        and path.parent != root / "demo" / "paper"
    ]
    assert users == []
