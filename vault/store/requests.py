"""Access requests in the vault, with their items; where one stands is stored with each event."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from vault.errors import UnknownId
from vault.model.lifecycle import Standing, stand
from vault.model.record_types import RecordType
from vault.model.requests import Event, Request, RequestItem, RequestState, WaitingOn
from vault.store import events
from vault.store.database import Db, Row
from vault.store.shapes import day, from_day, from_text_list, text_list

_COLUMNS = """
id, person, provider, made_at, authority, office, format, fallback, deliver, fee_limit, currency,
sensitive, third_party, inspect, parent, state, outcome, waiting_on
"""
_ASIDE = "answers_nothing:"
_SELECT = f"SELECT {_COLUMNS} FROM request"
_INSERT = f"""
INSERT INTO request ({_COLUMNS}, what, from_date, to_date)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
"""
_UPDATE = """
UPDATE request SET authority = ?, office = ?, format = ?, fallback = ?, deliver = ?,
    fee_limit = ?, currency = ?, sensitive = ?, third_party = ?, inspect = ?
WHERE id = ?
"""
_ITEM = """
id, type, from_date, to_date, facility, format, fallback, deliver, promised, came
"""
_SELECT_ITEMS = f"SELECT request, {_ITEM} FROM request_item"
_PUT_ITEM = f"""
INSERT INTO request_item (request, position, {_ITEM})
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
ON CONFLICT (id) DO UPDATE SET position = excluded.position, type = excluded.type,
    from_date = excluded.from_date, to_date = excluded.to_date, facility = excluded.facility,
    format = excluded.format, fallback = excluded.fallback, deliver = excluded.deliver,
    promised = excluded.promised, came = excluded.came
