"""The ledger of a request: each item asked for, what came for it, and what is missing."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace

from vault.actions.asking import events, flagged
from vault.actions.asking.events import Told
from vault.actions.session import Session
from vault.errors import Refused
from vault.model.facts import FactKind
from vault.model.lifecycle import Standing
from vault.model.record_types import RecordType
from vault.model.requests import (
    Detail,
    ItemAnswer,
    Request,
    RequestEvent,
    RequestItem,
    RequestState,
)
from vault.safetext import safe_line
from vault.store import facts, lookup, records, requests
from vault.store.database import Db

_SHORT = 100
_MISSING = {
    ItemAnswer.ASKED: "nothing has come",
    ItemAnswer.PARTIAL: "only a part has come",
    ItemAnswer.DENIED: "they refused it",
    ItemAnswer.WITHHELD: "they left it out",
    ItemAnswer.NOT_HELD: "they say they do not hold it",
    ItemAnswer.DESTROYED: "they say it was destroyed",
}


@dataclass(frozen=True, slots=True)
class Line:
    """One item of a request with what became of it: the records taken for it, and what lacks."""

    item: RequestItem
    answer: ItemAnswer
    records: tuple[str, ...]
    missing: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Ledger:
    """All items of a request. `said` tells in one line how complete it is."""

    lines: tuple[Line, ...]
    said: str

    @property
    def gaps(self) -> tuple[str, ...]:
        """The items of which something is missing, so that a shortfall letter has to name them."""
        ends = (ItemAnswer.NOT_HELD, ItemAnswer.DESTROYED)
        return tuple(
            line.item.id for line in self.lines if line.missing and line.answer not in ends
        )


def words(item: RequestItem) -> str:
    """An item in words: kinds, dates and place."""
    kind = "all records" if item.type is RecordType.ALL else item.type.value.replace("_", " ")
    since = f" from {item.from_date.isoformat()}" if item.from_date else ""
    until = f" to {item.to_date.isoformat()}" if item.to_date else ""
    place = f", {item.facility}" if item.facility else ""
    return f"{kind}{since}{until}{place}"


def _years(item: RequestItem) -> set[int]:
    if item.from_date is None or item.to_date is None:
        return set()
    return set(range(item.from_date.year, item.to_date.year + 1))


def _dated(db: Db, ids: Iterable[str]) -> set[int]:
    """The years of the service dates that records state."""
    held = (f.fact for id_ in ids for f in facts.of(db, id_))
    return {
        int(f.value[:4]) for f in held if f.kind is FactKind.SERVICE_DATE and f.value[:4].isdigit()
    }


def _lacks(db: Db, item: RequestItem, answer: ItemAnswer, came: tuple[str, ...]) -> list[str]:
    """What is missing of an item: by its answer, by its years, by the kind of what came."""
    lacks = [_MISSING[answer]] if answer in _MISSING else []
    if answer is not ItemAnswer.RECEIVED or not came:
        return lacks
    dated = _dated(db, came)
    gone = sorted(_years(item) - dated) if dated else []
    if gone:
        lacks.append(f"nothing dated {', '.join(map(str, gone))}")
    media = {records.get(db, id_).media for id_ in came}
    if item.type is RecordType.IMAGES and media <= {"pdf", "text"}:
        lacks.append("paper or PDF came where images were asked for")
    return lacks


def _said(standing: Standing, lines: tuple[Line, ...]) -> str:
    """How complete it is: a count of each answer, the best first."""
    count = Counter(line.answer for line in lines)
    parts = [
        f"{count[answer]} {answer.value.replace('_', ' ')}"
        for answer in ItemAnswer
        if count[answer]
    ]
    many = len(lines)
    wanting = sum(1 for line in lines if line.missing)
    if not wanting:
        return f"complete: all {many} items are here" if many > 1 else "complete"
    ending = "" if standing.open else "closed; "
    return f"{ending}{many - wanting} of {many} complete ({', '.join(parts)})"


def of(db: Db, request: Request) -> Ledger:
    """The ledger of a request."""
    standing = requests.standing(request)
    held = requests.records_of(db, request.id)
    lines = []
    for item in request.items:
        answer, came = standing.answers[item.id], held.get(item.id, ())
        lines.append(Line(item, answer, came, tuple(_lacks(db, item, answer, came))))
    return Ledger(tuple(lines), _said(standing, tuple(lines)))


def get(s: Session, given: str) -> Ledger:
    """The ledger of the request that `given` names."""
    db = s.vault.read()
    return of(db, requests.get(db, lookup.resolve(db, "request", given)))


def review(
    s: Session,
    given: str,
    on: dt.date,
    gaps: tuple[str, ...] | None = None,
    *,
    accept: bool = False,
) -> Request:
    """Say that what came has been looked through; without gaps that closes the request.

    `gaps` are items found wanting (ids or their beginnings), by default those the ledger names.
    `accept` closes it although something is missing.
    """
    with s.vault.write("request.reviewed") as db:
        request = requests.get(db, lookup.resolve(db, "request", given))
        if gaps is None:
            found = of(db, request).gaps
        else:
            found = tuple(lookup.resolve(db, "request_item", gap) for gap in gaps)
        if accept and not found:
            accept = False
        detail = Detail(gaps=found, accepted=True if accept else None)
        standing = requests.standing(request)
        came = (RequestState.UNDER_REVIEW, RequestState.GAPS_OPEN)
        if standing.state not in came:
            raise Refused(
                "nothing has come yet that could be looked through",
                f"chartmend request log {request.id} received",
            )
        return flagged.noted(
            db, request, events.event(request, Told(RequestEvent.REVIEWED, on, detail=detail))
        )


@dataclass(frozen=True, slots=True)
class ItemChange:
    """What is different about an item; None stays as it is."""

    facility: str | None = None
    format: str | None = None
    fallback: str | None = None
    deliver: str | None = None
    promised: str | None = None
    came: str | None = None


def change_item(s: Session, given: str, change: ItemChange) -> Request:
    """Say more of an item: its format, what was promised, what came."""
    with s.vault.write("request.item") as db:
        item_id = lookup.resolve(db, "request_item", given)
        row = db.execute("SELECT request FROM request_item WHERE id = ?", (item_id,)).fetchone()
        request = requests.get(db, row[0])
        told = {
            name: safe_line(value, _SHORT)
            for name in ItemChange.__slots__
            if (value := getattr(change, name)) is not None
        }
        items = tuple(
            replace(i, **told) if i.id == item_id else i  # type: ignore[arg-type]  # all are texts
            for i in request.items
        )
        request = replace(request, items=items)
        requests.put_items(db, request)
        return request
