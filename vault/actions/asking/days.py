"""The dates of one request: the legal one, promised ones, ends, refusals by silence, complaints."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from vault.actions import requests
from vault.actions.requests import RequestView
from vault.actions.rulebook import Book
from vault.law import complaint, pause, rules, say
from vault.law.complaint import Cause, Window
from vault.law.terms import Right
from vault.model.dues import DueKind
from vault.model.requests import Event, RequestEvent, RequestState, Urgency, urgency

CLARIFICATION = "clarification"
"""The ground of a claimed pause that is a question back about the request itself."""
_E = RequestEvent
_CAME = (_E.RECEIVED, _E.PARTIAL, _E.ARRIVED, _E.ANSWERED)


@dataclass(frozen=True, slots=True)
class Day:
    """A date of a request: its kind, how pressing it is, and one sentence on it.

    `rule` and `cite` say by which law, empty where it is nobody's but the person's or theirs.
    `id` is of what the date is of, where that is not the whole request or correction.
    """

    kind: DueKind
    on: dt.date
    urgency: Urgency
    said: str
    rule: str = ""
    cite: str = ""
    id: str = ""


def _pressing(on: dt.date, today: dt.date) -> Urgency:
    return urgency(on, today, open_=True)


def pauses(view: RequestView) -> tuple[pause.Pause, ...]:
    """The verdicts on every pause they claim in this round; () where no legal date runs."""
    if view.due is None:
        return ()
    events = view.standing.events
    found = []
    for event in events:
        if event.kind != _E.PAUSE_CLAIMED or event.on < view.due.start:
            continue
        later = (e.on for e in events if e.kind == _E.ANSWERED and e.on >= event.on)
        clarifies = event.detail.ground == CLARIFICATION
        found.append(pause.verdict(view.due, event.on, next(later, None), clarifies=clarifies))
    return tuple(found)


def said(view: RequestView) -> str:
    """The legal date in one sentence, with the verdict on a delay and on a claimed pause."""
    parts = [requests.owed(view)]
    if view.extension is not None:
        parts.append(view.extension.why)
    parts += [held.why for held in pauses(view)]
    return "; ".join(part for part in parts if part)


def _legal(view: RequestView, today: dt.date) -> Iterator[Day]:
    due = view.due
    if due is None:
        return
    rule = due.rule
    yield Day(DueKind.ANSWER, due.on, view.urgency, said(view), rule.id, rule.cite)
    refused = complaint.deemed_refused_on(due)
    if refused is not None:
        text = f"From {say.day(refused)} no answer counts as a refusal {say.source(rule)}"
        pressing = _pressing(refused, today)
        yield Day(DueKind.DEEMED_REFUSAL, refused, pressing, text, rule.id, rule.cite)


def _promised(view: RequestView, today: dt.date) -> Iterator[Day]:
    standing = view.standing
    if standing.promised is not None and standing.running:
        text = f"They promised it for {say.day(standing.promised)}"
        yield Day(DueKind.PROMISED, standing.promised, _pressing(standing.promised, today), text)


def _links(view: RequestView, today: dt.date) -> Iterator[Day]:
    last: Event | None = None
    for event in view.standing.events:
        if event.kind == _E.LINK_SENT:
            last = event
        elif event.kind in _CAME:
            last = None
    if last is not None and last.detail.until is not None:
        on = last.detail.until
        text = f"The link or password they sent works until {say.day(on)}"
        yield Day(DueKind.LINK_ENDS, on, _pressing(on, today), text)


def _cause(view: RequestView, today: dt.date) -> tuple[dt.date, Cause] | None:
    """What there is to complain of, and the day it counts from; None for nothing."""
    if view.standing.state is RequestState.DENIED:
        events = view.standing.events
        on = max(e.on for e in events if e.kind in (_E.DENIED, _E.WITHHELD))
        return on, Cause.DENIED
    if view.due is not None and today > view.due.rolled and view.standing.running:
        return view.due.on, Cause.MISSED
    return None


def window(view: RequestView, today: dt.date, book: Book) -> Window | None:
    """Until when one can complain of a refusal or a missed date; None for nothing, or nowhere."""
    cause = _cause(view, today)
    place = view.provider.jurisdiction
    if cause is None or not rules.knows(place, book):
        return None
    on, why = cause
    return complaint.window(place, view.provider.kind, on, why, book)


def _complaint(view: RequestView, today: dt.date, book: Book) -> Iterator[Day]:
    if view.standing.state is RequestState.ESCALATED:
        return
    found = window(view, today, book)
    if found is None or found.safe is None:
        return
    last = found.last or found.safe
    if today > last and not found.regulator.waivable:
        return
    on = found.safe if today <= found.safe else last
    text = complaint.said(found)
    yield Day(DueKind.COMPLAINT, on, _pressing(on, today), text, cite=found.cite)


def _signature(view: RequestView, today: dt.date, book: Book) -> Iterator[Day]:
    """Until when a letter that is ready may be sent, where a signature may not be old."""
    place = view.provider.jurisdiction
    if view.standing.state is not RequestState.READY or not rules.knows(place, book):
        return
    signed = [e.on for e in view.standing.events if e.kind == _E.READY]
    for rule in rules.choose(place, view.provider.kind, Right.ACCESS, book):
        if rule.signature_days and signed:
            on = signed[-1] + dt.timedelta(days=rule.signature_days)
            text = (
                f"Send it by {say.day(on)}: a signature may be {rule.signature_days} days old, and "
                f"it was ready on {say.day(signed[-1])} {say.source(rule)}"
            )
            pressing = _pressing(on, today)
            yield Day(DueKind.SIGNATURE_ENDS, on, pressing, text, rule.id, rule.cite)


def of(view: RequestView, today: dt.date, book: Book) -> tuple[Day, ...]:
    """Every date of an open request as it stands on `today`; () for a closed one."""
    if not view.standing.open:
        return ()
    return (
        *_legal(view, today),
        *_promised(view, today),
        *_links(view, today),
        *_complaint(view, today, book),
        *_signature(view, today, book),
    )
