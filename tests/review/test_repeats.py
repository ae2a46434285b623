"""Whether two passages say the same: words by words, figures and small words strictly."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.actions.made import words
from vault.model.words import quote_of
from vault.review import repeats

SAID = "The patient missed two visits and hung up on the nurse"


@pytest.mark.parametrize(
    ("page", "found"),
    [
        (f"Note: {SAID}.", True),
        ("the patient\nmissed two visits and\nHUNG UP on the nurse", True),
        ("Tbe patient missed two vis its and hung up on the nurse", True),
        ("The patient missed no visits and hung up on the nurse", False),
        ("The patient never missed two visits and hung up on the nurse", False),
        ("The patient missed 2 visits and hung up on the nurse", False),
        ("The patient came to two visits", False),
        ("", False),
    ],
)
def test_the_same_statement(page: str, found: bool) -> None:
    """Breaks, case and single letters may differ; what turns the meaning may not."""
    assert (repeats.find(words(page), SAID) is not None) is found


def test_what_stands_before_can_turn_it() -> None:
    """`no` before the same words makes another statement of them."""
    said = "history of falls at home"
    assert repeats.find(words(f"Has a {said}"), said) is not None
    assert repeats.find(words(f"No {said}"), said) is None


def test_a_figure_is_never_a_part_of_another() -> None:
    """25 is not found within 125, nor 12.5."""
    for other in ("125 mg at night", "12.5 mg at night", "2.5 mg at night"):
        assert repeats.find(words(f"takes {other}"), "25 mg at night") is None
    assert repeats.find(words("takes 25 mg at night"), "25 mg at night") is not None


def test_short_words_are_taken_with_their_line() -> None:
    """Of a long line those around them; alone on a line they say too little."""
    page = words("one two three four five six seven 8 nine ten eleven twelve thirteen\nOnly this")
    assert repeats.statement(page, "seven 8") == (
        "two three four five six seven 8 nine ten eleven twelve thirteen"
    )
    assert repeats.statement(words("Aspirin"), "Aspirin") == ""
    assert repeats.statement(page, "not on the page") == "not on the page"


@given(st.text(max_size=400))
def test_what_is_looked_for_is_words_alone(text: str) -> None:
    """Nothing in a quote can act on the search: runs hold letters and figures, few of them."""
    runs = repeats.phrases(text)
    assert len(runs) <= 12
    assert all(word.isalnum() for run in runs for word in run)


@given(st.lists(st.sampled_from(["alpha", "beta", "gamma", "12", "delta"]), min_size=3))
def test_words_are_found_where_they_stand(said: list[str]) -> None:
    """A statement in the midst of a page is found with its very words."""
    text = " ".join(said)
    page = words(f"before it\n{text}\nand after")
    span = repeats.find(page, text)
    assert span is not None
    assert quote_of(page, span) == text
