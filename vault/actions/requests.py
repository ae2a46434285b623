"""Access requests: asking, sending, telling what happened, and where each one stands."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from decimal import Decimal

from vault import dates, ids
from vault.actions import authorities, deadlines, rulebook
from vault.actions import people as people_actions
from vault.actions.asking import events, redirecting
from vault.actions.asking.events import Told
from vault.actions.session import Session
from vault.errors import Refused, UsageError
from vault.law import clock
from vault.law.extension import Verdict
from vault.law.rules import Right
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
    RequestItem,
    RequestState,
    Urgency,
    urgency,
)
from vault.safetext import safe_line
from vault.store import lookup, people, providers, requests
from vault.store.database import Db

_UNSENT = (RequestState.DRAFT, RequestState.READY)
_SHORT = 100
_EACH = ("from_date", "to_date", "facility", "format", "fallback", "deliver")
"""What is wanted of all items alike, unless one is told apart."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a request asks for, from whom, how and on what authority.

    `what` with the span of service dates, facility, format, fallback and delivery makes the
    items, one a kind. `authority` and `office` are ids or their beginnings. `fee_limit` is what
    may be charged before they have to ask again, in `currency`. `inspect` asks only to look.
    """

    what: tuple[RecordType, ...] = (RecordType.ALL,)
    from_date: dt.date | None = None
    to_date: dt.date | None = None
    facility: str = ""
    format: str = ""
    fallback: str = ""
    deliver: str = ""
    authority: str = ""
    office: str = ""
    fee_limit: Decimal | None = None
    currency: str = ""
    sensitive: tuple[str, ...] = ()
    third_party: tuple[str, ...] = ()
    inspect: bool = False
    parent: str = ""


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


@dataclass(frozen=True, slots=True)
class _Known:
    """The people, providers and rules that views of many requests share."""

    people: dict[str, Person]
    providers: dict[str, Provider]
    book: rulebook.Book


def _known(db: Db, request: Request | None = None) -> _Known:
    """Those of one request, or all of them."""
    who = people.every(db) if request is None else (people.get(db, request.person),)
    holders = providers.every(db) if request is None else (providers.get(db, request.provider),)
    return _Known({p.id: p for p in who}, {p.id: p for p in holders}, rulebook.book(db))


def _view(db: Db, request: Request, today: dt.date, known: _Known | None = None) -> RequestView:
    known = known or _known(db, request)
    provider = known.providers[request.provider]
    standing = requests.standing(request)
    right = Right.INSPECT if request.inspect else Right.ACCESS
    owed = deadlines.running(provider, right, standing, known.book)
    verdict = None
    if owed is not None:
        owed, verdict = deadlines.judged(owed, standing.notices)
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


def _resolved(db: Db, noun: str, given: str) -> str:
    return lookup.resolve(db, noun, given) if given else ""


def _items(wanted: Wanted, request: Request) -> tuple[RequestItem, ...]:
    """The items for what is wanted: those there are keep what is their own, a new kind gets all."""
    each = RequestItem(
        "",
        RecordType.ALL,
        wanted.from_date,
        wanted.to_date,
        safe_line(wanted.facility, _SHORT),
        safe_line(wanted.format, _SHORT),
        safe_line(wanted.fallback, _SHORT),
        safe_line(wanted.deliver, _SHORT),
    )
    before = wanted_of(request)
    new = {n: getattr(each, n) for n in _EACH if getattr(each, n) != getattr(before, n)}
    items: list[RequestItem] = []
    for kind in dict.fromkeys(wanted.what):
        held = [replace(item, **new) for item in request.items if item.type is kind]
        items += held or [replace(each, id=ids.new("request_item"), type=kind)]
    return tuple(items)


def _terms(db: Db, wanted: Wanted, request: Request) -> Request:
    """The request with what is wanted of it, checked and safe."""
    if wanted.from_date and wanted.to_date and wanted.from_date > wanted.to_date:
        raise UsageError("the first day asked for lies after the last", "check --from and --to")
    if wanted.fee_limit is not None and wanted.fee_limit < 0:
        raise UsageError("a fee limit cannot be less than nothing", "give it as 25.00")
    items = _items(wanted, request)
    if any(i.from_date and i.to_date and i.from_date > i.to_date for i in items):
        raise UsageError("the first day asked for lies after the last of an item", "check the days")
    return replace(
        request,
        items=items,
        authority=_resolved(db, "authority", wanted.authority),
        office=_resolved(db, "office", wanted.office),
        format=safe_line(wanted.format, _SHORT),
        fallback=safe_line(wanted.fallback, _SHORT),
        deliver=safe_line(wanted.deliver, _SHORT),
        fee_limit=wanted.fee_limit,
        currency=safe_line(wanted.currency, 3).upper(),
        sensitive=tuple(safe_line(c, _SHORT) for c in wanted.sensitive),
        third_party=tuple(safe_line(line, _SHORT) for line in wanted.third_party if line.strip()),
        inspect=wanted.inspect,
    )


def new(s: Session, provider: str, person: str | None, wanted: Wanted) -> RequestView:
    """Begin an access request to a provider for a person's records."""
    patient = people_actions.require(s, person)
    today = dates.today()
    with s.vault.write("request.drafted") as db:
        bare = Request(
            id=ids.new("request"),
            person=patient.id,
            provider=lookup.resolve(db, "provider", provider),
            items=(),
            made_at=dates.now(),
            parent=_resolved(db, "request", wanted.parent),
        )
        request = _terms(db, wanted, bare)
        requests.add(db, request)
        drafted = events.following((), RequestEvent.DRAFTED, today)
        return _view(db, requests.append(db, request, drafted), today)


