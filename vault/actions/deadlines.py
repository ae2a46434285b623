"""When an answer is owed: the rule for a provider, counted from the day an asking arrived."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace

from vault.actions.rulebook import Book
from vault.errors import UsageError
from vault.law import clock, extension, rules, say, starting
from vault.law.clock import Due
from vault.law.extension import Verdict
from vault.law.starting import Happened
from vault.model.lifecycle import Standing
from vault.model.providers import Provider
from vault.model.requests import ASSUMED, Channel, Event, RequestEvent

__all__ = [
    "MAIL_DAYS",
    "Due",
    "Verdict",
    "assumed_arrival",
    "check_sending",
    "due",
    "happened",
    "judged",
    "only_assumed",
    "running",
    "sentence",
]

MAIL_DAYS = 5
"""Days ordinary mail is taken to need where nobody saw it arrive; an assumption, shown as such."""


def assumed_arrival(on: dt.date, channel: Channel) -> dt.date:
    """The day something sent is taken to have arrived where nobody knows."""
    slow = channel in (Channel.MAIL, Channel.COURIER)
    return on + dt.timedelta(days=MAIL_DAYS) if slow else on


def check_sending(on: dt.date, arrived: dt.date | None, today: dt.date) -> None:
    """Raise UsageError where these days of sending and arriving cannot be."""
    if on > today:
        raise UsageError("the day it was sent lies ahead", "note it when it has been sent")
    if arrived is not None and arrived < on:
        raise UsageError("it cannot have arrived before it was sent", "check --on and --arrived")
    if arrived is not None and arrived > today:
        raise UsageError("the day it arrived lies ahead", "leave it out until you know it")


def due(
    provider: Provider, right: rules.Right, start: dt.date | None, book: Book | None = None
) -> Due | None:
    """The earliest legal date that applies, or None while nothing was sent.

    `book` is the vault's own (rulebook.book); without it the program's places count alone. None
    too for a place that no rule is known for any more.
    """
    if start is None:
        return None
    try:
        found = rules.choose(provider.jurisdiction, provider.kind, right, book)
    except UsageError:  # a file of places that cannot be used was told of when the vault opened
        return None
    return clock.due(found, start)


def happened(standing: Standing) -> Happened | None:
    """The days that can start the clock of an asking; None where none is running."""
    if standing.start is None:
        return None
    asked = standing.start
    since = [e for e in standing.events if e.round == standing.round]
    paid = [e.on for e in since if e.kind == RequestEvent.FEE_PAID]
    wanted = [e.on for e in since if e.kind == RequestEvent.ID_ASKED]
    shown = [e.on for e in since if e.kind == RequestEvent.ANSWERED and wanted]
    return Happened(
        received=asked,
        paid=min(paid, default=None),
        confirmed=next((day for day in shown if day >= wanted[0]), None),
        fee_asked=any(e.kind == RequestEvent.FEE_QUOTED for e in since),
    )


def running(
    provider: Provider, right: rules.Right, standing: Standing, book: Book | None = None
) -> tuple[Due, ...]:
    """The date each rule gives that runs for an asking, before any extension; () where none."""
    days = happened(standing)
    if days is None or not standing.running or not rules.knows(provider.jurisdiction, book):
        return ()
    return starting.dues(rules.choose(provider.jurisdiction, provider.kind, right, book), days)


def _put_off(first: Due, notices: Sequence[Event]) -> tuple[Due, Verdict | None]:
    """The date under one rule after every notice of delay, and the verdict on the last of them."""
    owed, verdict, granted = first, None, 0
    for notice in notices:
        told = notice.detail
        verdict = extension.verdict(
            first.rule,
            first.start,
            notice.on,
            told.until,
            told.reason,
            granted + 1,
            holds=owed.on if granted else None,
        )
        if verdict.lawful:
            granted += 1
            rolled = clock.moved(first.rule, verdict.until)
            owed = replace(owed, on=verdict.until, rolled=rolled)
    return owed, verdict


def judged(found: Sequence[Due], notices: Sequence[Event]) -> tuple[Due, Verdict | None]:
    """The earliest date after every notice of delay, lawful or not, and the verdict on the last.

    A notice puts the date off only under the rules that let it: where another rule gives a time
    that cannot be extended, that one holds, and its verdict is given. `found` is not empty.
    """
    after = [_put_off(first, notices) for first in found]
    owed = clock.earliest([due for due, _verdict in after])
    return owed, next(verdict for due, verdict in after if due is owed)


def only_assumed(history: Sequence[Event]) -> bool:
    """Whether the day the last sending arrived is an assumption."""
    return any(event.note == ASSUMED for event in [e for e in history if e.channel][-1:])


def sentence(owed: Due | None, history: Sequence[Event]) -> str:
    """A deadline with rule, start and citation, and whether its start is only assumed."""
    if owed is None:
        return ""
    return say.sentence(owed, ASSUMED if only_assumed(history) else "")
