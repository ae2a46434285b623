"""Pages missing from a document, blank or illegible, or in it twice."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from vault.model.charts import PageFacts
from vault.model.facts import Fact, FactKind
from vault.model.flags import Check, Finding, Kind, Related, Severity, Subject
from vault.model.reading import PageKind
from vault.review import identity, papers, subject
from vault.review.likeness import word_count
from vault.review.papers import Paper, number_of, twice

_LEGIBLE = 45
"""A mean confidence of a reader below this is guessing (0 to 100)."""
_ENOUGH = 8


def _finding(record: str, check: Check, kind: Kind, reason: str, key: str) -> Finding:
    return Finding(
        check=check,
        kind=kind,
        subject=Subject.VISIT,
        severity=Severity.CARE,
        record=record,
        page=None,
        quote="",
        reason=reason,
        key=key,
    )


def _listed(numbers: list[int]) -> str:
    words = [str(n) for n in numbers]
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"


def illegible(page: PageFacts) -> bool:
    """Whether there is something on a page, but next to nothing of it can be read."""
    if page.kind is not PageKind.CONTENT:
        return False
    if not page.words:
        return True
    held = page.of(FactKind.PRINT)
    film = page.of(FactKind.FILM) or any(f.value == "film" for f in page.of(FactKind.DOCUMENT))
    return bool(held) and held[0].confidence < _LEGIBLE and not film


def _gaps(paper: Paper) -> tuple[list[int], int]:
    """The numbers a document lacks, and how many it has in all; pages without number fill gaps."""
    numbered = [n for page in paper.pages if (n := number_of(page))]
    if not numbered:
        return [], 0
    most = max(total for _, total in numbered)
    lacking = [n for n in range(1, most + 1) if n not in {at for at, _ in numbered}]
    spare = sum(1 for page in paper.pages if number_of(page) is None)
    return (lacking[spare:] if spare < len(lacking) else []), most


def _odd_only(lacking: list[int], most: int) -> bool:
    return most > 3 and lacking in (list(range(2, most + 1, 2)), list(range(1, most + 1, 2)))


def _last_number(paper: Paper) -> Fact:
    """The page number that shows best that something is missing: beside the gap, or the last."""
    held = [(number_of(p), f) for p in paper.pages for f in p.of(FactKind.PAGE_OF)]
    fitting = [f for pair, f in held if pair and f.value == f"{pair[0]}/{pair[1]}"]
    numbers = [int(f.value.partition("/")[0]) for f in fitting]
    for before, at, fact in zip([0, *numbers], numbers, fitting, strict=False):
        if at > before + 1:
            return fact
    return fitting[-1]


def _missing(paper: Paper) -> Iterator[Finding]:
    lacking, most = _gaps(paper)
    if not lacking:
        return
    fact = _last_number(paper)
    which = f"{'page' if len(lacking) == 1 else 'pages'} {_listed(lacking)} of {most}"
    verb = "is" if len(lacking) == 1 else "are"
    reason = f"By its own count, {which} of this document {verb} not here."
    if _odd_only(lacking, most):
        reason += " Every second page is missing: perhaps only one side was copied."
    around = tuple(Related(paper.record, page.page) for page in paper.pages)
    title = paper.title
    name = f"{title.value if title else ''} {paper.when or ''}".strip()
    yield Finding(
        check=Check.MISSING_PAGE,
        kind=Kind.MISSING,
        subject=Subject.VISIT,
        severity=Severity.CARE,
        record=paper.record,
        page=fact.page,
        quote=fact.quote,
        reason=reason,
        key=f"missing {_listed(lacking)} of {most} {name}",
        box=fact.box,
        confidence=fact.confidence,
        related=tuple(r for r in around if r.page != fact.page),
    )


def _expected(paper: Paper, at: int) -> bool:
    """Whether a blank page stands where the document's count wants one, or nothing is counted.

    The blank back of a sheet that was copied on both sides is no loss.
    """
    counted = [number_of(page) for page in paper.pages]
    if not any(counted):
        return len([p for p in paper.pages if p.kind is PageKind.BLANK]) * 2 < len(paper.pages)
    held = {n for n in counted if n}
    most = max(total for _, total in held)
    before = max((n[0] for n in counted[:at] if n), default=0)
    after = min((n[0] for n in counted[at:] if n), default=most + 1)
    return after - before > 1


def _unreadable(paper: Paper) -> Iterator[Finding]:
    for at, page in enumerate(paper.pages):
        blank = page.kind is PageKind.BLANK and _expected(paper, at)
        if not blank and not illegible(page):
            continue
        what = "blank" if blank else "too poor a copy to be read"
        reason = f"This page is {what}. Ask for a fresh copy of it."
        found = _finding(
            paper.record, Check.BLANK_PAGE, Kind.UNREADABLE, reason, f"page {page.page}"
        )
        yield _at(found, page.page)


def _at(finding: Finding, page: int, related: tuple[Related, ...] = ()) -> Finding:
    return replace(finding, page=page, related=related)


def _repeated(paper: Paper) -> Iterator[Finding]:
    for at, page in enumerate(paper.pages):
        for before in paper.pages[:at]:
            if word_count(page) >= _ENOUGH and twice(page, before):
                reason = f"This page is page {before.page} once more."
                key = f"again {number_of(page)} {before.page}"
                found = _finding(paper.record, Check.DUPLICATE_PAGE, Kind.MISSING, reason, key)
                yield _at(found, page.page, (Related(paper.record, before.page),))
                break


def check(held: subject.Subject) -> tuple[Finding, ...]:
    """Suspicions about the pages of a record, document by document."""
    found: list[Finding] = []
    for paper in papers.papers(held.record, held.pages, identity.strangers(held)):
        found += [*_missing(paper), *_unreadable(paper), *_repeated(paper)]
    return tuple(found)
