"""The same document in the vault twice, perhaps as another scan of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from vault.model.charts import PageFacts
from vault.model.facts import FactKind
from vault.model.flags import Check, Finding, Kind, Related, Severity, Subject
from vault.model.paper_kinds import DocumentKind
from vault.review import identity, subject
from vault.review.likeness import resemblance, signature
from vault.review.papers import Paper, papers

_ALIKE = 0.7
"""From here on two pages of one kind and day are one; a rescan read anew loses some likeness."""
_VERY_ALIKE = 0.85
_WIDE = 6


def _candidates(held: subject.Subject) -> tuple[str, ...]:
    """Other records that share a date of service, or the least hash of a page, with this one."""
    wanted: dict[str, None] = {}
    facts = [fact for page in held.pages for fact in page.facts]
    for value in dict.fromkeys(f.value for f in facts if f.kind is FactKind.SERVICE_DATE):
        for day in value.split("|"):
            for stated in held.elsewhere.of(FactKind.SERVICE_DATE, day):
                wanted[stated.record] = None
    for page in held.pages:
        start = signature(page)[:_WIDE]
        for stated in held.elsewhere.of(FactKind.PRINT, start) if start else ():
            wanted[stated.record] = None
    return tuple(wanted)


def _pairs(one: Paper, other: Paper) -> Iterator[float]:
    """How alike each page of a document is to the page of the other that is most like it."""
    for page in one.pages:
        mine = signature(page)
        if mine:
            yield max((resemblance(mine, signature(p)) for p in other.pages), default=0.0)


def _same(one: Paper, other: Paper) -> bool:
    """Whether two documents are one: alike page by page, and of one day where both are dated."""
    if DocumentKind.FILM in (one.kind, other.kind):
        return False
    dated = bool(one.service and other.service)
    if dated and not one.service & other.service:
        return False
    if one.kind and other.kind and one.kind is not other.kind:
        return False
    ways = [*_pairs(one, other), *_pairs(other, one)]
    if not ways:
        return False
    return sum(ways) / len(ways) >= (_ALIKE if dated else _VERY_ALIKE) and min(ways) >= _ALIKE / 2


def _finding(paper: Paper, other: Paper) -> Finding:
    title = paper.title
    name = title.quote if title and title.label else "document"
    when = f" of {paper.when.isoformat()}" if paper.when else ""
    return Finding(
        check=Check.DUPLICATE_DOCUMENT,
        kind=Kind.REPEATED,
        subject=Subject.VISIT,
        severity=Severity.MINOR,
        record=paper.record,
        page=paper.first,
        quote=title.quote if title and title.label else "",
        reason=f"The same {name}{when} is here twice: this copy and another one.",
        key=f"copy of {other.record} {other.first} {title.value if title else ''}",
        box=title.box if title else None,
        related=(Related(other.record, other.first),),
    )


def _of(record: str, pages: Iterable[PageFacts], aside: Iterable[int] = ()) -> tuple[Paper, ...]:
    return papers(record, pages, aside)


def check(held: subject.Subject) -> tuple[Finding, ...]:
    """Documents of a record that it has twice, or that another record of the person has."""
    mine = _of(held.record, held.pages, identity.strangers(held))
    found: list[Finding] = []
    for at, paper in enumerate(mine):
        twin = next((p for p in mine[:at] if _same(paper, p)), None)
        if twin is not None:
            found.append(_finding(paper, twin))
    for record in _candidates(held):
        for other in _of(record, held.elsewhere.pages(record)):
            twin = next((p for p in mine if _same(p, other)), None)
            if twin is not None:
                found.append(_finding(*sorted((twin, other), key=lambda p: p.record)))
    return tuple(found)
