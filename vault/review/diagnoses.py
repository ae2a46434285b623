"""Diagnoses that exclude one another, and histories denied in one record and told in another."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from vault.model.facts import FactKind
from vault.model.flags import Check, Finding, Kind, Severity, Subject
from vault.review.statements import Said, Sayings, Sort, Stating, apart, later, odd, on

_SORT = Sort(Check.DIAGNOSIS_CONTRADICTION, Kind.CONTRADICTION, Subject.PROBLEM, Severity.CARE)
_HAD = ("present", "past", "resolved")
_EXCLUDE = (("diabetes_1", "diabetes_2"),)
_NEW_WITHIN = 31
"""Days: a condition named so soon after it was denied is hardly new."""
_PAST_WITHIN = 183
_STEM = 6


def _covers(denied: Stating, told: Stating) -> bool:
    """Whether a condition is what a denial denies; outside of the table words are compared."""
    if set(denied.names("what")) & set(told.names("of")):
        return True
    one, other = denied.get("what").split(), told.get("what").split()
    known = "_" in denied.get("what") + told.get("what")
    return bool(one) and not known and all(any(b[:_STEM] == a[:_STEM] for b in other) for a in one)


def _began(said: Said, sayings: Sayings) -> int | None:
    """The year a condition began, where the statement tells it."""
    onset = said.get("onset")
    person = sayings.held.person
    if onset.isdigit():
        return int(onset)
    if onset.startswith("age ") and person:
        return person.born.year + int(onset[4:])
    return person.born.year if onset and person else None


def _contradicts(never: Said, told: Said, sayings: Sayings) -> bool:
    """Whether a condition was there when another note says it never was."""
    if not later(told, never):
        return True
    began = _began(told, sayings)
    if began is not None and never.day and began < never.day.year:
        return True
    past = told.get("status") in ("past", "resolved")
    return apart(told, never) <= (_PAST_WITHIN if past else _NEW_WITHIN)


def _denied(sayings: Sayings, told: Sequence[Said]) -> Iterator[Finding]:
    nevers = [s for s in told if s.get("status") == "never"]
    had = [s for s in told if s.get("status") in _HAD]
    for what in dict.fromkeys(n.get("what") for n in nevers):
        left = [n for n in nevers if n.get("what") == what]
        right = [h for h in had if _covers(left[0], h)]
        ours = [h for h in right if sayings.is_own(h)]
        pairs = (
            (n, h)
            for n in left
            for h in (right if sayings.is_own(n) else ours)
            if n.document != h.document and _contradicts(n, h, sayings)
        )
        if next(pairs, None) is not None:
            yield _finding(sayings, left, right, f"never {what}")


def _exclusive(sayings: Sayings, told: Sequence[Said]) -> Iterator[Finding]:
    had = [s for s in told if s.get("status") in _HAD]
    for one, other in _EXCLUDE:
        left = [s for s in had if s.get("what") == one]
        right = [s for s in had if s.get("what") == other]
        if left and right and sayings.touched((*left, *right)):
            yield _finding(sayings, left, right, f"{one} or {other}")


def _finding(sayings: Sayings, left: Sequence[Said], right: Sequence[Said], key: str) -> Finding:
    few, many = odd(left, right)
    reason = (
        f'The record{on(few[0])} says "{few[0].fact.quote}"; '
        f'the record{on(many[0])} says "{many[0].fact.quote}".'
    )
    return _SORT.finding(few[0], reason, f"{sayings.who} {key}", (*few[1:], *many))


_Side = tuple[bool, str]
"""Whether a condition is denied, and its name."""


def _side(said: Stating) -> _Side | None:
    """The side of a dispute a statement can take; none where it is of neither."""
    status = said.get("status")
    return (status == "never", said.get("what")) if status in ("never", *_HAD) else None


def _disputed(sayings: Sayings) -> frozenset[_Side]:
    """What is told on two sides, one of which the record under review takes."""
    own = {side for s in sayings.own(FactKind.PROBLEM) if (side := _side(s))}
    told = sayings.values(FactKind.PROBLEM).values() if own else ()
    sides = {side: m for m in told if (side := _side(m))}
    live: set[_Side] = set()
    for one, other in _EXCLUDE:
        pair = {(False, one), (False, other)}
        live |= pair if pair <= sides.keys() and pair & own else set()
    nevers = [side for side in sides if side[0]]
    had = [side for side in sides if not side[0]]
    for never in nevers:
        ours = had if never in own else [side for side in had if side in own]
        if any(_covers(sides[never], sides[side]) for side in ours):
            live |= {never, *(side for side in had if _covers(sides[never], sides[side]))}
    return frozenset(live)


def contradictions(sayings: Sayings) -> Iterator[Finding]:
    """Diagnoses of which only one can be right, and histories both told and denied.

    What was suspected or ruled out, a relative's, and what began after the denial do not count.
    """
    live = _disputed(sayings)
    if live:
        told = sayings.all(FactKind.PROBLEM, lambda m: _side(m) in live)
        yield from _exclusive(sayings, told)
        yield from _denied(sayings, told)
