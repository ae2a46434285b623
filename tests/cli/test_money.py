"""Amounts of money as a person types them: kept as typed, or refused with a sentence."""

from __future__ import annotations

from decimal import Decimal

import pytest

from vault.cli import money
from vault.errors import UsageError


@pytest.mark.parametrize("typed", ["25", "25.5", "25.00", " 0.01 ", "999999999.99"])
def test_an_amount_is_kept_as_it_was_typed(typed: str) -> None:
    """The same digits come back, so that a letter says what was typed."""
    assert str(money.amount(typed, "the amount")) == typed.strip()


@pytest.mark.parametrize(
    "typed", ["", "1e5", "1e30", "9" * 40, "NaN", "Infinity", "-1", "1.005", "\u00b2", "1_0"]
)
def test_no_other_number_is_an_amount(typed: str) -> None:
    """Powers of ten, numbers too large and digits of other scripts are refused."""
    with pytest.raises(UsageError, match="not an amount"):
        money.amount(typed, "the amount")


def test_a_line_of_a_fee_has_a_word_an_amount_and_perhaps_pages() -> None:
    """Pages are plain digits, and not endless."""
    assert money.line("copying=12.50/25").pages == 25
    assert money.line("a=b=1").amount == Decimal(1)
    for typed in ("copying", "=1", "copying=1/\u00b2", "copying=1/" + "9" * 5000):
        with pytest.raises(UsageError):
            money.line(typed)
