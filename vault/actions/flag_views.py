"""All that belongs to one flag: evidence, who made the entry, repeats, corrections."""

from __future__ import annotations

from dataclasses import dataclass

from vault.actions import evidence, originators, repeats
from vault.actions.originators import Originator
from vault.actions.repeats import Repeat
from vault.actions.session import Session
from vault.model.evidence import Evidence
from vault.model.flags import Flag
from vault.model.providers import Provider
from vault.store import corrections, flags, lookup, providers


@dataclass(frozen=True, slots=True)
class FlagView:
    """A flag with all that belongs to it.

    `originator` is who first made the entry, as a person said; `suggested` who it may have been,
    None where somebody was said. `corrections` (ids) are those it is or was in, newest first.
    """

    flag: Flag
    evidence: tuple[Evidence, ...]
    originator: Provider | None
    suggested: Originator | None
    repeats: tuple[Repeat, ...]
    corrections: tuple[str, ...]


def view(s: Session, given: str) -> FlagView:
    """All of the flag an id begins; raises UnknownId."""
    db = s.vault.read()
    flag = flags.get(db, lookup.resolve(db, "flag", given))
    known = providers.get(db, flag.originator) if flag.originator else None
    return FlagView(
        flag=flag,
        evidence=evidence.of(s, flag.id),
        originator=known,
        suggested=None if known else originators.suggest(s, flag.id),
        repeats=repeats.of(s, flag.id),
        corrections=corrections.of_flag(db, flag.id),
    )
