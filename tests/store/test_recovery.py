"""The recovery code: written down, typed back, and every slip of the pen noticed."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vault.errors import BadRecoveryCode
from vault.store import recovery
from vault.store.recovery import ALPHABET

CODES = st.binary(min_size=16, max_size=16)


@given(CODES)
def test_a_code_reads_back_as_it_was_written(code: bytes) -> None:
    """Writing and parsing are inverse for every code."""
    assert recovery.parse(recovery.text_of(code)) == code


@given(CODES)
def test_it_is_eight_groups_of_four(code: bytes) -> None:
    """The form on paper never changes."""
    groups = recovery.text_of(code).split("-")
    assert [len(group) for group in groups] == [4] * 8
    assert set("".join(groups)) <= set(ALPHABET)


@given(CODES)
def test_small_letters_blanks_and_look_alikes_are_accepted(code: bytes) -> None:
    """What people write for 0 and 1 is understood."""
    text = recovery.text_of(code).lower().replace("-", "\u2013 ")
    assert recovery.parse(text.replace("0", "o").replace("1", "l")) == code
    assert recovery.parse(text.replace("0", "O").replace("1", "I")) == code


@given(CODES, st.integers(1, 4), st.randoms(use_true_random=False))
def test_up_to_four_wrong_characters_are_always_noticed(
    code: bytes, wrong: int, dice: random.Random
) -> None:
    """The checksum's promise, tried at random."""
    text = list(recovery.text_of(code).replace("-", ""))
    for place in dice.sample(range(32), wrong):
        text[place] = dice.choice([c for c in ALPHABET if c != text[place]])
    with pytest.raises(BadRecoveryCode, match="a character is wrong"):
        recovery.parse("".join(text))


@given(CODES, st.integers(0, 30))
def test_two_neighbours_in_the_wrong_order_are_noticed(code: bytes, place: int) -> None:
    """The commonest slip in copying is caught."""
    text = list(recovery.text_of(code).replace("-", ""))
    text[place], text[place + 1] = text[place + 1], text[place]
    if text[place] != text[place + 1]:
        with pytest.raises(BadRecoveryCode):
            recovery.parse("".join(text))


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ("", "it has 0 characters instead of 32"),
        ("GZDH-TN0S", "it has 8 characters instead of 32"),
        ("0" * 33, "it has 33 characters"),
        ("0000-00U0", "group 2 has a character that no code has"),
        ("0" * 32, "a character is wrong"),
    ],
)
def test_it_says_what_is_wrong(typed: str, why: str) -> None:
    """Length, alphabet and checksum errors are told apart."""
    with pytest.raises(BadRecoveryCode, match=why):
        recovery.parse(typed)


def test_new_codes_differ() -> None:
    """A new code parses and is not the one before."""
    text, code = recovery.new_code()
    assert recovery.parse(text) == code
    assert recovery.new_code()[1] != code
