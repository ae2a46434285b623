"""What a check is given, and what a check is."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from vault.model.charts import PageFacts, Stated
from vault.model.facts import FactKind
from vault.model.flags import Check as Name
from vault.model.flags import Finding
from vault.model.people import Person
from vault.review.shelf import Shelf, Span, readings

__all__ = ["Awaited", "Chart", "ChartCheck", "Check", "Elsewhere", "Shelf", "Span", "Subject"]


class Elsewhere(Protocol):
    """What records state, looked up by need: checks read no more than what bears on the new."""

    def of(self, kind: FactKind, prefix: str = "") -> tuple[Stated, ...]:
        """The facts of a kind whose value begins with `prefix`, record by record."""
        ...

    def about(self, kind: FactKind, prefix: str, spans: Sequence[Span]) -> tuple[Stated, ...]:
        """Those of them that can be of a day within one of some spans; all where none is given.

        That is the day behind the `@` of the value. Where the value names none it is a day of
        service of the record, and a record without one is of any day.
        """
        ...

    def values(self, kind: FactKind) -> tuple[str, ...]:
        """Each value that facts of a kind have, once; some may be of other people's records."""
        ...

    def exactly(
        self, kind: FactKind, values: Iterable[str], spans: Sequence[Span] = ()
    ) -> tuple[Stated, ...]:
        """The facts of a kind with one of some values, record by record.

        Where spans are given, only of records with a date within one of them.
        """
        ...

    def among(self, kind: FactKind, records: Iterable[str]) -> tuple[Stated, ...]:
        """The facts of a kind in some of these records."""
        ...

    def dated(self, kinds: Iterable[str], spans: Sequence[Span]) -> tuple[str, ...]:
        """The records with a document of some kinds and a day of service in one of some spans."""
        ...

    def titled(
        self, kinds: Iterable[str], studies: Collection[str] | None = None
    ) -> tuple[str, ...]:
        """The records with a document of some kinds; with `studies` of one of these, or of none."""
        ...

    def pages(self, record: str) -> tuple[PageFacts, ...]:
        """The pages of one of these records with all they state; empty for any other record."""
        ...


@dataclass(frozen=True, slots=True)
class Subject:
    """A record under review: its id, whose it is (None where unknown), and its pages.

    `elsewhere` holds the person's other records; `on` is the day the record came.
    """

    record: str
    person: Person | None
    pages: tuple[PageFacts, ...]
    elsewhere: Elsewhere = field(default_factory=Shelf)
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


@dataclass(frozen=True, slots=True)
class Awaited:
    """A suspicion that something is missing: the record that points at it, and its key."""

    record: str
    check: Name
    key: str

    @property
    def value(self) -> str:
        """What is missing, as the fact that points at it says."""
        return self.key.partition(" ")[2]

    @property
    def days(self) -> tuple[dt.date, ...]:
        """The days that can be of; none where none is named."""
        return readings(self.value)


ChartCheck = Callable[[Chart], tuple[Finding, ...]]
"""A check of what is missing in a person's records: pure, over the few facts that point at it."""
