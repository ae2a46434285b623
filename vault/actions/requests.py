"""Access requests: asking, sending, telling what happened, and where each one stands."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace

from vault import dates, ids
from vault.actions import authorities, deadlines
from vault.actions import people as people_actions
from vault.actions.asking import clocks, events, flagged, redirecting
from vault.actions.asking.events import Told
from vault.actions.asking.terms import Wanted, resolved, terms, wanted_of
from vault.actions.session import Session
from vault.errors import Refused, UsageError
from vault.law import clock, say
from vault.law.extension import Verdict
from vault.model import lifecycle
from vault.model.lifecycle import Standing
from vault.model.people import Person
from vault.model.providers import Provider
from vault.model.record_types import RecordType, understand
from vault.model.requests import (
    ASSUMED,
    Channel,
    Detail,
    Event,
    Request,
    RequestEvent,
    RequestState,
    Urgency,
    urgency,
)
from vault.safetext import safe_line
from vault.store import lookup, requests
from vault.store.database import Db

__all__ = ["Wanted", "wanted_of"]

_UNSENT = (RequestState.DRAFT, RequestState.READY)
_ELSEWHERE = {
    RequestEvent.DRAFTED: "chartmend request new",
    RequestEvent.READY: "chartmend request ready REQ --signed",
    RequestEvent.SENT: "chartmend request sent REQ --on DATE --by CHANNEL",
    RequestEvent.REVIEWED: "chartmend request review REQ",
}
"""Events with checks of their own, which `log` would go around."""
_SHORT = 100


@dataclass(frozen=True, slots=True)
class RequestView:
    """A request with who and whom it concerns, when an answer is owed, and how pressing it is.

    `extension` is the verdict on the last notice of delay, where there was one.
    """

    request: Request
    person: Person
    provider: Provider
    standing: Standing
    due: clock.Due | None
    extension: Verdict | None
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


def _view(
    db: Db, request: Request, today: dt.date, known: clocks.Known | None = None
) -> RequestView:
    known = known or clocks.known(db, request)
    provider = known.providers[request.provider]
    standing = requests.standing(request)
    found = clocks.dues(db, request, standing, today, known)
    owed, verdict = deadlines.judged(found, standing.notices) if found else (None, None)
    return RequestView(
        request=request,
        person=known.people[request.person],
        provider=provider,
        standing=standing,
        due=owed,
        extension=verdict,
        urgency=urgency(
            owed.rolled if owed else None,
            today,
            open_=standing.open,
            promised=standing.promised,
            last=standing.last,
        ),
    )


def begin(db: Db, provider: str, person: str, wanted: Wanted, today: dt.date) -> Request:
    """Add a request to a provider for a person's records (ids), within a transaction."""
    bare = Request(
        id=ids.new("request"),
        person=person,
        provider=provider,
        items=(),
        made_at=dates.now(),
        parent=resolved(db, "request", wanted.parent),
    )
    request = terms(db, wanted, bare)
    requests.add(db, request)
    return requests.append(db, request, events.following((), RequestEvent.DRAFTED, today))


def new(s: Session, provider: str, person: str | None, wanted: Wanted) -> RequestView:
    """Begin an access request to a provider for a person's records."""
    patient = people_actions.require(s, person)
    today = dates.today()
    with s.vault.write("request.drafted") as db:
        holder = lookup.resolve(db, "provider", provider)
        return _view(db, begin(db, holder, patient.id, wanted, today), today)


def change(s: Session, given: str, wanted: Wanted) -> RequestView:
    """Put what a request asks for, and how, anew; Refused once it was sent."""
    with s.vault.write("request.changed") as db:
        request = requests.get(db, lookup.resolve(db, "request", given))
        answered = requests.standing(request).round > 1 or requests.records_of(db, request.id)
        if request.state not in _UNSENT or answered:  # a later round that came back is no draft
            raise Refused(
                "this request has been sent: what it asks for stays as it was",
                "ask for more with a request of its own",
            )
        request = terms(db, wanted, request)
        return _view(db, events.changed(db, request), dates.today())


@dataclass(frozen=True, slots=True)
class Sending:
    """How something was sent: the day, the way, and the day it arrived where that is known.

    `letter` is what was sent, where the vault made it; `number` proves the sending. `replaces` is
    the `seq` of an earlier event that this one puts right.
    """

    on: dt.date
    channel: Channel
    arrived: dt.date | None = None
    letter: str = ""
    number: str = ""
    replaces: int | None = None

    def event(self, history: tuple[Event, ...], kind: str) -> Event:
        """The event that follows `history`; raises UsageError for days that cannot be."""
        deadlines.check_sending(self.on, self.arrived, dates.today())
        return replace(
            events.following(history, kind, self.on),
            channel=self.channel,
            arrived=self.arrived or deadlines.assumed_arrival(self.on, self.channel),
            note="" if self.arrived else ASSUMED,
            detail=Detail(letter=self.letter, number=safe_line(self.number, _SHORT)),
            replaces=self.replaces,
        )

    def settles(self, history: tuple[Event, ...]) -> bool:
        """Whether this tells the day of arrival that was only assumed before."""
        return self.arrived is not None and deadlines.only_assumed(history)


