"""Looking for documents of a person by kind, day and study, a few at a time."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence

from vault.model.documents import DocumentKind
from vault.model.facts import FactKind
from vault.model.studies import agree
from vault.review.papers import Paper, papers
from vault.review.subject import Elsewhere

_FEW_DAYS = 15


def _prefixes(start: dt.date, stop: dt.date) -> Iterator[str]:
    """How the dates of a span begin: each day of a short one, else each month."""
    day = start
    if (stop - start).days <= _FEW_DAYS:
        while day <= stop:
            yield day.isoformat()
            day += dt.timedelta(days=1)
        return
    while (day.year, day.month) <= (stop.year, stop.month):
        yield f"{day.year:04d}-{day.month:02d}"
        day = dt.date(day.year + day.month // 12, day.month % 12 + 1, 1)


def _dated(held: Elsewhere, start: dt.date, stop: dt.date) -> dict[str, None]:
    found: dict[str, None] = {}
    for prefix in _prefixes(start, stop):
        for stated in held.of(FactKind.SERVICE_DATE, prefix):
            found[stated.record] = None
    return found


def of_kinds(
    held: Elsewhere, kinds: Iterable[DocumentKind], span: tuple[dt.date, dt.date] | None
) -> Iterator[Paper]:
    """Documents of some kinds, with a day of service within a span where one is given."""
    wanted = frozenset(kinds)
    records = _dated(held, *span) if span else {}
    if span is None or len(records) > _FEW_DAYS:
        named = {s.record for kind in wanted for s in held.of(FactKind.DOCUMENT, kind.value)}
        records = (
            dict.fromkeys(sorted(named))
            if span is None
            else dict.fromkeys(record for record in records if record in named)
        )
    for record in records:
        for paper in papers(record, held.pages(record)):
            if paper.kind in wanted and (span is None or within(paper, span)):
                yield paper


def within(paper: Paper, span: tuple[dt.date, dt.date]) -> bool:
    """Whether a document has a day of service within a span."""
    return any(span[0] <= day <= span[1] for day in paper.service)


def shows(paper: Paper, test: str) -> bool:
    """Whether a document may report a test; one that names no test may report any."""
    named = [fact.value for fact in paper.of(FactKind.STUDY)]
    return not test or not named or any(agree(test, name) for name in named)


def around(wanted: Sequence[dt.date], before: int, behind: int) -> tuple[dt.date, dt.date] | None:
    """The span from so many days before the first of some days to so many behind the last."""
    if not wanted:
        return None
    first, last = min(wanted), max(wanted)
    return first - dt.timedelta(days=before), last + dt.timedelta(days=behind)
