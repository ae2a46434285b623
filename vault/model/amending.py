"""The life of a correction request: where its events have brought it and each of its items.

Events count in the order of their days, and one that puts another right stands in its place. An
event that cannot move a correction from where it stands moves nothing: no order of events leads
to a state that cannot be. Where the correction stands follows from where its items stand.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace

from vault.model.corrections import ENDS, CorrectionEvent, CorrectionState, ItemState
from vault.model.lifecycle import effective
from vault.model.requests import ASSUMED, Event, WaitingOn

_E, _S, _I = CorrectionEvent, CorrectionState, ItemState

RUNNING = frozenset({_S.SENT, _S.IN_REVIEW, _S.INFO_REQUESTED, _S.EXTENDED})
"""States in which an answer is owed, so that the clock counts."""

ASKED = frozenset(set(_S) - {_S.DRAFT, _S.READY, _S.CLOSED})
"""States of a correction that was sent and is open."""

_ANSWERED = ASKED - RUNNING
_ANY_TIME = frozenset({_E.NOTE, _E.CALL})
_ALSO_CLOSED = frozenset({_E.REBUTTAL, _E.NOTIFIED})
_ANSWERABLE = frozenset({_I.OPEN, _I.ACCEPTED, _I.DENIED, _I.DISPUTED, _I.UNCHANGED})

MEANT: dict[CorrectionEvent, frozenset[ItemState]] = {
    _E.ACCEPTED: frozenset({_I.OPEN}),
    _E.DENIED: frozenset({_I.OPEN}),
    _E.DISAGREEMENT: frozenset({_I.DENIED}),
    _E.ATTACH_ASKED: frozenset({_I.DENIED}),
    _E.ATTACHED: frozenset({_I.DISPUTED}),
    _E.REDIRECTED: frozenset({_I.DENIED}),
    _E.COPY_ORDERED: frozenset({_I.ACCEPTED, _I.UNCHANGED, _I.DISPUTED}),
    _E.COPY_RECEIVED: frozenset({_I.ACCEPTED, _I.UNCHANGED, _I.DISPUTED}),
}
"""Events about items, and in which state an item has to be to be meant where none is named."""

COMPARED = {
    _I.FIXED: frozenset({_I.ACCEPTED, _I.UNCHANGED, _I.FIXED, _I.APPENDED}),
    _I.APPENDED: frozenset({_I.ACCEPTED, _I.UNCHANGED, _I.FIXED, _I.APPENDED}),
    _I.UNCHANGED: frozenset({_I.ACCEPTED, _I.UNCHANGED, _I.FIXED, _I.APPENDED}),
    _I.DISAGREEMENT_ON_FILE: frozenset({_I.DISPUTED}),
}
"""What a comparison with a fresh copy can find, and of items in which states."""


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a correction stands, as its events tell.

    `items` are by flag id. `start` is the day the clock of this round started, `assumed` whether
    that day is a guess. `notices` are the extensions told of in this round, lawful or not;
    `denials` the denials. `ordered` is set while a fresh copy is on its way, `copies` are the
    records that came as such. `rebutted` is set when they answered a statement of disagreement,
    `withdrawn` when all of it was withdrawn. `events` are those that count, in the order they
    count in; `last` the day of the last. `before` are the items as they were when it was closed.
    """

    items: dict[str, ItemState] = field(default_factory=dict)
    state: CorrectionState = CorrectionState.DRAFT
    waiting_on: WaitingOn = WaitingOn.ME
    round: int = 1
    start: dt.date | None = None
    assumed: bool = False
    notices: tuple[Event, ...] = ()
    denials: tuple[Event, ...] = ()
    ordered: bool = False
    copies: tuple[str, ...] = ()
    rebutted: bool = False
    withdrawn: bool = False
    events: tuple[Event, ...] = ()
    last: dt.date | None = None
    before: dict[str, ItemState] = field(default_factory=dict)
    was: CorrectionState = CorrectionState.DRAFT

    @property
    def open(self) -> bool:
        """Whether anything can still come of it."""
        return self.state is not _S.CLOSED

    @property
    def running(self) -> bool:
        """Whether the provider owes an answer, so that its clock counts."""
        return self.state in RUNNING and self.start is not None

    def of(self, *states: ItemState) -> tuple[str, ...]:
        """The flags of the items in any of these states."""
        return tuple(flag for flag, state in self.items.items() if state in states)


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
    fitting = MEANT.get(CorrectionEvent(event.kind), _ANSWERABLE)
    return event.detail.items or standing.of(*fitting)


def stand(flags: Sequence[str], events: Iterable[Event]) -> Standing:
    """Where a correction with these items stands after `events`; pure: history can be replayed."""
    standing = Standing(items=dict.fromkeys(flags, _I.OPEN))
    counted: list[Event] = []
    for event in effective(events):
        kind = CorrectionEvent(event.kind)
        if allowed(kind, standing.state):
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


