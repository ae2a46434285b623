"""Flags of what is missing, and the requests that ask for it: resolved when it has come."""

from __future__ import annotations

from dataclasses import replace

from vault import dates
from vault.actions.asking import events
from vault.model.flags import Flag, FlagState
from vault.model.requests import Detail, Event, ItemAnswer, Request, RequestEvent
from vault.safetext import safe_line
from vault.store import corrections, flags, requests
from vault.store.database import Db


def link(db: Db, flag: Flag, request: Request, items: tuple[str, ...], words: str) -> Request:
    """Note that items of a request (ids) ask for what a flag says is missing; returns it so.

    The flag is a person's then, and says what is asked for where nobody said what is missing.
    """
    note = f"asks for what is missing: {flag.finding.reason or words}"
    event = replace(
        events.following(request.events, RequestEvent.NOTE, dates.today()),
        note=safe_line(note, 500),
        detail=Detail(items=items, gaps=(flag.id,)),
    )
    request = requests.append(db, request, event)
    should = flag.should_say or safe_line(words, 500)
    held = replace(flag, state=FlagState.CONFIRMED, request=request.id, should_say=should)
    flags.decide(db, held, dates.now())
    return request


def items_for(flag: Flag, request: Request) -> tuple[str, ...]:
    """The items of a request that ask for what a flag says is missing; all where those are gone."""
    told = [e.detail.items for e in request.events if flag.id in e.detail.gaps]
    there = tuple(i.id for i in request.items)
    return tuple(i for i in (told[-1] if told else ()) if i in there) or there


def noted(db: Db, request: Request, event: Event) -> Request:
    """Add an event to a request; flags it was made for follow what has come of their items.

    What has come resolves a flag, and what turns out not to have come opens it again. A flag that
    is, or was, in a correction follows that one instead.
    """
    request = requests.append(db, request, event)
    answers = requests.standing(request).answers
    for flag in flags.of_request(db, request.id):
        if corrections.states_of(db, flag.id):
            continue
        items = items_for(flag, request)
        came = bool(items) and all(answers[i] is ItemAnswer.RECEIVED for i in items)
        state = FlagState.RESOLVED if came else FlagState.CONFIRMED
        if flag.state in (FlagState.CONFIRMED, FlagState.RESOLVED) and flag.state is not state:
            flags.decide(db, replace(flag, state=state), dates.now())
    return request
