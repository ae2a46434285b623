"""The life of an access request: where its events have brought it.

Two axes, state and outcome, beside whose turn it is. Events count in the order of their days,
not in that of their noting, and one that puts another right stands in its place. An event that
cannot move a request from where it stands moves nothing: no order of events leads to a state
that cannot be.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace

from vault.model.requests import (
    ASSUMED,
    OWED,
    Event,
    ItemAnswer,
    Outcome,
    RequestEvent,
    RequestState,
    WaitingOn,
)

_E, _S = RequestEvent, RequestState

ASKED = frozenset(set(RequestState) - {_S.DRAFT, _S.READY, _S.CLOSED})
"""States of a request that was sent and is open."""

_RUNNING = frozenset({_S.SENT, _S.ACKNOWLEDGED, _S.EXTENDED})
_BUSY = _RUNNING | {_S.ACTION_NEEDED, _S.NEEDS_CLASSIFICATION, _S.ESCALATED}
_ANEW = frozenset({_S.UNDER_REVIEW, _S.GAPS_OPEN, _S.DENIED})
_SENDABLE = frozenset({_S.DRAFT, _S.READY, _S.SENT, _S.ACTION_NEEDED}) | _ANEW
_OPEN = frozenset(set(RequestState) - {_S.CLOSED})
_ALL = frozenset(RequestState)

ANSWERS = {
    _E.RECEIVED: ItemAnswer.RECEIVED,
    _E.PARTIAL: ItemAnswer.PARTIAL,
    _E.NOT_HELD: ItemAnswer.NOT_HELD,
    _E.DESTROYED: ItemAnswer.DESTROYED,
    _E.DENIED: ItemAnswer.DENIED,
    _E.WITHHELD: ItemAnswer.WITHHELD,
}
"""Events that say what became of items."""

NEEDS = frozenset({
    _E.ID_ASKED, _E.FORM_ASKED, _E.CLARIFICATION_ASKED, _E.FEE_QUOTED, _E.LINK_SENT,
})  # fmt: skip
"""Events after which the person has to do something."""

_BEFORE_SENDING = frozenset({_E.FEE_QUOTED, _E.FORM_ASKED, _E.REDIRECTED})
_ANY_TIME = frozenset({
    _E.CALL, _E.NOTE, _E.FEE_PAID, _E.FEE_RECEIPT, _E.FEE_REFUNDED, _E.FEE_ITEMISED,
})  # fmt: skip


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a request stands, as its events tell.

    `need` is what was asked of the person while action is needed. `start` is the day the clock of
    this round started, `assumed` whether that day is a guess; `first` the first such day of all.
    `notices` are the extensions told of in this round, lawful or not; `promised` the day they
    last gave by themselves. `answers` are by item id. `events` are those that count, in the order
    they count in. `last` is the day of the last one. `before` and `needed` are the state and need
    there were when it was closed.
    """

    state: RequestState = RequestState.DRAFT
    outcome: str = ""
    waiting_on: WaitingOn = WaitingOn.ME
    need: str = ""
    round: int = 1
    start: dt.date | None = None
    assumed: bool = False
    first: dt.date | None = None
    notices: tuple[Event, ...] = ()
    promised: dt.date | None = None
    vendor: str = ""
    number: str = ""
    answers: dict[str, ItemAnswer] = field(default_factory=dict)
    gaps: tuple[str, ...] = ()
    events: tuple[Event, ...] = ()
    last: dt.date | None = None
    before: RequestState = RequestState.DRAFT
    needed: str = ""

    @property
    def open(self) -> bool:
        """Whether anything can still come of it."""
        return self.state is not RequestState.CLOSED

    @property
    def owed(self) -> tuple[str, ...]:
        """The items still owed, in full or in part; all of them before an answer."""
        return tuple(item for item, answer in self.answers.items() if answer in OWED)

    @property
    def running(self) -> bool:
        """Whether the provider owes an answer, so that its clock counts."""
        return self.state in ASKED and self.start is not None and bool(self.owed)


