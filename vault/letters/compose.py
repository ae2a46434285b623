"""Text and days as every letter prints them: one way to read each, and no surprise."""

from __future__ import annotations

import datetime as dt
import unicodedata

from vault.dates import MONTHS
from vault.safetext import safe_line

_RIGHT_TO_LEFT = frozenset({"R", "AL", "AN"})
_ISOLATE, _POP = "\N{FIRST STRONG ISOLATE}", "\N{POP DIRECTIONAL ISOLATE}"
_LINE = 20_000  # no line of a letter is longer; a quote may be a whole page


def written_out(day: dt.date) -> str:
    """The date so that nobody can misread it: 14 March 1961."""
    return f"{day.day} {MONTHS[day.month - 1].capitalize()} {day.year}"


def inline(text: str) -> str:
    """One safe line that cannot change the order of the words around it.

    Right-to-left text gets Unicode isolates (UAX 9); other text stays as it is.
    """
    line = safe_line(text, _LINE)
    if any(unicodedata.bidirectional(c) in _RIGHT_TO_LEFT for c in line):
        return f"{_ISOLATE}{line}{_POP}"
    return line
