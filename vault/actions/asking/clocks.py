"""The clocks of a request: which dates run for it, and what a notice of delay does to them."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from vault import dates
from vault.actions import deadlines, rulebook
from vault.actions.asking import events
from vault.actions.asking.events import Told
from vault.law import rules
from vault.law.clock import Due
from vault.law.rules import Right
from vault.letters.asking.law import place_for
from vault.model.lifecycle import Standing
from vault.model.requests import Detail, Request
from vault.store import people, providers, requests
from vault.store.database import Db


def dues(db: Db, request: Request, standing: Standing, today: dt.date) -> tuple[Due, ...]:
    """The dates that run for a request that stands so, a rule each, before any extension."""
    book, provider = rulebook.book(db), providers.get(db, request.provider)
    person = people.get(db, request.person)
    died = person.died_on is not None and person.died_on <= today
    if rules.knows(provider.jurisdiction, book):
        place = place_for(provider.jurisdiction, provider.kind, book, died=died)
        provider = replace(provider, jurisdiction=place)
    right = Right.INSPECT if request.inspect else Right.ACCESS
    return deadlines.running(provider, right, standing, book)


def judged(db: Db, request: Request, told: Told) -> Detail:
    """The detail of a notice of delay with whether it is a lawful one, where it takes its place."""
    noted = events.event(request, told)
    standing = requests.standing(replace(request, events=(*request.events, noted)))
    found = dues(db, request, standing, dates.today())
    place = [n for n, e in enumerate(standing.notices, 1) if e.detail is noted.detail]
    if not (found and place):
        return replace(told.detail, lawful=False)
    _, verdict = deadlines.judged(found, standing.notices[: place[0]])
    return replace(told.detail, lawful=verdict is not None and verdict.lawful)
