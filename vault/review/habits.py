"""Tobacco, alcohol and drugs told in ways that cannot both be true."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence

from vault.model.facts import FactKind
from vault.model.flags import Check, Finding, Kind, Severity, Subject
from vault.review.statements import Said, Sayings, Sort, apart, documents, later, on

_SORT = Sort(
    Check.SOCIAL_FAMILY_CONTRADICTION, Kind.CONTRADICTION, Subject.SOCIAL_HISTORY, Severity.CARE
)
_BEGUN_WITHIN = 730
"""Days: who never smoked hardly has a habit to tell of so soon after."""
_SAME_TIME = 31
_SAME_SEASON = 183


def _last_day(ended: str) -> dt.date:
    """The last day a habit may have ended on: `2004` or `2022-07`."""
    year, _, month = ended.partition("-")
    first = dt.date(int(year), int(month or 12), 1)
    return (first + dt.timedelta(days=31)).replace(day=1) - dt.timedelta(days=1)


def _years(said: Said) -> float:
    try:
        return float(said.get("pack_years") or 0)
    except ValueError:
        return 0.0


def _never(never: Said, other: Said) -> bool:
    """Whether `never` cannot stand beside a use now or before."""
    if not later(other, never):
        return True
    ended = other.get("ended")
    if ended and never.day and int(ended[:4]) < never.day.year:
        return True
    return apart(never, other) <= max(_BEGUN_WITHIN, _years(other) * 365)


def _stopped(former: Said, current: Said, told: Sequence[Said]) -> bool:
    """Whether `former` cannot stand beside `current`: it ended before, or both at one time."""
    ended = former.get("ended")
    if ended and current.day and not later(current, former) and _last_day(ended) < current.day:
        return True
    if later(former, current):
        return False
    return apart(former, current) <= _SAME_TIME or _between(
        current, [s for s in told if s.get("use") == "former" and s.get("ended") == ended]
    )


def _between(odd: Said, others: Sequence[Said]) -> bool:
    """Whether notes before and after say otherwise."""
    return any(later(odd, o) for o in others) and any(later(o, odd) for o in others)


def _differ(one: Said, other: Said, told: Sequence[Said]) -> bool:
    """Whether two statements of one habit cannot both be true; the first has the lesser use."""
    uses = one.get("use"), other.get("use")
    if uses in (("never", "current"), ("never", "former")):
        return _never(one, other)
    if uses == ("former", "current"):
        return _stopped(one, other, told)
    if uses == ("none", "current"):
        within = _SAME_TIME if later(one, other) else _SAME_SEASON
        return apart(one, other) <= within or _between(
            other, [s for s in told if s.get("use") == "none"]
        )
    if uses in (("none", "heavy"), ("light", "heavy")):
        calm = [s for s in told if s.get("use") in ("none", "light")]
        return apart(one, other) <= _SAME_SEASON or _between(other, calm)
    return False


def contradictions(sayings: Sayings) -> Iterator[Finding]:
    """Habits told differently; who stopped or began between two notes contradicts nothing.

    Somebody who never smoked cannot have smoked before; somebody who stopped in 2004 does not
    smoke in 2020; six beers a day and none are hardly of one season.
    """
    own = {s.get("habit") for s in sayings.own(FactKind.SOCIAL)}
    uses: dict[str, set[str]] = {habit: set() for habit in own}
    for said in sayings.values(FactKind.SOCIAL).values() if own else ():
        uses.setdefault(said.get("habit"), set()).add(said.get("use"))
    live = {habit for habit in own if len(uses[habit]) > 1}
    told = sayings.all(FactKind.SOCIAL, lambda m: m.get("habit") in live) if live else ()
    for habit in sorted(live):
        same = [s for s in told if s.get("habit") == habit]
        mine = [s for s in same if sayings.is_own(s)]
        pair = next((p for a in mine for b in same if (p := _pair(a, b, same))), None)
        if pair is not None:
            yield _finding(sayings, habit, pair, same)


def _pair(one: Said, other: Said, told: Sequence[Said]) -> tuple[Said, Said] | None:
    """Two statements that cannot both be true, the lesser use first; None where they can."""
    for a, b in ((one, other), (other, one)):
        if a is not b and _differ(a, b, told):
            return a, b
    return None


def _finding(
    sayings: Sayings, habit: str, pair: tuple[Said, Said], told: Sequence[Said]
) -> Finding:
    """The finding at the statement that the fewest notes make, with all that stand against it."""
    less, more = pair
    same_less = documents(s for s in told if s.get("use") == less.get("use"))
    same_more = documents(s for s in told if s.get("use") == more.get("use"))
    main, other = (more, less) if same_more <= same_less else (less, more)
    against = [s for s in told if s.get("use") == other.get("use")]
    reason = (
        f'The record{on(main)} says "{main.fact.quote}"; '
        f'the record{on(other)} says "{other.fact.quote}".'
    )
    uses = sorted({main.get("use"), other.get("use")})
    key = f"{sayings.who} {habit} {' or '.join(uses)}"
    return _SORT.finding(main, reason, key, against)
