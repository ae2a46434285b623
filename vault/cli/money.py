"""Amounts of money typed at the command line."""

from __future__ import annotations

from decimal import Decimal

from vault.actions.asking import amounts
from vault.model.requests import FeeLine


def amount(text: str | None, what: str) -> Decimal | None:
    """An amount typed as 25 or 25.00, or None where none was; raises UsageError."""
    return None if text is None else amounts.amount(text, what)


def line(text: str) -> FeeLine:
    """A line of a fee typed as `copying=12.50` or `copying=12.50/25` for 25 pages."""
    return amounts.line(text)
