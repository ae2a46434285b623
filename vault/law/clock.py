"""Counting: the day an answer is due under a rule, and the day it can be put off to."""

from __future__ import annotations

import calendar
import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from vault.law.holidays import is_working_day
from vault.law.terms import Count, Roll, Rule

_DAY = dt.timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Due:
    """When an answer is owed: `on` is the legal date as counted from `start` under `rule`.

    `rolled` is the next working day where the place's law moves the date or may move it, else
    the same as `on`.
    """

    on: dt.date
    rolled: dt.date
    rule: Rule
    start: dt.date


def _months_on(start: dt.date, months: int) -> dt.date:
    """The same date some months on; the last day of the month where it has no such date."""
    month = start.month - 1 + months
    year, month = start.year + month // 12, month % 12 + 1
    return dt.date(year, month, min(start.day, calendar.monthrange(year, month)[1]))


def _working_days_on(start: dt.date, days: int, holidays: str) -> dt.date:
    """The last of `days` working days; `start` itself is not counted."""
    day = start
    while days > 0:
        day += _DAY
        days -= is_working_day(day, holidays)
    return day


def _next_working_day(day: dt.date, holidays: str) -> dt.date:
    while not is_working_day(day, holidays):
        day += _DAY
    return day


def _counted(rule: Rule, start: dt.date, days: int) -> dt.date:
    match rule.count:
        case Count.BUSINESS_AFTER:
            return _working_days_on(start, days, rule.holidays)
        case Count.INCLUSIVE_FROM_START:
            return start + dt.timedelta(days=days - 1)
        case _:
            return start + dt.timedelta(days=days)


def under(rule: Rule, start: dt.date) -> Due:
    """When an answer is owed under one rule, its clock starting on `start`."""
    on = _months_on(start, rule.months) if rule.months else _counted(rule, start, rule.days)
    moves = rule.roll is not Roll.NONE
    rolled = _next_working_day(on, rule.holidays) if moves else on
    return Due(on, rolled, rule, start)


def due(rules: Sequence[Rule], start: dt.date) -> Due:
    """The earliest date any of `rules` gives; of equal dates the one that does not move.

    Raises ValueError where there are no rules.
    """
    found = [under(rule, start) for rule in rules]
    return min(found, key=lambda d: (d.on, d.rolled, d.rule.soft))


def extended(rule: Rule, start: dt.date) -> dt.date | None:
    """The last day a lawful extension can reach, counted from `start`, not moved for weekends.

    None where the rule knows no extension, or one without a number.
    """
    if rule.extended_months:
        return _months_on(start, rule.extended_months)
    if rule.extended_days:
        return _counted(rule, start, rule.extended_days)
    if rule.extension_days:
        return _counted(rule, start, rule.days + rule.extension_days)
    return None
