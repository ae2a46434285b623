"""Pages are turned and bent back quickly, and come out as by the slower ways."""

from __future__ import annotations

import pytest
from PIL import Image, ImageChops, ImageStat

from tests.ingest import papers
from tests.ingest.papers import picture, saved
from vault.ingest import pdfium, prepare, shear


def _apart(one: Image.Image, two: Image.Image) -> float:
    """How much two pictures differ, as a mean over their common middle."""
    parts = []
    for image in (one, two):
        left, top = (image.width - 1500) // 2, (image.height - 1900) // 2
        parts.append(image.crop((left, top, left + 1500, top + 1900)))
    return float(ImageStat.Stat(ImageChops.difference(*parts)).mean[0])


@pytest.mark.parametrize("degrees", [-2.5, -0.3, 0.7, 3.9])
def test_a_page_is_turned_as_by_a_slower_way(degrees: float) -> None:
    """Print and size are those of a turn: far nearer to it than the page a few tenths off."""
    page = picture()
    quick, slow = prepare.levelled(page, degrees), prepare.straight(page, degrees)
    assert quick.size == pytest.approx(slow.size, abs=6)
    off = _apart(prepare.straight(page, degrees + 0.4), slow)
    assert _apart(quick, slow) < off / 2


def test_a_wide_skew_is_turned_exactly() -> None:
    """Beyond what two slants can do, the page is turned pixel by pixel."""
    page = picture(dpi=50)
    degrees = shear.MOST + 1
    assert prepare.levelled(page, degrees).tobytes() == prepare.straight(page, degrees).tobytes()


def test_a_page_without_skew_is_left_alone() -> None:
    """A page without skew is left alone."""
    page = picture(dpi=50)
    assert prepare.levelled(page, 0.0) is page


def test_columns_are_moved_by_parts_of_a_pixel() -> None:
    """Whole pixels are moved as they are, parts of one by a mean, and white comes in."""
    page = Image.new("L", (4, 10), 255)
    page.paste(100, (0, 5, 4, 6))
    moved = shear.columns_moved(page, [0, 2, -1, 0.5], 12)
    columns = [moved.crop((x, 0, x + 1, 12)).tobytes() for x in range(4)]
    assert [column.index(min(column)) for column in columns] == [5, 7, 4, 5]
    assert columns[0][5] == columns[1][7] == columns[2][4] == 100
    assert columns[3][5] == columns[3][6] == pytest.approx(177, abs=1)
    assert all(column[10:] == b"\xff\xff" for column in columns)


def test_a_scan_is_drawn_band_by_band_as_it_is_drawn_at_once() -> None:
    """A page of one grey picture comes out the same both ways, seams and all."""
    data = saved(papers.noisy(picture()), "PDF", resolution=200, quality=90)
    with papers.pdf(data) as document:
        sheet = document.sheet(1)
    opened = pdfium.Pdf(data, "")
    with opened.page(1) as page:
        at_once = page.render(sheet.dpi, colour=False)
    opened.close()
    assert sheet.image.size == at_once.size == (1700, 2200)
    assert sheet.image.tobytes() == at_once.tobytes()
