"""Pages are set straight and evened out, and what needs nothing is left alone."""

from __future__ import annotations

import pytest
from PIL import Image, ImageChops

from tests.ingest.papers import fax, noisy, picture, skewed
from vault.ingest import ink, prepare
from vault.ingest.sheet import Sheet
from vault.model.words import Box, Word


@pytest.mark.parametrize("degrees", [-6.0, -2.5, -0.7, 0.5, 1.8, 4.0])
def test_the_skew_of_a_page_is_found(degrees: float) -> None:
    """The skew of a page is found."""
    page = noisy(skewed(picture(dpi=100), degrees))
    assert prepare.find_skew(page) == pytest.approx(-degrees, abs=0.21)


def test_a_straight_page_has_no_skew() -> None:
    """A straight page has no skew."""
    assert prepare.find_skew(picture(dpi=100)) == 0


def test_an_empty_page_has_no_skew() -> None:
    """An empty page has no skew."""
    assert prepare.find_skew(Image.new("L", (850, 1100), 255)) == 0


def test_setting_straight_keeps_all_of_the_page_and_its_size_can_be_told() -> None:
    """Setting straight keeps all of the page and its size can be told."""
    page = picture(dpi=50)
    level = prepare.straight(page, 5.0)
    width, height = prepare.straight_size(*page.size, 5.0)
    assert level.size == pytest.approx((width, height), abs=2)
    assert level.getpixel((1, 1)) == 255


def test_light_that_falls_off_is_made_even() -> None:
    """Light that falls off is made even."""
    page = picture(dpi=100)
    shade = Image.linear_gradient("L").resize(page.size).point(lambda v: 90 + v * 165 // 255)
    even = prepare.even_light(ImageChops.multiply(page, shade))
    corners = [even.getpixel((x, y)) for x in (40, 800) for y in (40, 1050)]
    assert all(isinstance(c, int | float) and c > 235 for c in corners)


def test_even_light_is_left_alone() -> None:
    """Even light is left alone."""
    page = picture(dpi=100)
    assert prepare.even_light(page) is page


def test_small_pages_are_enlarged_and_others_kept() -> None:
    """Small pages are enlarged and others kept."""
    small, large = picture(dpi=100), picture(dpi=200)
    assert max(prepare.clean(Sheet(small, 100)).size) == 2200
    assert prepare.clean(Sheet(large, 200)).size == large.size


def test_fax_dots_are_smoothed_and_grey_pages_are_not() -> None:
    """Fax dots are smoothed and grey pages are not."""
    page = fax(picture()).convert("L").resize((1734, 2244))
    smooth = prepare.clean(Sheet(page, 204, bilevel=True))
    assert sum(count > 0 for count in smooth.histogram()) > 50
    assert prepare.clean(Sheet(page, 204)).tobytes() == page.tobytes()


def test_ink_outside_the_words_is_told() -> None:
    """Ink outside the words is told."""
    page = Image.new("L", (850, 1100), 250)
    for left in range(100, 300, 10):
        page.paste(20, (left, 100, left + 5, 140))
        page.paste(20, (left, 600, left + 5, 640))
    inked = ink.mask(page)
    word = Word("half", Box.clamped(100 / 850, 100 / 1100, 300 / 850, 140 / 1100), 90, 0)
    assert ink.share(inked) == pytest.approx(200 * 40 / (850 * 1100), rel=0.1)
    assert ink.uncovered(inked, [word]) == pytest.approx(0.5, abs=0.05)
    assert ink.uncovered(inked, []) == 1


def test_shadows_at_the_edge_are_no_ink() -> None:
    """Shadows at the edge are no ink."""
    page = Image.new("L", (850, 1100), 250)
    page.paste(0, (0, 0, 850, 12))
    assert ink.share(ink.mask(page)) == 0


def test_very_fine_pages_are_made_smaller() -> None:
    """A page of 400 dpi is read at 300 or less, whether grey or black and white."""
    for bilevel in (False, True):
        large = prepare.clean(Sheet(picture(dpi=400), 400, bilevel=bilevel))
        assert max(large.size) == 3000
