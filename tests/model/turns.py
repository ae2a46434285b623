"""What one event may do to a correction, told apart from the program's own tables."""

from __future__ import annotations

import datetime as dt
import random

from vault.model import hl7
from vault.model.amending import Standing
from vault.model.corrections import CorrectionEvent, CorrectionState, ItemState
from vault.model.lifecycle import effective
from vault.model.requests import Detail, Event, WaitingOn

_E, _S, _I = CorrectionEvent, CorrectionState, ItemState

FLAGS = ("flag_a", "flag_b", "flag_c")
DAY = dt.date(2026, 3, 2)
LIVE = frozenset({_I.OPEN, _I.ACCEPTED, _I.DENIED, _I.DISPUTED, _I.UNCHANGED})
OUTCOMES = ("fixed", "appended", "unchanged", "disagreement_on_file")
_REFUSED = frozenset({_I.DENIED, _I.DISPUTED, _I.UNCHANGED})
_AMENDED = frozenset({_I.ACCEPTED, _I.UNCHANGED, _I.FIXED, _I.APPENDED})
_BUSY = {_S.SENT: "sent", _S.IN_REVIEW: "in_review", _S.EXTENDED: "extended"}

_TURNS: dict[CorrectionEvent, tuple[frozenset[ItemState], frozenset[ItemState]]] = {
    _E.SENT: (_REFUSED, frozenset({_I.OPEN})),
    _E.BOUNCED: (frozenset({_I.OPEN}), _REFUSED),
    _E.ACCEPTED: (LIVE, frozenset({_I.ACCEPTED})),
    _E.DENIED: (LIVE - {_I.DISPUTED}, frozenset({_I.DENIED})),
    _E.DISAGREEMENT: (frozenset({_I.DENIED}), frozenset({_I.DISPUTED})),
    _E.ATTACH_ASKED: (frozenset({_I.DENIED}), frozenset({_I.DISPUTED})),
    _E.ATTACHED: (frozenset({_I.DENIED, _I.DISPUTED}), frozenset({_I.DISAGREEMENT_ON_FILE})),
    _E.REDIRECTED: (
        frozenset({_I.OPEN, _I.DENIED, _I.DISPUTED}),
        frozenset({_I.DENIED_ACCEPTED}),
    ),
    _E.COMPARED: (
        _AMENDED | {_I.DISPUTED},
        frozenset({_I.FIXED, _I.APPENDED, _I.UNCHANGED, _I.DISAGREEMENT_ON_FILE}),
    ),
    _E.CLOSED: (LIVE, frozenset(_I) - LIVE - {_I.FIXED, _I.APPENDED}),
    _E.WITHDRAWN: (LIVE, frozenset({_I.WITHDRAWN})),
    _E.REOPENED: (frozenset(_I) - LIVE, LIVE),
}
"""Which events turn items, out of which states, into which."""


def _items(was: Standing, kind: CorrectionEvent, now: Standing) -> str:
    for flag, state in now.items.items():
        if was.items[flag] is state:
            continue
        out_of, into = _TURNS.get(kind, (frozenset(), frozenset()))
        if was.items[flag] not in out_of or state not in into:
            return f"{kind} turned {was.items[flag]} into {state}"
        disputed = was.items[flag] is _I.DISPUTED
        if kind is _E.COMPARED and disputed != (state is _I.DISAGREEMENT_ON_FILE):
            return f"a comparison turned {was.items[flag]} into {state}"
    return ""


def _told(now: Standing) -> str:
    """What the items say that no event has told."""
    kinds = {event.kind for event in now.events}
    held = set(now.items.values())
    if held & {_I.DENIED, _I.DISPUTED, _I.DISAGREEMENT_ON_FILE} and not now.denials:
        return "an item is denied, and nothing counts as a denial"
    if held & {_I.ACCEPTED, _I.UNCHANGED, _I.FIXED, _I.APPENDED} and _E.ACCEPTED not in kinds:
        return "an item is accepted, and nobody accepted anything"
    if now.ordered and _E.ACCEPTED not in kinds and not now.denials:
        return "a copy is ordered before any answer"
    if now.rebutted and not kinds & {_E.DISAGREEMENT, _E.ATTACH_ASKED, _E.ATTACHED}:
        return "a statement was answered that nobody made"
    if now.withdrawn and held != {_I.WITHDRAWN}:
        return "all of it is withdrawn, and not every item is"
    return ""


def _whose_turn(now: Standing) -> str:
    if (now.waiting_on is WaitingOn.NOBODY) != (now.state is _S.CLOSED):
        return f"{now.state} waits on {now.waiting_on}"
    if now.state in _BUSY and now.waiting_on is WaitingOn.ME:
        return f"{now.state} waits on me"
    if now.state in (_S.DRAFT, _S.READY) and now.waiting_on is not WaitingOn.ME:
        return f"{now.state} waits on {now.waiting_on}"
    return ""


