"""Whole pages are read by real workers with real engines, however they were scanned."""

from __future__ import annotations

import io
import os
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image, ImageDraw
from pypdf import PdfReader, PdfWriter

from tests.ingest.papers import (
    GOLDEN,
    LINES,
    Held,
    fax,
    noisy,
    picture,
    saved,
    skewed,
    text_pdf,
)
from tests.ingest.test_image import bomb
from vault.model.reading import PageKind, PageResult, Probe, ReadOptions, Source
from vault.model.words import box_of, find_quote, text_of
from vault.workers import tools
from vault.workers.pool import Pool

pytestmark = pytest.mark.ocr


@pytest.fixture(scope="module")
def pool() -> Iterator[Pool]:
    """One worker for all pages of this file."""
    with Pool(1) as made:
        yield made


def read(
    pool: Pool, data: bytes, media: str = "pdf", page: int = 1, engine: str = "auto"
) -> PageResult:
    """A page as a worker reads it."""
    return pool.read_page(Held(data), media, page, ReadOptions(engine=engine)).result()


def said(result: PageResult) -> str:
    """What the best reading says, in one line."""
    return " ".join(text_of(result.readings[0].words).split())


def scan(image: Image.Image, dpi: int = 200) -> bytes:
    """The picture as a scanned PDF."""
    return saved(image, "PDF", resolution=dpi)


@pytest.mark.parametrize("engine", tools.ENGINES)
def test_all_engines_read_the_golden_words(pool: Pool, engine: str) -> None:
    """All engines read the golden words."""
    if engine not in tools.engines():
        pytest.skip("not installed")
    result = read(pool, scan(noisy(picture())), engine=engine)
    reading = result.readings[0]
    assert (reading.source, reading.turn, reading.skew) == (Source.OCR, 0, 0)
    assert engine.removeprefix("py") in reading.engine
    assert GOLDEN in said(result)
    assert result.trust >= 85
    assert not result.look


def test_boxes_stand_where_the_words_are(pool: Pool) -> None:
    """Boxes stand where the words are."""
    layer = read(pool, text_pdf()).readings[0]
    ocr = read(pool, scan(picture())).readings[0]
    for reading in (layer, ocr):
        span = find_quote(reading.words, GOLDEN)
        assert span is not None
    one, two = (box_of(r.words, s) for r in (layer, ocr) if (s := find_quote(r.words, GOLDEN)))
    assert one is not None
    assert two is not None
    assert one.left == pytest.approx(two.left, abs=0.005)
    assert one.bottom == pytest.approx(two.bottom, abs=0.005)


def test_a_page_with_a_good_text_layer_is_not_recognised(pool: Pool) -> None:
    """A page with a good text layer is not recognised."""
    result = read(pool, text_pdf())
    assert [reading.source for reading in result.readings] == [Source.TEXT]
    assert (result.trust, result.width, result.height) == (100, 612, 792)
    assert said(result) == " ".join(LINES)


def test_a_skewed_page_is_set_straight(pool: Pool) -> None:
    """A skewed page is set straight."""
    result = read(pool, scan(noisy(skewed(picture(), 2.6))))
    assert result.readings[0].skew == pytest.approx(-2.6, abs=0.21)
    assert said(result).split() == " ".join(LINES).split()
    assert result.width > 612


@pytest.mark.parametrize("turn", [90, 180, 270])
def test_a_turned_page_is_read_and_told_how_to_be_turned(pool: Pool, turn: int) -> None:
    """A turned page is read and told how to be turned."""
    page = picture().rotate(turn, expand=True)  # so many degrees to the left
    result = read(pool, scan(page))
    assert result.readings[0].turn == turn
    assert GOLDEN in said(result)
    assert (result.width, result.height) == pytest.approx((612, 792), abs=1)


def test_a_standard_fax_is_read(pool: Pool) -> None:
    """A standard fax is read."""
    data = saved(fax(picture()), "TIFF", dpi=(204, 98), compression="group4")
    result = read(pool, data, "tiff")
    assert GOLDEN in said(result)


def test_every_page_of_a_tiff_is_read(pool: Pool) -> None:
    """Every page of a tiff is read."""
    second = picture(("Discharge summary", "Metformin 850 mg with the evening meal"))
    data = saved(
        picture().convert("1"), "TIFF", save_all=True, append_images=[second], dpi=(200, 200)
    )
    assert pool.probe(Held(data), "tiff").result() == Probe("tiff", 2)
    assert GOLDEN in said(read(pool, data, "tiff", 1))
    assert "Metformin 850 mg" in said(read(pool, data, "tiff", 2))


