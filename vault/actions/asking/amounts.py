"""Amounts of money typed by a person."""

from __future__ import annotations

import re
from decimal import Decimal

from vault.errors import UsageError
from vault.model.requests import FeeLine
from vault.safetext import safe_line

_AMOUNT = re.compile(r"[0-9]{1,9}(\.[0-9]{1,2})?")
_PAGES = re.compile(r"[0-9]{0,7}")


def amount(text: str, what: str) -> Decimal:
    """An amount typed as 25 or 25.00; raises UsageError."""
    if not _AMOUNT.fullmatch(text.strip()):
        raise UsageError(f"not an amount: {safe_line(text, 40)!r}", f"give {what} as 25.00")
    return Decimal(text.strip())


def line(text: str) -> FeeLine:
    """A line of a fee typed as `copying=12.50` or `copying=12.50/25` for 25 pages."""
    what, _, rest = text.rpartition("=")
    sum_, _, pages = rest.partition("/")
    number = pages.strip()
    if not what.strip() or not _PAGES.fullmatch(number):
        raise UsageError(
            f"not a line of a fee: {safe_line(text, 40)!r}", "give it as copying=12.50/25"
        )
    return FeeLine(what.strip(), amount(sum_, "the line"), int(number) if number else None)
