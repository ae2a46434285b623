"""What records say of a person's health, each statement with its day, for checks to compare."""

from __future__ import annotations

import datetime as dt
import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from vault.model.facts import Fact, FactKind
from vault.model.flags import Check, Finding, Kind, Related, Severity, Subject
from vault.review import subject

_MOST_RELATED = 12
_LISTED = ("list printed", "printed", "date printed", "print date", "reported", "dictated")


@dataclass(frozen=True, slots=True)
class Members:
    """What a clinical fact states, by name."""

    held: Mapping[str, object] = field(hash=False)

    def get(self, name: str) -> str:
        """A member as text, empty where it is left out."""
        held = self.held.get(name, "")
        return held if isinstance(held, str) else ""

    def names(self, name: str) -> tuple[str, ...]:
        """A member that is a list; a text is a list of one."""
        held = self.held.get(name, "")
        if isinstance(held, str):
            return (held,) if held else ()
        return tuple(str(part) for part in held) if isinstance(held, list) else ()


def members(value: str) -> Members:
    """The members of a fact's value."""
    held = json.loads(value)
    return Members(held if isinstance(held, dict) else {})


@dataclass(frozen=True, slots=True)
class Said:
    """A clinical fact: who says it, when, and its members.

    `day` is the day of the note, None where no page up to it names one.
    """

    record: str
    day: dt.date | None
    fact: Fact
    members: Members = field(hash=False)

    def get(self, name: str) -> str:
        """A member as text, empty where it is left out."""
        return self.members.get(name)

    def names(self, name: str) -> tuple[str, ...]:
        """A member that is a list; a text is a list of one."""
        return self.members.names(name)

    @property
    def document(self) -> tuple[str, dt.date | None]:
        """What tells the note it stands in from others: its record and its day."""
        return self.record, self.day


def _first_day(facts: Iterable[Fact]) -> dt.date | None:
    """The day of the first date of service; else the day a list was printed or reported."""
    held = list(facts)
    service = [f for f in held if f.kind is FactKind.SERVICE_DATE and f.value]
    other = [f for f in held if f.kind is FactKind.OTHER_DATE and f.label.casefold() in _LISTED]
    for fact in (*service, *other):
        return dt.date.fromisoformat(fact.value.split("|")[0])
    return None


def days_of(pages: Mapping[int, Sequence[Fact]]) -> dict[int, dt.date | None]:
    """The day of each page of a record: its own, the one before it, or the first that follows."""
    own = {page: _first_day(facts) for page, facts in sorted(pages.items())}
    first = next((day for day in own.values() if day), None)
    found: dict[int, dt.date | None] = {}
    for page, day in own.items():
        first = day or first
        found[page] = first
    return found


