"""Readings are made better by what the page itself shows: gaps, bends, and a second look."""

from __future__ import annotations

import itertools
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from tests.ingest.papers import LINES, picture
from tests.ingest.test_order import boxes, row
from vault.ingest import prepare
from vault.ingest.dashes import apart
from vault.ingest.lists import beside_lists
from vault.ingest.merge import merged
from vault.ingest.ocr.engine import PSM_AUTO, PSM_BLOCK
from vault.ingest.warp import FLAT, Bend, find_bend
from vault.model.words import Box, Word

some_words = st.lists(
    st.builds(Word, st.text("ab1", min_size=1, max_size=3), boxes, st.integers(0, 99), st.just(0)),
    max_size=12,
)


def ink_box(page: Image.Image) -> Box:
    """The box around all ink of a page."""
    found = page.point([255 if level < 128 else 0 for level in range(256)]).getbbox()
    assert found is not None
    left, top, right, bottom = found
    wide, high = page.size
    return Box(left / wide, top / high, right / wide, bottom / high)


@pytest.mark.parametrize("font", ["Libertinus Serif", "DejaVu Sans Mono"])
@pytest.mark.parametrize(
    ("printed", "read", "parts"),
    [
        ("39 - 117", "39-117", ["39", "-", "117"]),
        ("0.8 - 1.2", "0.8-1.2", ["0.8", "-", "1.2"]),
        ("0 - 99", "0-99", ["0", "-", "99"]),
        ("555-0123", "555-0123", ["555-0123"]),
        ("39-117", "39-117", ["39-117"]),
    ],
)
def test_words_are_parted_where_the_page_has_gaps(
    font: str, printed: str, read: str, parts: list[str]
) -> None:
    """A range with blanks around its dash is three words; a number with a dash is one."""
    page = picture((printed,), 200, f'#set text(font: "{font}")')
    word = Word(read, ink_box(page), 90, 0)
    found = list(apart([word], page))
    assert [w.text for w in found] == parts
    assert all(a.box.right <= b.box.left + 1e-9 for a, b in itertools.pairwise(found))


def test_words_without_figures_are_never_parted() -> None:
    """A dash between letters says nothing of blanks."""
    page = picture(("follow - up",), 200)
    assert [w.text for w in apart([Word("follow-up", ink_box(page), 90, 0)], page)] == ["follow-up"]


@given(some_words, some_words)
def test_merging_keeps_every_place_of_the_first_reading(one: list[Word], two: list[Word]) -> None:
    """No word of the first reading is lost, only ever bettered; added ones are from the second."""
    both = merged(one, two)
    assert [w.box for w in both[: len(one)]] == [w.box for w in one]
    assert all(a.confidence >= b.confidence for a, b in zip(both, one, strict=False))
    extra = Counter((w.text, w.box) for w in both[len(one) :])
    assert extra <= Counter((w.text, w.box) for w in two)


def test_the_surer_word_wins_and_a_lost_line_is_added() -> None:
    """Where both read a word, the surer counts; a line that one lost comes from the other."""
    first = [
        Word("l2.5", Box(0.1, 0.1, 0.2, 0.12), 40, 0),
        Word("mg", Box(0.21, 0.1, 0.25, 0.12), 95, 0),
    ]
    second = [
        Word("12.5", Box(0.101, 0.1, 0.2, 0.12), 90, 0),
        Word("rng", Box(0.21, 0.1, 0.25, 0.12), 60, 0),
        Word("daily", Box(0.1, 0.2, 0.2, 0.22), 80, 1),
        Word("~", Box(0.5, 0.5, 0.51, 0.51), 80, 2),
    ]
    both = merged(first, second)
    assert [w.text for w in both] == ["12.5", "mg", "daily"]
    assert len({w.line for w in both}) == 2


def bent(page: Image.Image) -> tuple[Image.Image, Bend]:
    """The page with its right third sloping down, and the bend that undoes it."""
    shifts = tuple(max(0.0, (n - 60) * 0.8) for n in range(100))
    return Bend(tuple(-s for s in shifts)).levelled(page), Bend(shifts)


def test_a_bend_is_found_and_taken_out() -> None:
    """Lines that slope down at one side are level again, to within a few pixels."""
    crooked, bend = bent(picture((" ".join(LINES * 4),)))
    found = find_bend(crooked)
    assert found is not FLAT
    right, middle = found.shifts[80], found.shifts[50]
    assert right - middle == pytest.approx(bend.shifts[80] - bend.shifts[50], abs=5)


def test_a_level_page_has_no_bend() -> None:
    """Nothing is moved on a page that needs it not."""
    assert find_bend(picture()) is FLAT
    assert find_bend(Image.new("L", (850, 1100), 255)) is FLAT
    assert FLAT.levelled(picture()) is picture()


def test_words_go_back_to_where_they_stand_on_paper() -> None:
    """A word of the levelled page is told at its place on the bent one."""
    crooked, bend = bent(picture())
    word = Word("far", Box(0.9, 0.5, 0.95, 0.52), 90, 0)
    (moved,) = bend.on_paper([word], crooked.height)
    assert moved.box.top == pytest.approx(0.5 + bend.shifts[90] / crooked.height, abs=0.002)


class Upwards:
    """An engine that reads a list's numbers as one upright word, and by block all right."""

    name = "upwards"
    asked: list[int]

    def __init__(self) -> None:
        self.asked = []

    def read(self, image: Image.Image, language: str, psm: int = PSM_AUTO) -> tuple[Word, ...]:
        """Three good lines."""
        assert language == "eng"
        self.asked.append(psm)
        tops = [n * image.height / 3 for n in range(3)]
        words = [w for n, top in enumerate(tops) for w in row(f"{n}. drug{n}", 100, top, n)]
        return tuple(words)

    def orientation(self, image: Image.Image) -> tuple[int, float] | None:
        """Not asked."""
        raise AssertionError(image)


def test_a_list_whose_numbers_were_read_upwards_is_read_again() -> None:
    """Its lines are read as a block, and the rest of the page stays."""
    page, engine = Image.new("L", (1700, 2200), 255), Upwards()
    numbers = Word("WN", Box(0.05, 0.4, 0.06, 0.6), 30, 7)
    drugs = [Word(f"drug{n}", Box(0.1, 0.42 + n / 20, 0.2, 0.44 + n / 20), 60, n) for n in range(3)]
    other = Word("Plan", Box(0.1, 0.1, 0.2, 0.12), 95, 9)
    found = beside_lists([numbers, *drugs, other], page, engine, "eng")
    assert engine.asked == [PSM_BLOCK]
    assert sorted(w.text for w in found) == ["0.", "1.", "2.", "Plan", "drug0", "drug1", "drug2"]


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
def test_a_turn_is_undone_by_its_opposite(turn: int) -> None:
    """Four quarter turns are none."""
    page = picture(dpi=50)
    back = prepare.turned(prepare.turned(page, turn), -turn % 360)
    assert back.tobytes() == page.tobytes()
