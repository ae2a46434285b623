"""Who else may hold a wrong statement: providers whose records of the person say the same."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Protocol

from vault.actions.session import Session
from vault.model.corrections import Correction
from vault.model.facts import Fact, FactKind
from vault.model.flags import Flag
from vault.model.providers import Provider
from vault.model.words import Box
from vault.store import corrections, facts, flags, lookup, providers, records
from vault.store.database import Db

_STATED = frozenset({
    FactKind.NAME, FactKind.BORN, FactKind.SEX, FactKind.MRN, FactKind.PHONE, FactKind.ALLERGY,
    FactKind.MEDICATION, FactKind.PROBLEM, FactKind.FAMILY, FactKind.SOCIAL, FactKind.VITAL,
    FactKind.RESULT, FactKind.PROCEDURE, FactKind.IMMUNIZATION,
})  # fmt: skip
"""Kinds of facts that can be wrong about a person wherever they are said."""


class Repeated(Protocol):
    """A place in another record that makes the statement of a flag once more."""

    @property
    def record(self) -> str:
        """The record, by its id."""


Repeats = Callable[[Session, str], Iterable[Repeated]]
"""What finds the places that repeat the statement of a flag."""


@dataclass(frozen=True, slots=True)
class Suggested:
    """A provider that may hold the same statement: the records that say it, and why."""

    provider: Provider
    records: tuple[str, ...]
    why: str


def _overlap(a: Box, b: Box) -> bool:
    return a.left < b.right and b.left < a.right and a.top < b.bottom and b.top < a.bottom


def _plain(text: str) -> str:
    return " ".join(text.casefold().split())


def _at(flag: Flag, fact: Fact) -> bool:
    """Whether a fact stands where the flag points."""
    finding = flag.finding
    if finding.box is not None:
        return _overlap(finding.box, fact.box)
    said, quote = _plain(finding.quote), _plain(fact.quote)
    return bool(said and quote) and (said in quote or quote in said)


def _flagged(db: Db, flag: Flag) -> list[Fact]:
    """What the flagged words state."""
    held = (stored.fact for stored in facts.of(db, flag.finding.record))
    page = flag.finding.page
    return [f for f in held if f.kind in _STATED and f.page == page and _at(flag, f)]


def _saying(db: Db, correction: Correction, flag: Flag) -> set[str]:
    """Other records of the person that state the same."""
    elsewhere = facts.Elsewhere(db, correction.person, but=flag.finding.record)
    return {
        stated.record
        for fact in _flagged(db, flag)
        for stated in elsewhere.of(fact.kind, fact.value)
        if stated.fact.value == fact.value
    }


def suggest(s: Session, given: str, repeats: Repeats | None = None) -> tuple[Suggested, ...]:
    """Providers to name as recipients: they hold records that say what a correction says is wrong.

    `repeats` finds places that repeat a flag's words beside those that state the same fact. The
    provider asked, and those on the list, are left out; only a person puts one on it.
    """
    db = s.vault.read()
    correction = corrections.get(db, lookup.resolve(db, "correction", given))
    named = {correction.provider, *(r.provider for r in correction.recipients)}
    found: dict[str, list[str]] = {}
    for item in correction.items:
        flag = flags.get(db, item.flag)
        saying = _saying(db, correction, flag)
        if repeats is not None:
            saying |= {place.record for place in repeats(s, flag.id)}
        for id_ in sorted(saying):
            holder = records.get(db, id_).provider
            if holder and holder not in named:
                found.setdefault(holder, []).append(id_)
    return tuple(_suggested(db, holder, tuple(dict.fromkeys(ids))) for holder, ids in found.items())


def _suggested(db: Db, holder: str, ids: tuple[str, ...]) -> Suggested:
    many = "a record" if len(ids) == 1 else f"{len(ids)} records"
    verb = "says" if len(ids) == 1 else "say"
    return Suggested(providers.get(db, holder), ids, f"{many} of theirs {verb} the same")
