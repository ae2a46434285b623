"""Ids have a prefix, can be shortened, and foreign text is no id."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vault import ids
from vault.errors import AmbiguousId, Exit, UnknownId

NOUNS = st.sampled_from(sorted(ids.PREFIXES))


@given(NOUNS)
def test_a_new_id_is_well_formed(noun: str) -> None:
    """The noun's prefix and twelve letters of the alphabet."""
    made = ids.new(noun)
    body = made.removeprefix(ids.PREFIXES[noun])
    assert made.startswith(ids.PREFIXES[noun])
    assert len(body) == ids.LENGTH
    assert set(body) <= set(ids.ALPHABET)


def test_new_ids_differ() -> None:
    """A thousand of them, and no two alike."""
    assert len({ids.new("record") for _ in range(1000)}) == 1000


@given(NOUNS, st.integers(0, ids.LENGTH), st.booleans())
def test_any_beginning_of_an_id_finds_it(noun: str, length: int, prefixed: bool) -> None:
    """With the prefix or without, in either case, the id lies within the bounds."""
    made = ids.new(noun)
    prefix = ids.PREFIXES[noun]
    given_text = made[: len(prefix) + length]
    if not prefixed and length:
        given_text = given_text.removeprefix(prefix)
    low, high = ids.bounds(noun, given_text.upper() + " ")
    assert low <= made < high


@given(NOUNS, st.text(max_size=30))
def test_bounds_hold_only_ids_that_begin_so(noun: str, text: str) -> None:
    """Any text either names nothing or bounds exactly the ids that begin with it."""
    try:
        low, high = ids.bounds(noun, text)
    except UnknownId:
        return
    made = ids.new(noun)
    assert (low <= made < high) == made.startswith(low)


@pytest.mark.parametrize(
    "text", ["", "  ", "rec_!", "flag_0", "rec_il", "rec_" + "0" * 13, "%", "_"]
)
def test_what_cannot_begin_a_record_id(text: str) -> None:
    """Other prefixes, letters outside the alphabet, and too long a text are unknown."""
    with pytest.raises(UnknownId) as caught:
        ids.bounds("record", text)
    assert caught.value.exit_code is Exit.NO_INPUT


def test_one_is_picked_or_none() -> None:
    """One id is taken, several are ambiguous, none is unknown."""
    assert ids.pick("record", "rec_0", ["rec_0a"]) == "rec_0a"
    with pytest.raises(UnknownId, match="no record"):
        ids.pick("record", "rec_0", [])
    with pytest.raises(AmbiguousId, match="2 records"):
        ids.pick("record", "rec_0", ["rec_0a", "rec_0b"])


def test_an_error_shows_no_control_codes() -> None:
    """What was typed is shown back without them, in both errors."""
    shown = [
        str(UnknownId("record", "\x1b[2J" + "x" * 99)),
        str(AmbiguousId("record", "rec_\x1b[2J", 2)),
    ]
    assert all("\x1b" not in text for text in shown)
