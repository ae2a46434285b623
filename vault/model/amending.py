"""The life of a correction request: where its events have brought it and each of its items.

Events count in the order of their days, and one that puts another right stands in its place. An
event that cannot move a correction from where it stands moves nothing: no order of events leads
to a state that cannot be. Where the correction stands follows from where its items stand.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from vault.model.amendable import ANSWERABLE, ASKED, COMPARED, HELD, MEANT, RUNNING
from vault.model.corrections import ENDS, CorrectionEvent, CorrectionState, ItemState
from vault.model.lifecycle import effective
from vault.model.requests import ASSUMED, Event, WaitingOn
from vault.model.standing import Standing

__all__ = [
    "ASKED",
    "COMPARED",
    "HELD",
    "MEANT",
    "RUNNING",
    "Standing",
    "allowed",
    "before",
    "meant",
    "moved",
    "stand",
]

_E, _S, _I = CorrectionEvent, CorrectionState, ItemState

_ANSWERED = ASKED - RUNNING
_ANY_TIME = frozenset({_E.NOTE, _E.CALL})
_ALSO_CLOSED = frozenset({_E.REBUTTAL, _E.NOTIFIED})
_OF_SOME = frozenset(
    {_E.ACCEPTED, _E.DENIED, _E.DISAGREEMENT, _E.ATTACH_ASKED, _E.ATTACHED, _E.COMPARED}
)
_AGAIN = frozenset({_I.DENIED, _I.DISPUTED, _I.UNCHANGED})


def allowed(kind: CorrectionEvent, state: CorrectionState) -> bool:
    """Whether an event of that kind can happen to a correction in that state."""
    if kind in _ANY_TIME:
        return True
    if kind in (_E.DRAFTED, _E.READY, _E.FORM_CHECKED):
        return state in (_S.DRAFT, _S.READY)
    if kind is _E.SENT:
        return state is not _S.CLOSED
    if kind is _E.REOPENED:
        return state is _S.CLOSED
    if kind in (_E.WITHDRAWN, _E.CLOSED):
        return state is not _S.CLOSED
    return state in ASKED or (kind in _ALSO_CLOSED and state is _S.CLOSED)


def meant(standing: Standing, event: Event) -> tuple[str, ...]:
    """The flags an event about items is about: those it names, else those it can move."""
    if event.item:
        return (event.item,)
    kind = CorrectionEvent(event.kind)
    compared = kind is _E.COMPARED
    fitting = _shown_by(event) - ENDS if compared else MEANT.get(kind, ANSWERABLE)
    return event.detail.items or standing.of(*fitting)


def _shown_by(event: Event) -> frozenset[ItemState]:
    """The states items have to be in for what a comparison found; none for no such finding."""
    found = event.detail.outcome
    return next((states for outcome, states in COMPARED.items() if outcome == found), frozenset())


def moved(standing: Standing, event: Event) -> tuple[str, ...]:
    """The flags among those meant whose items an event about items can move, or tells of."""
    kind = CorrectionEvent(event.kind)
    held = _shown_by(event) if kind is _E.COMPARED else HELD.get(kind, ANSWERABLE)
    return tuple(flag for flag in meant(standing, event) if standing.items.get(flag) in held)


def _named(standing: Standing, event: Event) -> Event:
    """An event about some items that names none, with those it moves named.

    So that nobody takes an answer for the rest for an answer for all.
    """
    if CorrectionEvent(event.kind) not in _OF_SOME or event.item or event.detail.items:
        return event
    found = moved(standing, event)
    if not found or len(found) == len(standing.items):
        return event
    return replace(event, detail=replace(event.detail, items=found))


def stand(flags: Sequence[str], events: Iterable[Event]) -> Standing:
    """Where a correction with these items stands after `events`; pure: history can be replayed."""
    standing = Standing(items=dict.fromkeys(flags, _I.OPEN))
    counted: list[Event] = []
    for event in effective(events):
        kind = CorrectionEvent(event.kind)
        if allowed(kind, standing.state):
            event = _named(standing, event)
            step = _STEPS.get(kind)
            standing = step(standing, event) if step else standing
        same = event.round == standing.round
        counted.append(event if same else replace(event, round=standing.round))
    last = counted[-1].on if counted else None
    return replace(standing, events=tuple(counted), last=last)


def before(flags: Sequence[str], events: Sequence[Event], new: Event) -> Standing:
    """Where a correction stood when `new` happened: by its day, not by when it is noted."""
    marked = replace(new, detail=replace(new.detail))  # by itself, so that it is found again
    happened = effective([*events, marked])
    place = next(n for n, e in enumerate(happened) if e.detail is marked.detail)
    return stand(flags, [replace(e, replaces=None) for e in happened[:place]])


def _turned(s: Standing, flags: Iterable[str], to: ItemState) -> Standing:
    """The items of `flags` turned to another state."""
    chosen = frozenset(flags)
    return replace(s, items={f: to if f in chosen else held for f, held in s.items.items()})


def _settled(s: Standing) -> Standing:
    """Where a correction that was sent stands, as its items do."""
    live = {state for state in s.items.values() if state not in ENDS}
    if not live:
        return replace(s, state=_S.CLOSED, waiting_on=WaitingOn.NOBODY)
    if _I.OPEN in live:
        state = s.state if s.state in RUNNING else _S.IN_REVIEW
        mine = state is _S.INFO_REQUESTED
        return replace(s, state=state, waiting_on=WaitingOn.ME if mine else WaitingOn.PROVIDER)
    accepted, refused = live & {_I.ACCEPTED, _I.UNCHANGED}, live & {_I.DENIED, _I.DISPUTED}
    if accepted and (s.ordered or s.came or _I.UNCHANGED in live):
        state = _S.VERIFYING
    elif accepted:
        state = _S.PARTIAL if refused else _S.ACCEPTED
    else:
        state = _S.DENIED if _I.DENIED in live else _S.DISAGREEMENT_LOGGED
    theirs = state is _S.DISAGREEMENT_LOGGED or (s.ordered and _I.DENIED not in live)
    return replace(s, state=state, waiting_on=WaitingOn.PROVIDER if theirs else WaitingOn.ME)


def _drafted(s: Standing, _: Event) -> Standing:
    """What is asked for was changed: what was ready is to be checked again."""
    return replace(s, state=_S.DRAFT)


def _ready(s: Standing, _: Event) -> Standing:
    return replace(s, state=_S.READY)


def _sent(s: Standing, event: Event) -> Standing:
    """A sending: the first, one that tells the day of arrival, or one anew after an answer."""
    arrived = event.arrived or event.on
    assumed = event.arrived is None or event.note == ASSUMED
    if s.state in _ANSWERED:
        return _asked_anew(s, event, arrived, assumed=assumed)
    if s.start is not None and not (s.assumed and not assumed):
        arrived, assumed = s.start, s.assumed  # what arrived first keeps the clock
    state = s.state if s.state in RUNNING else _S.SENT
    sent = replace(s, state=state, start=arrived, assumed=assumed)
    return _settled(sent)


def _asked_anew(s: Standing, event: Event, arrived: dt.date, *, assumed: bool) -> Standing:
    named = (event.item,) if event.item else event.detail.items or tuple(s.items)
    again = [flag for flag in s.of(*_AGAIN) if flag in named]
    if not again:
        return s
    turned = _turned(s, again, _I.OPEN)
    return _settled(
        replace(
            turned,
            state=_S.SENT,
            round=s.round + 1,
            start=arrived,
            assumed=assumed,
            notices=(),
            ordered=False,
            came=False,
            rebutted=s.rebutted and bool(turned.of(*HELD[_E.REBUTTAL])),
            earlier=s,
        )
    )


def _delivered(s: Standing, event: Event) -> Standing:
    return replace(s, start=event.on, assumed=False) if s.assumed and s.running else s


def _bounced(s: Standing, _: Event) -> Standing:
    """It never arrived: it is to be sent again, or stands as it did before it was asked anew."""
    if s.state is not _S.SENT:
        return s
    if s.earlier is not None:
        return _back(s, s.earlier)
    if not set(s.items.values()) <= {_I.OPEN, _I.WITHDRAWN}:
        return s
    bare = replace(s, start=None, assumed=False, notices=())
    return replace(bare, state=_S.READY, waiting_on=WaitingOn.ME)


def _back(s: Standing, was: Standing) -> Standing:
    """As before the round that never arrived, but for items that have moved on since."""
    items = {f: was.items[f] if held is _I.OPEN else held for f, held in s.items.items()}
    back = replace(was, items=items, copies=s.copies, ordered=s.ordered or was.ordered)
    return _settled(replace(back, denials=s.denials, denied=s.denied))


def _in_review(s: Standing, event: Event) -> Standing:
    """They have it: by then it had arrived, whatever was assumed."""
    if s.assumed and s.start is not None and event.on < s.start:
        s = replace(s, start=event.on)
    return _settled(replace(s, state=_S.IN_REVIEW)) if s.state is _S.SENT else s


def _info_asked(s: Standing, _: Event) -> Standing:
    return _settled(replace(s, state=_S.INFO_REQUESTED)) if s.state in RUNNING else s


def _info_given(s: Standing, _: Event) -> Standing:
    if s.state is not _S.INFO_REQUESTED:
        return s
    extended = any(e.detail.lawful for e in s.notices)
    return _settled(replace(s, state=_S.EXTENDED if extended else _S.IN_REVIEW))


def _extended(s: Standing, event: Event) -> Standing:
    if s.state not in RUNNING:
        return s
    s = replace(s, notices=(*s.notices, event))
    if event.detail.lawful and s.state is not _S.INFO_REQUESTED:
        return _settled(replace(s, state=_S.EXTENDED))
    return s


def _seen(s: Standing, event: Event) -> Standing:
    """Who answers an item has the request, and reviews the others."""
    answers = event.kind in (_E.ACCEPTED, _E.DENIED) and s.state is _S.SENT
    return replace(s, state=_S.IN_REVIEW) if answers and moved(s, event) else s


def _to(state: ItemState) -> Callable[[Standing, Event], Standing]:
    """A step that turns the items an event moves to a state."""

    def step(s: Standing, event: Event) -> Standing:
        return _settled(_turned(_seen(s, event), moved(s, event), state))

    return step


def _denied(s: Standing, event: Event) -> Standing:
    found = moved(s, event)
    if not found:
        return s
    told = replace(s, denials=(*s.denials, event), denied=s.denied | set(found))
    return _settled(_turned(_seen(told, event), found, _I.DENIED))


def _rebuttal(s: Standing, event: Event) -> Standing:
    return replace(s, rebutted=True) if moved(s, event) else s


def _reminded(s: Standing, _: Event) -> Standing:
    """Reminding them answers no question of theirs."""
    return s if s.state is _S.INFO_REQUESTED else replace(s, waiting_on=WaitingOn.PROVIDER)


def _complained(s: Standing, _: Event) -> Standing:
    return replace(s, waiting_on=WaitingOn.REGULATOR)


def _copy_ordered(s: Standing, event: Event) -> Standing:
    return _settled(replace(s, ordered=True)) if moved(s, event) else s


def _copy_received(s: Standing, event: Event) -> Standing:
    if not moved(s, event):
        return s
    record = event.detail.record
    named = (record,) if record and record not in s.copies else ()
    return _settled(replace(s, ordered=False, came=True, copies=(*s.copies, *named)))


def _compared(s: Standing, event: Event) -> Standing:
    found = moved(s, event)
    if not found:
        return s
    s = _turned(s, found, _I(event.detail.outcome))
    return _settled(replace(s, ordered=False, came=s.came and bool(s.of(_I.ACCEPTED))))


def _close(s: Standing, ends: dict[ItemState, ItemState]) -> Standing:
    items = {flag: ends.get(state, state) for flag, state in s.items.items()}
    return replace(
        s,
        items=items,
        state=_S.CLOSED,
        waiting_on=WaitingOn.NOBODY,
        before=s.items,
        was=s.state,
    )


def _closed(s: Standing, _: Event) -> Standing:
    """Nothing more is done: what was denied is let be, what was promised is given up."""
    return _close(
        s,
        {
            _I.OPEN: _I.WITHDRAWN,
            _I.ACCEPTED: _I.WITHDRAWN,
            _I.UNCHANGED: _I.WITHDRAWN,
            _I.DENIED: _I.DENIED_ACCEPTED,
            _I.DISPUTED: _I.DISAGREEMENT_ON_FILE,
        },
    )


def _withdrawn(s: Standing, event: Event) -> Standing:
    """All of it or some items; of the last item, it is as if all that is left were."""
    named = (event.item,) if event.item else event.detail.items or tuple(s.items)
    left = _turned(s, [f for f in s.of(*ANSWERABLE) if f in named], _I.WITHDRAWN)
    if left.items == s.items:
        return s
    if left.of(*ANSWERABLE):
        return _settled(left) if s.state in ASKED else left
    closed = _close(s, dict.fromkeys(ANSWERABLE, _I.WITHDRAWN))
    return replace(closed, withdrawn=set(closed.items.values()) == {_I.WITHDRAWN})


def _ended_by_itself(s: Standing) -> Standing:
    """What ended by itself, open again: what they did is to be compared once more."""
    again = {_I.FIXED: _I.ACCEPTED, _I.APPENDED: _I.ACCEPTED}
    again |= {_I.DISAGREEMENT_ON_FILE: _I.DISPUTED}
    items = {flag: again.get(held, held) for flag, held in s.items.items()}
    for flag in s.of(_I.DENIED_ACCEPTED):
        items[flag] = _I.DENIED if flag in s.denied else _I.OPEN
    return replace(s, items=items, state=_S.IN_REVIEW, came=bool(s.copies))


def _reopened(s: Standing, _: Event) -> Standing:
    """As it stood before it was closed."""
    opened = replace(s, items=s.before, state=s.was) if s.before else _ended_by_itself(s)
    if all(state in ENDS for state in opened.items.values()):
        return s
    opened = replace(opened, withdrawn=False, before={}, was=_S.DRAFT)
    if opened.state in (_S.DRAFT, _S.READY):
        return replace(opened, waiting_on=WaitingOn.ME)
    return _settled(opened)


_STEPS: dict[CorrectionEvent, Callable[[Standing, Event], Standing]] = {
    _E.DRAFTED: _drafted,
    _E.READY: _ready,
    _E.SENT: _sent,
    _E.DELIVERED: _delivered,
    _E.BOUNCED: _bounced,
    _E.IN_REVIEW: _in_review,
    _E.INFO_ASKED: _info_asked,
    _E.INFO_GIVEN: _info_given,
    _E.EXTENDED: _extended,
    _E.ACCEPTED: _to(_I.ACCEPTED),
    _E.DENIED: _denied,
    _E.DISAGREEMENT: _to(_I.DISPUTED),
    _E.ATTACH_ASKED: _to(_I.DISPUTED),
    _E.ATTACHED: _to(_I.DISAGREEMENT_ON_FILE),
    _E.REDIRECTED: _to(_I.DENIED_ACCEPTED),
    _E.REBUTTAL: _rebuttal,
    _E.REMINDED: _reminded,
    _E.COMPLAINED: _complained,
    _E.COPY_ORDERED: _copy_ordered,
    _E.COPY_RECEIVED: _copy_received,
    _E.COMPARED: _compared,
    _E.CLOSED: _closed,
    _E.WITHDRAWN: _withdrawn,
    _E.REOPENED: _reopened,
}
