"""Whether two printed names are one provider's: told apart, suggested, or the same."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vault.review.holders import Match, best, compare, key


@pytest.mark.parametrize(
    ("one", "other", "match"),
    [
        ("Quay Labs Inc.", "QUAY LABORATORIES", Match.SAME),
        ("Elm St. Hospital", "Elm Street Hospital", Match.SAME),
        ("St. Ann Clinic", "Saint Ann Clinic", Match.SAME),
        ("Quill, Dana MD", "Dana Quill", Match.SAME),
        ("Dana Quill, MD", "D. Quill MD", Match.ALIKE),
        ("Harbor View Family Practise", "Harbor View Family Practice", Match.ALIKE),
        ("Harbor View", "Harbor View Family Practice", Match.ALIKE),
        ("Oak Hospital", "Elm Hospital", Match.NONE),
        ("General Hospital", "Elm Hospital", Match.NONE),
        ("Dana Quill, MD", "Ann Quill, MD", Match.NONE),
        ("", "", Match.NONE),
    ],
)
def test_likeness(one: str, other: str, match: Match) -> None:
    """Legal forms, titles and short forms do not count; common words alone make none alike."""
    assert compare(one, other) is match
    assert compare(other, one) is match


def test_other_names_count() -> None:
    """A provider is found by what it was called before."""
    assert best("Old Mill Clinic", ["New Mill Health", "Old Mill Clinic LLC"]) is Match.SAME


@given(st.text(max_size=60), st.text(max_size=60))
def test_any_two_texts_can_be_compared(one: str, other: str) -> None:
    """Nothing raises; order does not matter; a name is the same as itself."""
    assert compare(one, other) is compare(other, one)
    assert compare(one, one) is (Match.SAME if key(one) else Match.NONE)
