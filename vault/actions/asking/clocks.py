"""The clocks of a request: which dates run for it, and what a notice of delay does to them."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace

from vault import dates
from vault.actions import deadlines, rulebook
from vault.actions.asking import events
from vault.actions.asking.events import Told
from vault.law import rules
from vault.law.clock import Due
from vault.law.rules import Right
from vault.letters.asking.law import place_for
from vault.model.lifecycle import Standing
from vault.model.people import Person
from vault.model.providers import Provider
from vault.model.requests import Detail, Request
from vault.store import people, providers, requests
from vault.store.database import Db


@dataclass(frozen=True, slots=True)
class Known:
    """The people, providers and rules that the clocks of many requests share."""

    people: dict[str, Person]
    providers: dict[str, Provider]
    book: rulebook.Book


def known(db: Db, request: Request | None = None) -> Known:
    """Those of one request, or all of them."""
    who = people.every(db) if request is None else (people.get(db, request.person),)
    holders = providers.every(db) if request is None else (providers.get(db, request.provider),)
    return Known({p.id: p for p in who}, {p.id: p for p in holders}, rulebook.book(db))


def dues(
    db: Db, request: Request, standing: Standing, today: dt.date, shared: Known | None = None
) -> tuple[Due, ...]:
    """The dates that run for a request that stands so, a rule each, before any extension."""
    shared = shared or known(db, request)
    book, provider = shared.book, shared.providers[request.provider]
    person = shared.people[request.person]
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