@dataclass(slots=True)
class Sayings:
    """The statements of the record under review, and those of the person's other records."""

    held: subject.Subject
    _own: dict[int, dt.date | None] = field(default_factory=dict)
    _days: dict[str, dict[int, dt.date | None]] = field(default_factory=dict)
    _values: dict[FactKind, dict[str, Members]] = field(default_factory=dict)

    def own(self, kind: FactKind) -> tuple[Said, ...]:
        """The statements of a kind in the record under review."""
        if not self._own:
            self._own = days_of({p.page: p.facts for p in self.held.pages})
        return tuple(
            _said(self.held.record, self._own.get(page.page), fact)
            for page in self.held.pages
            for fact in page.of(kind)
        )

    def values(self, kind: FactKind) -> dict[str, Members]:
        """What is said in any record, each value once, by the value."""
        if kind not in self._values:
            own = (f.value for page in self.held.pages for f in page.of(kind))
            every = dict.fromkeys((*own, *self.held.elsewhere.values(kind)))
            self._values[kind] = {value: members(value) for value in every}
        return self._values[kind]

    def all(
        self,
        kind: FactKind,
        wanted: Callable[[Members], bool],
        spans: Sequence[subject.Span] = (),
    ) -> tuple[Said, ...]:
        """The statements of a kind, by what they say: the record's own, then the others'.

        Where spans are given, of the others only those in records with a date within one.
        """
        fits = {value for value, said in self.values(kind).items() if wanted(said)}
        others = self.held.elsewhere.exactly(kind, sorted(fits), spans)
        self._read_days(dict.fromkeys(other.record for other in others))
        return (
            *(said for said in self.own(kind) if said.fact.value in fits),
            *(_said(o.record, _day(self._days, o.record, o.fact.page), o.fact) for o in others),
        )

    def _read_days(self, records: Iterable[str]) -> None:
        """Learn the days of the pages of some other records."""
        new = [record for record in records if record not in self._days]
        dated: dict[str, dict[int, list[Fact]]] = {record: defaultdict(list) for record in new}
        for kind in (FactKind.SERVICE_DATE, FactKind.OTHER_DATE):
            for stated in self.held.elsewhere.among(kind, new):
                dated[stated.record][stated.fact.page].append(stated.fact)
        self._days |= {record: days_of(pages) for record, pages in dated.items()}

    def is_own(self, said: Said) -> bool:
        """Whether the record under review says it."""
        return said.record == self.held.record

    def touched(self, sayings: Iterable[Said]) -> bool:
        """Whether the record under review is among those that say something."""
        return any(said.record == self.held.record for said in sayings)

    @property
    def who(self) -> str:
        """The person's id: a part of the keys of what is found."""
        return self.held.person.id if self.held.person else ""


def _day(
    days: Mapping[str, Mapping[int, dt.date | None]], record: str, page: int
) -> dt.date | None:
    """The day of a page: that of the last dated page up to it, or of the first."""
    held = days.get(record, {})
    before = [p for p in held if p <= page]
    return held[max(before)] if before else next(iter(held.values()), None)


def _said(record: str, day: dt.date | None, fact: Fact) -> Said:
    return Said(record, day, fact, members(fact.value))


Stating = Said | Members
"""What a statement says, with its place and day or without."""


def apart(one: Said, other: Said) -> int:
    """How many days lie between two statements, 0 where a day is unknown."""
    if one.day is None or other.day is None:
        return 0
    return abs((one.day - other.day).days)


def later(one: Said, other: Said) -> bool:
    """Whether the first was surely said on a later day than the second."""
    return bool(one.day and other.day and one.day > other.day)


def documents(sayings: Iterable[Said]) -> int:
    """In how many notes something is said."""
    return len({said.document for said in sayings})


def odd(one: Sequence[Said], other: Sequence[Said]) -> tuple[Sequence[Said], Sequence[Said]]:
    """Two sides of a contradiction, that said in fewer notes first; the first where it is even."""
    return (other, one) if documents(other) < documents(one) else (one, other)


def on(said: Said) -> str:
    """When something was said, for a sentence: ` of 14 March 2020`, empty where unknown."""
    return f" of {said.day.day} {said.day:%B} {said.day.year}" if said.day else ""


def related(main: Said, others: Iterable[Said]) -> tuple[Related, ...]:
    """Other places that show the same, each once, the main one left out."""
    places = dict.fromkeys(Related(o.record, o.fact.page) for o in others)
    places.pop(Related(main.record, main.fact.page), None)
    return tuple(places)[:_MOST_RELATED]


@dataclass(frozen=True, slots=True)
class Sort:
    """What sort of finding a check makes."""

    check: Check
    kind: Kind
    subject: Subject
    severity: Severity

    def finding(self, said: Said, reason: str, key: str, others: Iterable[Said] = ()) -> Finding:
        """A finding at a statement; `key` names its meaning, whatever page it stands on."""
        return Finding(
            check=self.check,
            kind=self.kind,
            subject=self.subject,
            severity=self.severity,
            record=said.record,
            page=said.fact.page,
            quote=said.fact.quote,
            reason=reason,
            key=f"* {key}",
            box=said.fact.box,
            confidence=said.fact.confidence,
            related=related(said, others),
        )
