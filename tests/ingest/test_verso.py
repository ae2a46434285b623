"""Print of the other side that shows through is not read into the words of a page."""

from __future__ import annotations

import pytest
from PIL import Image, ImageChops, ImageFilter, ImageOps

from tests.ingest.papers import LINES, Held, noisy, picture, saved
from vault.ingest.rules import without_rules
from vault.ingest.verso import without_verso, without_verso_and_rules
from vault.model.reading import ReadOptions
from vault.model.words import text_of
from vault.workers.pool import Pool

OTHER = ("The specimen was received in formalin and consists of a tan fragment. " * 12,)
SMALL = "#set par(leading: 0.5em)"


ROWS = (
    ("Date", "Test", "Result", "Details"),
    ("2 October 2012", "Systolic pressure", "145 mmHg", "Range 90 to 120"),
    ("2 October 2012", "Diastolic pressure", "93 mmHg", "Range 60 to 80"),
    ("9 January 2009", "Height", "178 cm", "lying"),
    ("9 January 2009", "Weight", "82 kg", "clothed"),
    ("8 August 2008", "Pulse", "71 a minute", "regular"),
)


def table() -> Image.Image:
    """A page of a ruled table, every other row of which is grey."""
    cells = ", ".join(f"[{cell}]" for row in ROWS * 4 for cell in row)
    fill = "(_, y) => if calc.even(y) { luma(210) }"
    return picture((f"#table(columns: (1fr,) * 4, fill: {fill}, {cells})",), 200)


def black(image: Image.Image) -> int:
    """How many pixels are black."""
    return sum(image.histogram()[:100])


def through(dark: int, own: Image.Image | None = None) -> Image.Image:
    """A page whose other side shows through, at its darkest `dark`."""
    own = own or picture(LINES, 200)
    scale = (255 - dark) / 255
    other = ImageOps.mirror(picture(OTHER * 3, 200, SMALL)).filter(ImageFilter.GaussianBlur(1))
    pale = other.point([round(255 - (255 - v) * scale) for v in range(256)])
    return noisy(ImageChops.darker(own, pale))


def test_print_of_the_other_side_is_made_white() -> None:
    """What shows through is gone between the words; the words stay as they were."""
    page = through(165)
    clean = without_verso(page)
    before, after = page.histogram(), clean.histogram()
    assert sum(after[130:200]) < 0.3 * sum(before[130:200])
    assert sum(after[:100]) == sum(before[:100])


def test_no_piece_of_a_rule_is_left_under_print_of_the_other_side() -> None:
    """A rule taken out before the page is whitened, or after, leaves dashes; both ways none."""
    page = through(150, table())
    bare = without_rules(page)
    before = without_verso(bare)
    after = without_rules(without_verso(page))
    both = without_verso_and_rules(page, bare)
    own = black(without_rules(table()))
    left = [black(image) - own for image in (before, after, both)]
    assert left[2] < 0.1 * min(left[:2])
    assert abs(left[2]) < 0.02 * own


def test_pages_with_nothing_behind_are_left_alone() -> None:
    """A plain page is given back as it is."""
    page = noisy(picture(LINES, 200))
    assert without_verso(page) is page


def test_faint_print_is_left_alone() -> None:
    """Where the print itself is grey, nothing is taken for the other side."""
    page = picture(LINES, 200).point([round(150 + v * 105 / 255) for v in range(256)])
    assert without_verso(page) is page


def test_print_that_is_faint_in_parts_is_left_alone() -> None:
    """Black lines above do not make grey lines below the other side's."""
    page = picture(LINES, 200)
    below = page.crop((0, 450, page.width, page.height))
    page = page.copy()
    page.paste(below.point([round(130 + v * 125 / 255) for v in range(256)]), (0, 450))
    assert without_verso(page) is page


@pytest.mark.ocr
def test_the_other_side_is_not_read() -> None:
    """Every word of a page with print behind it is read, and none of those behind."""
    with Pool(1) as pool:
        page = Held(saved(through(165), "PDF", resolution=200))
        result = pool.read_page(page, "pdf", 1, ReadOptions()).result()
    assert " ".join(text_of(result.readings[0].words).split()) == " ".join(LINES)
    assert not result.look