def effective(events: Iterable[Event]) -> tuple[Event, ...]:
    """The events that count, by day: one that was put right gives its place to the one that did."""
    slots: dict[int, Event] = {}
    root: dict[int, int] = {}
    for event in sorted(events, key=lambda e: e.seq):
        place = root.get(event.replaces, event.seq) if event.replaces is not None else event.seq
        root[event.seq] = place
        slots[place] = event if event.seq == place else replace(event, seq=place)
    return tuple(
        sorted(slots.values(), key=lambda e: (e.seq != 1 or e.kind != _E.DRAFTED, e.on, e.seq))
    )


def allowed(kind: RequestEvent, state: RequestState) -> bool:
    """Whether an event of that kind can happen to a request in that state."""
    if kind in _ANY_TIME:
        return True
    if kind in (_E.DRAFTED, _E.READY, _E.FORM_CHECKED):
        return state in (_S.DRAFT, _S.READY)
    if kind is _E.SENT:
        return state in _SENDABLE
    if kind is _E.REOPENED:
        return state is _S.CLOSED
    if kind in (_E.WITHDRAWN, _E.CLOSED):
        return state in _OPEN
    return state in ASKED or (kind in _BEFORE_SENDING and state in _OPEN)


def stand(items: Sequence[str], events: Iterable[Event]) -> Standing:
    """Where a request with these items stands after `events`; pure, so history can be replayed."""
    standing = Standing(answers=dict.fromkeys(items, ItemAnswer.ASKED))
    counted: list[Event] = []
    for event in effective(events):
        kind = RequestEvent(event.kind)
        if allowed(kind, standing.state):
            step = _STEPS.get(kind)
            standing = step(standing, event) if step else standing
        same = event.round == standing.round
        counted.append(event if same else replace(event, round=standing.round))
    last = counted[-1].on if counted else None
    return replace(standing, events=tuple(counted), last=last)


def before(items: Sequence[str], events: Sequence[Event], new: Event) -> Standing:
    """Where a request stood when `new` happened: by its day, not by when it is noted.

    `new` is not among `events`; one that puts another right stands in its place.
    """
    marked = replace(new, detail=replace(new.detail))  # by itself, so that it is found again
    happened = effective([*events, marked])
    place = next(n for n, e in enumerate(happened) if e.detail is marked.detail)
    return stand(items, [replace(e, replaces=None) for e in happened[:place]])


def _drafted(s: Standing, _: Event) -> Standing:
    """What is asked for was changed: what was ready is to be checked again."""
    return replace(s, state=_S.DRAFT)


def _ready(s: Standing, _: Event) -> Standing:
    return replace(s, state=_S.READY)


def _sent(s: Standing, event: Event) -> Standing:
    """A sending: the first, one anew after an answer, or one that tells the day of arrival."""
    arrived = event.arrived or event.on
    assumed = event.arrived is None or event.note == ASSUMED
    again = s.state in (_S.SENT, _S.ACTION_NEEDED) and s.start is not None
    settles = s.state is _S.SENT and s.assumed and not assumed
    if again and not settles:  # what arrived first keeps the clock
        arrived, assumed = s.start or arrived, s.assumed
    first = arrived if s.first is None or (settles and s.first == s.start) else s.first
    sent = replace(
        s,
        state=_S.SENT,
        waiting_on=WaitingOn.PROVIDER,
        need="",
        start=arrived,
        assumed=assumed,
        first=first,
    )
    return _asked_anew(sent, event) if s.state in _ANEW else sent


def _asked_anew(s: Standing, event: Event) -> Standing:
    settled = (ItemAnswer.RECEIVED, ItemAnswer.NOT_HELD, ItemAnswer.DESTROYED)
    wanted = event.detail.items or s.gaps
    again = wanted or tuple(item for item, a in s.answers.items() if a not in settled)
    answers = {
        item: _again(answer) if item in again else answer for item, answer in s.answers.items()
    }
    return replace(
        s, round=s.round + 1, notices=(), promised=None, gaps=(), answers=answers, outcome=""
    )


def _again(answer: ItemAnswer) -> ItemAnswer:
    came = (ItemAnswer.RECEIVED, ItemAnswer.PARTIAL)
    return ItemAnswer.PARTIAL if answer in came else ItemAnswer.ASKED


