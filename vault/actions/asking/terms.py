"""What a request asks for, as it is typed: checked, and made the items and terms of a request."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from decimal import Decimal

from vault import ids
from vault.errors import UsageError
from vault.model.record_types import RecordType
from vault.model.requests import Request, RequestItem
from vault.safetext import safe_line
from vault.store import lookup, offices
from vault.store.database import Db

_SHORT = 100


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


_EACH = ("from_date", "to_date", "facility", "format", "fallback", "deliver")
"""What is wanted of all items alike, unless one is told apart."""


def resolved(db: Db, noun: str, given: str) -> str:
    """The id that `given` begins, or "" where nothing was given."""
    return lookup.resolve(db, noun, given) if given else ""


def office_of(db: Db, given: str, provider: str) -> str:
    """The id of a provider's own office; another's would send the letter to the wrong house."""
    office = resolved(db, "office", given)
    if office and offices.get(db, office).provider != provider:
        raise UsageError(
            f"the office {office} belongs to another provider",
            f"chartmend provider show {provider} lists its offices",
        )
    return office


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


def terms(db: Db, wanted: Wanted, request: Request) -> Request:
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
        authority=resolved(db, "authority", wanted.authority),
        office=office_of(db, wanted.office, request.provider),
        format=safe_line(wanted.format, _SHORT),
        fallback=safe_line(wanted.fallback, _SHORT),
        deliver=safe_line(wanted.deliver, _SHORT),
        fee_limit=wanted.fee_limit,
        currency=safe_line(wanted.currency, 3).upper(),
        sensitive=tuple(safe_line(c, _SHORT) for c in wanted.sensitive),
        third_party=tuple(safe_line(line, _SHORT) for line in wanted.third_party if line.strip()),
        inspect=wanted.inspect,
    )
