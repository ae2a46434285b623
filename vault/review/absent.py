"""What records point at and the person does not have: reports, results, summaries, notes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import replace

from vault.model.facts import Fact, FactKind
from vault.model.flags import Check, Finding, Related, Severity, Subject
from vault.model.flags import Kind as Wrong
from vault.model.paper_kinds import DocumentKind as Kind
from vault.model.studies import agree, is_lab, specialties
from vault.review.papers import Paper, days, papers
from vault.review.shelves import Span, around, of_kinds, shows
from vault.review.subject import Chart, Elsewhere
from vault.review.subject import Subject as Held

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
_CARE = frozenset(
    [Kind.NOTE, Kind.CONSULT, Kind.EMERGENCY, Kind.ADMISSION, Kind.OPERATIVE, Kind.THERAPY,
     Kind.DISCHARGE_SUMMARY, Kind.IMAGING, Kind.LAB, Kind.PATHOLOGY, Kind.HEART_TEST, Kind.DELIVERY]
)  # fmt: skip
_ADMITTED = ("admitted", "admission date", "date of admission", "admit date", "date admitted")
_LATER = 14
_YEAR = 400
_MONTHS = 100


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


def _referenced(chart: Chart, paper: Paper) -> Iterator[Finding]:
    for fact in paper.of(FactKind.REFERENCE):
        named, _, rest = fact.value.partition(":")
        test = rest.partition("@")[0]
        kind = Kind(named) if named else Kind.LAB if is_lab(test) else Kind.IMAGING
        wanted = _AS_GOOD.get(kind, (kind,)) if named or test else tuple(Kind)
        span = around(days(fact), 4, 4)
        branch = specialties(fact.quote) if kind in (Kind.CONSULT, Kind.THERAPY) else frozenset()
        there = (p for p in of_kinds(chart.records, wanted, span) if p != paper)
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


def _reported(held: Elsewhere, test: str, spans: Sequence[Span]) -> bool:
    kinds = {Kind.LAB, Kind.PATHOLOGY} if is_lab(test) else _REPORTS - {Kind.LAB}
    return any(is_lab(test) or shows(paper, test) for paper in of_kinds(held, kinds, spans))


def _said_done(held: Elsewhere, order: Fact, record: str) -> list[tuple[str, Fact]]:
    """Where another page says that an ordered test was done."""
    test = order.value.partition("@")[0]
    found = []
    for stated in held.of(FactKind.DONE, test.split()[0]):
        fact = stated.fact
        apart = [abs(a - b).days for a in days(fact) for b in days(order)]
        if min(apart, default=0) <= _MONTHS and agree(test, fact.value.partition("@")[0]):
            found.append((stated.record, fact))
    return [f for f in found if f[0] != record or f[1].page != order.page]


def _passed(held: Elsewhere, paper: Paper, planned: tuple[dt.date, ...]) -> bool:
    """Whether a later record of the same place shows that the planned day has passed."""
    if not planned or not paper.service:
        return False
    span = (max(planned) + dt.timedelta(days=_LATER), max(planned) + dt.timedelta(days=_YEAR))
    return any(True for _ in of_kinds(held, (Kind.NOTE, Kind.CONSULT), [span]))


def _ordered(chart: Chart, paper: Paper) -> Iterator[Finding]:
    for fact in paper.of(FactKind.ORDER):
        test = fact.value.partition("@")[0]
        done = _said_done(chart.records, fact, paper.record)
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
        if any(of_kinds(chart.records, _CARE, around(days(fact), 1, 1))):
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


def touched(held: Held) -> tuple[str, ...]:
    """Other records whose orders a record bears on: it says they were done, or comes after."""
    facts = [fact for page in held.pages for fact in page.facts]
    found: dict[str, None] = {}
    for fact in facts:
        if fact.kind is FactKind.DONE:
            for stated in held.elsewhere.of(FactKind.ORDER, fact.value.split()[0]):
                found[stated.record] = None
    last = max((d for f in facts if f.kind is FactKind.SERVICE_DATE for d in days(f)), default=None)
    for stated in held.elsewhere.of(FactKind.ORDER) if last else ():
        planned = days(stated.fact)
        if last and planned and _LATER <= (last - max(planned)).days <= _YEAR:
            found[stated.record] = None
    return tuple(found)
