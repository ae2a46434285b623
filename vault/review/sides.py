"""The same procedure on the left in one record and on the right in another."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence

from vault.model.facts import FactKind
from vault.model.flags import Check, Finding, Kind, Severity, Subject
from vault.review.statements import Said, Sayings, Sort, odd, on

_SORT = Sort(Check.LATERALITY_CONTRADICTION, Kind.WRONG_SIDE, Subject.PROCEDURE, Severity.HARM_NOW)
_EPISODE = 120
"""Days within which notes speak of one operation, where they do not name its day."""
_SAME_DAY = 3
_ALIKE = 0.75


def _words(said: Said) -> frozenset[str]:
    return frozenset(said.get("what").split())


def _same(one: Said, other: Said) -> bool:
    """Whether two procedures are one: most words of the shorter name stand in the longer."""
    a, b = _words(one), _words(other)
    shared = len(a & b)
    return shared >= min(2, len(a), len(b)) and shared >= _ALIKE * min(len(a), len(b))


def _when(said: Said) -> tuple[dt.date | None, bool]:
    """The day a procedure is spoken of for, and whether the note names it itself."""
    given = said.get("on")
    if len(given) == 10:
        return dt.date.fromisoformat(given), True
    return (None if given else said.day), False


def _one_episode(one: Said, other: Said) -> bool:
    """Whether two statements are of one operation: a year alone, or `before`, is another's."""
    (a, named_a), (b, named_b) = _when(one), _when(other)
    if a is None or b is None:
        return False
    return abs((a - b).days) <= (_SAME_DAY if named_a and named_b else _EPISODE)


def _opposite(one: Said, other: Said) -> bool:
    return {one.get("side"), other.get("side")} == {"left", "right"}


def contradictions(sayings: Sayings) -> Iterator[Finding]:
    """Procedures of one episode whose side differs between notes.

    Both sides treated at different times, or at once, are no contradiction.
    """
    own = sayings.own(FactKind.PROCEDURE)
    if not own:
        return
    told = sayings.all(FactKind.PROCEDURE)
    seen: set[str] = set()
    for mine in own:
        group = [s for s in told if _same(mine, s) and _one_episode(mine, s)]
        finding = _judge(sayings, mine, group)
        if finding and finding.key not in seen:
            seen.add(finding.key)
            yield finding


def _judge(sayings: Sayings, mine: Said, group: Sequence[Said]) -> Finding | None:
    both = any(s.get("side") == "bilateral" for s in group)
    against = [s for s in group if _opposite(mine, s)]
    here = {s.document for s in against} & {s.document for s in group if not _opposite(mine, s)}
    against = [s for s in against if s.document not in here]
    if both or not against:
        return None
    same = [s for s in group if not _opposite(mine, s) and s.document not in here] or [mine]
    few, many = odd(same, against)
    reason = (
        f'The record{on(few[0])} says "{few[0].fact.quote}"; '
        f'the record{on(many[0])} says "{many[0].fact.quote}".'
    )
    shortest = min((sorted(_words(s)) for s in group), key=lambda words: (len(words), words))
    name = " ".join(shortest)
    day, _ = _when(mine)
    key = f"{sayings.who} left or right {name} {day.year if day else ''}"
    return _SORT.finding(few[0], reason, key, (*few[1:], *many))
