"""A record split into the documents it holds: a scan often bundles several."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from vault.model.charts import PageFacts
from vault.model.facts import Fact, FactKind
from vault.model.paper_kinds import DocumentKind
from vault.model.reading import PageKind
from vault.review.holders import Match, compare
from vault.review.likeness import resemblance, signature
from vault.review.shelf import days

_SAME_PAGE = 0.78
"""From here on two pages of one number are one page twice."""
_SAME_TEXT = 0.9
"""From here on two pages are one page twice, where the number of one could not be read."""


@dataclass(frozen=True, slots=True)
class Paper:
    """A document: the pages it has in a record, in order."""

    record: str
    pages: tuple[PageFacts, ...]

    @property
    def first(self) -> int:
        """The number its first page has in the record."""
        return self.pages[0].page

    @property
    def title(self) -> Fact | None:
        """The fact that tells its kind: the first title, none where no page tells."""
        found = [f for page in self.pages for f in page.of(FactKind.DOCUMENT)]
        return next((f for f in found if f.label), found[0] if found else None)

    @property
    def kind(self) -> DocumentKind | None:
        """What it is, where its pages tell."""
        title = self.title
        return DocumentKind(title.value) if title else None

    def of(self, kind: FactKind) -> tuple[Fact, ...]:
        """The facts of one kind on its pages."""
        return tuple(fact for page in self.pages for fact in page.of(kind))

    @property
    def service(self) -> frozenset[dt.date]:
        """Every day its dates of service can mean."""
        return frozenset(d for f in self.of(FactKind.SERVICE_DATE) for d in days(f))

    @property
    def when(self) -> dt.date | None:
        """The first day of service it states, month before day where both are possible."""
        return next((days(f)[0] for f in self.of(FactKind.SERVICE_DATE) if days(f)), None)


def number_of(page: PageFacts) -> tuple[int, int] | None:
    """Which page of how many this is by its own count, or a fax machine's where it has no own."""
    own = [f for f in page.of(FactKind.PAGE_OF) if f.label != "fax"]
    held = [_pair(f) for f in own or page.of(FactKind.PAGE_OF)]
    return min(held, key=lambda pair: (pair[1], pair[0]), default=None)


def _pair(fact: Fact) -> tuple[int, int]:
    page, _, pages = fact.value.partition("/")
    return int(page), int(pages)


def twice(one: PageFacts, other: PageFacts) -> bool:
    """Whether two pages are one page, copied twice."""
    a, b = number_of(one), number_of(other)
    if a and b and a != b:
        return False
    alike = resemblance(signature(one), signature(other))
    return alike >= (_SAME_PAGE if a and b else _SAME_TEXT)


def _value(page: PageFacts, kind: FactKind) -> str:
    held = page.of(kind)
    return held[0].value if held else ""


def _other_paper(page: PageFacts, paper: Sequence[PageFacts]) -> bool:
    """Whether a page is on the paper of another place."""
    head = next((v for p in paper if (v := _value(p, FactKind.FACILITY))), "")
    new = _value(page, FactKind.FACILITY)
    return bool(head and new) and compare(head, new) is Match.NONE


def _titled(page: PageFacts, paper: Sequence[PageFacts]) -> bool:
    """Whether a page has a title although the pages before it have one."""
    titled = any(f.label for f in page.of(FactKind.DOCUMENT))
    return titled and any(f.label for p in paper for f in p.of(FactKind.DOCUMENT))


def _begins(page: PageFacts, paper: Sequence[PageFacts]) -> bool:
    """Whether a page begins a document, seeing the pages of the one before it."""
    last = paper[-1]
    if page.kind in (PageKind.COVER, PageKind.SEPARATOR) or not page.words:
        return page.kind is PageKind.COVER
    if last.kind in (PageKind.COVER, PageKind.SEPARATOR):
        return False
    here = number_of(page)
    before = [(p, n) for p in paper if (n := number_of(p))]
    if any(twice(page, p) for p in paper):
        return False
    if here is None:
        awaited = bool(before) and before[-1][1][0] < before[-1][1][1]
        return _other_paper(page, paper) or (_titled(page, paper) and not awaited)
    if not before:
        return here[0] == 1
    there = before[-1][1]
    return here[1] != there[1] or here[0] <= there[0]


def papers(
    record: str, pages: Iterable[PageFacts], strangers: Iterable[int] = ()
) -> tuple[Paper, ...]:
    """The documents of a record in order; pages known to be another patient's are left out."""
    aside = frozenset(strangers)
    found: list[list[PageFacts]] = []
    for page in pages:
        if page.page in aside:
            continue
        if not found or _begins(page, found[-1]):
            found.append([page])
        else:
            found[-1].append(page)
    return tuple(Paper(record, tuple(paper)) for paper in found)
