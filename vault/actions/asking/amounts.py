"""Amounts of money typed by a person."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation

from vault.errors import UsageError
from vault.model.requests import FeeLine
from vault.safetext import safe_line

_MOST = Decimal(10) ** 9
_DIGITS = 7  # of a number of pages


def amount(text: str, what: str) -> Decimal:
    """An amount typed as 25 or 25.00; raises UsageError."""
    try:
        found = Decimal(text.strip())
    except InvalidOperation:
        found = Decimal("NaN")
    if not found.is_finite() or not 0 <= found < _MOST or found != round(found, 2):
        raise UsageError(f"not an amount: {safe_line(text, 40)!r}", f"give {what} as 25.00")
    return found


def line(text: str) -> FeeLine:
    """A line of a fee typed as `copying=12.50` or `copying=12.50/25` for 25 pages."""
    what, _, rest = text.rpartition("=")
    sum_, _, pages = rest.partition("/")
    number = pages.strip()
    counted = number.isascii() and number.isdigit() and len(number) <= _DIGITS
    if not what.strip() or (number and not counted):
        raise UsageError(
            f"not a line of a fee: {safe_line(text, 40)!r}", "give it as copying=12.50/25"
        )
    return FeeLine(what.strip(), amount(sum_, "the line"), int(number) if number else None)
