"""Figures over one's own corrections: what was asked, what came of it, and how long it took."""

from __future__ import annotations

import datetime as dt
import statistics
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from vault.actions.session import Session
from vault.model import rounds
from vault.model.amending import Standing
from vault.model.corrections import Correction, CorrectionEvent, ItemState
from vault.model.flags import Flag
from vault.model.requests import Event
from vault.store import corrections, flags, providers
from vault.store.database import Db

FEW = 5
"""Below so many a share is said as a count alone: a percentage of so few would mislead."""

_I = ItemState


@dataclass(frozen=True, slots=True)
class Days:
    """How long answers took, in days from arrival to the answer: so many, the middle, the most.

    `assumed` is of how many of them nobody saw the day of arrival.
    """

    many: int
    median: float
    mean: float
    longest: int
    assumed: int = 0


@dataclass(frozen=True, slots=True)
class Count:
    """How many items there are of a sort, and what became of them.

    `answered` were accepted or denied, `granted` accepted at some time, `denied` denied at some
    time (one can be both). Of the granted, a copy showed `verified` put right and `unchanged` as
    they were when it was last looked at. `waiting` were sent and have no answer yet.
    """

    name: str
    asked: int = 0
    answered: int = 0
    granted: int = 0
    denied: int = 0
    verified: int = 0
    unchanged: int = 0
    waiting: int = 0


@dataclass(frozen=True, slots=True)
class Statistics:
    """Figures over all corrections that were sent.

    `corrections` were sent, `drafts` not yet. `days` is None where no answer came. `waited` is the
    longest that one without an answer waits so far, in days, None where none does.
    """

    corrections: int
    drafts: int
    items: Count
    days: Days | None
    waited: int | None
    providers: tuple[Count, ...]
    kinds: tuple[Count, ...]
    subjects: tuple[Count, ...]


@dataclass(frozen=True, slots=True)
class _Fate:
    """What became of one item that was sent."""

    flag: Flag
    provider: str
    granted: bool
    denied: bool
    verified: bool
    unchanged: bool
    waiting: bool


def share(many: int, of: int) -> str:
    """`4 of 6 (67 %)`; the count alone where there are fewer than `FEW`."""
    if of < FEW:
        return f"{many} of {of}"
    return f"{many} of {of} ({round(100 * many / of)} %)"


def _flags(correction: Correction) -> list[str]:
    return [item.flag for item in correction.items]


def _last_found(trail: tuple[tuple[Event, Standing], ...], flag: str) -> str:
    """What the last comparison of an item found; empty where none was made."""
    found = ""
    for event, now in trail:
        state = now.items[flag]
        if event.kind == CorrectionEvent.COMPARED and state == event.detail.outcome:
            named = (event.item,) if event.item else event.detail.items
            found = state.value if not named or flag in named else found
    return found


def _fate(trail: tuple[tuple[Event, Standing], ...], flag: Flag, provider: str) -> _Fate:
    through = {now.items[flag.id] for _event, now in trail}
    last = _last_found(trail, flag.id)
    return _Fate(
        flag=flag,
        provider=provider,
        granted=_I.ACCEPTED in through,
        denied=_I.DENIED in through,
        verified=last in (_I.FIXED, _I.APPENDED),
        unchanged=last == _I.UNCHANGED,
        waiting=trail[-1][1].items[flag.id] is _I.OPEN,
    )


def _count(name: str, fates: Iterable[_Fate]) -> Count:
    held = list(fates)
    return Count(
        name=name,
        asked=len(held),
        answered=sum(f.granted or f.denied for f in held),
        granted=sum(f.granted for f in held),
        denied=sum(f.denied for f in held),
        verified=sum(f.verified for f in held),
        unchanged=sum(f.unchanged for f in held),
        waiting=sum(f.waiting for f in held),
    )


def _by(fates: list[_Fate], name: Callable[[_Fate], str]) -> tuple[Count, ...]:
    """Counts by a name, the most asked first, then by name."""
    groups: dict[str, list[_Fate]] = defaultdict(list)
    for fate in fates:
        groups[name(fate)].append(fate)
    counts = (_count(called, held) for called, held in groups.items())
    return tuple(sorted(counts, key=lambda c: (-c.asked, c.name)))


def _days(asked: list[rounds.Round]) -> Days | None:
    took = [(held.days, held.assumed) for held in asked if held.days is not None]
    if not took:
        return None
    days = [many for many, _assumed in took]
    return Days(
        many=len(days),
        median=statistics.median(days),
        mean=round(statistics.fmean(days), 1),
        longest=max(days),
        assumed=sum(assumed for _many, assumed in took),
    )


def _waited(correction: Correction, asked: tuple[rounds.Round, ...], today: dt.date) -> int | None:
    """How long a correction has waited for an answer so far; None where none is owed."""
    running = corrections.standing(correction).running
    if not running or not asked:
        return None
    return max(0, (today - asked[-1].start).days)


def of_corrections(
    held: Iterable[Correction], known: dict[str, Flag], names: dict[str, str], today: dt.date
) -> Statistics:
    """The figures over these corrections; `known` are their flags, `names` of providers by id."""
    fates: list[_Fate] = []
    asked: list[rounds.Round] = []
    waits: list[int] = []
    sent = drafts = 0
    for correction in held:
        trail = rounds.trail(_flags(correction), correction.events)
        mine = rounds.rounds(_flags(correction), correction.events)
        if not mine:
            drafts += correction.state.value in ("draft", "ready")
            continue
        sent += 1
        asked += mine
        waited = _waited(correction, mine, today)
        waits += [] if waited is None else [waited]
        fates += [
            _fate(trail, known[flag], names.get(correction.provider, correction.provider))
            for flag in _flags(correction)
            if flag in known
        ]
    return Statistics(
        corrections=sent,
        drafts=drafts,
        items=_count("all", fates),
        days=_days(asked),
        waited=max(waits, default=None),
        providers=_by(fates, lambda fate: fate.provider),
        kinds=_by(fates, lambda fate: fate.flag.finding.kind.value),
        subjects=_by(fates, lambda fate: fate.flag.finding.subject.value),
    )


def _known(db: Db) -> dict[str, Flag]:
    return {flag.id: flag for flag in flags.every(db)}


def of(s: Session, today: dt.date) -> Statistics:
    """The figures over all corrections of the vault, as they stand on `today`."""
    db = s.vault.read()
    names = {provider.id: provider.name for provider in providers.every(db)}
    return of_corrections(corrections.every(db), _known(db), names, today)
