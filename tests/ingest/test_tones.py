"""Negatives, pale print, grain, dark borders and grey grounds are put right; other pages stay."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator

import pytest
from PIL import Image, ImageChops, ImageDraw, ImageOps

from tests.ingest.papers import GOLDEN, LINES, Held, picture, saved
from vault.ingest import bits, ink, tone
from vault.ingest.bands import without_bands
from vault.ingest.borders import without_borders
from vault.model.reading import PageKind, ReadOptions
from vault.model.words import text_of
from vault.workers.pool import Pool

Change = Callable[[Image.Image], Image.Image]


def pale(page: Image.Image) -> Image.Image:
    """Print that is nearly as bright as its paper."""
    return page.point(lambda v: 200 + v * 50 // 255)


def negative(page: Image.Image) -> Image.Image:
    """Bright print on a dark ground, as microfilm gives it."""
    return ImageOps.invert(page).point(lambda v: 20 + v * 200 // 255)


def grainy(page: Image.Image) -> Image.Image:
    """A page whose paper is all grain."""
    noise = Image.frombytes("L", page.size, random.Random(3).randbytes(page.width * page.height))
    return ImageChops.add(page, noise.point(lambda v: 128 + (v - 128) * 9 // 10), 1, -128)


def bordered(page: Image.Image) -> Image.Image:
    """A page on a dark table, one side of the print close to the edge."""
    wide = Image.new("L", (page.width + 60, page.height + 200), 12)
    wide.paste(page.crop((120, 0, page.width, page.height)), (80, 60))
    return wide


def striped(page: Image.Image) -> Image.Image:
    """Grey bars behind every other line of the page."""
    bars = Image.new("L", page.size, 255)
    pen = ImageDraw.Draw(bars)
    for top in range(200, 900, 100):
        pen.rectangle((150, top, 1500, top + 49), fill=130)
    return ImageChops.multiply(page, bars)


def ink_of(image: Image.Image) -> int:
    """How many pixels are ink."""
    return bits.ink(image)[0].bit_count()


@pytest.mark.parametrize("light", [255, 190], ids=["white", "grey"])
def test_a_sound_page_is_left_alone(light: int) -> None:
    """Clean print on bright and on grey paper stays as it is."""
    page = picture().point(lambda v: v * light // 255)
    for step in (tone.plain, without_borders, without_bands):
        assert step(page) is page


def test_a_negative_becomes_dark_print_on_bright_paper() -> None:
    """A negative has as much ink afterwards as the page it is of."""
    assert ink_of(tone.plain(negative(picture()))) == pytest.approx(ink_of(picture()), rel=0.1)


def test_a_slip_on_a_dark_table_is_no_negative() -> None:
    """A small receipt keeps its tones; what is around it is a border, and goes."""
    table = Image.new("L", (1700, 2200), 15)
    table.paste(picture().crop((100, 150, 1500, 700)), (200, 700))
    assert tone.plain(table) is table
    assert without_borders(table).getpixel((100, 100)) == 255


def test_pale_print_becomes_dark_and_an_empty_page_stays() -> None:
    """The print of a pale page becomes ink; on an empty page nothing does."""
    assert ink_of(pale(picture())) == 0
    assert ink_of(tone.plain(pale(picture()))) > 0.8 * ink_of(picture())
    empty = Image.new("L", (1700, 2200), 240)
    ImageDraw.Draw(empty).rectangle((0, 500, 1700, 800), fill=228)
    assert tone.plain(empty) is empty


def test_the_grain_of_paper_is_smoothed_once() -> None:
    """Grain is blurred on a grey page; the dots of a fax are not blurred here, too."""
    page = grainy(picture())
    blank = (0, 1500, 1700, 2000)
    before, after = (ink_of(made.crop(blank)) for made in (page, tone.plain(page)))
    assert after < before / 3
    assert tone.plain(page, bilevel=True) is page


def test_a_dark_border_goes_and_the_print_stays() -> None:
    """All that is dark around a page is as bright as its paper, and the print as it was."""
    bare = without_borders(bordered(picture()))
    print_of = picture().crop((120, 0, 1700, 2200))
    assert ink_of(bare) == pytest.approx(ink_of(print_of), rel=0.02)


def test_a_dark_heading_and_a_shadow_are_no_borders() -> None:
    """A band from edge to edge with white letters stays, and so does the shadow of a spine."""
    banded = picture().copy()
    letters = ImageOps.invert(picture().crop((150, 150, 1550, 700)))
    banded.paste(0, (0, 1000, 1700, 1600))
    banded.paste(letters, (150, 1020))
    assert without_borders(banded) is banded
    shadow = picture().copy()
    for x in range(500):
        level = round(255 * x / 500)
        column = shadow.crop((x, 0, x + 1, 2200)).point(lambda v, most=level: v * most // 255)
        shadow.paste(column, (x, 0))
    assert without_borders(shadow) is shadow


def test_a_rule_to_the_edge_is_no_border() -> None:
    """Thin lines that run off the page stay."""
    page = picture().copy()
    ImageDraw.Draw(page).line((0, 1500, 1700, 1500), fill=0, width=8)
    assert without_borders(page) is page


def test_grey_grounds_become_paper_and_their_print_stays() -> None:
    """Grey bars behind print go without a trace of the print going with them."""
    page = picture().point(lambda v: min(v, 250))
    flat = without_bands(striped(page))
    assert flat.getpixel((1450, 220)) == pytest.approx(250, abs=3)
    assert ink_of(flat) == pytest.approx(ink_of(page), rel=0.15)


def test_a_dark_ground_with_white_print_stays() -> None:
    """White letters need the dark around them."""
    page = picture().copy()
    page.paste(40, (150, 1000, 1500, 1100))
    assert without_bands(page) is page


def test_solid_areas_are_no_ink_that_was_not_read() -> None:
    """The black ground of a heading says nothing about lines that were lost."""
    page = picture().copy()
    page.paste(0, (150, 1000, 1500, 1400))
    plain = ink.uncovered(ink.mask(picture()), ())
    assert plain == ink.uncovered(ink.mask(page), ()) == 1
    heading = Image.new("L", (1700, 2200), 255)
    heading.paste(0, (150, 1000, 1500, 1400))
    assert ink.uncovered(ink.mask(heading), ()) == 0


@pytest.fixture(scope="module")
def pool() -> Iterator[Pool]:
    """One worker for all pages of this file."""
    with Pool(1) as made:
        yield made


@pytest.mark.ocr
@pytest.mark.parametrize("change", [pale, negative, grainy, bordered, striped])
def test_such_pages_are_read_surely(pool: Pool, change: Change) -> None:
    """Every line of such a page is read, and nobody is asked to look at it."""
    data = saved(change(picture()), "PDF", resolution=200, quality=90)
    result = pool.read_page(Held(data), "pdf", 1, ReadOptions()).result()
    assert result.kind is PageKind.CONTENT
    text = " ".join(text_of(result.readings[0].words).split())
    assert GOLDEN in text
    assert LINES[-1] in text
    assert not result.look
