"""The same procedure on the left in one record and on the right in another."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence

from vault.model.facts import FactKind
from vault.model.flags import Check, Finding, Kind, Severity, Subject
from vault.review.statements import Said, Sayings, Sort, Stating, odd, on

_SORT = Sort(Check.LATERALITY_CONTRADICTION, Kind.WRONG_SIDE, Subject.PROCEDURE, Severity.HARM_NOW)
_PLANNED = 90
"""Days an operation may lie ahead of the note that plans it."""
_SAME_DAY = 3
_ALIKE = 0.75


def _words(said: Stating) -> frozenset[str]:
    return frozenset(said.get("what").split())


def _same(one: Stating, other: Stating) -> bool:
    """Whether two procedures are one: most words of the shorter name stand in the longer."""
    a, b = _words(one), _words(other)
    shared = len(a & b)
    return shared >= min(2, len(a), len(b)) and shared >= _ALIKE * min(len(a), len(b))


def _when(said: Said) -> tuple[dt.date | None, bool]:
    """The day a procedure was done on, and whether it is known: named, or that of its report."""
    given = said.get("on")
    if len(given) == len("2020-02-02"):
        return dt.date.fromisoformat(given), True
    if given == "this":
        return said.day, True
    return (None if given else said.day), False


def _one_episode(one: Said, other: Said, told: Sequence[Said]) -> bool:
    """Whether two statements are of one operation.

    A year alone, or `before`, is of another. Where one note names no day it has to speak of the
    operation before it was done, and the side it speaks of must have had none of its own.
    """
    (a, named_a), (b, named_b) = _when(one), _when(other)
    if a is None or b is None:
        return False
    if named_a == named_b:
        return abs((a - b).days) <= _SAME_DAY
    plan, done, said = (b, a, other) if named_a else (a, b, one)
    own = any(
        named and day and abs((day - plan).days) <= _PLANNED and abs((day - done).days) > _SAME_DAY
        for day, named in (_when(s) for s in told if s.get("side") == said.get("side"))
    )
    return -_SAME_DAY <= (done - plan).days <= _PLANNED and not own


def _near(one: Said, other: Said) -> bool:
    """Whether two statements may bear on one another at all, by their days."""
    (a, _), (b, _) = _when(one), _when(other)
    return a is not None and b is not None and abs((a - b).days) <= 2 * _PLANNED


def _opposite(one: Stating, other: Stating) -> bool:
    return {one.get("side"), other.get("side")} == {"left", "right"}


def contradictions(sayings: Sayings) -> Iterator[Finding]:
    """Procedures of one episode whose side differs between notes.

    Both sides treated at different times, or at once, are no contradiction.
    """
    own = _disputed(sayings)
    if not own:
        return
    told = sayings.all(FactKind.PROCEDURE, lambda m: any(_same(mine, m) for mine in own))
    seen: set[str] = set()
    for mine in own:
        alike = [s for s in told if _near(mine, s) and _same(mine, s)]
        group = [s for s in alike if s is mine or _one_episode(mine, s, alike)]
        finding = _judge(sayings, mine, group)
        if finding and finding.key not in seen:
            seen.add(finding.key)
            yield finding


def _disputed(sayings: Sayings) -> list[Said]:
    """The procedures of the record that are told of the other side somewhere."""
    own = sayings.own(FactKind.PROCEDURE)
    told = sayings.values(FactKind.PROCEDURE).values() if own else ()
    return [s for s in own if any(_opposite(s, other) and _same(s, other) for other in told)]


def _reported(sayings: Sequence[Said]) -> bool:
    """Whether the report of the operation itself is among these."""
    return any(s.get("on") == "this" for s in sayings)


def _judge(sayings: Sayings, mine: Said, group: Sequence[Said]) -> Finding | None:
    both = any(s.get("side") == "bilateral" for s in group)
    against = [s for s in group if _opposite(mine, s)]
    here = {s.document for s in against} & {s.document for s in group if not _opposite(mine, s)}
    against = [s for s in against if s.document not in here]
    if both or not against:
        return None
    same = [s for s in group if not _opposite(mine, s) and s.document not in here] or [mine]
    few, many = odd(same, against)
    if len({s.document for s in few}) == len({s.document for s in many}) and _reported(few):
        few, many = many, few
    reason = (
        f'The record{on(few[0])} says "{few[0].fact.quote}"; '
        f'the record{on(many[0])} says "{many[0].fact.quote}".'
    )
    shortest = min((sorted(_words(s)) for s in group), key=lambda words: (len(words), words))
    name = " ".join(shortest)
    day, _ = _when(mine)
    key = f"{sayings.who} left or right {name} {day.year if day else ''}"
    return _SORT.finding(few[0], reason, key, (*few[1:], *many))
