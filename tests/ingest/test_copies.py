"""Copies to be given away: what is masked is gone, and the stamp is there to be read."""

from __future__ import annotations

import pytest
from PIL import Image, ImageDraw

from tests.ingest.papers import image, picture, saved
from vault.ingest.copies import blackened, stamped
from vault.ingest.draw import Painter
from vault.ingest.sheet import Unreadable
from vault.model.reading import Picture, View
from vault.model.words import Box

SECRET = Box(0.25, 0.25, 0.6, 0.4)
STAMP = "for Elm Street Hospital only · request req_7k2 · 2026-11-23"


def _page(colour: str) -> bytes:
    """A page with something inside the box SECRET, and something else outside."""
    page = Image.new("RGB", (850, 1100), "white")
    pen = ImageDraw.Draw(page)
    pen.rectangle((850 * 0.25, 1100 * 0.25, 850 * 0.6, 1100 * 0.4), fill=colour)
    pen.rectangle((50, 800, 300, 900), fill="green")
    return saved(page, "PNG")


def _drawn(data: bytes, **more: object) -> Picture:
    with image(data, "png") as document:
        view = View(1, 500, 500, colour=True, **more)  # type: ignore[arg-type]
        return Painter().draw(document, view)


def test_what_is_masked_leaves_no_trace() -> None:
    """Two pages that differ only below a mask give the same picture, pixel by pixel."""
    one = _drawn(_page("red"), masks=(SECRET,), stamp=STAMP)
    two = _drawn(_page("blue"), masks=(SECRET,), stamp=STAMP)
    assert one == two
    assert _drawn(_page("red"), stamp=STAMP) != _drawn(_page("blue"), stamp=STAMP)


@pytest.mark.parametrize("mode", ["L", "RGB"])
def test_a_mask_is_black_and_the_rest_stays(mode: str) -> None:
    """Nothing but the box, and a few pixels around it, changes."""
    paper = Image.new(mode, (400, 300), "white")
    done = blackened(paper, View(1, 400, 300, masks=(SECRET,)))
    dark = done.convert("L").point(lambda v: 255 - v).getbbox()
    assert dark is not None
    left, top, right, bottom = dark
    assert 90 <= left <= 100
    assert 240 <= right <= 250
    assert 65 <= top <= 75
    assert 120 <= bottom <= 130
    assert done.convert("L").crop(dark).getextrema() == (0, 0)


def test_a_mask_on_a_part_of_the_page_is_where_it_was() -> None:
    """The picture of an enlarged part has the box in the same place of the page."""
    paper = Image.new("L", (400, 400), "white")
    done = blackened(paper, View(1, 400, 400, crop=Box(0.5, 0, 1, 0.5), masks=(SECRET,)))
    assert done.getpixel((40, 250)) == 0
    assert done.getpixel((150, 250)) == 255


def test_the_stamp_goes_across_the_whole_page_and_hides_nothing() -> None:
    """Each ninth of an empty page bears a part of it, and the size stays."""
    paper = Image.new("L", (900, 1200), "white")
    done = stamped(paper, STAMP)
    assert done.size == paper.size
    for row in range(3):
        for column in range(3):
            part = (column * 300, row * 400, column * 300 + 300, row * 400 + 400)
            assert min(done.crop(part).tobytes()) < 255, part
    # Black print under the stamp stays black.
    dark = stamped(Image.new("L", (900, 1200), 0), STAMP)
    assert max(dark.crop((300, 300, 600, 900)).tobytes()) < 60


@pytest.mark.parametrize("size", [(1650, 40), (40, 1650), (1, 1), (20, 20)])
def test_odd_sizes_are_stamped_too(size: tuple[int, int]) -> None:
    """A strip or a speck gives a picture of the same size, and no crash."""
    assert stamped(Image.new("RGB", size, "white"), STAMP).size == size


def test_words_that_no_font_shows_are_refused() -> None:
    """A stamp of empty boxes would name nobody."""
    with pytest.raises(Unreadable):
        stamped(picture(), "for \U0001e2ff\U0001e2fe only")
