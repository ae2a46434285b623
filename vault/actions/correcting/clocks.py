"""The clock of a correction: which dates run for it, and what a notice of delay does to them."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from vault.actions import deadlines, rulebook
from vault.actions.correcting import events
from vault.actions.correcting.events import Told
from vault.law import rules, starting
from vault.law.clock import Due
from vault.law.extension import Verdict
from vault.law.rules import Right
from vault.law.starting import Happened
from vault.model.amending import Standing
from vault.model.corrections import Correction, CorrectionEvent
from vault.model.providers import Provider
from vault.model.requests import Detail
from vault.store import corrections, providers
from vault.store.database import Db

_PROMISING = (CorrectionEvent.IN_REVIEW, CorrectionEvent.CALL, CorrectionEvent.ACCEPTED)


def promised(standing: Standing) -> dt.date | None:
    """The day they last gave by themselves in this round, for an answer or for what they agreed to.

    An extension is no such promise: a lawful one moves the legal date, another one does not.
    """
    found = [
        event.detail.until
        for event in standing.events
        if event.kind in _PROMISING and event.round == standing.round and event.detail.until
    ]
    return found[-1] if found else None


def dues(provider: Provider, standing: Standing, book: rulebook.Book) -> tuple[Due, ...]:
    """The date each rule gives for the answer owed, before any extension; () where none is."""
    if not standing.running or standing.start is None:
        return ()
    if not rules.knows(provider.jurisdiction, book):
        return ()
    found = rules.choose(provider.jurisdiction, provider.kind, Right.AMENDMENT, book)
    return starting.dues(found, Happened(received=standing.start))


def owed(
    provider: Provider, correction: Correction, standing: Standing, book: rulebook.Book
) -> tuple[Due | None, Verdict | None]:
    """When an answer is owed, and the verdict on the last notice of delay; None for a message.

    The law sets a time for a request to amend; for an informal message it sets none.
    """
    found = dues(provider, standing, book) if correction.formal else ()
    return deadlines.judged(found, standing.notices) if found else (None, None)


def judged(db: Db, correction: Correction, told: Told) -> Detail:
    """The detail of a notice of delay with whether it is a lawful one, where it takes its place."""
    noted = events.event(correction, told)
    standing = corrections.standing(replace(correction, events=(*correction.events, noted)))
    provider = providers.get(db, correction.provider)
    found = dues(provider, standing, rulebook.book(db)) if correction.formal else ()
    place = [n for n, e in enumerate(standing.notices, 1) if e.detail is noted.detail]
    if not (found and place):
        return replace(told.detail, lawful=False)
    _, verdict = deadlines.judged(found, standing.notices[: place[0]])
    return replace(told.detail, lawful=verdict is not None and verdict.lawful)
