"""Whether a notice of delay puts a date off lawfully, and to when."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from vault.law import clock, say
from vault.law.terms import Rule

_COUNTS = {1: "once", 2: "twice"}


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether an extension is lawful, why, and the day an answer is owed by.

    `until` is the new date where it is lawful, cut to `latest`, the most the rule allows (None:
    no number); else the date as it was. `why` is one sentence with its source.
    """

    lawful: bool
    why: str
    until: dt.date
    latest: dt.date | None = None
    capped: bool = False


@dataclass(frozen=True, slots=True)
class _Notice:
    """A notice of delay: the day of it, the new date, the reason; empty or None where lacking."""

    on: dt.date | None
    until: dt.date | None
    reason: str


def _lacking(notice: _Notice, due: clock.Due) -> str:
    """What a notice lacks that every extension needs, as a clause; empty where nothing."""
    if notice.on is None:
        return "there is no written notice"
    if notice.on < due.start:
        return f"the notice is dated {say.day(notice.on)}, before the request arrived"
    if notice.on > due.limit:
        late = say.day(notice.on)
        return f"the notice came on {late}, after the {say.day(due.limit)} it had to come by"
    if not notice.reason.strip():
        return "the notice gives no reason"
    if notice.until is None:
        return "the notice gives no new date"
    return ""


def _refusal(rule: Rule, notice: _Notice, due: clock.Due, nth: int, holds: dt.date) -> str:
    if rule.compared:
        return "no rule is recorded that binds this holder, so none lets it take longer"
    if not rule.extends:
        return "the rule knows no extension"
    if nth > rule.extension_max:
        often = _COUNTS.get(rule.extension_max, f"{rule.extension_max} times")
        return f"the rule can be extended {often} only"
    if lacking := _lacking(notice, due):
        return lacking
    if notice.until is not None and notice.until < holds:
        return "the date it names comes before the date that holds already"
    return ""


def verdict(  # noqa: PLR0913 - each is named where it is given
    rule: Rule,
    start: dt.date,
    notice_on: dt.date | None,
    until: dt.date | None,
    reason: str,
    nth: int = 1,
    *,
    holds: dt.date | None = None,
) -> Verdict:
    """Judge the `nth` notice of delay under a rule whose clock started on `start`.

    `notice_on` is the day of the notice, `until` the new date it names; None where there is none.
    `holds` is the date an earlier notice put it off to, where one did.

    It needs written notice on or before the first date, a reason and a new date; it works once
    (or as often as the rule says), and never beyond the most the rule allows (45 CFR
    164.524(b)(2)(ii), 164.526(b)(2)(ii), and the like elsewhere).
    """
    notice = _Notice(notice_on, until, reason)
    due = clock.under(rule, start)
    latest = clock.extended(rule, start) if rule.extends else None
    holds = holds or due.on
    if refused := _refusal(rule, notice, due, nth, holds):
        why = f"Not a lawful extension: {refused}; {say.day(holds)} still holds"
        return Verdict(False, f"{why} {say.source(rule)}", holds, latest)
    until = until or holds
    if latest is not None and until > latest:
        why = f"Lawful to {say.day(latest)}: they name {say.day(until)}, and that is the most"
        return Verdict(True, f"{why} {say.source(rule)}", latest, latest, capped=True)
    number = "" if latest else "; the rule sets no number, and the date has to be a reasonable one"
    why = f"A lawful extension to {say.day(until)}{number}"
    return Verdict(True, f"{why} {say.source(rule)}", until, latest)