def _may_ask(db: Db, request: Request, on: dt.date) -> None:
    """Raise Refused where whoever asks may not on that day."""
    why = authorities.blocking(db, request, on)
    if why:
        raise Refused(f"this request cannot be sent: {why}", "chartmend authority list")


def sent(s: Session, given: str, sending: Sending) -> RequestView:
    """Note that a request was sent; its clock starts when it arrived, or is taken to have.

    Said again with the day it arrived, it puts that day in the place of an assumed one. After an
    answer it is asking anew: the next round, with a clock of its own.
    """
    with s.vault.write("request.sent") as db:
        request = requests.get(db, lookup.resolve(db, "request", given))
        event = sending.event(request.events, RequestEvent.SENT)
        _may_ask(db, request, sending.on)
        if sending.replaces is not None:
            events.check_replaced(request, sending.replaces)
            return _view(db, flagged.noted(db, request, event), dates.today())
        standing = requests.standing(request)
        told = sending.arrived is not None and standing.assumed
        again = standing.state is RequestState.SENT and told
        twice = standing.state is RequestState.SENT and not again
        if twice or not lifecycle.allowed(RequestEvent.SENT, standing.state):
            raise Refused("this request has been sent already", f"chartmend request show {given}")
        if standing.last and standing.start and sending.on < standing.start and not again:
            raise UsageError("it was sent before already, on a later day", "check --on")
        noted = flagged.noted(db, request, event)
        if noted.state not in lifecycle.ASKED:
            raise UsageError("it came back on a later day than that", "check --on")
        return _view(db, noted, dates.today())


def log(s: Session, given: str, told: Told) -> RequestView:
    """Note what happened to a request; what cannot have happened is refused with a sentence.

    An extension is kept whether it is lawful or not; only a lawful one moves the date. Where a
    request is redirected, `detail.other` may name the provider who holds the records: a request
    to that one is begun, which follows from this one.
    """
    if told.kind in _ELSEWHERE:
        what = told.kind.value
        raise UsageError(f"{what!r} has a command of its own", _ELSEWHERE[told.kind])
    with s.vault.write("request.logged") as db:
        request = requests.get(db, lookup.resolve(db, "request", given))
        told = _with_ids(db, told)
        events.event(request, told)  # what cannot be is refused before anything is made of it
        if told.kind is RequestEvent.EXTENDED:
            detail = clocks.judged(db, request, told)
            told = replace(told, detail=detail)
        elif told.kind is RequestEvent.REDIRECTED and told.detail.other:
            told = replace(told, detail=redirecting.begun(db, request, told.detail))
        noted = flagged.noted(db, request, events.event(request, told))
        return _view(db, noted, dates.today())


def _with_ids(db: Db, told: Told) -> Told:
    """What was told, beginnings of ids made whole."""
    detail = told.detail
    return replace(
        told,
        item=resolved(db, "request_item", told.item),
        detail=replace(
            detail,
            items=tuple(lookup.resolve(db, "request_item", i) for i in detail.items),
            gaps=tuple(lookup.resolve(db, "request_item", i) for i in detail.gaps),
            letter=resolved(db, "letter", detail.letter),
            record=resolved(db, "record", detail.record),
        ),
    )


def arrived(db: Db, request: Request, on: dt.date, record: str) -> None:
    """Note, within an import's transaction, that something came for a request.

    What it answers is for the person to say. One event a day stands for all that came.
    """
    standing = requests.standing(request)
    if standing.state not in lifecycle.ASKED:
        return
    came = any(e.kind == RequestEvent.ARRIVED and e.on == on for e in request.events)
    first = min((e.on for e in request.events if e.kind == RequestEvent.SENT), default=on)
    if came or on < first:
        return
    event = events.following(request.events, RequestEvent.ARRIVED, on)
    requests.append(db, request, replace(event, detail=Detail(record=record)))


def owed(view: RequestView) -> str:
    """When an answer is owed, as a sentence with rule and citation; empty where none is."""
    if view.due is None:
        return ""
    return say.sentence(view.due, ASSUMED if view.standing.assumed else "")


def every(s: Session, today: dt.date) -> tuple[RequestView, ...]:
    """All requests, newest first, as they stand on `today`."""
    db = s.vault.read()
    known = clocks.known(db)
    return tuple(_view(db, request, today, known) for request in requests.every(db))


def get(s: Session, given: str, today: dt.date) -> RequestView:
    """One request, as it stands on `today`."""
    db = s.vault.read()
    return _view(db, requests.get(db, lookup.resolve(db, "request", given)), today)
