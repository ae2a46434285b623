"""What records point at and the person does not have: reports, results, summaries, notes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from vault.model.charts import Stated
from vault.model.facts import Fact, FactKind
from vault.model.flags import Check, Finding, Related, Severity, Subject
from vault.model.flags import Kind as Wrong
from vault.model.paper_kinds import DocumentKind as Kind
from vault.model.studies import agree, is_lab, specialties
from vault.review.papers import Paper, papers
from vault.review.shelf import Span, days
from vault.review.shelves import around, of_kinds, shows
from vault.review.subject import Chart, Elsewhere

_REPORTS = frozenset([Kind.IMAGING, Kind.HEART_TEST, Kind.LAB, Kind.PATHOLOGY, Kind.OPERATIVE])
_AS_GOOD = {
    Kind.HEART_TEST: (Kind.HEART_TEST, Kind.IMAGING),
    Kind.IMAGING: (Kind.IMAGING, Kind.HEART_TEST),
    Kind.NOTE: (Kind.NOTE, Kind.CONSULT, Kind.EMERGENCY),
    Kind.CONSULT: (Kind.CONSULT, Kind.NOTE),
    Kind.PATHOLOGY: (Kind.PATHOLOGY, Kind.LAB),
    Kind.OPERATIVE: (Kind.OPERATIVE, Kind.DELIVERY),
    Kind.ADMISSION: (Kind.ADMISSION, Kind.CONSULT),
}
CARE = frozenset(
    [Kind.NOTE, Kind.CONSULT, Kind.EMERGENCY, Kind.ADMISSION, Kind.OPERATIVE, Kind.THERAPY,
     Kind.DISCHARGE_SUMMARY, Kind.IMAGING, Kind.LAB, Kind.PATHOLOGY, Kind.HEART_TEST, Kind.DELIVERY]
)  # fmt: skip
_ADMITTED = ("admitted", "admission date", "date of admission", "admit date", "date admitted")
LATER = 14
"""Days after which a test that was planned has surely had its day."""
YEAR = 400
"""Days within which an order and what is said of it belong together."""
MONTHS = 100
"""Days an order and the test may lie apart, where both are dated."""


def _finding(check: Check, paper: Paper, fact: Fact | None, reason: str, key: str) -> Finding:
    page = fact.page if fact else paper.first
    around_it = [p.page for p in paper.pages if p.page != page]
    return Finding(
        check=check,
        kind=Wrong.MISSING,
        subject=Subject.VISIT,
        severity=Severity.CARE,
        record=paper.record,
        page=page,
        quote=fact.quote if fact else "",
        reason=reason,
        key=key,
        box=fact.box if fact else None,
        confidence=fact.confidence if fact else 100,
        related=tuple(Related(paper.record, p) for p in around_it),
    )


def _said(kind: str, test: str) -> str:
    return test or kind.replace("_", " ") or "document"


def meant(named: str, test: str) -> tuple[Kind, tuple[Kind, ...]]:
    """The kind of document a pointer names or a test has, and all that are as good."""
    kind = Kind(named) if named else Kind.LAB if is_lab(test) else Kind.IMAGING
    return kind, _AS_GOOD.get(kind, (kind,)) if named or test else tuple(Kind)


def _referenced(chart: Chart, paper: Paper) -> Iterator[Finding]:
    for fact in paper.of(FactKind.REFERENCE):
        named, _, rest = fact.value.partition(":")
        test = rest.partition("@")[0]
        kind, wanted = meant(named, test)
        span = around(days(fact), 4, 4)
        branch = specialties(fact.quote) if kind in (Kind.CONSULT, Kind.THERAPY) else frozenset()
        there = (p for p in of_kinds(chart.records, wanted, span, test) if p != paper)
        if any(shows(p, test) and _of_branch(p, branch) for p in there):
            continue
        when = f" of {days(fact)[0].isoformat()}" if days(fact) else ""
        reason = f"The page points to a {_said(named, test)}{when} that is not among the records."
        yield _finding(Check.REFERENCED_ABSENT, paper, fact, reason, f"reference {fact.value}")


def _of_branch(paper: Paper, branch: frozenset[str]) -> bool:
    """Whether a document may be of a branch of medicine: its title names it, or none."""
    title = paper.title
    own = specialties(title.quote) if title and title.label else frozenset()
    return not branch or not own or bool(branch & own)


def reporting(test: str) -> frozenset[Kind]:
    """The kinds of documents that may be the result of a test."""
    return frozenset({Kind.LAB, Kind.PATHOLOGY}) if is_lab(test) else _REPORTS - {Kind.LAB}


def _reported(held: Elsewhere, test: str, spans: Sequence[Span]) -> bool:
    papers_ = of_kinds(held, reporting(test), spans, "" if is_lab(test) else test)
    return any(is_lab(test) or shows(paper, test) for paper in papers_)


def near(held: Elsewhere, kind: FactKind, fact: Fact, served: Iterable[dt.date]) -> list[Stated]:
    """The facts of a kind on the test of an order, or of a test done, that can be of its time.

    A fact without a day of its own is of the days of service beside it.
    """
    test, own = fact.value.partition("@")[0], days(fact)
    spans = around(own or sorted(served), YEAR, YEAR)
    return [
        stated
        for stated in held.about(kind, test.split()[0], spans)
        if _apart(own, days(stated.fact)) <= MONTHS
    ]


def _apart(some: Sequence[dt.date], others: Sequence[dt.date]) -> int:
    """The fewest days between two dates as read; 0 where one has none."""
    return min((abs(a - b).days for a in some for b in others), default=0)


def _said_done(held: Elsewhere, order: Fact, paper: Paper) -> list[tuple[str, Fact]]:
    """Where another page says that an ordered test was done."""
    test = order.value.partition("@")[0]
    return [
        (stated.record, stated.fact)
        for stated in near(held, FactKind.DONE, order, paper.service)
        if agree(test, stated.fact.value.partition("@")[0])
        and (stated.record != paper.record or stated.fact.page != order.page)
    ]


def _passed(held: Elsewhere, paper: Paper, planned: tuple[dt.date, ...]) -> bool:
    """Whether a later record of the same place shows that the planned day has passed."""
    if not planned or not paper.service:
        return False
    span = (max(planned) + dt.timedelta(days=LATER), max(planned) + dt.timedelta(days=YEAR))
    return any(True for _ in of_kinds(held, (Kind.NOTE, Kind.CONSULT), [span]))


def _ordered(chart: Chart, paper: Paper) -> Iterator[Finding]:
    for fact in paper.of(FactKind.ORDER):
        test = fact.value.partition("@")[0]
        done = _said_done(chart.records, fact, paper)
        planned = tuple(d for d in days(fact) if not paper.when or d >= paper.when)
        if not done and not _passed(chart.records, paper, planned):
            continue
        stated = [*days(fact), *(d for _, f in done[:3] for d in days(f))]
        span = around(stated or sorted(paper.service), 4, 10 if stated else 120)
        if _reported(chart.records, test, span):
            continue
        told = "and later said to be done" if done else "for a day that has passed"
        reason = f"The page orders a test ({test}), {told}; no result of it is among the records."
        key = f"order {fact.value}"
        found = _finding(Check.ORDER_WITHOUT_RESULT, paper, fact, reason, key)
        yield _also(found, done)


def _also(finding: Finding, places: list[tuple[str, Fact]]) -> Finding:
    more = tuple(Related(record, fact.page) for record, fact in places)
    return replace(finding, related=(*more, *finding.related))


def _admitted(chart: Chart, paper: Paper) -> Iterator[Finding]:
    dated = [f for f in paper.of(FactKind.SERVICE_DATE) if f.label.casefold() in _ADMITTED]
    facts = (*paper.of(FactKind.ADMITTED), *dated)
    if paper.kind is not Kind.ADMISSION or not facts:
        return
    span = around(sorted(paper.service), 1, 120)
    if any(of_kinds(chart.records, (Kind.DISCHARGE_SUMMARY,), span)):
        return
    when = f" of {paper.when.isoformat()}" if paper.when else ""
    reason = f"The admission{when} has no discharge summary among the records."
    key = f"admission {paper.when or ''}"
    yield _finding(Check.ADMISSION_WITHOUT_DISCHARGE, paper, facts[0], reason, key)


def _films(chart: Chart, paper: Paper) -> Iterator[Finding]:
    facts = paper.of(FactKind.FILM)
    if paper.kind is not Kind.FILM and not (paper.kind is None and any(f.label for f in facts)):
        return
    title = paper.title
    test = facts[0].value.partition("@")[0] if facts else ""
    span = around([d for f in facts for d in days(f)], 7, 14)
    reports = (p for p in of_kinds(chart.records, (Kind.IMAGING, Kind.HEART_TEST), span))
    if any(shows(p, test) for p in reports):
        return
    what = f" ({test})" if test else ""
    reason = f"These are images{what}; no report of them is among the records."
    key = f"images {facts[0].value if facts else ''}"
    yield _finding(Check.IMAGES_WITHOUT_REPORT, paper, title or facts[0], reason, key)


def _billed(chart: Chart, paper: Paper) -> Iterator[Finding]:
    if paper.kind is not Kind.BILL:
        return
    for fact in paper.of(FactKind.SERVICE_DATE):
        if any(of_kinds(chart.records, CARE, around(days(fact), 1, 1))):
            continue
        reason = f"A visit on {fact.quote} was billed; no note of that day is among the records."
        yield _finding(Check.BILL_WITHOUT_NOTE, paper, fact, reason, f"bill {fact.value}")


def check(chart: Chart) -> tuple[Finding, ...]:
    """What the records in the chart's scope point at and no record of the person is."""
    found: list[Finding] = []
    for record in chart.scope:
        for paper in papers(record, chart.records.pages(record)):
            for family in (_referenced, _ordered, _admitted, _films, _billed):
                found += family(chart, paper)
    return tuple(found)
