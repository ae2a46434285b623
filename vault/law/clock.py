"""Counting: the day an answer is due under a rule, and the day it can be put off to."""

from __future__ import annotations

import calendar
import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace

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

    @property
    def limit(self) -> dt.date:
        """The last day that is surely in time: moved only where the law surely moves it."""
        return self.rolled if self.rule.roll is Roll.FORWARD else self.on


def months_on(start: dt.date, months: int) -> dt.date:
    """The same date some months on; the last day of the month where it has no such date."""
    month = start.month - 1 + months
    year, month = start.year + month // 12, month % 12 + 1
    return dt.date(year, month, min(start.day, calendar.monthrange(year, month)[1]))


def _works(day: dt.date, rule: Rule) -> bool:
    return is_working_day(day, rule.holidays, rule.days_off, rule.days_on)


def _working_days_on(start: dt.date, days: int, rule: Rule) -> dt.date:
    """The last of `days` working days; `start` itself is not counted."""
    day = start
    while days > 0:
        day += _DAY
        days -= _works(day, rule)
    return day


def next_working_day(day: dt.date, rule: Rule) -> dt.date:
    """The day itself, or the first working day after it, by the holidays of a rule."""
    while not _works(day, rule):
        day += _DAY
    return day


def counted(rule: Rule, start: dt.date, days: int, count: Count | None = None) -> dt.date:
    """So many days from `start`, counted as the rule counts, or as `count` says."""
    match count or rule.count:
        case Count.BUSINESS_AFTER:
            return _working_days_on(start, days, rule)
        case Count.INCLUSIVE_FROM_START:
            return start + dt.timedelta(days=days - 1)
        case _:
            return start + dt.timedelta(days=days)


def moved(rule: Rule, on: dt.date) -> dt.date:
    """The day a date moves to under a rule, or may move to; the same where it never does."""
    return on if rule.roll is Roll.NONE else next_working_day(on, rule)


def under(rule: Rule, start: dt.date) -> Due:
    """When an answer is owed under one rule, its clock starting on `start`."""
    on = months_on(start, rule.months) if rule.months else counted(rule, start, rule.days)
    return Due(on, moved(rule, on), rule, start)


def due(rules: Sequence[Rule], start: dt.date) -> Due:
    """The earliest date any of `rules` gives; of equal dates the one that does not move.

    Raises ValueError where there are no rules.
    """
    return earliest([under(rule, start) for rule in rules])


def earliest(found: Sequence[Due]) -> Due:
    """The earliest of several dates; of equal ones the one that does not move."""
    return min(found, key=lambda d: (d.on, d.rolled, d.rule.soft))


def extended(rule: Rule, start: dt.date) -> dt.date | None:
    """The last day a lawful extension can reach, counted from `start`, not moved for weekends.

    None where the rule knows no extension, or one without a number.
    """
    if rule.extended_months:
        return months_on(start, rule.extended_months)
    if rule.extended_days:
        return counted(rule, start, rule.extended_days, rule.extended_count)
    if rule.extension_days:
        return counted(rule, start, rule.days + rule.extension_days)
    return None


def after_fee(rule: Rule, start: dt.date, paid: dt.date) -> Due:
    """When an answer is owed once a fee was paid: so many days after that, if it is later.

    The Victorian and the New South Wales Act give 7 days from the payment.
    """
    plain = under(rule, start)
    if not rule.after_fee_days:
        return plain
    on = max(plain.on, counted(rule, paid, rule.after_fee_days, Count.CALENDAR_AFTER))
    return Due(on, moved(rule, on), rule, start)


def for_records(rule: Rule, oldest: dt.date | None, asked: dt.date) -> Rule:
    """The rule for a record by its oldest part: a shorter one where all of it is recent.

    Access to Health Records Act 1990 s.3(5): 21 days where all of it was made in the 40 days
    before the application, else 40. An unknown age (None) keeps the rule as it is.
    """
    recent = (
        oldest is not None
        and rule.alt_days > 0
        and rule.alt_within_days > 0
        and asked - dt.timedelta(days=rule.alt_within_days) <= oldest <= asked
    )
    return replace(rule, days=rule.alt_days, condition=rule.alt_if) if recent else rule
