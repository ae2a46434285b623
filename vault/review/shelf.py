"""Records in memory, looked up as checks look up those of a vault."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from vault.model.charts import PageFacts, Stated
from vault.model.facts import Fact, FactKind

Span = tuple[dt.date, dt.date]
"""From a day to a day, both in it."""
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_DATES = (FactKind.SERVICE_DATE, FactKind.OTHER_DATE)


def readings(value: str) -> tuple[dt.date, ...]:
    """The days a value can mean; of a pointer, those after its `@`."""
    text = value.rpartition("@")[2]
    return tuple(dt.date.fromisoformat(p) for p in text.split("|") if _DAY.fullmatch(p))


def days(fact: Fact) -> tuple[dt.date, ...]:
    """The days a date fact can mean; of a pointer, those after its `@`."""
    return readings(fact.value)


def within(held: Iterable[dt.date], spans: Sequence[Span]) -> bool:
    """Whether one of some days lies within one of some spans."""
    return any(start <= day <= stop for day in held for start, stop in spans)


@dataclass(frozen=True, slots=True)
class Shelf:
    """Records in memory, by id: an Elsewhere."""

    records: Mapping[str, tuple[PageFacts, ...]] = field(default_factory=dict)

    def of(self, kind: FactKind, prefix: str = "") -> tuple[Stated, ...]:
        """The facts of a kind whose value begins with `prefix`, record by record."""
        return tuple(s for s in self._every(kind) if s.fact.value.startswith(prefix))

    def about(self, kind: FactKind, prefix: str, spans: Sequence[Span]) -> tuple[Stated, ...]:
        """Those of them that can be of a day within one of some spans; all where none is given."""
        return tuple(s for s in self.of(kind, prefix) if not spans or self._near(s, spans))

    def _near(self, stated: Stated, spans: Sequence[Span]) -> bool:
        held = days(stated.fact) or self._service(stated.record)
        return not held or within(held, spans)

    def _service(self, record: str) -> tuple[dt.date, ...]:
        return self._dates(record, (FactKind.SERVICE_DATE,))

    def _dates(self, record: str, kinds: Sequence[FactKind]) -> tuple[dt.date, ...]:
        facts = (f for page in self.pages(record) for kind in kinds for f in page.of(kind))
        return tuple(day for fact in facts for day in days(fact))

    def values(self, kind: FactKind) -> tuple[str, ...]:
        """Each value that facts of a kind have, once."""
        return tuple(sorted({s.fact.value for s in self._every(kind)}))

    def exactly(
        self, kind: FactKind, values: Iterable[str], spans: Sequence[Span] = ()
    ) -> tuple[Stated, ...]:
        """The facts of a kind with one of some values; of records dated within spans given."""
        wanted = frozenset(values)
        return tuple(
            s
            for s in self._every(kind)
            if s.fact.value in wanted
            and (not spans or within(self._dates(s.record, _DATES), spans))
        )

    def among(self, kind: FactKind, records: Iterable[str]) -> tuple[Stated, ...]:
        """The facts of a kind in some of these records."""
        wanted = frozenset(records)
        return tuple(s for s in self._every(kind) if s.record in wanted)

    def dated(self, kinds: Iterable[str], spans: Sequence[Span]) -> tuple[str, ...]:
        """The records with a document of some kinds and a day of service in one of some spans."""
        return tuple(r for r in self.titled(kinds) if within(self._service(r), spans))

    def titled(
        self, kinds: Iterable[str], studies: Collection[str] | None = None
    ) -> tuple[str, ...]:
        """The records with a document of some kinds; with `studies` of one of these, or of none."""
        wanted = frozenset(kinds)
        return tuple(
            record
            for record, pages in self.records.items()
            if any(f.value in wanted for page in pages for f in page.of(FactKind.DOCUMENT))
            and (studies is None or self._shows(record, studies))
        )

    def _shows(self, record: str, studies: Collection[str]) -> bool:
        named = [[f.value for f in page.of(FactKind.STUDY)] for page in self.pages(record)]
        return not all(named) or any(value in studies for values in named for value in values)

    def _every(self, kind: FactKind) -> Iterator[Stated]:
        for record, pages in self.records.items():
            for page in pages:
                for fact in page.of(kind):
                    yield Stated(record, fact)

    def pages(self, record: str) -> tuple[PageFacts, ...]:
        """The pages of a record; empty where it is not here."""
        return self.records.get(record, ())
