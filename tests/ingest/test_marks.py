"""What is no writing is taken off a page before it is read, and writing stays."""

from __future__ import annotations

import random

import pytest
from PIL import Image, ImageChops, ImageDraw, ImageFilter

from tests.ingest.papers import picture
from vault.ingest import bits, thick
from vault.ingest.rules import without_rules
from vault.ingest.specks import without_specks
from vault.ingest.streaks import without_streaks


def ink_of(image: Image.Image) -> int:
    """How many pixels are ink."""
    return bits.ink(image)[0].bit_count()


def faint(picture_of: Image.Image) -> bool:
    """Whether no pixel is brighter than 60, as where two pictures hardly differ."""
    return not any(picture_of.histogram()[61:])


def drawn(*shapes: tuple[str, tuple[int, int, int, int]], width: int = 2) -> Image.Image:
    """The golden page with lines and rectangles on it."""
    page = picture().copy()
    pen = ImageDraw.Draw(page)
    for kind, box in shapes:
        if kind == "line":
            pen.line(box, fill=0, width=width)
        else:
            pen.rectangle(box, outline=0, width=width)
    return page


@pytest.mark.parametrize("light", [255, 190], ids=["white", "grey"])
def test_a_page_without_marks_is_left_alone(light: int) -> None:
    """Clean print stays as it is, pixel for pixel, on grey paper too."""
    page = picture().point(lambda v: v * light // 255)
    for taken_off in (without_rules, without_specks, without_streaks):
        assert ImageChops.difference(taken_off(page), page).getbbox() is None


def test_an_upright_streak_is_filled() -> None:
    """A line of toner down the page goes; nearly all of the print stays."""
    page = drawn(("line", (700, 0, 700, 2200)), width=4)
    mended = without_streaks(page)
    assert ink_of(page) - ink_of(picture()) > 8000
    assert abs(ink_of(mended) - ink_of(picture())) < 600


def test_the_rules_of_a_table_go_and_its_crossings_with_them() -> None:
    """The lines of a table are painted over where they cross, too."""
    grid = [("line", (100, y, 1600, y)) for y in range(1300, 1900, 60)]
    grid += [("line", (x, 1300, x, 1840)) for x in range(100, 1700, 300)]
    mended = without_rules(drawn(*grid))
    assert faint(ImageChops.difference(mended, picture()))


def test_letters_that_stand_on_a_rule_stay_whole() -> None:
    """A line under a word takes nothing of the word with it."""
    page = picture()
    foot = next(
        y for y in range(200, 500) if not any(page.crop((0, y, 1700, y + 1)).histogram()[:255])
    )
    ruled = page.copy()
    ImageDraw.Draw(ruled).line((150, foot - 1, 1500, foot - 1), fill=0, width=2)
    mended = without_rules(ruled)
    lost = ImageChops.subtract(mended, page).crop((0, 0, 1700, foot - 5))
    assert faint(lost)
    assert ink_of(mended) < ink_of(ruled) - 1500


def test_tick_boxes_go_and_round_letters_stay() -> None:
    """Squares that stand alone are no letters; the letters of the page are all kept."""
    boxes = [("box", (300 * n, 1500, 300 * n + 24, 1524)) for n in range(1, 5)]
    page = drawn(*boxes)
    ImageDraw.Draw(page).line((304, 1504, 320, 1520), fill=0, width=2)
    mended = without_rules(page)
    assert faint(ImageChops.difference(mended, picture()))


def speckled(page: Image.Image, count: int) -> Image.Image:
    """The page with so many specks of 2 x 2 pixels."""
    page, dice = page.copy(), random.Random(5)
    for _ in range(count):
        x, y = dice.randrange(20, 1680), dice.randrange(1200, 2180)
        page.paste(0, (x, y, x + 2, y + 2))
    return page


@pytest.mark.parametrize("font", ["Libertinus Serif", "DejaVu Sans Mono"])
def test_many_specks_go_and_decimal_points_stay(font: str) -> None:
    """A dirty page loses its specks and keeps the points in its figures, a leading one too."""
    lines = ("Dose 2.5 mg, then 0.25 mg. Value 7.1 (3.5 - 5.2), or .5 mg",)
    figures = picture(lines, 200, f'#set text(font: "{font}")')
    mended = without_specks(speckled(figures, 300))
    assert faint(ImageChops.subtract(mended, figures))
    assert ink_of(mended) < ink_of(figures) + 200


def test_a_few_specks_stay() -> None:
    """What is not dirt may mean something."""
    page = speckled(picture(), 20)
    assert without_specks(page) is page


def test_fat_strokes_are_told_from_sound_ones() -> None:
    """Print is fat after its strokes have grown twofold, and not before."""
    page = picture()
    assert not thick.is_fat(page)
    assert thick.is_fat(page.filter(ImageFilter.MinFilter(7)))


def test_a_page_without_ink_has_no_fat_strokes() -> None:
    """A blank page has no strokes at all."""
    assert not thick.is_fat(Image.new("L", (850, 1100), 255))


def test_bits_are_the_ink_of_the_page() -> None:
    """Ink becomes bits and bits become the same ink, at any width."""
    page = Image.new("L", (13, 5), 255)
    page.paste(0, (2, 1, 9, 2))
    page.paste(0, (12, 0, 13, 5))
    value, grid = bits.ink(page)
    assert bits.mask(value, grid, page.size).convert("L").point(lambda v: 255 - v).tobytes() == (
        page.tobytes()
    )
    assert bits.runs(value, 7, grid.across).bit_count() == 7
    assert bits.runs(value, 5, grid.down).bit_count() == 5
    assert not bits.runs(value, 8, grid.across)