def change(s: Session, given: str, wanted: Wanted) -> RequestView:
    """Put what a request asks for, and how, anew; Refused once it was sent."""
    with s.vault.write("request.changed") as db:
        request = requests.get(db, lookup.resolve(db, "request", given))
        if request.state not in _UNSENT:
            raise Refused(
                "this request has been sent: what it asks for stays as it was",
                "ask for more with a request of its own",
            )
        request = _terms(db, wanted, request)
        requests.change(db, request)
        return _view(db, request, dates.today())


def wanted_of(request: Request) -> Wanted:
    """What a request asks for, as it would be typed again."""
    first = request.items[0] if request.items else RequestItem("", RecordType.ALL)
    return Wanted(
        what=request.what,
        from_date=first.from_date,
        to_date=first.to_date,
        facility=first.facility,
        format=request.format,
        fallback=request.fallback,
        deliver=request.deliver,
        authority=request.authority,
        office=request.office,
        fee_limit=request.fee_limit,
        currency=request.currency,
        sensitive=request.sensitive,
        third_party=request.third_party,
        inspect=request.inspect,
        parent=request.parent,
    )


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
            return _view(db, requests.append(db, request, event), dates.today())
        standing = requests.standing(request)
        again = standing.state is RequestState.SENT and sending.settles(request.events)
        twice = standing.state is RequestState.SENT and not again
        if twice or not lifecycle.allowed(RequestEvent.SENT, standing.state):
            raise Refused("this request has been sent already", f"chartmend request show {given}")
        if standing.last and standing.start and sending.on < standing.start and not again:
            raise UsageError("it was sent before already, on a later day", "check --on")
        return _view(db, requests.append(db, request, event), dates.today())


def log(s: Session, given: str, told: Told) -> RequestView:
    """Note what happened to a request; what cannot have happened is refused with a sentence.

    An extension is kept whether it is lawful or not; only a lawful one moves the date. Where a
    request is redirected, `detail.other` may name the provider who holds the records: a request
    to that one is begun, which follows from this one.
    """
    with s.vault.write("request.logged") as db:
        request = requests.get(db, lookup.resolve(db, "request", given))
        told = _with_ids(db, told)
        if told.kind is RequestEvent.READY:
            _may_ask(db, request, told.on)
        events.event(request, told)  # what cannot be is refused before anything is made of it
        if told.kind is RequestEvent.EXTENDED:
            detail = _judged(db, _view(db, request, dates.today()), told)
            told = replace(told, detail=detail)
        elif told.kind is RequestEvent.REDIRECTED and told.detail.other:
            told = replace(told, detail=redirecting.begun(db, request, told.detail))
        return _view(db, requests.append(db, request, events.event(request, told)), dates.today())


def _with_ids(db: Db, told: Told) -> Told:
    """What was told, beginnings of ids made whole."""
    detail = told.detail
    return replace(
        told,
        item=_resolved(db, "request_item", told.item),
        detail=replace(
            detail,
            items=tuple(lookup.resolve(db, "request_item", i) for i in detail.items),
            gaps=tuple(lookup.resolve(db, "request_item", i) for i in detail.gaps),
            letter=_resolved(db, "letter", detail.letter),
            record=_resolved(db, "record", detail.record),
        ),
    )


def _judged(db: Db, view: RequestView, told: Told) -> Detail:
    """The detail of a notice of delay with whether it is a lawful one."""
    right = Right.INSPECT if view.request.inspect else Right.ACCESS
    first = deadlines.running(view.provider, right, view.standing, rulebook.book(db))
    if first is None:
        return replace(told.detail, lawful=False)
    notice = replace(events.following((), told.kind, told.on), detail=told.detail)
    _, verdict = deadlines.judged(first, (*view.standing.notices, notice))
    return replace(told.detail, lawful=verdict is not None and verdict.lawful)


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
    return deadlines.sentence(view.due, view.request.events)


def every(s: Session, today: dt.date) -> tuple[RequestView, ...]:
    """All requests, newest first, as they stand on `today`."""
    db = s.vault.read()
    known = _known(db)
    return tuple(_view(db, request, today, known) for request in requests.every(db))


def get(s: Session, given: str, today: dt.date) -> RequestView:
    """One request, as it stands on `today`."""
    db = s.vault.read()
    return _view(db, requests.get(db, lookup.resolve(db, "request", given)), today)
