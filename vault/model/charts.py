"""What records state, page by page, as checks are given it."""

from __future__ import annotations

from dataclasses import dataclass

from vault.model.facts import Fact, FactKind
from vault.model.reading import PageKind


@dataclass(frozen=True, slots=True)
class PageFacts:
    """A page of a record, numbered from 1, with the facts it states.

    `kind` is what the page is there for, `words` whether any could be read on it.
    """

    page: int
    facts: tuple[Fact, ...]
    kind: PageKind = PageKind.CONTENT
    words: bool = True

    def of(self, kind: FactKind) -> tuple[Fact, ...]:
        """The facts of one kind, in the order the page states them."""
        return tuple(fact for fact in self.facts if fact.kind is kind)


@dataclass(frozen=True, slots=True)
class Stated:
    """A fact and the record that states it."""

    record: str
    fact: Fact
