"""Working days by place; the one wrapper of the `holidays` library, imported on first use."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from functools import cache

_SETS: dict[str, tuple[str, str | None]] = {
    "us-federal": ("US", None),  # the holidays of 5 USC 6103, on the days they are observed
    "uk-nation": ("GB", "ENG"),
    "nz-privacy-act": ("NZ", None),
    "uk": ("GB", "ENG"),
    "us": ("US", None),
    "ca": ("CA", None),
    # So that reading the program's own places does not load the library.
    "ie": ("IE", None),
    "ca-on": ("CA", "ON"),
    "au": ("AU", None),
    "au-vic": ("AU", "VIC"),
    "au-nsw": ("AU", "NSW"),
}
WEEKENDS = "weekends"
"""The set without a holiday: Saturdays and Sundays alone."""
FIRST_YEAR, LAST_YEAR = 1950, 2100


@cache
def _parts() -> Mapping[str, frozenset[str]]:
    """The countries the library has, each with its parts, in capitals."""
    import holidays

    return {c: frozenset(p) for c, p in holidays.list_supported_countries(False).items()}


def known(name: str) -> bool:
    """Whether a set of holidays can be named so: `us-federal`, `de`, `au-vic`, `weekends`."""
    if name == WEEKENDS or name in _SETS:
        return True
    country, _, part = name.upper().partition("-")
    return country in _parts() and (not part or part in _parts()[country])


@cache
def _days(name: str, year: int) -> Mapping[dt.date, str]:
    """The holidays of a set in a year with their names, on the days they are observed."""
    if name in ("", WEEKENDS):
        return {}
    import holidays

    country, _, part = name.upper().partition("-")
    given = _SETS.get(name, (country, part or None))
    found = holidays.country_holidays(given[0], subdiv=given[1], years=year)
    return {day: str(label) for day, label in found.items() if day.year == year}


def days(name: str, year: int) -> Mapping[dt.date, str]:
    """The holidays of a set in a year, by day, with the name each has where it is kept."""
    if not FIRST_YEAR <= year <= LAST_YEAR:
        return {}
    return _days(name, year)


def _summer_break(day: dt.date) -> bool:
    """25 December to 15 January, which New Zealand's Privacy Act 2020 s.7 leaves out."""
    return (day.month, day.day) >= (12, 25) or (day.month, day.day) <= (1, 15)


def is_working_day(
    day: dt.date,
    holidays: str,
    off: frozenset[dt.date] = frozenset(),
    on: frozenset[dt.date] = frozenset(),
) -> bool:
    """Whether a day is a working day by a set of holidays named in the data.

    A person's own days come first: `off` are days off, `on` are worked, whatever the set says.
    Holidays of a state or region within a country are not known unless the set is its own.
    """
    if day in off:
        return False
    if day in on:
        return True
    if day.weekday() >= 5 or (holidays in ("nz", "nz-privacy-act") and _summer_break(day)):
        return False
    return day not in days(holidays, day.year)
