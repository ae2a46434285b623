"""Who else may hold a wrong statement: providers whose records of the person say the same."""

from __future__ import annotations

from dataclasses import dataclass

from vault.actions import repeats
from vault.actions.session import Session
from vault.model.providers import Provider
from vault.store import corrections, lookup, providers


@dataclass(frozen=True, slots=True)
class Suggested:
    """A provider that may hold the same statement: the records that say it, and why."""

    provider: Provider
    records: tuple[str, ...]
    why: str


def _why(records: tuple[str, ...], *, same: bool) -> str:
    many = "a record of theirs says" if len(records) == 1 else f"{len(records)} of theirs say"
    return f"{many} the same{'' if same else ' in other words'}"


def suggest(s: Session, given: str) -> tuple[Suggested, ...]:
    """Providers to name as recipients: they hold records that say what a correction calls wrong.

    The provider asked, and those on the list, are left out; only a person puts one on it. Raises
    Refused where the search takes too long.
    """
    db = s.vault.read()
    correction = corrections.get(db, lookup.resolve(db, "correction", given))
    named = {"", correction.provider, *(r.provider for r in correction.recipients)}
    found: dict[str, dict[str, bool]] = {}
    for item in correction.items:
        for place in repeats.of(s, item.flag):
            if place.provider not in named:
                held = found.setdefault(place.provider, {})
                held[place.record] = place.same or held.get(place.record, False)
    return tuple(
        Suggested(providers.get(db, id_), tuple(held), _why(tuple(held), same=any(held.values())))
        for id_, held in found.items()
    )
