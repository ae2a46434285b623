"""Dates that cannot be: before birth, far ahead, or in an order that is impossible."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator
from itertools import product

from vault.model.facts import Fact, FactKind
from vault.model.flags import Check, Finding, Kind, Related, Severity, Subject
from vault.review import births, identity, subject
from vault.review.papers import Paper, papers
from vault.review.shelf import days

_AHEAD = dt.timedelta(days=366)
_SURE = 60
_NUMERIC = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-]\d{2,4}")
_ROLES = {
    "admitted": ("admission date", "date of admission", "admitted", "admit date", "date admitted"),
    "discharged": ("discharge date", "date of discharge", "discharged", "date discharged"),
    "collected": (
        "collected", "collection date", "date collected", "specimen collected", "collected on",
        "date drawn", "specimen date",
    ),
    "received": ("received", "date received", "specimen received"),
    "reported": (
        "reported", "date reported", "report date", "date of report", "resulted", "result date",
        "results reported", "verified", "finalized",
    ),
}  # fmt: skip
_ORDER = (
    ("discharged", "admitted"),
    ("reported", "collected"),
    ("received", "collected"),
    ("reported", "received"),
)
"""What cannot be before what."""


def role(fact: Fact) -> str:
    """What a date is the date of, by its label; empty where its label says only service."""
    label = " ".join(fact.label.casefold().strip(" :.").split())
    return next((name for name, labels in _ROLES.items() if label in labels), "")


def _dated(paper: Paper) -> tuple[Fact, ...]:
    return (*paper.of(FactKind.SERVICE_DATE), *paper.of(FactKind.OTHER_DATE))


def _before(one: Fact, other: Fact, month_first: bool | None) -> bool:
    """Whether a date is before another whichever way both can be read in their document."""
    if min(one.confidence, other.confidence) < _SURE:
        return False
    pairs = list(product(_read(one, month_first), _read(other, month_first)))
    return bool(pairs) and all(a < b for a, b in pairs)


def _read(fact: Fact, month_first: bool | None) -> tuple[dt.date, ...]:
    held = days(fact)
    if len(held) != 2 or month_first is None:
        return held
    return held[:1] if month_first else held[1:]


def _month_first(facts: Iterable[Fact]) -> bool | None:
    """Which comes first in a document's dates, as those show that can be read one way only."""
    ways = {int(m[1]) <= 12 for f in facts if (m := _NUMERIC.match(f.quote)) and _clear(m)}
    return ways.pop() if len(ways) == 1 else None


def _clear(found: re.Match[str]) -> bool:
    return (int(found[1]) > 12) != (int(found[2]) > 12)


def _finding(record: str, fact: Fact, reason: str, key: str, other: Fact | None = None) -> Finding:
    there = other is not None and other.page != fact.page
    return Finding(
        check=Check.IMPOSSIBLE_DATE,
        kind=Kind.WRONG_DATE,
        subject=Subject.VISIT,
        severity=Severity.CARE,
        record=record,
        page=fact.page,
        quote=fact.quote,
        reason=reason,
        key=key,
        box=fact.box,
        confidence=fact.confidence,
        related=(Related(record, other.page),) if there and other is not None else (),
    )


def _order(paper: Paper) -> Iterator[Finding]:
    by_role: dict[str, list[Fact]] = {}
    for fact in _dated(paper):
        by_role.setdefault(role(fact), []).append(fact)
    told: set[str] = set()
    order = _month_first((*_dated(paper), *paper.of(FactKind.BORN)))
    for late, early in _ORDER:
        for one, other in product(by_role.get(late, ()), by_role.get(early, ())):
            if _before(one, other, order) and not {one.value, other.value} & told:
                told |= {one.value, other.value}
                reason = f"{late.title()} on {one.quote}, but {early} on {other.quote}."
                yield _finding(paper.record, one, reason, f"{late} {one.value} {early}", other)


def _beyond(paper: Paper, born: dt.date | None, on: dt.date) -> Iterator[Finding]:
    told: set[str] = set()
    for fact in _dated(paper):
        if fact.value in told or fact.confidence < _SURE or not days(fact):
            continue
        if born is not None and all(day < born for day in days(fact)):
            reason = f"{fact.quote} is before the day of birth, {births.written(born)}."
        elif on < dt.date.max - _AHEAD and all(day > on + _AHEAD for day in days(fact)):
            reason = f"{fact.quote} lies ahead of the day this record came."
        else:
            continue
        told.add(fact.value)
        yield _finding(paper.record, fact, reason, f"date {fact.value}")


def check(held: subject.Subject) -> tuple[Finding, ...]:
    """Dates of a record that are before birth or far ahead, or in an impossible order."""
    born = held.person.born if held.person else None
    found: list[Finding] = []
    for paper in papers(held.record, held.pages, identity.strangers(held)):
        found += [*_order(paper), *_beyond(paper, born, held.on)]
    return tuple(found)