def _turned(
    s: Standing, flags: Iterable[str], to: ItemState, held: frozenset[ItemState]
) -> Standing:
    """The items of `flags` that are in one of the states `held`, turned to another."""
    items = {
        flag: to if flag in set(flags) and state in held else state
        for flag, state in s.items.items()
    }
    return replace(s, items=items)


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
    if accepted and (s.ordered or s.copies or _I.UNCHANGED in live):
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
    again = frozenset({_I.DENIED, _I.DISPUTED, _I.UNCHANGED})
    wanted = event.detail.items or s.of(*again)
    turned = _turned(s, wanted, _I.OPEN, again)
    if turned.items == s.items:
        return s
    anew = replace(
        turned,
        state=_S.SENT,
        round=s.round + 1,
        start=arrived,
        assumed=assumed,
        notices=(),
        ordered=False,
    )
    return _settled(anew)


def _delivered(s: Standing, event: Event) -> Standing:
    return replace(s, start=event.on, assumed=False) if s.assumed else s


def _bounced(s: Standing, _: Event) -> Standing:
    untouched = set(s.items.values()) <= {_I.OPEN, _I.WITHDRAWN}
    if s.state is not _S.SENT or s.round > 1 or not untouched:
        return s
    return replace(s, state=_S.READY, waiting_on=WaitingOn.ME, start=None, assumed=False)


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


def _accepted(s: Standing, event: Event) -> Standing:
    return _settled(_turned(s, meant(s, event), _I.ACCEPTED, _ANSWERABLE))


def _denied(s: Standing, event: Event) -> Standing:
    held = _ANSWERABLE - {_I.DISPUTED}
    return _settled(
        _turned(replace(s, denials=(*s.denials, event)), meant(s, event), _I.DENIED, held)
    )


def _disputed(s: Standing, event: Event) -> Standing:
    return _settled(_turned(s, meant(s, event), _I.DISPUTED, frozenset({_I.DENIED})))


def _attached(s: Standing, event: Event) -> Standing:
    held = frozenset({_I.DENIED, _I.DISPUTED})
    return _settled(_turned(s, meant(s, event), _I.DISAGREEMENT_ON_FILE, held))


def _redirected(s: Standing, event: Event) -> Standing:
    """Whoever first made the entry is asked instead, by a correction of its own."""
    held = frozenset({_I.OPEN, _I.DENIED, _I.DISPUTED})
    return _settled(_turned(s, meant(s, event), _I.DENIED_ACCEPTED, held))


def _rebuttal(s: Standing, _: Event) -> Standing:
    return replace(s, rebutted=True)


def _reminded(s: Standing, _: Event) -> Standing:
    return replace(s, waiting_on=WaitingOn.PROVIDER)


def _complained(s: Standing, _: Event) -> Standing:
    return replace(s, waiting_on=WaitingOn.REGULATOR)


def _copy_ordered(s: Standing, event: Event) -> Standing:
    return _settled(replace(s, ordered=True)) if meant(s, event) else s


def _copy_received(s: Standing, event: Event) -> Standing:
    if not meant(s, event):
        return s
    came = event.detail.record
    copies = s.copies if came in s.copies else (*s.copies, came)
    return _settled(replace(s, ordered=False, copies=copies))


def _compared(s: Standing, event: Event) -> Standing:
    found = _I(event.detail.outcome) if event.detail.outcome in COMPARED else None
    if found is None:
        return s
    s = replace(s, ordered=False)
    return _settled(_turned(s, meant(s, event), found, COMPARED[found]))


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
    some = (event.item,) if event.item else event.detail.items
    if some and set(some) < set(s.items):
        left = _turned(s, some, _I.WITHDRAWN, _ANSWERABLE)
        if any(state not in ENDS for state in left.items.values()):
            return _settled(left) if s.state in ASKED else left
    whole = replace(s, withdrawn=True)
    return _close(whole, dict.fromkeys(_ANSWERABLE, _I.WITHDRAWN))


def _reopened(s: Standing, _: Event) -> Standing:
    """As it stood before it was closed; what ended by itself is to be compared again."""
    again = {_I.FIXED: _I.ACCEPTED, _I.APPENDED: _I.ACCEPTED, _I.DENIED_ACCEPTED: _I.DENIED}
    again |= {_I.DISAGREEMENT_ON_FILE: _I.DISPUTED}
    if s.before:
        items, was = s.before, s.was
    else:
        items, was = {f: again.get(i, i) for f, i in s.items.items()}, _S.IN_REVIEW
    if all(state in ENDS for state in items.values()):
        return s
    opened = replace(s, items=items, state=was, withdrawn=False, before={}, was=_S.DRAFT)
    if was in (_S.DRAFT, _S.READY):
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
    _E.ACCEPTED: _accepted,
    _E.DENIED: _denied,
    _E.DISAGREEMENT: _disputed,
    _E.ATTACH_ASKED: _disputed,
    _E.ATTACHED: _attached,
    _E.REDIRECTED: _redirected,
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
