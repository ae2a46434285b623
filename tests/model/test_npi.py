"""Numbers of the national registry: their check digit, and what taxonomies mean."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vault.model.npi import is_npi, kind_of
from vault.model.providers import ProviderKind

TEST_NUMBERS = ("1234567893", "1555000011", "1555000029", "1555000037", "1555000045")


@pytest.mark.parametrize("npi", TEST_NUMBERS)
def test_a_right_check_digit_is_told_from_every_wrong_one(npi: str) -> None:
    """Of the ten last digits exactly one makes a number; 1234567893 is the standard's example."""
    assert [d for d in "0123456789" if is_npi(npi[:-1] + d)] == [npi[-1]]


@given(st.sampled_from(TEST_NUMBERS), st.integers(1, 9), st.integers(1, 9))
def test_any_one_wrong_digit_is_noticed(npi: str, at: int, by: int) -> None:
    """Luhn finds every slip of one digit."""
    wrong = npi[:at] + str((int(npi[at]) + by) % 10) + npi[at + 1 :]
    assert not is_npi(wrong)


@given(st.text(max_size=12))
def test_other_text_is_none(text: str) -> None:
    """Nothing raises; only ten ASCII digits can be a number."""
    if is_npi(text):
        assert text.isascii()
        assert text.isdigit()
        assert len(text) == 10


def test_digits_of_other_scripts_are_none() -> None:
    """A number in Arabic digits is another text."""
    assert not is_npi("١٢٣٤٥٦٧٨٩٣")


@pytest.mark.parametrize(
    ("code", "kind"),
    [
        ("207Q00000X", ProviderKind.PRIMARY_CARE),
        ("207RC0000X", ProviderKind.SPECIALIST),
        ("207ZP0102X", ProviderKind.PATHOLOGY),
        ("2085R0202X", ProviderKind.IMAGING),
        ("2084P0800X", ProviderKind.MENTAL_HEALTH),
        ("2084N0400X", ProviderKind.SPECIALIST),
        ("282N00000X", ProviderKind.HOSPITAL),
        ("291U00000X", ProviderKind.LAB),
        ("3336C0003X", ProviderKind.PHARMACY),
        ("1223G0001X", ProviderKind.DENTAL),
        ("103TC0700X", ProviderKind.MENTAL_HEALTH),
        ("302R00000X", ProviderKind.INSURER),
        ("261QU0200X", ProviderKind.CLINIC),
        ("261QR0200X", ProviderKind.IMAGING),
        ("286500000X", ProviderKind.MILITARY),
        ("251300000X", ProviderKind.SCHOOL),
        ("344600000X", ProviderKind.OTHER),
        ("", ProviderKind.OTHER),
    ],
)
def test_a_taxonomy_means_a_kind(code: str, kind: ProviderKind) -> None:
    """The longest known beginning decides; an unknown one is other."""
    assert kind_of(code) is kind