def _clock(was: Standing, kind: CorrectionEvent, now: Standing) -> str:
    if now.round < was.round and kind is not _E.BOUNCED:
        return "a round is taken back"
    if now.round > was.round and (kind is not _E.SENT or _I.OPEN not in now.items.values()):
        return f"a round more by {kind}"
    if was.start != now.start and kind not in (_E.SENT, _E.DELIVERED, _E.BOUNCED, _E.IN_REVIEW):
        return f"{kind} moved the start of the clock"
    if was.start != now.start and not was.assumed and was.running and kind is not _E.BOUNCED:
        return f"{kind} moved a start of the clock that is no guess"
    if any(notice.on < now.notices[0].on for notice in now.notices):
        return "notices out of order"
    return ""


def _parts(now: Standing) -> str:
    if "" in now.copies or len(set(now.copies)) != len(now.copies):
        return f"copies without a name, or twice: {now.copies}"
    if hl7.code(now).endswith("completed") and _I.UNCHANGED in now.items.values():
        return "an amendment is completed that a copy does not show"
    if now.before and now.state is not _S.CLOSED:
        return "an open one remembers how it was before it was closed"
    return ""


def trouble(was: Standing, kind: CorrectionEvent, now: Standing) -> str:
    """What is wrong with what one event made of a correction; empty where nothing is."""
    found = (
        _items(was, kind, now),
        _told(now),
        _whose_turn(now),
        _clock(was, kind, now),
        _parts(now),
        _place(now),
    )
    return next((text for text in found if text), "")


def _place(now: Standing) -> str:
    """Whether the state is one that the items and the clock allow."""
    live = {state for state in now.items.values() if state in LIVE}
    accepted = live & {_I.ACCEPTED, _I.UNCHANGED}
    if now.state is _S.CLOSED:
        good = not live
    elif now.state in (_S.DRAFT, _S.READY):
        good = bool(live) and live == {_I.OPEN} and not now.denials
    elif now.start is None or not live:
        good = False
    else:
        good = {
            _S.ACCEPTED: live == {_I.ACCEPTED},
            _S.PARTIAL: _I.ACCEPTED in live and live != {_I.ACCEPTED},
            _S.VERIFYING: bool(accepted)
            and _I.OPEN not in live
            and (_I.UNCHANGED in live or now.ordered or now.came),
            _S.DENIED: _I.DENIED in live and not accepted and _I.OPEN not in live,
            _S.DISAGREEMENT_LOGGED: live == {_I.DISPUTED},
        }.get(now.state, _I.OPEN in live)
    return "" if good else f"{now.state} with items {sorted(live)} and start {now.start}"


def _detail(chance: random.Random) -> Detail:
    items = chance.choice(((), (), ("flag_a",), ("flag_b", "flag_c"), ("flag_x",), FLAGS))
    return Detail(
        items=items,
        lawful=chance.choice((None, True, False)),
        record=chance.choice(("", "rec_1", "rec_2")),
        outcome=chance.choice(("", "nonsense", *OUTCOMES, *OUTCOMES)),
    )


def history(chance: random.Random, longest: int = 16) -> list[Event]:
    """Any events about any items on any days, some of them in the place of others of any kind."""
    made = [Event(1, 1, _E.DRAFTED, DAY, "")]
    for seq in range(2, chance.randint(2, longest)):
        ahead = chance.random() < 0.7  # mostly as things happen, so that lives grow long
        on = DAY + dt.timedelta(days=seq * 3 if ahead else chance.randint(0, 60))
        kind = chance.choice(_LIKELY) if chance.random() < 0.7 else chance.choice(list(_E))
        made.append(
            Event(
                seq,
                chance.randint(1, 3),
                _E.SENT if seq == 2 and chance.random() < 0.8 else kind,
                on,
                "",
                arrived=chance.choice((None, on, on + dt.timedelta(days=2))),
                item=chance.choice(("", "", "", "flag_a", "flag_b", "flag_x")),
                detail=_detail(chance),
                replaces=chance.randrange(2, seq) if seq > 3 and chance.random() < 0.15 else None,
            )
        )
    return made


_LIKELY = (
    _E.SENT, _E.SENT, _E.ACCEPTED, _E.ACCEPTED, _E.DENIED, _E.DENIED, _E.DISAGREEMENT,
    _E.DISAGREEMENT, _E.ATTACHED, _E.REBUTTAL, _E.COPY_ORDERED, _E.COPY_RECEIVED, _E.COMPARED,
    _E.COMPARED, _E.COMPARED, _E.REDIRECTED, _E.BOUNCED, _E.REOPENED, _E.REOPENED,
)  # fmt: skip


def in_order(events: list[Event]) -> list[Event]:
    """The events that count, in their order, none in the place of another any more."""
    return [
        Event(e.seq, e.round, e.kind, e.on, e.at, e.channel, e.arrived, e.note, e.item, e.detail)
        for e in effective(events)
    ]
