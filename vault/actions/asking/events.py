"""What happened to a request, as a person tells it: checked against what can be, then kept."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace

from vault import dates
from vault.errors import Refused, UsageError
from vault.model import lifecycle
from vault.model.lifecycle import ANSWERS, ASKED, NEEDS
from vault.model.requests import (
    NO_DETAIL,
    Detail,
    Event,
    Outcome,
    Request,
    RequestEvent,
    RequestState,
)
from vault.safetext import safe_line
from vault.store import requests
from vault.store.database import Db

_E = RequestEvent
_AFTER_SENDING = frozenset(
    {*ANSWERS, *NEEDS, _E.DELIVERED, _E.BOUNCED, _E.ACKNOWLEDGED, _E.PROMISED, _E.EXTENDED}
    | {_E.PAUSE_CLAIMED, _E.ARRIVED, _E.REMINDED, _E.APPEALED, _E.COMPLAINED, _E.REVIEWED}
) - {_E.FEE_QUOTED, _E.FORM_ASKED}
_NEEDS_DAY = {
    _E.EXTENDED: "the new day they gave",
    _E.PROMISED: "the day they promised",
}
_SHORT, _LONG = 200, 2000


@dataclass(frozen=True, slots=True)
class Told:
    """What a person says happened: the kind of event, its day, their words, and the detail.

    `replaces` is the `seq` of an earlier event that this one puts right; `item` the one item meant.
    """

    kind: RequestEvent
    on: dt.date
    note: str = ""
    detail: Detail = NO_DETAIL
    item: str = ""
    replaces: int | None = None


def following(history: tuple[Event, ...], kind: str, on: dt.date) -> Event:
    """A bare event that comes after `history`."""
    round_ = history[-1].round if history else 1
    return Event(seq=len(history) + 1, round=round_, kind=kind, on=on, at=dates.now())


def changed(db: Db, request: Request) -> Request:
    """Keep what a request asks for as it is now; one that was ready is to be checked again."""
    requests.change(db, request)
    if request.state is not RequestState.READY:
        return request
    return requests.append(
        db, request, following(request.events, RequestEvent.DRAFTED, dates.today())
    )


def safe_detail(detail: Detail) -> Detail:
    """The detail with its texts safe to keep and show."""
    return replace(
        detail,
        reason=safe_line(detail.reason, _LONG),
        ground=safe_line(detail.ground, _SHORT),
        number=safe_line(detail.number, _SHORT),
        who=safe_line(detail.who, _SHORT),
        vendor=safe_line(detail.vendor, _SHORT),
        medium=safe_line(detail.medium, _SHORT),
        currency=safe_line(detail.currency, 3).upper(),
        lines=tuple(replace(line, what=safe_line(line.what, _SHORT)) for line in detail.lines),
    )


def _first_sent(request: Request) -> dt.date | None:
    sent = [e.on for e in lifecycle.effective(request.events) if e.kind == _E.SENT]
    return min(sent, default=None)


def _check_days(request: Request, told: Told) -> None:
    """Raise UsageError for days that cannot be."""
    if told.on > dates.today():
        raise UsageError("that day lies ahead", "note it when it has happened")
    first = _first_sent(request)
    if told.kind in _AFTER_SENDING and first is not None and told.on < first:
        raise UsageError(
            f"this cannot have happened on {told.on.isoformat()}: "
            f"the request was sent on {first.isoformat()}",
            "check the two days; chartmend request show shows when it was sent",
        )
    what = _NEEDS_DAY.get(told.kind)
    if what and told.kind is _E.PROMISED and told.detail.until is None:
        raise UsageError(f"{what} is missing", "give it with --until YYYY-MM-DD")
    until = told.detail.until
    if until is not None and until < told.on:
        raise UsageError("the day they gave lies before the day they gave it", "check --until")


def _check_state(request: Request, told: Told, new: Event) -> None:
    """Raise Refused where nothing of that kind can happen to a request that stood so that day."""
    state = lifecycle.before([i.id for i in request.items], request.events, new).state
    if lifecycle.allowed(told.kind, state):
        return
    hint = f"chartmend request show {request.id}"
    on = "" if told.on == dates.today() else f" on {told.on.isoformat()}"
    if state is RequestState.CLOSED:
        was = f"was closed{on}" if on else "is closed"
        raise Refused(f"this request {was}", f"chartmend request log {request.id} reopened")
    if told.kind in _AFTER_SENDING and state not in ASKED:
        said = f"had not been sent yet{on}" if on else "has not been sent yet"
        raise Refused(f"this request {said}", f"chartmend request sent {request.id}")
    what, words = told.kind.value.replace("_", " "), state.value.replace("_", " ")
    verb = f"was{on}" if on else "is"
    raise Refused(f"{what!r} cannot happen to a request that {verb} {words}", hint)


def _check_items(request: Request, told: Told) -> None:
    known = {item.id for item in request.items}
    for item in (told.item, *told.detail.items, *told.detail.gaps):
        if item and item not in known:
            raise UsageError(
                f"the request has no item {safe_line(item, 40)!r}",
                f"chartmend request show {request.id} lists its items",
            )


def check_meant(request: Request, kind: RequestEvent) -> None:
    """Raise UsageError where an answer that names no item would change items settled before."""
    answer, now = ANSWERS.get(kind), requests.standing(request)
    if answer is None or now.owed or len(now.answers) < 2 or set(now.answers.values()) == {answer}:
        return
    raise UsageError(
        "nothing more is owed of this request: say which item it is about",
        f"--item ITEM; chartmend request show {request.id} lists them",
    )


def check_replaced(request: Request, seq: int | None) -> None:
    """Raise UsageError where there is no event of that number, or it cannot be put right."""
    if seq is None:
        return
    found = [e for e in request.events if e.seq == seq]
    if not found:
        raise UsageError(
            f"there is no event {seq} to put right",
            f"chartmend request show {request.id} numbers them",
        )
    if found[0].kind == _E.DRAFTED:
        raise UsageError("the beginning of a request cannot be put right", "withdraw it instead")


def _check_outcome(told: Told) -> None:
    if told.kind is _E.CLOSED and told.detail.outcome not in Outcome.__members__.values():
        raise UsageError("how it ended is missing", f"one of: {' '.join(Outcome)}")


def possible(request: Request) -> tuple[RequestEvent, ...]:
    """The kinds of events that can happen to a request as it stands now."""
    now = requests.standing(request).state
    return tuple(kind for kind in RequestEvent if lifecycle.allowed(kind, now))


def event(request: Request, told: Told) -> Event:
    """The event that `told` makes of a request; raises UsageError or Refused for what cannot be."""
    _check_days(request, told)
    _check_items(request, told)
    check_replaced(request, told.replaces)
    _check_outcome(told)
    new = replace(
        following(request.events, told.kind, told.on),
        note=safe_line(told.note, _LONG),
        item=told.item,
        detail=safe_detail(told.detail),
        replaces=told.replaces,
    )
    _check_state(request, told, new)
    if told.replaces is None and not (told.item or told.detail.items):
        check_meant(request, told.kind)
    return new
