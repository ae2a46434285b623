"""The dates of one correction: the legal one, ends of complaints, and what is to be asked after."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from vault.actions import corrections, rulebook
from vault.actions.asking.days import Day
from vault.actions.correcting import clocks, steps
from vault.actions.corrections import CorrectionView
from vault.actions.rulebook import Book
from vault.actions.session import Session
from vault.law import complaint, rules, say
from vault.model.corrections import CorrectionEvent, CorrectionState, ItemState, RecipientState
from vault.model.dues import DueKind
from vault.model.requests import Event, Urgency, WaitingOn, urgency

FOLLOW_UP_DAYS = 30
"""Days after which to ask what came of an amendment, of a notice or of a message.

A number of this program's own: no law recorded here sets one.
"""
_OURS = "no law sets this day"
_E, _I, _R = CorrectionEvent, ItemState, RecipientState


def _pressing(on: dt.date, today: dt.date) -> Urgency:
    return urgency(on, today, open_=True)


def _later(on: dt.date) -> dt.date:
    return on + dt.timedelta(days=FOLLOW_UP_DAYS)


def _asked_after(on: dt.date, text: str, today: dt.date) -> Day:
    """A day to ask what came of something, unless something was said since that puts it off."""
    return Day(DueKind.FOLLOW_UP, on, _pressing(on, today), f"{text} ({_OURS})")


def said(view: CorrectionView) -> str:
    """The legal date in one sentence, with the verdict on a delay."""
    verdict = view.extension.why if view.extension is not None else ""
    return "; ".join(part for part in (corrections.owed(view), verdict) if part)


def _last(view: CorrectionView, *kinds: CorrectionEvent) -> Event | None:
    """The last event of these kinds in this round, or None."""
    found = [e for e in view.standing.events if e.kind in kinds and e.round == view.standing.round]
    return found[-1] if found else None


def _legal(view: CorrectionView, today: dt.date) -> Iterator[Day]:
    due = view.due
    if due is not None:
        rule = due.rule
        yield Day(DueKind.ANSWER, due.on, view.urgency, said(view), rule.id, rule.cite)
    elif view.standing.running and view.standing.start is not None:
        since = view.standing.start
        on = max(_later(since), clocks.promised(view.standing) or since)
        text = f"No answer since {say.day(since)}; ask whether they have it"
        yield _asked_after(on, text, today)


def _promised(view: CorrectionView, today: dt.date) -> Iterator[Day]:
    on = clocks.promised(view.standing)
    if on is not None and (view.standing.running or view.standing.of(_I.ACCEPTED)):
        text = f"They promised it for {say.day(on)}"
        yield Day(DueKind.PROMISED, on, _pressing(on, today), text)


@dataclass(frozen=True, slots=True)
class Cause:
    """Something to complain of: the day it counts from, and what that day is.

    `presses` is whether it still does after the end, where a late complaint can be taken.
    """

    on: dt.date
    kind: complaint.Cause
    counted: str
    presses: bool = True


_DENIED, _MISSED = complaint.Cause.DENIED, complaint.Cause.MISSED


def causes(view: CorrectionView, today: dt.date) -> Iterator[Cause]:
    """What there is to complain of.

    A denial counts until it ends, also while the same is asked anew, but presses only while
    nothing was done about it; of several that stand the first counts, whose time ends first.
    What was agreed and not done counts from the day of the copy.
    """
    standing = view.standing
    still = standing.of(_I.DENIED, _I.DISPUTED, _I.OPEN)
    refused = [e.on for e in map(standing.denial_of, still) if e is not None]
    if refused:
        presses = bool(standing.of(_I.DENIED))
        yield Cause(min(refused), _DENIED, "the day they refused", presses)
    if standing.of(_I.UNCHANGED):
        seen = _last(view, _E.COPY_RECEIVED) or _last(view, _E.COMPARED)
        if seen is not None:
            yield Cause(seen.on, _DENIED, "the day the copy came that still says the same")
    if view.due is not None and today > view.due.rolled and standing.running:
        yield Cause(view.due.on, _MISSED, "the day the answer was due")


def _complained(view: CorrectionView, since: dt.date) -> bool:
    return any(e.kind == _E.COMPLAINED and e.on >= since for e in view.standing.events)


def windows(
    view: CorrectionView, today: dt.date, book: Book
) -> tuple[tuple[Cause, complaint.Window], ...]:
    """Until when one can complain of each thing nobody has complained of yet; () for nowhere.

    Of an informal message there is nothing to complain of by law.
    """
    place, kind = view.provider.jurisdiction, view.provider.kind
    if not view.correction.formal or not rules.knows(place, book):
        return ()
    found = []
    for cause in causes(view, today):
        window = complaint.window(place, kind, cause.on, cause.kind, book)
        if window is not None and not _complained(view, cause.on):
            found.append((cause, window))
    return tuple(found)


def _complaint(view: CorrectionView, today: dt.date, book: Book) -> Iterator[Day]:
    """The first end of a time to complain that is still to come, else the first that is over."""
    found = []
    for cause, window in windows(view, today, book):
        if window.safe is None:
            continue
        last = window.last or window.safe
        if today > last and not (cause.presses and window.regulator.waivable):
            continue
        on = window.safe if today <= window.safe else last
        counted = f"counted from {cause.counted} ({say.day(cause.on)})"
        text = f"{complaint.said(window)}, {counted}"
        found.append(Day(DueKind.COMPLAINT, on, _pressing(on, today), text, cite=window.cite))
    if found:
        yield min(found, key=lambda d: (d.on < today, d.on))


def _copy(view: CorrectionView, today: dt.date) -> Iterator[Day]:
    """A fresh copy that nobody ordered, or one that was ordered and has not come.

    One that an access request of the vault asks for has the dates of that request.
    """
    ordered = _last(view, _E.COPY_ORDERED)
    if view.standing.ordered and ordered is not None:
        if not ordered.detail.other:
            text = f"A fresh copy was ordered on {say.day(ordered.on)}; look whether it came"
            yield _asked_after(_later(ordered.on), text, today)
        return
    agreed = _last(view, _E.ACCEPTED)
    if view.standing.of(_I.ACCEPTED) and agreed is not None and not view.standing.came:
        on = max(_later(agreed.on), clocks.promised(view.standing) or agreed.on)
        text = (
            f"They agreed on {say.day(agreed.on)}, and no fresh copy was ordered that shows it "
            f"({_OURS})"
        )
        yield Day(DueKind.FRESH_COPY, on, _pressing(on, today), text)


def _filed(view: CorrectionView, today: dt.date) -> Iterator[Day]:
    """A disagreement that was filed, and that nobody has confirmed to be with the entry."""
    filed = _last(view, _E.DISAGREEMENT, _E.ATTACH_ASKED)
    again = _last(view, _E.REMINDED)
    if view.standing.of(_I.DISPUTED) and filed is not None:
        since = again.on if again is not None and again.on > filed.on else filed.on
        text = f"Ask whether what you filed on {say.day(filed.on)} is with the entry"
        yield _asked_after(_later(since), text, today)


def _reminded(view: CorrectionView, today: dt.date) -> Iterator[Day]:
    """A reminder that an amendment was agreed to, and that nothing came of."""
    last = _last(view, _E.REMINDED)
    waiting = view.correction.waiting_on is WaitingOn.PROVIDER
    if view.standing.of(_I.UNCHANGED) and last is not None and waiting:
        text = f"They were reminded on {say.day(last.on)} that they agreed; ask what came of it"
        yield _asked_after(_later(last.on), text, today)


def _agreed_on(view: CorrectionView) -> dt.date | None:
    return min((e.on for e in view.standing.events if e.kind == _E.ACCEPTED), default=None)


def _recipients(view: CorrectionView, today: dt.date) -> Iterator[Day]:
    """Of each who is to be told: whether they were told, and whether their copy was put right."""
    agreed = _agreed_on(view)
    for held in steps.followed(view):
        if held.state is _R.TOLD and held.on is not None:
            on, since = _later(held.on), say.day(held.on)
            text = f"{held.name} was told on {since}; ask whether the copy there was put right"
        elif held.state is _R.TO_TELL and agreed is not None:
            on = _later(agreed)
            text = f"They agreed on {say.day(agreed)}; ask whether {held.name} was told"
        else:
            continue
        words = f"{text} ({_OURS})"
        yield Day(DueKind.FOLLOW_UP, on, _pressing(on, today), words, id=held.id)


def of(view: CorrectionView, today: dt.date, book: Book) -> tuple[Day, ...]:
    """Every date of a correction as it stands on `today`.

    Of a closed one only those are left who were to be told of what was amended.
    """
    told = tuple(_recipients(view, today))
    if view.standing.state is CorrectionState.CLOSED:
        return told
    own = (
        *_legal(view, today),
        *_promised(view, today),
        *_complaint(view, today, book),
        *_copy(view, today),
        *_filed(view, today),
        *_reminded(view, today),
    )
    asked = sorted((d for d in own if d.kind is DueKind.FOLLOW_UP), key=lambda d: d.on)
    # One day to ask after all of it is enough: the first.
    return (*(d for d in own if d.kind is not DueKind.FOLLOW_UP or d is asked[0]), *told)


def get(s: Session, view: CorrectionView, today: dt.date) -> tuple[Day, ...]:
    """Every date of a correction, the earliest first."""
    found = of(view, today, rulebook.book(s.vault.read()))
    return tuple(sorted(found, key=lambda d: (d.on, d.kind, d.id)))
