"""Tables, forms and bad copies are read by real workers, and a page that cannot be says so."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PIL import Image, ImageFilter

from tests.ingest.papers import LINES, Held, noisy, picture, saved
from vault.ingest import ink, page
from vault.ingest.orient import Scan
from vault.model.reading import PageResult, ReadOptions
from vault.model.words import Box, Word, text_of
from vault.workers.pool import Pool

ROWS = (
    ("Glucose", "107", "H", "mg/dL", "65 - 99"),
    ("Potassium", "3.2", "L", "mmol/L", "3.5 - 5.2"),
    ("Alkaline Phosphatase", "94", "", "IU/L", "39 - 117"),
    ("Hemoglobin A1c", "4.7", "L", "%", "4.8 - 5.6"),
    ("TSH", "5.214", "H", "uIU/mL", "0.450 - 4.500"),
)
HEAD = ("TEST", "RESULT", "FLAG", "UNITS", "REFERENCE RANGE")
BOX = "#box(width: 11pt, height: 11pt, stroke: 1pt)"


@pytest.fixture(scope="module")
def pool() -> Iterator[Pool]:
    """One worker for all pages of this file."""
    with Pool(1) as made:
        yield made


def table() -> Image.Image:
    """A page with a ruled table of results, three times over."""
    cells = ", ".join(f"[{cell}]" for row in (HEAD, *ROWS * 3) for cell in row)
    return picture((f"#table(columns: (3fr, 1fr, 1fr, 1fr, 2fr), {cells})",))


def read(pool: Pool, image: Image.Image) -> PageResult:
    """A scan of the picture as a worker reads it."""
    scan = saved(noisy(image), "PDF", resolution=200)
    return pool.read_page(Held(scan), "pdf", 1, ReadOptions()).result()


def lines(result: PageResult) -> list[str]:
    """The lines of the best reading."""
    return [line for line in text_of(result.readings[0].words).split("\n") if line]


@pytest.mark.ocr
@pytest.mark.parametrize("turn", [None, Image.Transpose.ROTATE_90, Image.Transpose.ROTATE_180])
def test_a_ruled_table_is_read_row_by_row(pool: Pool, turn: Image.Transpose | None) -> None:
    """Every row is a line with all of its cells, whichever way up the page lay."""
    image = table() if turn is None else table().transpose(turn)
    found = lines(read(pool, image))
    wanted = [" ".join(" ".join(row).split()) for row in (HEAD, *ROWS * 3)]
    assert sum(line in found for line in wanted) >= 14
    assert not any("|" in line for line in found)


@pytest.mark.ocr
def test_tick_boxes_are_not_read_as_letters(pool: Pool) -> None:
    """A form's boxes leave no signs among the words beside them."""
    ills = ("Gout", "Asthma", "Migraine", "Diabetes", "Anemia", "Epilepsy")
    found = lines(read(pool, picture(tuple(f"{BOX} {ill}" for ill in ills))))
    assert found == list(ills)


@pytest.mark.ocr
def test_a_fat_copy_is_read_or_looked_at(pool: Pool) -> None:
    """Print that has run fat is either read nearly whole or is a page to look at."""
    fat = picture(LINES * 3).filter(ImageFilter.MinFilter(5))
    result = read(pool, fat)
    wanted = " ".join(LINES * 3).split()
    said = set(" ".join(lines(result)).split()) if result.readings else set()
    assert sum(word in said for word in wanted) > 0.8 * len(wanted) or result.look


def scan_of(confidences: list[int], *, fat: bool = False) -> Scan:
    """A reading of words of five letters with these confidences."""
    box = Box(0.1, 0.1, 0.2, 0.12)
    words = tuple(Word("words", box, sure, 0) for sure in confidences)
    page = Image.new("L", (850, 1100), 255)
    return Scan(page, ink.mask(page), words, 0, 0.0, fat=fat)


@pytest.mark.parametrize(
    ("scan", "missed", "why"),
    [
        (scan_of([95] * 100), 0.0, ""),
        (scan_of([95] * 88 + [20] * 12), 0.0, page.UNSURE),
        (scan_of([89] * 90 + [55] * 10), 0.0, page.UNSURE),
        (scan_of([86] * 96 + [55] * 4, fat=True), 0.0, page.UNSURE),
        (scan_of([95] * 100), 0.1, ""),
        (scan_of([95] * 100), 0.35, page.PARTS),
    ],
)
def test_trust_sees_what_the_mean_hides(scan: Scan, missed: float, why: str) -> None:
    """Some words read badly, ink that no word covers, and fat letters make a page to look at."""
    trust, said = page._trust(scan, 0.05, missed)
    assert said == why
    assert (trust < 75) == bool(why)
