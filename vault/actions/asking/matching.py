"""What arrived, and which request it may answer: suggested with the reason, decided by a person."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from vault import dates
from vault.actions.asking import events, flagged
from vault.actions.asking.events import Told
from vault.actions.session import Session
from vault.errors import Refused, UsageError
from vault.facts import documents
from vault.model.lifecycle import ASKED
from vault.model.providers import Provider
from vault.model.records import Record
from vault.model.requests import Detail, Request, RequestEvent
from vault.store import lookup, pages, providers, records, requests
from vault.store.database import Db

_LIKE = 80.0


@dataclass(frozen=True, slots=True)
class Match:
    """A request that a record may answer, the items it may be for, and why, as a clause each."""

    record: str
    request: str
    items: tuple[str, ...]
    why: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Arrival:
    """A record nobody took as an answer yet; `request` is the one it was kept for, or empty.

    `matches` are the requests it may answer, the likeliest first.
    """

    record: Record
    request: str
    matches: tuple[Match, ...]


def _day(record: Record) -> dt.date:
    return record.received_on or dt.date.fromisoformat(record.imported_at[:10])


def _head(db: Db, record: Record) -> str:
    """The letterhead of a record's first page, where one can be made out."""
    if not record.pages:
        return ""
    return documents.letterhead(pages.texts(db, record.id, (1,)).get(1, ""))


def _reasons(db: Db, record: Record, request: Request, provider: Provider) -> list[str]:
    why = []
    if record.provider == request.provider:
        why.append(f"it came from {provider.name}")
    elif head := _head(db, record):
        names = (provider.name, *provider.other_names)
        if any(documents.alike(head, name) >= _LIKE for name in names):
            why.append(f"its letterhead names {provider.name}")
    standing = requests.standing(request)
    if why and standing.start and _day(record) >= standing.start:
        why.append(f"it arrived after the request did, on {_day(record).isoformat()}")
    return why


def suggest(s: Session, given: str) -> tuple[Match, ...]:
    """The open requests that a record may answer, the likeliest first."""
    db = s.vault.read()
    record = records.get(db, lookup.resolve(db, "record", given))
    return _suggest(db, record, requests.every(db), {p.id: p for p in providers.every(db)})


def _suggest(
    db: Db, record: Record, asked: tuple[Request, ...], known: dict[str, Provider]
) -> tuple[Match, ...]:
    found = []
    for request in asked:
        if request.state not in ASKED or record.person not in (None, request.person):
            continue
        standing = requests.standing(request)
        if standing.first and _day(record) < standing.first:
            continue  # what came before the asking is no answer to it
        if why := _reasons(db, record, request, known[request.provider]):
            found.append(Match(record.id, request.id, standing.owed, tuple(why)))
    return tuple(sorted(found, key=lambda m: -len(m.why)))


def unmatched(s: Session) -> tuple[Match, ...]:
    """For each record that answers no request yet, the request it most likely answers."""
    return tuple(a.matches[0] for a in arrivals(s) if not a.request and a.matches)


def arrivals(s: Session) -> tuple[Arrival, ...]:
    """What came and was taken for no request yet, the newest first.

    Records kept before the first request was sent are not among them, unless one is suggested,
    and neither are those somebody said to answer none (`set_aside`).
    """
    db = s.vault.read()
    asked = tuple(r for r in requests.every(db) if r.state in ASKED)
    if not asked:
        return ()
    known = {p.id: p for p in providers.every(db)}
    first = min((d for r in asked if (d := requests.standing(r).first)), default=None)
    open_, taken, aside = {r.id for r in asked}, requests.taken(db), requests.aside(db)
    found = []
    for record in records.every(db):
        kept = record.request or ""
        if record.parent or record.id in taken | aside or (kept and kept not in open_):
            continue
        matches = _suggest(db, record, asked, known)
        if kept or matches or (first is not None and _day(record) >= first):
            found.append(Arrival(record, kept, matches))
    return tuple(found)


def set_aside(s: Session, given: str, *, undo: bool = False) -> Record:
    """Say that a record answers no request, so that none is suggested for it; or take that back."""
    with s.vault.write("record.aside") as db:
        record = records.get(db, lookup.resolve(db, "record", given))
        if record.request and not undo:
            records.assign(
                db, record.id, (record.person, record.provider, None, record.received_on)
            )
        requests.set_aside(db, record.id, undo=undo)
        return record


def answer(
    s: Session, given: str, record: str, items: tuple[str, ...] = (), *, partial: bool = False
) -> Request:
    """Say that a record answers a request, or those items of it, in full or in `partial`.

    Items are all that is still owed where none is named. Raises Refused for a request that has
    not been sent, is closed, or is about another person.
    """
    with s.vault.write("request.answered") as db:
        request = requests.get(db, lookup.resolve(db, "request", given))
        held = records.get(db, lookup.resolve(db, "record", record))
        if held.person not in (None, request.person):
            raise Refused("this record is about another person", f"chartmend record show {held.id}")
        meant = tuple(lookup.resolve(db, "request_item", item) for item in items)
        foreign = set(meant) - {item.id for item in request.items}
        if foreign:
            raise UsageError("that item belongs to another request", "chartmend request show")
        kind = RequestEvent.PARTIAL if partial else RequestEvent.RECEIVED
        if not meant:
            events.check_meant(request, kind)
        standing = requests.standing(request)
        meant = meant or standing.owed or tuple(item.id for item in request.items)
        detail = Detail(items=meant, record=held.id, medium=held.media)
        told = Told(kind, min(_day(held), dates.today()), detail=detail)
        to = (request.person, held.provider or request.provider, request.id, held.received_on)
        records.assign(db, held.id, to)
        for item in meant:
            requests.answer_with(db, item, held.id, dates.now())
        return flagged.noted(db, request, events.event(request, told))
