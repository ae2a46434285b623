"""When a holder says its clock stands still: whether a rule lets it, and what date then holds."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from vault.law import clock, say
from vault.law.clock import Due


@dataclass(frozen=True, slots=True)
class Pause:
    """Whether the clock may stand still, why, and the date that holds.

    `due` is None while a lawful pause lasts, for nobody knows its end.
    """

    lawful: bool
    why: str
    due: Due | None


def verdict(due: Due, asked: dt.date, answered: dt.date | None, *, clarifies: bool) -> Pause:
    """Judge a pause from `asked` to `answered` (None: not answered yet).

    Only a reasonable question back about the request stops a clock, and only where the rule
    says so (UK GDPR Art 12A); `clarifies` says that it was one. Else the legal date stays.
    """
    rule = due.rule
    if not rule.pause or not clarifies or asked < due.start or asked > due.limit:
        why = (
            f"They claim a pause; no rule recorded here lets them, and {say.day(due.on)} holds "
            f"{say.source(rule)}"
        )
        return Pause(False, why, due)
    source = say.source(rule, (rule.pause,))
    if answered is None:
        return Pause(True, f"The clock stands still since {say.day(asked)} {source}", None)
    stood = max(0, (answered - asked).days)
    on = due.on + dt.timedelta(days=stood)
    later = Due(on, clock.moved(rule, on), rule, due.start)
    days = f"{stood} day{'' if stood == 1 else 's'}"
    return Pause(True, f"The clock stood still for {days}: {say.day(on)} {source}", later)
