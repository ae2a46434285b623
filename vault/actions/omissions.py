"""What is missing: asked for where somebody holds it, or to be added where nobody wrote it down."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum

from vault import dates
from vault.actions import requests
from vault.actions.asking import flagged, ledger
from vault.actions.asking.terms import Wanted, resolved
from vault.actions.requests import RequestView
from vault.actions.session import Session
from vault.errors import Refused, UsageError
from vault.model.flags import Flag, FlagState, Kind, OmissionKind
from vault.model.omissions import Missing, missing
from vault.model.record_types import RecordType
from vault.model.records import Record
from vault.model.requests import OWED, Request, RequestItem, RequestState
from vault.store import flags, lookup, records
from vault.store import requests as stored
from vault.store.database import Db


class Way(StrEnum):
    """What can be done about something missing."""

    REQUEST = "request"
    SHORTFALL = "shortfall"
    CORRECTION = "correction"


_WHY = {
    OmissionKind.NOT_SENT: "you asked for it, and it is not among what came",
    OmissionKind.COPYING_DEFECT: "the copy is not whole: whoever made it can send what is missing",
    OmissionKind.INCOMPLETE_RECORD: "the record itself shows that there is such a record",
    OmissionKind.NEVER_CHARTED: "nobody wrote it down, so there is nothing to ask a copy of",
}


@dataclass(frozen=True, slots=True)
class Advice:
    """What fits something missing, and why, as a clause.

    `missing` is what to ask for, `provider` whom (an id, empty where the record does not say).
    `request` and `items` are those of an open request that owes it already.
    """

    flag: Flag
    way: Way
    why: str
    missing: Missing
    provider: str
    request: str = ""
    items: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Part:
    """What to ask for where a person says it otherwise; what is empty stays as it was found."""

    types: tuple[RecordType, ...] = ()
    from_date: dt.date | None = None
    to_date: dt.date | None = None
    words: str = ""
    provider: str = ""


@dataclass(frozen=True, slots=True)
class Made:
    """The request that asks for what is missing; `existing` where it was there before."""

    view: RequestView
    advice: Advice
    items: tuple[str, ...]
    existing: bool


def _days_fit(item: RequestItem, wanted: Missing) -> bool:
    """Whether an item's span holds the days wanted, as far as either names any."""
    first = wanted.from_date or wanted.to_date
    last = wanted.to_date or wanted.from_date
    early = item.from_date and last and last < item.from_date
    late = item.to_date and first and first > item.to_date
    return not (early or late)


def _owing(db: Db, record: Record, provider: str, wanted: Missing) -> Iterator[tuple[Request, str]]:
    """Items of open requests that owe what is wanted: those it was found by, else the like."""
    for request in stored.every(db):
        standing = stored.standing(request)
        if request.person != record.person or request.provider != provider or not standing.open:
            continue
        for item in request.items:
            if standing.answers[item.id] not in OWED:
                continue
            named = request.id == wanted.request and wanted.item in ("", item.id)
            like = item.type in (RecordType.ALL, *wanted.types) and _days_fit(item, wanted)
            if named or (wanted.types and like):
                yield request, item.id


def _kind(flag: Flag) -> OmissionKind | None:
    """In what way it is missing; where a person says no more than that, nobody wrote it down."""
    if flag.missing is None and flag.finding.kind is Kind.MISSING:
        return OmissionKind.NEVER_CHARTED
    return flag.missing


def _wanted(db: Db, flag: Flag) -> Missing:
    """What is missing, with the kinds of the item that an answer falls short of."""
    found = missing(flag)
    if not found.request:
        return found
    held = next((r for r in stored.every(db) if r.id == found.request), None)
    asked = [i for i in held.items if found.item in ("", i.id)] if held else []
    first = asked[0] if asked else None
    return replace(
        found,
        types=tuple(dict.fromkeys(i.type for i in asked)),
        from_date=found.from_date or (first.from_date if first else None),
        to_date=found.to_date or (first.to_date if first else None),
        request=held.id if held else "",
    )


