"""What a check is given, and what a check is."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Protocol

from vault.model.charts import PageFacts, Stated
from vault.model.facts import FactKind
from vault.model.flags import Finding
from vault.model.people import Person


class Elsewhere(Protocol):
    """What records state, looked up by need: checks read no more than what bears on the new."""

    def of(self, kind: FactKind, prefix: str = "") -> tuple[Stated, ...]:
        """The facts of a kind whose value begins with `prefix`, record by record."""
        ...

    def between(self, kind: FactKind, low: str, high: str) -> tuple[Stated, ...]:
        """The facts of a kind whose value is from `low` up to but not including `high`."""
        ...

    def pages(self, record: str) -> tuple[PageFacts, ...]:
        """The pages of one of these records with all they state; empty for any other record."""
        ...


@dataclass(frozen=True, slots=True)
class Shelf:
    """Records in memory, by id: an Elsewhere."""

    records: Mapping[str, tuple[PageFacts, ...]] = field(default_factory=dict)

    def of(self, kind: FactKind, prefix: str = "") -> tuple[Stated, ...]:
        """The facts of a kind whose value begins with `prefix`, record by record."""
        return tuple(s for s in self._every(kind) if s.fact.value.startswith(prefix))

    def between(self, kind: FactKind, low: str, high: str) -> tuple[Stated, ...]:
        """The facts of a kind whose value is from `low` up to but not including `high`."""
        return tuple(s for s in self._every(kind) if low <= s.fact.value < high)

    def _every(self, kind: FactKind) -> Iterator[Stated]:
        for record, pages in self.records.items():
            for page in pages:
                for fact in page.of(kind):
                    yield Stated(record, fact)

    def pages(self, record: str) -> tuple[PageFacts, ...]:
        """The pages of a record; empty where it is not here."""
        return self.records.get(record, ())


@dataclass(frozen=True, slots=True)
class Subject:
    """A record under review: its id, whose it is (None where unknown), and its pages.

    `elsewhere` holds the person's other records; `on` is the day the record came.
    """

    record: str
    person: Person | None
    pages: tuple[PageFacts, ...]
    elsewhere: Elsewhere = Shelf()
    on: dt.date = dt.date.max


Check = Callable[[Subject], tuple[Finding, ...]]
"""A check: a pure function from a record's facts to what looks wrong in it.

Its findings may lie in other records too, wherever this record is one side of what differs.
"""


@dataclass(frozen=True, slots=True)
class Chart:
    """All records of a person, for checks of what is missing among them.

    Only what the records of `scope` point at is looked for: those that are new, that bear on
    what is new, or that had something missing so far.
    """

    person: Person
    records: Elsewhere
    scope: tuple[str, ...]


ChartCheck = Callable[[Chart], tuple[Finding, ...]]
"""A check of what is missing in a person's records: pure, over the few facts that point at it."""
