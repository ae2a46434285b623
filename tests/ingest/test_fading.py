"""Print that fades in upright bands is read, and nothing else is made darker."""

from __future__ import annotations

import math

import pytest
from PIL import Image, ImageChops, ImageOps

from tests.ingest.papers import LINES, Held, noisy, picture, saved
from vault.ingest.fading import without_fading
from vault.model.reading import ReadOptions
from vault.model.words import text_of
from vault.workers.pool import Pool

SMALL = "#set par(leading: 0.5em)"
TEXT = (" ".join(LINES[3:]),) * 4


def faded(page: Image.Image) -> Image.Image:
    """The page with its print pale in bands, as a worn print head leaves it."""
    row = Image.new("L", (page.width, 1))
    row.putdata([round(100 + 100 * math.sin(x / 110)) for x in range(page.width)])
    return noisy(ImageChops.lighter(page, row.resize(page.size)))


def test_pale_bands_become_dark() -> None:
    """The darkest print of every band with print is dark; the paper stays bright."""
    clean = without_fading(faded(picture(TEXT, 200, SMALL)))
    bands = [clean.crop((x, 200, x + 60, 1100)) for x in range(240, 1400, 60)]
    assert all(sum(band.histogram()[:90]) for band in bands)
    assert sum(clean.histogram()[200:]) > 0.9 * clean.width * clean.height


@pytest.mark.parametrize("lightest", [0, 150])
def test_even_print_is_left_alone(lightest: int) -> None:
    """Black pages, and pages all of pale print, are given back as they are."""
    page = picture(TEXT, 200, SMALL)
    page = noisy(page.point([round(lightest + v * (255 - lightest) / 255) for v in range(256)]))
    assert without_fading(page) is page


def test_print_that_shows_through_is_not_made_darker() -> None:
    """Pale bands whose lines are not those of the print beside them stay pale."""
    page = picture(LINES[:2] * 6, 200)  # short lines: half of the page has no print of its own
    other = ImageOps.flip(ImageOps.mirror(picture(TEXT, 200, SMALL)))
    pale = other.point([round(165 + v * 90 / 255) for v in range(256)])
    both = noisy(ImageChops.darker(page, pale))
    assert without_fading(both) is both


@pytest.mark.ocr
def test_every_word_of_a_faded_page_is_read() -> None:
    """No line is cut where a band is pale."""
    with Pool(1) as pool:
        page = Held(saved(faded(picture(TEXT, 200, SMALL)), "PDF", resolution=200))
        result = pool.read_page(page, "pdf", 1, ReadOptions()).result()
    assert " ".join(text_of(result.readings[0].words).split()) == " ".join(TEXT)
