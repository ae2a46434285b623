"""A line is cut where words end, into pieces that fit and can be read."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from tui.widgets.blocks import Tint
from tui.widgets.folds import PageSize, fold
from tui.widgets.page_map import fit
from vault.model.words import Box, Span, Word

LETTER = PageSize(612, 792)
_HIGH = 0.012  # about ten points


def _line(widths: list[float], gap: float = 0.008, top: float = 0.4) -> tuple[Word, ...]:
    words, at = [], 0.08
    for i, width in enumerate(widths):
        words.append(Word(f"w{i}", Box.clamped(at, top, at + width, top + _HIGH), 90, 0))
        at += width + gap
    return tuple(words)


@given(
    st.lists(st.floats(0.01, 0.15), min_size=1, max_size=14),
    st.integers(20, 200),
    st.sampled_from([4, 5, 6, 8]),
)
def test_folds_fit_and_hold_every_word_once(widths: list[float], width: int, rows: int) -> None:
    """No word is lost or shown twice, and no fold is wider than the screen."""
    words = _line(widths)
    folds = fold(words, Span(0, len(words)), LETTER, width, rows)
    assert [i for f in folds for i in range(f.span.start, f.span.stop)] == list(range(len(words)))
    for piece in folds:
        assert 1 <= piece.columns <= width
        assert piece.rows == rows


def test_a_full_line_folds_in_six_at_eighty_columns() -> None:
    """The usual line needs few folds on the smallest screen."""
    words = _line([0.06] * 12)
    assert len(fold(words, Span(0, 12), LETTER, 79, 4)) == 6


def test_letters_keep_their_shape() -> None:
    """A cell is twice as high as wide: so are the proportions of the part that is drawn."""
    (piece,) = fold(_line([0.1]), Span(0, 1), LETTER, 200, 4)
    wide = (piece.crop.right - piece.crop.left) * LETTER.width
    high = (piece.crop.bottom - piece.crop.top) * LETTER.height
    assert abs(piece.columns / (2 * piece.rows) - wide / high) < 0.1


def test_a_crooked_line_is_followed_fold_by_fold() -> None:
    """Each fold is centred on its own words, so a line that climbs stays in the picture."""
    words = tuple(
        Word(
            "word", Box(0.05 + i * 0.09, 0.40 - i * 0.004, 0.12 + i * 0.09, 0.41 - i * 0.004), 90, 0
        )
        for i in range(10)
    )
    folds = fold(words, Span(0, 10), LETTER, 60, 4)
    assert len(folds) > 2
    tops = [f.crop.top for f in folds]
    assert tops == sorted(tops, reverse=True)
    assert tops[0] > tops[-1]


def test_one_misread_word_as_high_as_a_paragraph_changes_nothing() -> None:
    """One wild box does not shrink the line."""
    sane = _line([0.06] * 6)
    freak = Word("|", Box(0.9, 0.2, 0.91, 0.7), 20, 0)
    before = fold(sane, Span(0, 6), LETTER, 79, 4)[0]
    after = fold((*sane, freak), Span(0, 7), LETTER, 79, 4)[0]
    assert (before.crop.top, before.crop.bottom) == (after.crop.top, after.crop.bottom)


def test_a_line_of_dots_is_not_blown_up() -> None:
    """Dots are drawn at the size of the page's print, not as large as letters."""
    dots = tuple(
        Word(".", Box(0.1 + i * 0.02, 0.6, 0.104 + i * 0.02, 0.6015), 90, 1) for i in range(10)
    )
    words = (*_line([0.06] * 12), *dots)
    (piece,) = fold(words, Span(12, 22), LETTER, 120, 4)
    assert (piece.crop.bottom - piece.crop.top) > 0.6 * _HIGH


def test_nothing_to_fold_gives_nothing() -> None:
    """No words, no page, no height: no folds, and no error."""
    words = _line([0.1])
    assert fold(words, Span(0, 0), LETTER, 80, 4) == ()
    assert fold(words, Span(0, 1), PageSize(0, 0), 80, 4) == ()
    flat = (Word("x", Box(0.1, 0.5, 0.2, 0.5), 90, 0),)
    assert fold(flat, Span(0, 1), LETTER, 80, 4) == ()


def test_flagged_words_are_tinted_in_the_fold_that_shows_them() -> None:
    """The tint stands at the word, in its fold alone."""
    words = _line([0.06] * 12)
    folds = fold(words, Span(0, 12), LETTER, 79, 4)
    areas = [f.area(words, Span(1, 2), Tint.FLAGGED) for f in folds]
    assert areas[0] is not None
    assert 0 < areas[0].left < areas[0].right < folds[0].columns
    assert areas[1:] == [None] * (len(folds) - 1)


def test_a_page_fits_its_corner_and_keeps_its_shape() -> None:
    """The map is as large as fits, never distorted."""
    columns, rows = fit(LETTER, 40, 20)
    assert rows == 20
    assert abs(columns / (2 * rows) - 612 / 792) < 0.03
    assert fit(LETTER, 10, 40)[0] == 10
    assert fit(PageSize(0, 0), 40, 20) == (0, 0)
