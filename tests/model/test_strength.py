"""The words said about a passphrase."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vault.model.strength import Strength, grade


@pytest.mark.parametrize(
    ("passphrase", "expected"),
    [
        ("", Strength.WEAK),
        ("secret", Strength.WEAK),
        ("aaaaaaaaaaaaaaaaaaaaaaaaaaaaa", Strength.WEAK),
        ("abab abab abab abab abab", Strength.WEAK),
        ("kettle orbit", Strength.FAIR),
        ("plum kettle orbit sandal", Strength.STRONG),
        ("x7!Qm2#Vt9$Lb4&Ws6*Z", Strength.STRONG),
    ],
)
def test_grades(passphrase: str, expected: Strength) -> None:
    """Short or monotonous is weak, several words or many different signs are strong."""
    assert grade(passphrase) is expected


@given(st.text(max_size=9))
def test_nothing_short_is_called_good(text: str) -> None:
    """Whatever its signs, a passphrase below ten of them is weak."""
    assert grade(text) is Strength.WEAK
