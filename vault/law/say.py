"""A due date said in one line: the date, the time it was counted from, and who says so."""

from __future__ import annotations

import datetime as dt

from vault.dates import MONTHS
from vault.law.clock import Due
from vault.law.terms import Confidence, Count, Roll, Rule

_SURE = {Confidence.HIGH: "high", Confidence.MED: "medium", Confidence.LOW: "low"}


def day(date: dt.date) -> str:
    """A date as people write it: 1 Feb 2026."""
    return f"{date.day} {MONTHS[date.month - 1][:3].title()} {date.year}"


def span(rule: Rule) -> str:
    """How long a rule gives: `30 days`, `15 business days`, `1 month`."""
    number = rule.months or rule.days
    unit = "month" if rule.months else "day"
    if rule.count is Count.BUSINESS_AFTER:
        unit = "business day"
    return f"{number} {unit}{'' if number == 1 else 's'}"


def _moved(due: Due) -> str:
    if due.rolled == due.on:
        return ""
    if due.rule.roll is Roll.FORWARD:
        return f", moved to {day(due.rolled)} because it is no working day"
    return f", or {day(due.rolled)} where the law moves it to a working day"


def _counted(due: Due) -> str:
    if due.rule.count is Count.INCLUSIVE_FROM_START:
        return f"{span(due.rule)} beginning with {due.rule.starts} on {day(due.start)}"
    return f"{span(due.rule)} after {due.rule.starts} on {day(due.start)}"


def sentence(due: Due) -> str:
    """One line for a person: the date, how it was counted, the citation and how sure that is."""
    rule = due.rule
    remarks = [rule.cite, f"confidence {_SURE[rule.confidence]}"]
    if rule.soft:
        remarks.append("guidance rather than a fixed limit")
    if rule.condition:
        remarks.append(f"if {rule.condition}")
    if rule.note:
        remarks.append(rule.note)
    return f"Due {day(due.on)}{_moved(due)}: {_counted(due)} ({'; '.join(remarks)})"
