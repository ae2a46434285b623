"""Doses that differ between a note that changed nothing and a list of about the same day."""

from __future__ import annotations

import datetime as dt
import functools
from collections.abc import Iterable, Iterator, Sequence

from vault.model.facts import FactKind
from vault.model.flags import Check, Finding, Kind, Severity, Subject
from vault.review.shelves import around
from vault.review.statements import Members, Said, Sayings, Sort, apart, on

_SORT = Sort(
    Check.MED_DOSE_CONTRADICTION, Kind.CONTRADICTION, Subject.MEDICATION, Severity.HARM_NOW
)
_SAME_TIME, _UNCHANGED_FOR = 3, 10
"""Days two lists may be apart to be compared; more where a note says that nothing was changed."""

_Doc = tuple[Said, ...]


def _dosed(said: Said) -> bool:
    return bool(said.get("dose")) and said.get("status") in ("taking", "started")


def _doses(doc: _Doc) -> frozenset[tuple[str, str]]:
    return frozenset((s.get("dose"), s.get("unit")) for s in doc)


def _daily(doc: _Doc) -> frozenset[str]:
    return frozenset(s.get("daily") for s in doc if s.get("daily"))


def _total(doc: _Doc) -> float | None:
    """What a list adds up to a day; None where a part is unknown."""
    if not all(s.get("daily") for s in doc):
        return None
    return sum(float(s.get("dose")) * float(s.get("daily")) for s in doc)


def _differ(one: _Doc, other: _Doc) -> bool:
    """Whether two lists give a medicine in different doses, or differently often."""
    units = {u for _, u in _doses(one)} == {u for _, u in _doses(other)}
    if not units or (_total(one) is not None and _total(one) == _total(other)):
        return False
    if not _doses(one) & _doses(other):
        return True
    daily = _daily(one), _daily(other)
    return len(one) == len(other) == 1 and all(daily) and not daily[0] & daily[1]


def _changed(drugs: Iterable[Said], one: Said, other: Said) -> bool:
    """Whether a note of the time between two says that the dose was changed or the drug begun."""
    days = sorted(s.day for s in (one, other) if s.day)
    return any(
        s.get("status") in ("changed", "stopped")
        and (s.document in (one.document, other.document) or _between(s, days))
        for s in drugs
    )


def _between(said: Said, days: Sequence[dt.date]) -> bool:
    return said.day is not None and len(days) == 2 and days[0] <= said.day <= days[1]


def contradictions(sayings: Sayings) -> Iterator[Finding]:
    """Medicines whose dose differs between two notes of nearly the same days.

    A change that a note tells of is no contradiction, nor is the same amount a day in other parts.
    """
    own = {s.get("drug") for s in sayings.own(FactKind.MEDICATION) if _dosed(s)}
    if not own:
        return
    days = {s.day for s in sayings.own(FactKind.MEDICATION) if s.day}
    spans = around(sorted(days), _UNCHANGED_FOR, _UNCHANGED_FOR)
    told = sayings.all(FactKind.MEDICATION, lambda m: m.get("drug") in own, spans)
    for drug in sorted(own if spans else ()):
        same = [s for s in told if s.get("drug") == drug]
        pairs = tuple(_differing(sayings, same))
        if pairs:
            unchanged = sayings.all(FactKind.UNCHANGED, lambda _: True, spans)
            every = sayings.all(FactKind.MEDICATION, functools.partial(_of, drug))
            yield from _judge(sayings, pairs, _docs(every), {s.document for s in unchanged})


def _of(drug: str, said: Members) -> bool:
    return said.get("drug") == drug


def _docs(same: Iterable[Said]) -> tuple[_Doc, ...]:
    """What each note says of the dose of a medicine."""
    docs: dict[object, _Doc] = {}
    for said in same:
        if _dosed(said) and said.day:
            docs[said.document] = (*docs.get(said.document, ()), said)
    return tuple(docs.values())


def _differing(sayings: Sayings, same: Sequence[Said]) -> Iterator[tuple[_Doc, _Doc]]:
    """The pairs of lists of about one time that differ, though no change is noted."""
    for one, other in _near(sayings, _docs(same)):
        if _differ(one, other) and not _changed(same, one[0], other[0]):
            yield one, other


def _near(sayings: Sayings, docs: Sequence[_Doc]) -> Iterator[tuple[_Doc, _Doc]]:
    """The lists of the record under review, each with the others of about its time."""
    for one in (d for d in docs if sayings.is_own(d[0])):
        for other in docs:
            if other is not one and apart(one[0], other[0]) <= _UNCHANGED_FOR:
                yield one, other


def _judge(
    sayings: Sayings,
    pairs: Sequence[tuple[_Doc, _Doc]],
    docs: Sequence[_Doc],
    still: set[tuple[str, dt.date | None]],
) -> Iterator[Finding]:
    seen: set[str] = set()
    for one, other in pairs:
        kept = [one[0].document in still, other[0].document in still]
        reach = _UNCHANGED_FOR if any(kept) else _SAME_TIME
        if apart(one[0], other[0]) > reach:
            continue
        rare = sum(not _differ(one, d) for d in docs) < sum(not _differ(other, d) for d in docs)
        first = rare if kept[0] == kept[1] else kept[1]
        main, against = (one[0], other[0]) if first else (other[0], one[0])
        finding = _finding(sayings, main, against)
        if finding.key not in seen:
            seen.add(finding.key)
            yield finding


def _finding(sayings: Sayings, main: Said, against: Said) -> Finding:
    reason = (
        f'The record{on(main)} says "{_spoken(main)}"; '
        f'the record{on(against)} says "{_spoken(against)}", and no change is noted.'
    )
    sides = sorted(f"{s.get('dose')}{s.get('unit')} x{s.get('daily')}" for s in (main, against))
    key = f"{sayings.who} {main.get('drug')} {' or '.join(sides)}"
    return _SORT.finding(main, reason, key, (against,))


def _spoken(said: Said) -> str:
    times = said.get("daily")
    often = {"1": " once a day", "2": " twice a day", "3": " three times a day"}.get(times, "")
    return f"{said.fact.quote}{often}"
