"""Words are put in the order a person reads them, whatever lines an engine made of them."""

from __future__ import annotations

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from vault.ingest.order import reading_order
from vault.model.words import Box, Word

PAGE = (1700, 2200)
HEIGHT, STEP, WIDE = 24, 34, 14  # pixels: of a line, from line to line, of a letter


def row(text: str, left: float, top: float, line: int, letter: float = WIDE) -> list[Word]:
    """The words of a line that begins at `left`, `top` pixels."""
    words, at = [], left
    for one in text.split():
        right = at + len(one) * letter
        sides = (at / PAGE[0], top / PAGE[1], right / PAGE[0], (top + HEIGHT) / PAGE[1])
        words.append(Word(one, Box.clamped(*sides), 90, line))
        at = right + letter
    return words


def lines(words: tuple[Word, ...]) -> list[str]:
    """The text of each line in order."""
    found: dict[int, list[str]] = {}
    for word in words:
        found.setdefault(word.line, []).append(word.text)
    assert list(found) == sorted(found)
    return [" ".join(texts) for texts in found.values()]


boxes = st.tuples(*[st.floats(0, 1)] * 4).map(lambda sides: Box.clamped(*sides))
found_words = st.lists(
    st.builds(Word, st.text("ab1", min_size=1, max_size=3), boxes, st.just(80), st.integers(0, 9))
)


@given(found_words)
def test_every_word_is_there_once_and_lines_count_up(words: list[Word]) -> None:
    """However the words stand, each comes out once; lines and blocks only ever count up."""
    ordered = reading_order(words, PAGE)
    assert Counter((w.text, w.box) for w in ordered) == Counter((w.text, w.box) for w in words)
    assert [w.line for w in ordered] == sorted(w.line for w in ordered)
    assert [w.block for w in ordered] == sorted(w.block for w in ordered)


def test_two_columns_are_read_one_after_the_other() -> None:
    """The left column is read to its end before the right one, below a line across both."""
    words = row("A heading that runs across the whole page and both of its columns", 150, 100, 0)
    for n in range(12):
        top = 200 + n * STEP
        words += row(f"left{n} has quite a few words to read here", 150, top, 2 * n + 1)
        words += row(f"right{n} has quite a few words to read here", 900, top, 2 * n + 2)
    firsts = [line.split()[0] for line in lines(reading_order(words, PAGE))]
    assert firsts == ["A", *(f"left{n}" for n in range(12)), *(f"right{n}" for n in range(12))]


def test_a_table_is_read_by_its_rows() -> None:
    """Cells that an engine gave column by column come out row by row."""
    words = []
    for column, left in enumerate((150, 600, 900)):
        for n in range(10):
            words += row(f"cell{n}.{column}", left, 200 + n * STEP, column * 10 + n)
    wanted = [f"cell{n}.0 cell{n}.1 cell{n}.2" for n in range(10)]
    assert lines(reading_order(words, PAGE)) == wanted


def test_a_row_split_in_two_is_joined() -> None:
    """Halves of lines that an engine parted at a streak, and gave apart, are lines again."""
    words = []
    for half, left in enumerate((150, 518)):
        for n in range(8):
            text = f"line{n} begins on this side" if half == 0 else "and ends on that one"
            words += row(text, left, 200 + n * STEP + 3 * half, half * 8 + n)
    wanted = [f"line{n} begins on this side and ends on that one" for n in range(8)]
    assert lines(reading_order(words, PAGE)) == wanted


def test_a_river_through_even_letters_is_no_gutter() -> None:
    """Blanks that a typewriter happens to put above one another part no columns."""
    words = []
    for n in range(10):
        words += row(f"line{n:02d} with words of the same length goes on", 150, 200 + n * STEP, n)
        words += row("behind a blank that stands above all others", 780, 200 + n * STEP, n)
    assert len(lines(reading_order(words, PAGE))) == 10


def test_a_wide_space_between_lines_begins_a_block() -> None:
    """Paragraphs are blocks of their own."""
    words = [w for n in range(3) for w in row(f"one{n} two three", 150, 200 + n * STEP, n)]
    words += [w for n in range(3) for w in row(f"four{n} five", 150, 420 + n * STEP, n + 3)]
    blocks = {w.text: w.block for w in reading_order(words, PAGE)}
    assert {blocks[f"one{n}"] for n in range(3)} == {0}
    assert {blocks[f"four{n}"] for n in range(3)} == {1}


def test_no_words_have_no_order() -> None:
    """A page without words gives none."""
    assert reading_order([], PAGE) == ()
