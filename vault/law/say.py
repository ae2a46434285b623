"""A due date said in one line: the date, the time it was counted from, and who says so."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Protocol

from vault.dates import MONTHS
from vault.law.clock import Due
from vault.law.terms import Confidence, Count, Roll, Rule

CHECK = "check the current text"
"""What stands beside every rule: laws change, and this program does not know when."""

_SURE = {Confidence.HIGH: "high", Confidence.MED: "medium", Confidence.LOW: "low"}


class Cited(Protocol):
    """Anything with a citation and how sure it is."""

    @property
    def cite(self) -> str:
        """Who says so."""

    @property
    def confidence(self) -> Confidence:
        """How sure the data is of it."""


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


def source(cited: Cited, remarks: Sequence[str] = ()) -> str:
    """What every sentence on a rule ends with, in brackets.

    `(remarks; citation; confidence high; check the current text)`.
    """
    said = (*remarks, cited.cite, f"confidence {_SURE[cited.confidence]}", CHECK)
    return f"({'; '.join(part for part in said if part)})"


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


def remarks(rule: Rule) -> tuple[str, ...]:
    """What limits a rule: that it is guidance, what has to hold, what else to know."""
    found = ["guidance rather than a fixed limit"] if rule.soft else []
    found += [f"if {rule.condition}"] if rule.condition else []
    found += [f"or {rule.alt_days} days if {rule.alt_if}"] if rule.alt_days else []
    return (*found, *([rule.note] if rule.note else []))


def sentence(due: Due, assumed: str = "") -> str:
    """One line for a person: the date, how it was counted, the citation and how sure that is.

    `assumed` says what about the start is only assumed.
    """
    start = f", {assumed}" if assumed else ""
    ending = source(due.rule, remarks(due.rule))
    return f"Due {day(due.on)}{_moved(due)}: {_counted(due)}{start} {ending}"
