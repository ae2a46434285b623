"""What a check is given, and what a check is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from vault.model.facts import Fact, FactKind
from vault.model.flags import Finding
from vault.model.people import Person


@dataclass(frozen=True, slots=True)
class PageFacts:
    """A page of a record, numbered from 1, with the facts it states."""

    page: int
    facts: tuple[Fact, ...]

    def of(self, kind: FactKind) -> tuple[Fact, ...]:
        """The facts of one kind, in the order the page states them."""
        return tuple(fact for fact in self.facts if fact.kind is kind)


@dataclass(frozen=True, slots=True)
class Subject:
    """A record under review: its id, whose it is (None where unknown), and its pages."""

    record: str
    person: Person | None
    pages: tuple[PageFacts, ...]


Check = Callable[[Subject], tuple[Finding, ...]]
"""A check: a pure function from a record's facts to what looks wrong in it."""
