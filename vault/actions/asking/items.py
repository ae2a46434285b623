"""The items of a request: one added, one changed, one taken out, before it is sent."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, replace

from vault import ids
from vault.actions.asking.events import changed
from vault.actions.session import Session
from vault.errors import Refused, UsageError
from vault.model.record_types import RecordType
from vault.model.requests import Request, RequestItem, RequestState
from vault.safetext import safe_line
from vault.store import lookup, requests
from vault.store.database import Db

_SHORT = 100
_MOST = 100


@dataclass(frozen=True, slots=True)
class Asked:
    """What one item asks for: a kind of record, its dates, the place, in which form, and how."""

    type: RecordType = RecordType.ALL
    from_date: dt.date | None = None
    to_date: dt.date | None = None
    facility: str = ""
    format: str = ""
    fallback: str = ""
    deliver: str = ""


def asked_of(item: RequestItem) -> Asked:
    """What an item asks for, as it would be typed again."""
    return Asked(
        item.type,
        item.from_date,
        item.to_date,
        item.facility,
        item.format,
        item.fallback,
        item.deliver,
    )


def _with(item: RequestItem, asked: Asked) -> RequestItem:
    if asked.from_date and asked.to_date and asked.from_date > asked.to_date:
        raise UsageError("the first day asked for lies after the last", "check the two days")
    return replace(
        item,
        type=asked.type,
        from_date=asked.from_date,
        to_date=asked.to_date,
        facility=safe_line(asked.facility, _SHORT),
        format=safe_line(asked.format, _SHORT),
        fallback=safe_line(asked.fallback, _SHORT),
        deliver=safe_line(asked.deliver, _SHORT),
    )


def _unsent(request: Request) -> Request:
    if request.state not in (RequestState.DRAFT, RequestState.READY):
        raise Refused(
            "this request has been sent: what it asks for stays as it was",
            "ask for more with a request of its own",
        )
    return request


def _owner(db: Db, item: str) -> Request:
    row = db.execute("SELECT request FROM request_item WHERE id = ?", (item,)).fetchone()
    return _unsent(requests.get(db, row[0]))


def add(s: Session, given: str, asked: Asked) -> Request:
    """Ask for one thing more; Refused once the request was sent."""
    with s.vault.write("request.changed") as db:
        request = _unsent(requests.get(db, lookup.resolve(db, "request", given)))
        if len(request.items) >= _MOST:
            raise UsageError(f"a request has at most {_MOST} items", "make a second request")
        item = _with(RequestItem(ids.new("request_item"), asked.type), asked)
        request = replace(request, items=(*request.items, item))
        return changed(db, request)


def edit(s: Session, given: str, asked: Asked) -> Request:
    """Put what an item asks for anew; Refused once the request was sent."""
    with s.vault.write("request.changed") as db:
        item_id = lookup.resolve(db, "request_item", given)
        request = _owner(db, item_id)
        items = tuple(_with(i, asked) if i.id == item_id else i for i in request.items)
        request = replace(request, items=items)
        return changed(db, request)


def change(s: Session, given: str, told: Mapping[str, object]) -> Request:
    """Change what is told of an item (fields of Asked); None stays as it is."""
    db = s.vault.read()
    item_id = lookup.resolve(db, "request_item", given)
    held = next(i for i in _owner(db, item_id).items if i.id == item_id)
    new = {name: value for name, value in told.items() if value is not None}
    return edit(s, item_id, replace(asked_of(held), **new))  # type: ignore[arg-type]


def drop(s: Session, given: str) -> Request:
    """Ask no more for an item; Refused for the last one, and once the request was sent."""
    with s.vault.write("request.changed") as db:
        item_id = lookup.resolve(db, "request_item", given)
        request = _owner(db, item_id)
        items = tuple(i for i in request.items if i.id != item_id)
        if not items:
            raise Refused(
                "a request asks for one thing at least", "change this item, or withdraw the request"
            )
        request = replace(request, items=items)
        return changed(db, request)
