"""All dates in a text, with their places and what they can mean."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from vault import dates


@dataclass(frozen=True, slots=True)
class Day:
    """A date at characters `start` to `stop` of a text, and every day it can mean."""

    start: int
    stop: int
    readings: tuple[dt.date, ...]

    @property
    def value(self) -> str:
        """The readings in ISO 8601, joined by `|`."""
        return "|".join(day.isoformat() for day in self.readings)


def days_in(text: str) -> Iterator[Day]:
    """The dates of a text in order; what looks like a date but is none is passed over."""
    at = 0
    while (read := dates.printed(text[at:])) is not None:
        start = text.index(read.text, at)
        at = start + len(read.text)
        if read.readings:
            yield Day(start, at, read.readings)
