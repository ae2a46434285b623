"""Whether a birth date as printed is a person's."""

from __future__ import annotations

import datetime as dt
import re

from vault.dates import MONTHS
from vault.model.facts import Fact

_UNSURE = 70


def readings(fact: Fact) -> tuple[dt.date, ...]:
    """The dates a birth date fact can mean."""
    return tuple(dt.date.fromisoformat(part) for part in fact.value.split("|"))


def agrees(fact: Fact, born: dt.date) -> bool:
    """Whether any reading is the day; of a year printed with two digits only these count."""
    if re.search(r"\d{4}", fact.quote):
        return born in readings(fact)
    same = (born.month, born.day, born.year % 100)
    return any((d.month, d.day, d.year % 100) == same for d in readings(fact))


def may_be_misread(fact: Fact, born: dt.date) -> bool:
    """Whether an unsure reader may have made the difference: one digit, or two, read wrong."""
    if fact.confidence >= _UNSURE:
        return False
    right = born.isoformat()
    return any(
        sum(a != b for a, b in zip(d.isoformat(), right, strict=True)) <= 2 for d in readings(fact)
    )


def slip_of(fact: Fact, born: dt.date) -> bool:
    """Whether the date looks like the day written wrong: two of year, month and day agree."""
    return any(
        (d.year == born.year) + (d.month == born.month) + (d.day == born.day) >= 2
        for d in readings(fact)
    )


def written(day: dt.date) -> str:
    """A date as people write it in full: 14 March 1961."""
    return f"{day.day} {MONTHS[day.month - 1].title()} {day.year}"
