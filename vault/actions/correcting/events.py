"""What happened to a correction, as a person tells it: checked against what can be, then kept."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace

from vault import dates
from vault.actions.asking.events import following, safe_detail
from vault.errors import Refused, UsageError
from vault.model import amending, rounds
from vault.model.amending import Standing
from vault.model.corrections import Correction, CorrectionEvent, CorrectionState
from vault.model.lifecycle import effective
from vault.model.requests import NO_DETAIL, Detail, Event
from vault.safetext import safe_line
from vault.store import corrections

_E = CorrectionEvent
_LONG = 2000
_BEFORE_SENDING = frozenset({
    _E.DRAFTED, _E.FORM_CHECKED, _E.READY, _E.SENT, _E.CALL, _E.NOTE, _E.CLOSED, _E.WITHDRAWN,
    _E.REOPENED,
})  # fmt: skip
_NOTHING = {
    _E.ACCEPTED: "no item waits for an answer",
    _E.DENIED: "no item waits for an answer",
    _E.DISAGREEMENT: "no item has been denied",
    _E.ATTACH_ASKED: "no item has been denied",
    _E.ATTACHED: "no statement was filed, and nothing was to be put with an entry",
    _E.REDIRECTED: "no such item waits for an answer or has been denied",
    _E.REBUTTAL: "no statement was filed that they could answer",
    _E.COPY_ORDERED: "nothing has been accepted that a fresh copy could show",
    _E.COPY_RECEIVED: "nothing has been accepted that a fresh copy could show",
    _E.COMPARED: "there is no such item that a fresh copy could show",
}


@dataclass(frozen=True, slots=True)
class Told:
    """What a person says happened: the kind of event, its day, their words, and the detail.

    `item` is the flag of the one item meant; `detail.items` are those of several. `replaces` is
    the `seq` of an earlier event that this one puts right.
    """

    kind: CorrectionEvent
    on: dt.date
    note: str = ""
    detail: Detail = NO_DETAIL
    item: str = ""
    replaces: int | None = None


def _first_sent(correction: Correction) -> dt.date | None:
    sent = [e.on for e in effective(correction.events) if e.kind == _E.SENT]
    return min(sent, default=None)


def _check_days(correction: Correction, told: Told) -> None:
    if told.on > dates.today():
        raise UsageError("that day lies ahead", "note it when it has happened")
    first = _first_sent(correction)
    if told.kind not in _BEFORE_SENDING and first is not None and told.on < first:
        raise UsageError(
            f"this cannot have happened on {told.on.isoformat()}: "
            f"the correction was sent on {first.isoformat()}",
            "check the two days; chartmend correction show shows when it was sent",
        )
    until = told.detail.until
    if until is not None and until < told.on:
        raise UsageError("the day they gave lies before the day they gave it", "check --until")


def _check_state(correction: Correction, told: Told, new: Event) -> Standing:
    """Raise Refused where nothing of that kind can happen to a correction that stood so then."""
    flags = [item.flag for item in correction.items]
    standing = amending.before(flags, correction.events, new)
    state = standing.state
    if amending.allowed(told.kind, state):
        return standing
    on = "" if told.on == dates.today() else f" on {told.on.isoformat()}"
    if state is CorrectionState.CLOSED:
        was = f"was closed{on}" if on else "is closed"
        raise Refused(
            f"this correction {was}", f"chartmend correction log {correction.id} reopened"
        )
    if state in (CorrectionState.DRAFT, CorrectionState.READY):
        said = f"had not been sent yet{on}" if on else "has not been sent yet"
        raise Refused(f"this correction {said}", f"chartmend correction sent {correction.id}")
    what, words = told.kind.value.replace("_", " "), state.value.replace("_", " ")
    verb = f"was{on}" if on else "is"
    raise Refused(
        f"{what!r} cannot happen to a correction that {verb} {words}",
        f"chartmend correction show {correction.id}",
    )


def _check_items(correction: Correction, told: Told) -> None:
    known = {item.flag for item in correction.items}
    for item in (told.item, *told.detail.items):
        if item and item not in known:
            raise UsageError(
                f"the correction has no item {safe_line(item, 40)!r}",
                f"chartmend correction show {correction.id} lists its items",
            )


def _check_there(correction: Correction, told: Told) -> None:
    """Raise Refused for opening a correction again while the records of its items are gone."""
    if told.kind is _E.REOPENED and not correction.items:
        raise Refused(
            "the records of all its items were deleted, so there is nothing to go on with",
            "for thirty days: chartmend record trash, and then record restore REC",
        )


def _check_moves(correction: Correction, told: Told, standing: Standing, new: Event) -> None:
    """Raise Refused for an event about items that no item is in the state for."""
    if told.kind is _E.COMPARED and told.detail.outcome not in amending.COMPARED:
        known = ", ".join(outcome.value for outcome in amending.COMPARED)
        raise UsageError("say what the fresh copy shows", f"one of {known}")
    if told.kind not in _NOTHING:
        return
    if not amending.moved(standing, new):
        hint = f"chartmend correction show {correction.id} shows where each item stands"
        raise Refused(_NOTHING[told.kind], hint)


def check_replaced(correction: Correction, seq: int | None) -> None:
    """Raise UsageError where there is no event of that number, or it cannot be put right."""
    if seq is None:
        return
    found = [e for e in correction.events if e.seq == seq]
    if not found:
        raise UsageError(
            f"there is no event {seq} to put right",
            f"chartmend correction show {correction.id} numbers them",
        )
    if found[0].kind == _E.DRAFTED:
        raise UsageError("the beginning of a correction cannot be put right", "withdraw it instead")


def check_later(correction: Correction, new: Event) -> None:
    """Raise Refused where what was noted of later days could not have happened any more.

    So nothing that a person noted comes to nothing without a word.
    """
    flags = [item.flag for item in correction.items]
    before = {e.seq for e in rounds.idle(flags, correction.events)}
    place = new.seq if new.replaces is None else _slot(correction, new.replaces)
    for lost in rounds.idle(flags, [*correction.events, new]):
        if lost.seq not in before and lost.seq != place:
            what = lost.kind.replace("_", " ")
            raise Refused(
                f"after that, what was noted on {lost.on.isoformat()} ({what}) could not have "
                "happened",
                f"put that right first: chartmend correction log {correction.id} note --on "
                f"{lost.on.isoformat()} --replaces {lost.seq}",
            )


def _slot(correction: Correction, seq: int) -> int:
    """The number of the event whose place a chain of replacements has."""
    found = {e.seq: e.replaces for e in correction.events}
    while (earlier := found.get(seq)) is not None:
        seq = earlier
    return seq


def possible(correction: Correction) -> tuple[CorrectionEvent, ...]:
    """The kinds of events that can happen to a correction as it stands now."""
    now = corrections.standing(correction).state
    return tuple(kind for kind in CorrectionEvent if amending.allowed(kind, now))


def event(correction: Correction, told: Told) -> Event:
    """The event `told` makes of a correction; raises UsageError or Refused for what cannot be."""
    _check_days(correction, told)
    _check_items(correction, told)
    _check_there(correction, told)
    check_replaced(correction, told.replaces)
    new = replace(
        following(correction.events, told.kind, told.on),
        note=safe_line(told.note, _LONG),
        item=told.item,
        detail=safe_detail(told.detail),
        replaces=told.replaces,
    )
    standing = _check_state(correction, told, new)
    _check_moves(correction, told, standing, new)
    check_later(correction, new)
    return new