def _advice(db: Db, flag: Flag) -> Advice:
    record = records.get(db, flag.finding.record)
    kind, provider = _kind(flag), record.provider or ""
    wanted = _wanted(db, flag)
    if kind is None:
        why = "nothing is missing: the entry is wrong, and is to be corrected"
        return Advice(flag, Way.CORRECTION, why, wanted, provider)
    if kind is OmissionKind.NEVER_CHARTED:
        return Advice(flag, Way.CORRECTION, _WHY[kind], wanted, provider)
    owing = list(_owing(db, record, provider, wanted)) if provider else []
    if owing:
        request = owing[0][0]
        items = tuple(item for held, item in owing if held.id == request.id)
        unsent = request.state in (RequestState.DRAFT, RequestState.READY)
        what = "asks for it and was not sent yet" if unsent else "asks for it and is still open"
        why = f"{_WHY[kind]}; a request to them {what}"
        way = Way.REQUEST if unsent else Way.SHORTFALL
        return Advice(flag, way, why, wanted, provider, request.id, items)
    return Advice(flag, Way.REQUEST, _WHY[kind], wanted, provider)


def suggest(s: Session, given: str) -> Advice:
    """What fits what a flag says is missing: a request, one that is open already, a correction.

    A part that somebody holds can be asked for; what was never charted can only be added.
    """
    db = s.vault.read()
    return _advice(db, flags.get(db, lookup.resolve(db, "flag", given)))


def _askable(db: Db, flag: Flag) -> Record:
    """The record of a flag whose missing part can be asked for; raises Refused or UsageError."""
    if flag.state not in (FlagState.SUSPECTED, FlagState.CONFIRMED):
        raise Refused(f"{flag.id} is {flag.state.value.replace('_', ' ')}", "chartmend flag list")
    if flag.request:
        held = stored.get(db, flag.request)
        if stored.standing(held).open:
            raise Refused(
                f"{held.id} asks for it already", f"chartmend request show {held.id} tells how far"
            )
    record = records.get(db, flag.finding.record)
    if record.person is None:
        raise UsageError(
            f"{record.id} does not say whose it is",
            f"chartmend record assign {record.id} --person PER",
        )
    return record


def _provider(db: Db, advice: Advice, part: Part, record: Record) -> str:
    provider = resolved(db, "provider", part.provider) or advice.provider
    if not provider:
        raise UsageError(
            f"{record.id} does not say who it came from",
            f"chartmend record assign {record.id} --provider PROV, or say whom to ask",
        )
    return provider


def _begun(db: Db, advice: Advice, part: Part, record: Record) -> Request:
    """A draft that asks for what is missing; it follows from the request the record answered."""
    wanted = advice.missing
    types = part.types or wanted.types
    if not types and advice.way is Way.CORRECTION:
        raise Refused(
            f"no copy can be asked for: {advice.why}",
            f"chartmend correction new {advice.flag.id}; or say what to ask for: --what TYPES",
        )
    asked = Wanted(
        what=types or (RecordType.ALL,),
        from_date=part.from_date or wanted.from_date,
        to_date=part.to_date or wanted.to_date,
        facility=part.words or wanted.words,
        parent=wanted.request or record.request or "",
    )
    provider = _provider(db, advice, part, record)
    return requests.begin(db, provider, record.person or "", asked, dates.today())


def ask(s: Session, given: str, part: Part | None = None, *, anew: bool = False) -> Made:
    """Ask for what a flag says is missing: by a request of its own, or an open one that owes it.

    The person's word makes a suspicion a finding. It is resolved when the items came. `anew` makes
    a second request although one is open, and so does anything in `part` that says what to ask
    for. Raises Refused for what nobody wrote down, or what is asked for already.
    """
    part = part or Part()
    with s.vault.write("flag.requested") as db:
        flag = flags.get(db, lookup.resolve(db, "flag", given))
        record = _askable(db, flag)
        advice = _advice(db, flag)
        existing = bool(advice.request) and not anew and part == Part()
        if existing:
            request, items = stored.get(db, advice.request), advice.items
        else:
            request = _begun(db, advice, part, record)
            items = tuple(item.id for item in request.items)
        words = "; ".join(ledger.words(i) for i in request.items if i.id in items)
        request = flagged.link(db, flag, request, items, words)
        flag = flags.get(db, flag.id)
    view = requests.get(s, request.id, dates.today())
    return Made(view, replace(advice, flag=flag), items, existing)
