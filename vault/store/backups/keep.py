"""Which generations of a backup are kept: the last few, then one a day, a week, a month."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Keep:
    """How many are kept: the newest, and the newest of so many days, weeks and months.

    Days without a backup do not count, so that a long pause costs nothing.
    """

    last: int = 3
    daily: int = 7
    weekly: int = 4
    monthly: int = 12


DEFAULT = Keep()


def _week(moment: dt.datetime) -> tuple[int, int]:
    year, week, _day = moment.isocalendar()
    return year, week


def kept(moments: Mapping[str, dt.datetime], rule: Keep) -> frozenset[str]:
    """The names to keep of generations made at these moments (UTC)."""
    newest_first = sorted(moments, key=lambda name: (moments[name], name), reverse=True)
    found = set(newest_first[: rule.last])
    periods: tuple[tuple[int, Callable[[dt.datetime], object]], ...] = (
        (rule.daily, dt.datetime.date),
        (rule.weekly, _week),
        (rule.monthly, lambda moment: (moment.year, moment.month)),
    )
    for count, period_of in periods:
        newest: dict[object, str] = {}
        for name in newest_first:
            newest.setdefault(period_of(moments[name]), name)
        found |= set(list(newest.values())[:count])
    return frozenset(found)
