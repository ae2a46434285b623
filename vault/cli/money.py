"""Amounts of money typed by a person."""

from __future__ import annotations

import re
from decimal import Decimal

from vault.errors import UsageError
from vault.model.requests import FeeLine
from vault.safetext import safe_line

_AMOUNT = re.compile(r"[0-9]{1,9}(\.[0-9]{1,2})?")
_PAGES = re.compile(r"[0-9]{1,7}")


def amount(text: str | None, what: str) -> Decimal | None:
    """An amount typed as 25 or 25.00, or None where none was; raises UsageError."""
    if text is None:
        return None
    if not _AMOUNT.fullmatch(text.strip()):
        raise UsageError(f"not an amount: {safe_line(text, 40)!r}", f"give {what} as 25.00")
    return Decimal(text.strip())


def line(text: str) -> FeeLine:
    """A line of a fee typed as `copying=12.50` or `copying=12.50/25` for 25 pages."""
    what, _, rest = text.rpartition("=")
    sum_, _, pages = rest.partition("/")
    found = amount(sum_, "the line") if what else None
    if found is None or (pages and not _PAGES.fullmatch(pages.strip())):
        raise UsageError(
            f"not a line of a fee: {safe_line(text, 40)!r}", "give it as copying=12.50/25"
        )
    return FeeLine(what.strip(), found, int(pages) if pages else None)
