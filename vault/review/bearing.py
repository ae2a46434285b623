"""Which records to look at anew for what they lack, once a record came or left."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence

from vault.model.facts import Fact, FactKind
from vault.model.flags import Check
from vault.model.paper_kinds import DocumentKind as Kind
from vault.model.studies import agree, is_lab
from vault.review.absent import CARE, LATER, MONTHS, YEAR, meant, near, reporting
from vault.review.shelf import days, within
from vault.review.shelves import around
from vault.review.subject import Awaited
from vault.review.subject import Subject as Held

_REACH = {
    Check.REFERENCED_ABSENT: (4, 4),
    Check.ORDER_WITHOUT_RESULT: (MONTHS + 4, MONTHS + 120),
    Check.ADMISSION_WITHOUT_DISCHARGE: (1, 120),
    Check.IMAGES_WITHOUT_REPORT: (7, 14),
    Check.BILL_WITHOUT_NOTE: (1, 1),
}
"""How many days before and behind the day of a suspicion what ends it can be of."""


def touched(held: Held) -> tuple[str, ...]:
    """Other records whose orders a record bears on: it says they were done, or comes after."""
    facts = [fact for page in held.pages for fact in page.facts]
    service = _days_of(facts)
    found: dict[str, None] = {}
    for fact in facts:
        if fact.kind is FactKind.DONE:
            for stated in near(held.elsewhere, FactKind.ORDER, fact, service):
                found[stated.record] = None
    if service and _kinds(facts) & {Kind.NOTE, Kind.CONSULT}:
        last = max(service)
        span = (last - dt.timedelta(days=YEAR), last - dt.timedelta(days=LATER))
        for stated in held.elsewhere.about(FactKind.ORDER, "", [span]):
            if days(stated.fact) and within([max(days(stated.fact))], [span]):
                found[stated.record] = None
    return tuple(found)


def _days_of(facts: Iterable[Fact]) -> tuple[dt.date, ...]:
    return tuple(d for f in facts if f.kind is FactKind.SERVICE_DATE for d in days(f))


def _kinds(facts: Iterable[Fact]) -> frozenset[Kind]:
    return frozenset(Kind(f.value) for f in facts if f.kind is FactKind.DOCUMENT)


def settled(held: Held, awaited: Iterable[Awaited]) -> tuple[str, ...]:
    """The records whose suspicions of something missing may end with what came in a record."""
    facts = [fact for page in held.pages for fact in page.facts]
    kinds, service = _kinds(facts), _days_of(facts)
    studies = [f.value for f in facts if f.kind is FactKind.STUDY]
    fits = [a for a in awaited if _wanted(a) & kinds and _may_show(a, studies)]
    undated = {a.record for a in fits if not a.days and a.check is not Check.REFERENCED_ABSENT}
    served: dict[str, list[dt.date]] = {record: [] for record in undated}
    for stated in held.elsewhere.among(FactKind.SERVICE_DATE, sorted(undated)):
        served[stated.record] += days(stated.fact)
    found: dict[str, None] = {}
    for one in fits:
        day = one.days or tuple(served.get(one.record, ()))
        if not day or within(service, around(day, *_REACH[one.check])):
            found[one.record] = None
    return tuple(found)


def _wanted(awaited: Awaited) -> frozenset[Kind]:
    """The kinds of documents that may end a suspicion."""
    test = awaited.value.partition("@")[0]
    match awaited.check:
        case Check.REFERENCED_ABSENT:
            named, _, test = test.partition(":")
            return frozenset(meant(named, test)[1])
        case Check.ORDER_WITHOUT_RESULT:
            return reporting(test)
        case Check.ADMISSION_WITHOUT_DISCHARGE:
            return frozenset({Kind.DISCHARGE_SUMMARY})
        case Check.IMAGES_WITHOUT_REPORT:
            return frozenset({Kind.IMAGING, Kind.HEART_TEST})
        case _:
            return CARE


def _may_show(awaited: Awaited, studies: Sequence[str]) -> bool:
    """Whether documents of some studies may be of the test that is awaited."""
    test = awaited.value.partition("@")[0].rpartition(":")[2]
    return not test or is_lab(test) or not studies or any(agree(test, s) for s in studies)


def pointing(held: Held) -> tuple[str, ...]:
    """Other records that may have found in a record what they point at, by kind and day."""
    facts = [fact for page in held.pages for fact in page.facts]
    spans = around(_days_of(facts), YEAR, YEAR)
    found: dict[str, None] = {}
    for stated in held.elsewhere.about(FactKind.ORDER, "", spans):
        found[stated.record] = None
    for stated in held.elsewhere.of(FactKind.REFERENCE):  # one without a day is met by any day's
        named = days(stated.fact)
        if not named or not spans or within(named, spans):
            found[stated.record] = None
    kinds = (Kind.ADMISSION.value, Kind.FILM.value, Kind.BILL.value)
    there = held.elsewhere.titled(kinds)
    return tuple(dict.fromkeys((*found, *there)))