def _delivered(s: Standing, event: Event) -> Standing:
    if not s.assumed:
        return s
    first = event.on if s.first == s.start else s.first
    return replace(s, start=event.on, assumed=False, first=first)


def _bounced(s: Standing, _: Event) -> Standing:
    if s.state not in (_S.SENT, _S.ACKNOWLEDGED):
        return s
    return replace(s, state=_S.READY, waiting_on=WaitingOn.ME, start=None, assumed=False)


def _with_them(s: Standing) -> WaitingOn:
    return WaitingOn.VENDOR if s.vendor else WaitingOn.PROVIDER


def _acknowledged(s: Standing, event: Event) -> Standing:
    """They have it: by then it had arrived, whatever was assumed."""
    d = event.detail
    s = replace(s, vendor=d.vendor or s.vendor, number=d.number or s.number)
    if s.assumed and s.start is not None and event.on < s.start:
        first = event.on if s.first == s.start else s.first
        s = replace(s, start=event.on, first=first)
    if s.state is _S.SENT:
        s = replace(s, state=_S.ACKNOWLEDGED)
    return replace(s, waiting_on=_with_them(s)) if s.state in _RUNNING else s


def _needs_me(s: Standing, event: Event) -> Standing:
    if s.state not in _BUSY:
        return s
    return replace(s, state=_S.ACTION_NEEDED, need=event.kind, waiting_on=WaitingOn.ME)


def _carries_on(s: Standing, event: Event) -> Standing:
    """The person has done what was asked: the provider's turn again."""
    fee = event.kind in (_E.FEE_PAID, _E.FEE_DISPUTED)
    if s.state is not _S.ACTION_NEEDED or fee != (s.need == _E.FEE_QUOTED):
        return s
    extended = any(e.detail.lawful for e in s.notices)
    state = _S.EXTENDED if extended else _S.ACKNOWLEDGED
    return replace(s, state=state, need="", waiting_on=_with_them(s))


def _redirected(s: Standing, event: Event) -> Standing:
    if event.detail.other:
        return _close(s, Outcome.SUPERSEDED)
    if s.state in _BUSY:
        return replace(s, state=_S.ACTION_NEEDED, need=event.kind, waiting_on=WaitingOn.ME)
    return s


def _promised(s: Standing, event: Event) -> Standing:
    s = replace(s, promised=event.detail.until or s.promised)
    return _acknowledged(s, event) if s.state is _S.SENT else s


def _extended(s: Standing, event: Event) -> Standing:
    s = replace(s, notices=(*s.notices, event))
    if event.detail.lawful and s.state in _RUNNING:
        return replace(s, state=_S.EXTENDED, waiting_on=_with_them(s))
    return s


def _arrived(s: Standing, _: Event) -> Standing:
    before = s.before if s.state is _S.NEEDS_CLASSIFICATION else s.state
    return replace(
        s, state=_S.NEEDS_CLASSIFICATION, waiting_on=WaitingOn.ME, need="", before=before
    )


def _answered_items(s: Standing, event: Event) -> Standing:
    """What became of items; the request moves when nothing more is owed, or something came."""
    answer = ANSWERS[RequestEvent(event.kind)]
    meant = (event.item,) if event.item else event.detail.items or s.owed or tuple(s.answers)
    answers = {item: answer if item in meant else held for item, held in s.answers.items()}
    return _settle(replace(s, answers=answers), answer)


def _settle(s: Standing, answer: ItemAnswer) -> Standing:
    held = set(s.answers.values())
    if answer in (ItemAnswer.RECEIVED, ItemAnswer.PARTIAL):
        return replace(s, state=_S.UNDER_REVIEW, waiting_on=WaitingOn.ME, need="")
    if held & OWED:  # the rest is still owed
        return _labelled(s)
    if held <= {ItemAnswer.NOT_HELD, ItemAnswer.DESTROYED}:
        gone = ItemAnswer.DESTROYED in held
        return _close(s, Outcome.RETENTION_EXPIRED if gone else Outcome.NO_RECORDS_HELD)
    came = held & {ItemAnswer.RECEIVED, ItemAnswer.PARTIAL}
    state = _S.UNDER_REVIEW if came else _S.DENIED
    return replace(s, state=state, waiting_on=WaitingOn.ME, need="")