def test_a_stamp_in_the_text_layer_does_not_hide_the_scan(pool: Pool) -> None:
    """A stamp in the text layer does not hide the scan."""
    stamp = "#place(bottom + right)[Received 3 May 2024]"
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(scan(picture()))))
    writer.pages[0].merge_page(PdfReader(io.BytesIO(text_pdf((stamp,)))).pages[0])
    out = io.BytesIO()
    writer.write(out)
    result = read(pool, out.getvalue())
    assert [reading.source for reading in result.readings] == [Source.OCR, Source.TEXT]
    assert GOLDEN in said(result)


def test_a_text_layer_of_garbage_does_not_go_first(pool: Pool) -> None:
    """A text layer of garbage does not go first."""
    garbage = tuple("".join(chr(0xE000 + i) for i in range(40)) for _ in range(4))
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(scan(picture()))))
    writer.pages[0].merge_page(PdfReader(io.BytesIO(text_pdf(garbage))).pages[0])
    out = io.BytesIO()
    writer.write(out)
    result = read(pool, out.getvalue())
    assert result.readings[0].source is Source.OCR


def test_blank_paper_is_blank_and_not_unread(pool: Pool) -> None:
    """Blank paper is blank and not unread."""
    result = read(pool, scan(noisy(Image.new("L", (1700, 2200), 250))))
    assert (result.kind, result.read, result.readings) == (PageKind.BLANK, True, ())
    assert not result.look


def test_a_drawing_is_for_a_person_to_look_at(pool: Pool) -> None:
    """A drawing is for a person to look at."""
    page = Image.new("L", (1700, 2200), 250)
    pen = ImageDraw.Draw(page)
    for ring in range(100, 700, 60):
        pen.ellipse((850 - ring, 1100 - ring, 850 + ring, 1100 + ring), outline=10, width=9)
    result = read(pool, scan(page))
    assert (result.kind, result.read, result.look) == (PageKind.CONTENT, True, True)
    assert result.why
    assert result.readings == ()


def test_a_language_without_data_is_a_page_that_was_not_read(pool: Pool) -> None:
    """A language without data is a page that was not read."""
    options = ReadOptions(language="xyz")
    result = pool.read_page(Held(scan(picture())), "pdf", 1, options).result()
    assert (result.read, result.why) == (False, "Tesseract's data for xyz is not installed")
    unnamed = ReadOptions(language="--psm")
    assert not pool.read_page(Held(scan(picture())), "pdf", 1, unnamed).result().read


def test_problems_are_answers(pool: Pool) -> None:
    """Problems are answers."""
    garbage = pool.probe(Held(b"%PDF-1.7\n" + bytes(900)), "pdf").result()
    large = pool.probe(Held(bomb(60_000, 60_000)), "png").result()
    assert garbage.problem == "it is damaged and cannot be opened as a PDF"
    assert large.problem == "the picture is larger than can be opened safely"
    assert not read(pool, bomb(60_000, 60_000), "png").read


def test_a_locked_file_says_so_and_is_read_with_its_password(pool: Pool) -> None:
    """A locked file says so and is read with its password."""
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(text_pdf())))
    writer.encrypt("sesame", algorithm="AES-128")
    out = io.BytesIO()
    writer.write(out)
    source = Held(out.getvalue())
    locked = Probe("pdf", 0, encrypted=True, problem="it is locked with a password")
    assert pool.probe(source, "pdf").result() == locked
    assert pool.probe(source, "pdf", "wrong").result() == locked
    assert pool.probe(source, "pdf", "sesame").result() == Probe("pdf", 1, encrypted=True)
    options = ReadOptions(password="sesame")
    assert GOLDEN in said(pool.read_page(source, "pdf", 1, options).result())


@pytest.mark.skipif("pytesseract" not in tools.engines(), reason="needs pytesseract")
def test_what_pytesseract_writes_is_gone_even_after_a_kill() -> None:
    """What pytesseract writes is gone even after a kill."""
    folder = tools.memory_folder()
    assert folder is not None
    ours = f"chartmend-{os.getpid()}-*"
    with Pool(1) as pool:
        assert GOLDEN in said(read(pool, scan(picture()), engine="pytesseract"))
        (made,) = folder.glob(ours)
        assert list(made.iterdir()) == []

        class Killer(Held):
            def read_at(self, offset: int, length: int) -> bytes:
                Path(made / "page.png").write_bytes(b"half a page")
                os.kill(pool.pids[0], signal.SIGKILL)
                return super().read_at(offset, length)

        killed = pool.read_page(
            Killer(scan(picture())), "pdf", 1, ReadOptions(engine="pytesseract")
        ).result()
        assert not killed.read
        assert list(folder.glob(ours)) == []
