"""What is drawn is the part asked for, at the size asked for, with frames where words are."""

from __future__ import annotations

import io

import pytest
from PIL import Image

from tests.ingest import papers
from tests.ingest.papers import GOLDEN, picture, saved, skewed, text_pdf
from vault.ingest.draw import Painter
from vault.model.reading import Picture, View
from vault.model.words import Box, box_of, find_quote


def _image(picture: Picture) -> Image.Image:
    mode = "RGB" if picture.colour else "L"
    return Image.frombytes(mode, (picture.width, picture.height), picture.pixels)


def _dark(image: Image.Image) -> tuple[int, int, int, int]:
    box = image.convert("L").point(lambda v: 255 * (v < 128)).getbbox()
    assert box is not None
    return box


def test_a_page_keeps_its_proportions_unless_stretched() -> None:
    """A page keeps its proportions unless stretched."""
    with papers.pdf(text_pdf()) as document:
        whole = Painter().draw(document, View(1, 500, 500))
        stretched = Painter().draw(document, View(1, 500, 500, stretch=True))
    assert whole.width == pytest.approx(500 * 8.5 / 11, abs=1)
    assert (whole.height, len(whole.pixels)) == (500, whole.width * 500)
    assert (stretched.width, stretched.height) == (500, 500)


def test_a_crop_around_words_shows_their_ink() -> None:
    """A crop around words shows their ink."""
    with papers.pdf(text_pdf()) as document:
        layer = document.layer(1)
        assert layer is not None
        span = find_quote(layer.words, GOLDEN)
        assert span is not None
        box = box_of(layer.words, span)
        assert box is not None
        strip = _image(Painter().draw(document, View(1, 800, 60, crop=box, stretch=True)))
    left, top, right, bottom = _dark(strip)
    assert left < 8
    assert right > 792
    assert top < 8
    assert bottom > 52


@pytest.mark.parametrize("colour", [False, True])
def test_a_mark_is_framed_red_or_black(colour: bool) -> None:
    """A mark is framed red or black."""
    blank = saved(Image.new("L", (850, 1100), 255), "PNG", dpi=(100, 100))
    mark = Box(0.4, 0.4, 0.6, 0.5)
    with papers.image(blank, "png") as document:
        drawn = Painter().draw(document, View(1, 850, 1100, marks=(mark,), colour=colour))
    image = _image(drawn)
    assert _dark(image) == pytest.approx((340, 440, 510, 550), abs=8)
    assert image.getpixel((425, 495)) == ((255, 255, 255) if colour else 255)
    shades = {shade for _, shade in image.getcolors() or []}
    assert shades == ({(255, 255, 255), (200, 0, 0)} if colour else {255, 0})


def test_a_mark_outside_the_crop_leaves_no_trace() -> None:
    """A mark outside the crop leaves no trace."""
    blank = saved(Image.new("L", (850, 1100), 255), "PNG", dpi=(100, 100))
    view = View(1, 200, 200, crop=Box(0, 0, 0.2, 0.2), marks=(Box(0.7, 0.7, 0.9, 0.9),))
    with papers.image(blank, "png") as document:
        assert set(Painter().draw(document, view).pixels) == {255}


def test_turn_and_skew_are_undone_as_they_were_when_the_page_was_read() -> None:
    """Turn and skew are undone as they were when the page was read."""
    straight = picture(dpi=100)
    crooked = skewed(straight, 3.0).transpose(Image.Transpose.ROTATE_180)
    with papers.image(saved(crooked, "PNG", dpi=(100, 100)), "png") as document:
        drawn = _image(Painter().draw(document, View(1, 2000, 2000, turn=180, skew=-3.0)))
    expected = _dark(straight)
    left, top, right, bottom = _dark(drawn)
    scale = drawn.height / (straight.height * 1.05)
    assert (right - left) / scale == pytest.approx(expected[2] - expected[0], rel=0.05)
    assert (bottom - top) / scale == pytest.approx(expected[3] - expected[1], rel=0.05)


def test_the_page_is_kept_for_the_next_view_and_not_for_another_page() -> None:
    """The page is kept for the next view and not for another page."""
    pages = [Image.new("L", (300, 400), shade) for shade in (255, 100)]
    out = io.BytesIO()
    pages[0].save(out, "TIFF", save_all=True, append_images=pages[1:])
    painter = Painter()
    with papers.image(out.getvalue(), "tiff") as document:
        shades = [set(painter.draw(document, View(n, 30, 40)).pixels) for n in (1, 1, 2, 1)]
    assert shades == [{255}, {255}, {100}, {255}]


def test_a_crop_of_no_size_at_the_edge_is_still_a_picture() -> None:
    """A crop of no size at the edge is still a picture."""
    with papers.pdf(text_pdf()) as document:
        drawn = Painter().draw(document, View(1, 5, 5, crop=Box(1, 1, 1, 1), stretch=True))
    assert (drawn.width, drawn.height) == (5, 5)
