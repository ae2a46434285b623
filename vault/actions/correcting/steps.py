"""What the person does next with a correction, in plain words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from vault.actions.corrections import CorrectionView
from vault.model.amending import RUNNING
from vault.model.corrections import (
    OUTSTANDING,
    CorrectionEvent,
    CorrectionState,
    ItemState,
    Recipient,
    RecipientState,
)
from vault.model.requests import Urgency, WaitingOn

_S, _I, _R, _E = CorrectionState, ItemState, RecipientState, CorrectionEvent
_AMENDED = (_I.ACCEPTED, _I.UNCHANGED, _I.FIXED, _I.APPENDED)
_UNSENT = {
    _S.DRAFT: "not sent yet: make the letter or fill in their form, and send it",
    _S.READY: "ready to be sent",
}
_LATE = {
    Urgency.OVERDUE: "the answer is overdue: send a reminder",
    Urgency.VERY_OVERDUE: "the answer is long overdue: remind them once more, or complain",
    Urgency.ASLEEP: "nothing has happened for half a year: remind them, or close it",
}
_ENDED = {
    _I.FIXED: "put right",
    _I.APPENDED: "put right by an addition",
    _I.DISAGREEMENT_ON_FILE: "your disagreement is with the entry",
    _I.DENIED_ACCEPTED: "refused, and left at that",
    _I.WITHDRAWN: "withdrawn",
}
_REGULATOR = "your complaint is with the authority: wait for its answer"
_WAIT = {
    _S.SENT: "wait for their answer",
    _S.IN_REVIEW: "they are looking at it: wait for their answer",
    _S.EXTENDED: "they took more time: wait until the new day",
}


def _kinds(view: CorrectionView) -> list[str]:
    """What happened in this round, in order; a copy that still said the same by its outcome."""
    standing = view.standing
    return [
        event.detail.outcome if event.kind == _E.COMPARED else event.kind
        for event in standing.events
        if event.round == standing.round
    ]


def _names(held: Sequence[Recipient]) -> str:
    if len(held) > 1:
        return f"{held[0].name} and {len(held) - 1} more"
    return held[0].name


def followed(view: CorrectionView) -> tuple[Recipient, ...]:
    """Those of whom something is still to come: told of an amendment, or to be told of one."""
    if view.standing.withdrawn:
        return ()
    agreed = bool(view.standing.of(*_AMENDED))
    return tuple(
        held
        for held in view.correction.recipients
        if held.state in OUTSTANDING and (agreed or held.state is not _R.TO_TELL)
    )


def _telling(view: CorrectionView) -> Iterator[str]:
    """What is to be done about those who are to be told."""
    held = followed(view)
    same = [r for r in held if r.state is _R.UNCHANGED]
    new = [r for r in held if r.state is _R.TO_TELL]
    sent = [r for r in held if r.state is _R.TOLD]
    if same:
        yield f"the copy of {_names(same)} still says the same: write to them"
    if new:
        yield f"see to it that {_names(new)} {'is' if len(new) == 1 else 'are'} told"
    if sent and not (same or new):
        were = "was" if len(sent) == 1 else "were"
        yield f"{_names(sent)} {were} told: look whether the copy there was put right"


def _running(view: CorrectionView) -> str:
    """While an answer is owed."""
    standing = view.standing
    if standing.state is _S.INFO_REQUESTED:
        return "they want to know more: answer them"
    if view.correction.waiting_on is WaitingOn.REGULATOR:
        return _REGULATOR
    late = _LATE.get(view.urgency, "")
    if late and _E.REMINDED not in _kinds(view):
        return late
    if late:
        return "they were reminded, and the answer is still overdue: complain, or remind them again"
    wait = _WAIT[standing.state]
    return f"{wait} on the rest" if len(standing.of(_I.OPEN)) < len(standing.items) else wait


def _accepted(view: CorrectionView) -> str:
    standing = view.standing
    if standing.ordered:
        return "the fresh copy is on its way: compare it with the old passage when it comes"
    if standing.came:
        return "the fresh copy is here: compare it with the old passage"
    told = view.correction.recipients or _E.NOTIFIED in _kinds(view)
    who = "" if told else "say who is to be told of it, and "
    return f"they agreed: {who}order a fresh copy that shows it"


def _unchanged(view: CorrectionView) -> str:
    if view.correction.waiting_on is WaitingOn.REGULATOR:
        return f"the fresh copy still says the same; {_REGULATOR}"
    if view.standing.ordered:
        return "another fresh copy is on its way: compare it with the old passage when it comes"
    kinds = _kinds(view)
    since = kinds[kinds.index(_I.UNCHANGED) :] if _I.UNCHANGED in kinds else kinds
    if _E.REMINDED in since:
        if _I.UNCHANGED in since[since.index(_E.REMINDED) :]:
            return "they were reminded, and a fresh copy still says the same: complain"
        return "they were reminded: order another fresh copy, or complain if nothing comes of it"
    return "the fresh copy says the same as before: remind them that they agreed"


def _denied(view: CorrectionView) -> str:
    if view.correction.waiting_on is WaitingOn.REGULATOR:
        return f"refused; {_REGULATOR}"
    return (
        "refused: see whether their reason counts, then disagree in writing, ask again with more "
        "evidence, complain, or let it be"
    )


def _disputed(view: CorrectionView) -> str:
    if view.correction.waiting_on is WaitingOn.REGULATOR:
        return f"your disagreement is filed; {_REGULATOR}"
    filed = (
        "they answered your statement: keep the answer, and"
        if view.standing.rebutted
        else ("your disagreement is filed:")
    )
    return f"{filed} have them confirm that it is with the entry, or see it in a fresh copy"


def _parts(view: CorrectionView) -> Iterator[str]:
    """What is to be done, the most pressing first: by the items that are not at their end."""
    standing = view.standing
    if standing.of(_I.OPEN):
        yield _running(view)
    for state, said in (
        (_I.UNCHANGED, _unchanged),
        (_I.DENIED, _denied),
        (_I.ACCEPTED, _accepted),
        (_I.DISPUTED, _disputed),
    ):
        if standing.of(state):
            yield said(view)
    yield from _telling(view)


def _closed(view: CorrectionView) -> str:
    if not view.standing.items:
        return "closed: the records of its items were deleted, so nothing more can be done"
    ends = dict.fromkeys(_ENDED[state] for state in view.standing.items.values())
    rest = "; ".join(_telling(view))
    return f"closed ({', '.join(ends)})" + (f": {rest}" if rest else ": nothing more to do")


def next_step(view: CorrectionView) -> str:
    """What the person does next, or waits for, in one sentence; one for every standing."""
    if view.standing.state in _UNSENT:
        return _UNSENT[view.standing.state]
    if view.standing.state is _S.CLOSED:
        return _closed(view)
    return "; ".join(_parts(view))


def mine(view: CorrectionView) -> bool:
    """Whether there is something for the person to do, rather than to wait for."""
    standing, waiting = view.standing, view.correction.waiting_on
    if any(held.state is not _R.TOLD for held in followed(view)):
        return True
    if standing.state is _S.CLOSED or waiting is WaitingOn.REGULATOR:
        return False
    late = standing.state in RUNNING and view.urgency in _LATE
    return waiting is WaitingOn.ME or late or bool(standing.of(_I.DENIED))


_COMMANDS = {
    _S.DRAFT: "letter {} -o FILE.pdf",
    _S.READY: "sent {} --on DATE --by CHANNEL",
    _S.SENT: "answer {} accepted|denied",
    _S.IN_REVIEW: "answer {} accepted|denied",
    _S.EXTENDED: "answer {} accepted|denied",
    _S.INFO_REQUESTED: "log {} info_given",
    _S.ACCEPTED: "log {} copy_ordered",
    _S.PARTIAL: "denial {}",
    _S.DENIED: "denial {}",
    _S.DISAGREEMENT_LOGGED: "log {} attached",
    _S.VERIFYING: "log {} copy_received --record REC",
    _S.CLOSED: "recipient list {}",
}


def command(view: CorrectionView) -> str:
    """The command that the next step begins with; empty where nothing is to be done."""
    if view.standing.state is _S.CLOSED and not followed(view):
        return ""
    standing, id_ = view.standing, view.correction.id
    late = standing.state in RUNNING and view.urgency in _LATE
    if late or (standing.of(_I.UNCHANGED) and not standing.ordered):
        return f"chartmend correction log {id_} reminded"
    if standing.state is _S.VERIFYING and not standing.ordered:
        return f"chartmend correction log {id_} compared --outcome WORD"
    return f"chartmend correction {_COMMANDS[standing.state].format(id_)}"
