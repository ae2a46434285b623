"""Coloured stamps across black print do not spoil its words; other colour stays."""

from __future__ import annotations

import pytest
from PIL import Image, ImageChops, ImageDraw, ImageFont

from tests.ingest.papers import LINES, Held, noisy, picture, saved
from vault.ingest.stamps import without_stamps
from vault.model.reading import ReadOptions
from vault.model.words import text_of
from vault.workers.pool import Pool

PURPLE = (118, 112, 190)


def stamped(at: tuple[int, int], colour: tuple[int, int, int] = PURPLE) -> Image.Image:
    """A page in colour with a stamp at a place."""
    page = noisy(picture(LINES, 200)).convert("RGB")
    stamp = Image.new("RGB", page.size, "white")
    pen = ImageDraw.Draw(stamp)
    pen.text(at, "RECEIVED", font=ImageFont.load_default(96), fill=colour, stroke_width=3)
    pen.rectangle((at[0] - 20, at[1], at[0] + 560, at[1] + 120), outline=colour, width=7)
    return ImageChops.darker(page, stamp.rotate(-9, fillcolor="white", center=at))


def said(pool: Pool, page: Image.Image) -> str:
    """The words of a scanned page."""
    made = Held(saved(page, "PDF", resolution=200))
    result = pool.read_page(made, "pdf", 1, ReadOptions()).result()
    return " ".join(text_of(result.readings[0].words).split())


def test_a_stamp_over_print_is_made_pale() -> None:
    """Where the stamp is, paper is bright and print stays black."""
    page = stamped((420, 300))
    grey, clean = page.convert("L"), without_stamps(page)
    assert sum(clean.histogram()[100:160]) < 0.35 * sum(grey.histogram()[100:160])
    assert sum(clean.histogram()[:70]) > 0.95 * sum(grey.histogram()[:70])


@pytest.mark.parametrize("at", [(500, 1400), (900, 1700)])
def test_colour_beside_print_stays(at: tuple[int, int]) -> None:
    """A stamp, a heading or a figure in colour that crosses nothing is as dark as before."""
    page = stamped(at)
    assert ImageChops.difference(without_stamps(page), page.convert("L")).getbbox() is None


def test_thin_writing_in_colour_stays() -> None:
    """A pen's line across print may be all that is said, and stays."""
    page = noisy(picture(LINES, 200)).convert("RGB")
    ImageDraw.Draw(page).line([(300, 500), (700, 380), (1100, 520)], fill=(40, 50, 170), width=4)
    assert ImageChops.difference(without_stamps(page), page.convert("L")).getbbox() is None


@pytest.mark.ocr
def test_words_under_a_stamp_are_read() -> None:
    """All words of a page are read with a coloured stamp across three of its lines."""
    with Pool(1) as pool:
        read = said(pool, stamped((420, 300)))
    assert [line for line in LINES if line not in read] == []