"""


def _item(row: Row) -> RequestItem:
    return RequestItem(
        id=row[1],
        type=RecordType(row[2]),
        from_date=from_day(row[3]),
        to_date=from_day(row[4]),
        facility=row[5],
        format=row[6],
        fallback=row[7],
        deliver=row[8],
        promised=row[9],
        came=row[10],
    )


def _from_row(row: Row, items: Sequence[RequestItem], history: Sequence[Event]) -> Request:
    return Request(
        id=row[0],
        person=row[1],
        provider=row[2],
        items=tuple(items),
        made_at=row[3],
        authority=row[4] or "",
        office=row[5] or "",
        format=row[6],
        fallback=row[7],
        deliver=row[8],
        fee_limit=Decimal(row[9]) if row[9] else None,
        currency=row[10],
        sensitive=from_text_list(row[11]),
        third_party=from_text_list(row[12]),
        inspect=bool(row[13]),
        parent=row[14] or "",
        state=RequestState(row[15]),
        outcome=row[16],
        waiting_on=WaitingOn(row[17]),
        events=tuple(history),
    )


def _terms(request: Request) -> tuple[object, ...]:
    """What is asked and how, as columns: what may change before it is sent."""
    return (
        request.authority or None,
        request.office or None,
        request.format,
        request.fallback,
        request.deliver,
        "" if request.fee_limit is None else str(request.fee_limit),
        request.currency,
        text_list(request.sensitive),
        text_list(request.third_party),
        int(request.inspect),
    )


def add(db: Db, request: Request) -> None:
    """Add a request and its items, without its events."""
    starts = [i.from_date for i in request.items if i.from_date]
    ends = [i.to_date for i in request.items if i.to_date]
    db.execute(
        _INSERT,
        (
            request.id,
            request.person,
            request.provider,
            request.made_at,
            *_terms(request),
            request.parent or None,
            request.state.value,
            request.outcome,
            request.waiting_on.value,
            text_list([t.value for t in request.what]),
            day(min(starts, default=None)),
            day(max(ends, default=None)),
        ),
    )
    put_items(db, request)


def put_items(db: Db, request: Request) -> None:
    """Put the items of a request as they are now; those not among them go."""
    kept = [item.id for item in request.items]
    marks = ", ".join("?" * len(kept))
    db.execute(
        f"DELETE FROM request_item WHERE request = ? AND id NOT IN ({marks})", (request.id, *kept)
    )
    for position, item in enumerate(request.items, 1):
        values = (
            item.id,
            item.type.value,
            day(item.from_date),
            day(item.to_date),
            item.facility,
            item.format,
            item.fallback,
            item.deliver,
            item.promised,
            item.came,
        )
        db.execute(_PUT_ITEM, (request.id, position, *values))


def change(db: Db, request: Request) -> None:
    """Put what a request asks, and how, in the place of what it asked."""
    db.execute(_UPDATE, (*_terms(request), request.id))
    put_items(db, request)


def standing(request: Request) -> Standing:
    """Where a request stands, told anew from its events."""
    return stand([item.id for item in request.items], request.events)


def append(db: Db, request: Request, event: Event) -> Request:
    """Add an event to a request, and store where it stands now; returns it so."""
    events.add(db, request.id, event)
    request = replace(request, events=(*request.events, event))
    now = standing(request)
    db.execute(
        "UPDATE request SET state = ?, outcome = ?, waiting_on = ? WHERE id = ?",
        (now.state.value, now.outcome, now.waiting_on.value, request.id),
    )
    return replace(request, state=now.state, outcome=now.outcome, waiting_on=now.waiting_on)


def every(db: Db) -> tuple[Request, ...]:
    """All requests, newest first."""
    history = events.every(db, "request")
    items: dict[str, list[RequestItem]] = defaultdict(list)
    for row in db.execute(f"{_SELECT_ITEMS} ORDER BY request, position"):
        items[row[0]].append(_item(row))
    rows = db.execute(f"{_SELECT} ORDER BY made_at DESC, rowid DESC")
    return tuple(_from_row(row, items[row[0]], history.get(row[0], ())) for row in rows)


def get(db: Db, id_: str) -> Request:
    """The request with exactly this id; raises UnknownId."""
    row = db.execute(f"{_SELECT} WHERE id = ?", (id_,)).fetchone()
    if row is None:
        raise UnknownId("request", id_)
    rows = db.execute(f"{_SELECT_ITEMS} WHERE request = ? ORDER BY position", (id_,))
    return _from_row(row, [_item(r) for r in rows], events.of(db, id_))


def answer_with(db: Db, item: str, record: str, made_at: str) -> None:
    """Note that a record was taken as an answer to an item; twice is once."""
    db.execute("INSERT OR IGNORE INTO item_record VALUES (?, ?, ?)", (item, record, made_at))


def records_of(db: Db, request: str) -> dict[str, tuple[str, ...]]:
    """The records taken as answers, by item of a request."""
    rows = db.execute(
        "SELECT item, record FROM item_record WHERE item IN "
        "(SELECT id FROM request_item WHERE request = ?) ORDER BY made_at, record",
        (request,),
    )
    found: dict[str, list[str]] = defaultdict(list)
    for row in rows:
        found[row[0]].append(row[1])
    return {item: tuple(held) for item, held in found.items()}


def taken(db: Db) -> frozenset[str]:
    """The records that answer an item of any request."""
    return frozenset(row[0] for row in db.execute("SELECT DISTINCT record FROM item_record"))


def aside(db: Db) -> frozenset[str]:
    """The records a person said to answer no request."""
    rows = db.execute("SELECT name FROM setting WHERE name LIKE ?", (f"{_ASIDE}%",))
    return frozenset(row[0].removeprefix(_ASIDE) for row in rows)


def set_aside(db: Db, record: str, *, undo: bool = False) -> None:
    """Note that a record answers no request; with `undo` the note goes."""
    name = f"{_ASIDE}{record}"
    if undo:
        db.execute("DELETE FROM setting WHERE name = ?", (name,))
    else:
        db.execute("INSERT OR REPLACE INTO setting (name, value) VALUES (?, '')", (name,))