def _labelled(s: Standing) -> Standing:
    """What had arrived unlabelled is labelled now, and the rest is the provider's turn."""
    if s.state is not _S.NEEDS_CLASSIFICATION:
        return s
    if s.before is _S.ESCALATED:
        return replace(s, state=_S.ESCALATED, waiting_on=WaitingOn.PROVIDER)
    extended = any(e.detail.lawful for e in s.notices)
    state = _S.EXTENDED if extended else _S.ACKNOWLEDGED
    return replace(s, state=state, waiting_on=_with_them(s))


def _reviewed(s: Standing, event: Event) -> Standing:
    d = event.detail
    if s.state not in (_S.UNDER_REVIEW, _S.GAPS_OPEN):
        return s
    if not d.gaps:
        return _close(s, Outcome.COMPLETE)
    s = replace(s, gaps=d.gaps)
    if d.accepted:
        return _close(s, Outcome.COMPLETE_WITH_ACCEPTED_GAPS)
    return replace(s, state=_S.GAPS_OPEN, waiting_on=WaitingOn.ME)


def _appealed(s: Standing, _: Event) -> Standing:
    return replace(s, state=_S.ESCALATED, need="", waiting_on=WaitingOn.PROVIDER)


def _complained(s: Standing, _: Event) -> Standing:
    return replace(s, state=_S.ESCALATED, need="", waiting_on=WaitingOn.REGULATOR)


def _close(s: Standing, outcome: str) -> Standing:
    before = s.state
    return replace(
        s,
        state=_S.CLOSED,
        outcome=str(outcome),
        waiting_on=WaitingOn.NOBODY,
        need="",
        before=before,
        needed=s.need,
    )


def _closed(s: Standing, event: Event) -> Standing:
    return _close(s, event.detail.outcome or Outcome.WITHDRAWN)


def _withdrawn(s: Standing, event: Event) -> Standing:
    cost = event.detail.reason == "cost"
    return _close(s, Outcome.WITHDRAWN_COST if cost else Outcome.WITHDRAWN)


def _reopened(s: Standing, _: Event) -> Standing:
    """As it stood before it was closed; what they said they do not hold is asked for again."""
    gone = (ItemAnswer.NOT_HELD, ItemAnswer.DESTROYED)
    answers, state = dict(s.answers), s.before
    if s.outcome in (Outcome.NO_RECORDS_HELD, Outcome.RETENTION_EXPIRED):
        answers = {item: ItemAnswer.ASKED if a in gone else a for item, a in answers.items()}
        state = state if state in _BUSY else _S.ACKNOWLEDGED
    if state in _RUNNING:
        waiting = _with_them(s)
    else:
        waiting = WaitingOn.PROVIDER if state is _S.ESCALATED else WaitingOn.ME
    need = s.needed if state is _S.ACTION_NEEDED else ""
    return replace(s, state=state, outcome="", waiting_on=waiting, need=need, answers=answers)


_STEPS: dict[RequestEvent, Callable[[Standing, Event], Standing]] = {
    _E.DRAFTED: _drafted,
    _E.READY: _ready,
    _E.SENT: _sent,
    _E.DELIVERED: _delivered,
    _E.BOUNCED: _bounced,
    _E.ACKNOWLEDGED: _acknowledged,
    **dict.fromkeys(NEEDS, _needs_me),
    _E.ANSWERED: _carries_on,
    _E.FEE_PAID: _carries_on,
    _E.FEE_DISPUTED: _carries_on,
    _E.REDIRECTED: _redirected,
    _E.PROMISED: _promised,
    _E.EXTENDED: _extended,
    _E.ARRIVED: _arrived,
    **dict.fromkeys(ANSWERS, _answered_items),
    _E.REVIEWED: _reviewed,
    _E.APPEALED: _appealed,
    _E.COMPLAINED: _complained,
    _E.CLOSED: _closed,
    _E.WITHDRAWN: _withdrawn,
    _E.REOPENED: _reopened,
}
