"""Pictures become block characters that keep what can be seen."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.widgets.blocks import Area, Blocks, Cell, Tint, cells, contrast, quadrant, strips
from vault.model.reading import Picture

_BLACK, _WHITE = 0, 255


def _picture(rows: list[list[int]]) -> Picture:
    flat = bytes(value for row in rows for value in row)
    return Picture(len(rows[0]), len(rows), flat)


@pytest.mark.parametrize(
    ("four", "glyph"),
    [
        ((0, 255, 255, 255), "▘"),
        ((255, 0, 255, 255), "▝"),
        ((0, 0, 255, 255), "▀"),
        ((255, 255, 0, 255), "▖"),
        ((0, 255, 0, 255), "▌"),
        ((255, 0, 0, 255), "▞"),
        ((0, 0, 0, 255), "▛"),
        ((255, 255, 255, 0), "▗"),
        ((0, 255, 255, 0), "▚"),
        ((255, 0, 255, 0), "▐"),
        ((0, 0, 255, 0), "▜"),
        ((255, 255, 0, 0), "▄"),
        ((0, 255, 0, 0), "▙"),
        ((255, 0, 0, 0), "▟"),
    ],
)
def test_every_pattern_of_ink_has_its_glyph(four: tuple[int, int, int, int], glyph: str) -> None:
    """The glyph shows ink where the pixels are dark."""
    assert quadrant(four) == Cell(glyph, _BLACK, _WHITE)


@given(st.tuples(*[st.integers(0, 255)] * 4))
def test_a_cell_is_never_lighter_in_ink_than_in_paper(four: tuple[int, int, int, int]) -> None:
    """Ink is the darker mean, both lie within what the four pixels span (and rounding)."""
    cell = quadrant(four)
    assert min(four) - 8 <= cell.ink <= cell.paper <= max(four) + 8


def test_pixels_that_hardly_differ_are_one_grey() -> None:
    """Paper noise does not become ink."""
    assert quadrant((200, 203, 198, 205)).glyph == " "


def test_faint_grey_print_becomes_black_on_white() -> None:
    """A pale copy is as easy to read as a dark one."""
    picture = _picture([[150, 200, 200, 200], [200, 200, 200, 200]])
    flat = contrast(picture)
    assert (min(flat), max(flat)) == (0, 255)


def test_an_empty_page_is_not_stretched_into_noise() -> None:
    """Where there is nothing, nothing is made up."""
    picture = _picture([[230, 235, 232, 231], [233, 230, 236, 235]])
    assert contrast(picture) == picture.pixels


def test_a_picture_becomes_half_as_many_rows_and_columns() -> None:
    """A quadrant cell holds two by two pixels."""
    rows = cells(Picture(8, 6, bytes(48)))
    assert [len(row) for row in rows] == [4, 4, 4]


def test_half_blocks_keep_every_column() -> None:
    """A half block holds one by two pixels, upper and lower."""
    rows = cells(_picture([[0, 255, 255, 255], [255, 0, 255, 255]]), Blocks.HALF)
    assert rows == (
        (Cell("▀", 0, 255), Cell("▀", 255, 0), Cell("▀", 255, 255), Cell("▀", 255, 255)),
    )


@pytest.mark.parametrize(("width", "height"), [(3, 2), (2, 3)])
def test_half_a_cell_is_refused(width: int, height: int) -> None:
    """A picture of another size than asked for is a mistake."""
    with pytest.raises(ValueError, match="whole cells"):
        cells(Picture(width, height, bytes(width * height)))


def test_colour_is_refused() -> None:
    """Only grey pictures are drawn."""
    with pytest.raises(ValueError, match="grey"):
        cells(Picture(2, 2, bytes(12), colour=True))


def test_a_tinted_cell_turns_yellow_and_its_neighbours_do_not() -> None:
    """A tint covers its area and nothing else."""
    rows = cells(Picture(8, 2, b"\xff" * 16))
    line = strips(rows, [Area(1, 0, 2, 1, Tint.FLAGGED)])[0]
    colours = []
    for segment in line:
        assert segment.style is not None
        assert segment.style.bgcolor is not None
        triplet = segment.style.bgcolor.triplet
        assert triplet is not None
        colours += [tuple(triplet)] * len(segment.text)
    assert colours == [(255,) * 3, (255, 226, 96), (255,) * 3, (255,) * 3]


@given(
    st.integers(1, 12).flatmap(
        lambda wide: st.tuples(st.just(wide), st.binary(min_size=4 * wide, max_size=4 * wide))
    )
)
def test_a_line_is_as_wide_as_its_cells(made: tuple[int, bytes]) -> None:
    """Merging neighbours of one style loses and doubles nothing."""
    wide, pixels = made
    for line in strips(cells(Picture(2 * wide, 2, pixels)), [Area(0, 0, 3, 1)]):
        assert line.cell_length == wide == len(line.text)
