"""Small shapes between Python values and columns: lists and dates as text."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Sequence


def text_list(values: Sequence[str]) -> str:
    """A tuple of texts as a JSON column."""
    return json.dumps(list(values), ensure_ascii=False)


def from_text_list(column: str) -> tuple[str, ...]:
    """The tuple of texts of a JSON column."""
    return tuple(str(v) for v in json.loads(column))


def day(value: dt.date | None) -> str | None:
    """A date as an ISO 8601 column, or NULL."""
    return value.isoformat() if value else None


def from_day(column: str | None) -> dt.date | None:
    """The date of an ISO 8601 column, or None."""
    return dt.date.fromisoformat(column) if column else None
