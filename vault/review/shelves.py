"""Looking for documents of a person by kind, day and study, a few at a time."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence

from vault.model.facts import FactKind
from vault.model.paper_kinds import DocumentKind
from vault.model.studies import agree
from vault.review.papers import Paper, papers
from vault.review.shelf import Span, within
from vault.review.subject import Elsewhere


def of_kinds(
    held: Elsewhere, kinds: Iterable[DocumentKind], spans: Sequence[Span], test: str = ""
) -> Iterator[Paper]:
    """Documents of some kinds, where spans are given with a day of service within one of them.

    With `test` those that cannot be of that test may be left out.
    """
    wanted = frozenset(kinds)
    named = sorted(kind.value for kind in wanted)
    if spans:
        records = held.dated(named, spans)
    elif test:
        records = held.titled(named, [v for v in held.values(FactKind.STUDY) if agree(test, v)])
    else:
        records = held.titled(named)
    for record in records:
        for paper in papers(record, held.pages(record)):
            if paper.kind in wanted and (not spans or within(paper.service, spans)):
                yield paper


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
