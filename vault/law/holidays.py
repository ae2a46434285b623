"""Working days by place; the one wrapper of the `holidays` library, imported on first use."""

from __future__ import annotations

import datetime as dt
from collections.abc import Container
from functools import cache

_SETS = {
    "us": ("US", None),  # the federal holidays of 5 USC 6103, on the days they are observed
    "uk": ("GB", "ENG"),
    "au-nsw": ("AU", "NSW"),
    "au-vic": ("AU", "VIC"),
    "ca-on": ("CA", "ON"),
}


@cache
def _holidays(name: str) -> Container[dt.date]:
    if name in ("", "weekends"):
        return frozenset()
    import holidays

    country, part = _SETS.get(name, (name.upper(), None))
    return holidays.country_holidays(country, subdiv=part)


def _summer_break(day: dt.date) -> bool:
    """25 December to 15 January, which New Zealand's Privacy Act 2020 s.7 leaves out."""
    return (day.month, day.day) >= (12, 25) or (day.month, day.day) <= (1, 15)


def is_working_day(day: dt.date, holidays: str) -> bool:
    """Whether a day is a working day by a set of holidays named in the data.

    Holidays of a state or region within a country are not known unless the set is its own.
    """
    if day.weekday() >= 5 or (holidays == "nz" and _summer_break(day)):
        return False
    return day not in _holidays(holidays)
