"""Access requests: asking, sending, and what is due when."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace

from vault import dates, ids
from vault.actions import deadlines, rulebook
from vault.actions import people as people_actions
from vault.actions.session import Session
from vault.errors import Refused, UsageError
from vault.law import clock
from vault.law.rules import Right
from vault.model.people import Person
from vault.model.providers import Provider
from vault.model.requests import (
    Channel,
    Event,
    RecordType,
    Request,
    RequestEvent,
    RequestState,
    Urgency,
    follow,
    understand,
    urgency,
)
from vault.safetext import safe_line
from vault.store import events, lookup, people, providers, requests
from vault.store.database import Db

_NEXT = {
    RequestState.DRAFT: "not sent yet",
    RequestState.UNDER_REVIEW: "records came: look through them, and flag what is wrong or missing",
}


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a request asks for: record types, the span of service dates, format and delivery."""

    what: tuple[RecordType, ...] = (RecordType.ALL,)
    from_date: dt.date | None = None
    to_date: dt.date | None = None
    format: str = ""
    deliver: str = ""


@dataclass(frozen=True, slots=True)
class RequestView:
    """A request with who and whom it concerns, when an answer is owed, and how pressing it is."""

    request: Request
    person: Person
    provider: Provider
    due: clock.Due | None
    urgency: Urgency


def read_types(text: str) -> tuple[RecordType, ...]:
    """Record types typed as a comma-separated list of their names or plain words."""
    found: list[RecordType] = []
    for part in filter(None, (p.strip() for p in text.split(","))):
        kind = understand(part)
        if kind is None:
            known = " ".join(RecordType)
            raise UsageError(f"not a kind of record: {safe_line(part, 40)!r}", f"one of: {known}")
        found.append(kind)
    return tuple(dict.fromkeys(found)) or (RecordType.ALL,)


def _view(db: Db, request: Request, today: dt.date) -> RequestView:
    provider = providers.get(db, request.provider)
    open_ = request.state not in (RequestState.CLOSED, RequestState.UNDER_REVIEW)
    owed = (
        deadlines.due(provider, Right.ACCESS, request.started, rulebook.book(db)) if open_ else None
    )
    return RequestView(
        request=request,
        person=people.get(db, request.person),
        provider=provider,
        due=owed,
        urgency=urgency(owed.rolled if owed else None, today, open_=open_),
    )


def next_event(history: tuple[Event, ...], kind: str, on: dt.date) -> Event:
    """A bare event that follows `history`."""
    round_ = history[-1].round if history else 1
    return Event(seq=len(history) + 1, round=round_, kind=kind, on=on, at=dates.now())


def new(s: Session, provider: str, person: str | None, wanted: Wanted) -> RequestView:
    """Begin an access request to a provider for a person's records."""
    patient = people_actions.require(s, person)
    if wanted.from_date and wanted.to_date and wanted.from_date > wanted.to_date:
        raise UsageError("the first day asked for lies after the last", "check --from and --to")
    today = dates.today()
    with s.vault.write("request.drafted") as db:
        request = Request(
            id=ids.new("request"),
            person=patient.id,
            provider=lookup.resolve(db, "provider", provider),
            what=wanted.what,
            made_at=dates.now(),
            from_date=wanted.from_date,
            to_date=wanted.to_date,
            format=safe_line(wanted.format, 100),
            deliver=safe_line(wanted.deliver, 100),
        )
        requests.add(db, request)
        drafted = next_event((), RequestEvent.DRAFTED, today)
        events.add(db, request.id, drafted)
        return _view(db, follow(request, (drafted,)), today)


@dataclass(frozen=True, slots=True)
class Sending:
    """How something was sent: the day, the way, and the day it arrived where that is known."""

    on: dt.date
    channel: Channel
    arrived: dt.date | None = None

    def event(self, history: tuple[Event, ...], kind: str) -> Event:
        """The event that follows `history`; raises UsageError for days that cannot be."""
        deadlines.check_sending(self.on, self.arrived, dates.today())
        return replace(
            next_event(history, kind, self.on),
            channel=self.channel,
            arrived=self.arrived or deadlines.assumed_arrival(self.on, self.channel),
            note="" if self.arrived else deadlines.ASSUMED,
        )

    def settles(self, history: tuple[Event, ...]) -> bool:
        """Whether this tells the day of arrival that was only assumed before."""
        return self.arrived is not None and deadlines.only_assumed(history)


def sent(s: Session, given: str, sending: Sending) -> RequestView:
    """Note that a request was sent; its clock starts when it arrived, or is taken to have.

    Said again with the day it arrived, it puts that day in the place of an assumed one.
    """
    with s.vault.write("request.sent") as db:
        request = requests.get(db, lookup.resolve(db, "request", given))
        event = sending.event(request.events, RequestEvent.SENT)
        again = request.state is RequestState.SENT and sending.settles(request.events)
        if not again and request.state not in (RequestState.DRAFT, RequestState.READY):
            raise Refused("this request has been sent already", f"chartmend request show {given}")
        events.add(db, request.id, event)
        return _view(db, follow(request, (event,)), dates.today())


def log(s: Session, given: str, kind: RequestEvent, on: dt.date, note: str = "") -> RequestView:
    """Note what happened to a request; a closed one stays closed (Refused)."""
    with s.vault.write("request.logged") as db:
        request = requests.get(db, lookup.resolve(db, "request", given))
        if request.state is RequestState.CLOSED:
            raise Refused("this request is closed", f"chartmend request show {given}")
        event = replace(next_event(request.events, kind, on), note=safe_line(note, 2000))
        events.add(db, request.id, event)
        return _view(db, follow(request, (event,)), dates.today())


def answered(db: Db, request: Request, on: dt.date) -> None:
    """Note, within an import's transaction, that records arrived for a request."""
    if request.state in (RequestState.DRAFT, RequestState.CLOSED):
        return
    if any(e.kind == RequestEvent.RECEIVED and e.on == on for e in request.events):
        return
    events.add(db, request.id, next_event(request.events, RequestEvent.RECEIVED, on))


def owed(view: RequestView) -> str:
    """When an answer is owed, as a sentence with rule and citation; empty where none is."""
    return deadlines.sentence(view.due, view.request.events)


def next_step(view: RequestView) -> str:
    """What the person does next, in plain words; empty where it is the provider's turn."""
    return _NEXT.get(view.request.state, "")


def every(s: Session, today: dt.date) -> tuple[RequestView, ...]:
    """All requests, newest first, as they stand on `today`."""
    db = s.vault.read()
    return tuple(_view(db, request, today) for request in requests.every(db))


def get(s: Session, given: str, today: dt.date) -> RequestView:
    """One request, as it stands on `today`."""
    db = s.vault.read()
    return _view(db, requests.get(db, lookup.resolve(db, "request", given)), today)
