"""Looking for documents of a person by kind, day and study, a few at a time."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence

from vault.model.facts import FactKind
from vault.model.paper_kinds import DocumentKind
from vault.model.studies import agree
from vault.review.papers import Paper, papers
from vault.review.subject import Elsewhere

Span = tuple[dt.date, dt.date]
"""From a day to a day, both in it."""
_FEW = 12


def _dated(held: Elsewhere, spans: Sequence[Span]) -> Iterator[str]:
    """The records with a day of service within one of some spans."""
    for start, stop in spans:
        behind = (stop + dt.timedelta(days=1)).isoformat()
        for stated in held.between(FactKind.SERVICE_DATE, start.isoformat(), behind):
            yield stated.record


def of_kinds(
    held: Elsewhere, kinds: Iterable[DocumentKind], spans: Sequence[Span]
) -> Iterator[Paper]:
    """Documents of some kinds, where spans are given with a day of service within one of them."""
    wanted = frozenset(kinds)
    records = dict.fromkeys(_dated(held, spans))
    if not spans or len(records) > _FEW:
        named = {s.record for kind in wanted for s in held.of(FactKind.DOCUMENT, kind.value)}
        records = dict.fromkeys(r for r in (records if spans else sorted(named)) if r in named)
    for record in records:
        for paper in papers(record, held.pages(record)):
            if paper.kind in wanted and (not spans or within(paper, spans)):
                yield paper


def within(paper: Paper, spans: Sequence[Span]) -> bool:
    """Whether a document has a day of service within one of some spans."""
    return any(start <= day <= stop for day in paper.service for start, stop in spans)


def shows(paper: Paper, test: str) -> bool:
    """Whether a document may report a test; one that names no test may report any."""
    named = [fact.value for fact in paper.of(FactKind.STUDY)]
    return not test or not named or any(agree(test, name) for name in named)


def around(wanted: Sequence[dt.date], before: int, behind: int) -> tuple[Span, ...]:
    """For each of some days the span from so many days before it to so many behind it."""
    return tuple(
        (day - dt.timedelta(days=before), day + dt.timedelta(days=behind))
        for day in dict.fromkeys(wanted)
    )
