"""A correction's life step by step, and each asking of it from the sending to the answer."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace

from vault.model.amending import HELD, RUNNING, Standing, allowed, moved, stand
from vault.model.corrections import CorrectionEvent, ItemState
from vault.model.lifecycle import effective
from vault.model.requests import Event

_OWN = frozenset({CorrectionEvent.DRAFTED, CorrectionEvent.READY, CorrectionEvent.FORM_CHECKED})
_ENDED_IT = frozenset(
    {CorrectionEvent.CLOSED, CorrectionEvent.WITHDRAWN, CorrectionEvent.REDIRECTED}
)


@dataclass(frozen=True, slots=True)
class Round:
    """One asking: the first, or one anew after an answer.

    `sent` is the day it was sent, `start` the day its clock started, `assumed` whether that day
    is a guess. `notices` are the delays they told of. `answered` is the day the last item that
    was open was answered, None while one is open, or where it was given up before any answer.
    """

    number: int
    sent: dt.date
    channel: str
    start: dt.date
    assumed: bool
    notices: tuple[Event, ...]
    answered: dt.date | None = None

    @property
    def days(self) -> int | None:
        """The days from its arrival to the answer, none below 0; None where none came."""
        return None if self.answered is None else max(0, (self.answered - self.start).days)


def trail(flags: Sequence[str], events: Sequence[Event]) -> tuple[tuple[Event, Standing], ...]:
    """Every event that counts, in its order, with where the correction stood after it."""
    ordered = [replace(event, replaces=None) for event in effective(events)]
    return tuple((event, stand(flags, ordered[:n])) for n, event in enumerate(ordered, 1))


def idle(flags: Sequence[str], events: Sequence[Event]) -> tuple[Event, ...]:
    """The events that count for nothing: where they stand, nothing of the kind could happen.

    The person's own work on the request before it is sent is none of them.
    """
    found = []
    was = stand(flags, ())
    for event, now in trail(flags, events):
        kind = CorrectionEvent(event.kind)
        about = kind in HELD or kind is CorrectionEvent.COMPARED
        if (kind not in _OWN and not allowed(kind, was.state)) or (about and not moved(was, event)):
            found.append(event)
        was = now
    return tuple(found)


def _asked(was: Standing, event: Event, now: Standing) -> bool:
    """Whether an event began an asking."""
    if event.kind != CorrectionEvent.SENT or now.start is None:
        return False
    return now.round > was.round or was.start is None


def rounds(flags: Sequence[str], events: Sequence[Event]) -> tuple[Round, ...]:
    """The askings of a correction that arrived or may have, in their order.

    One that came back is none. An answer that was taken back by a later word counts as given.
    """
    found: list[Round] = []
    was = stand(flags, ())
    for event, now in trail(flags, events):
        if _asked(was, event, now):
            start = now.start or event.on
            found.append(Round(now.round, event.on, event.channel, start, now.assumed, ()))
        if now.start is None:
            found = []
        found = [held for held in found if held.number <= now.round]
        if found and now.round >= was.round:  # one that came back leaves the one before as it was
            found[-1] = _so_far(found[-1], was, event, now)
        was = now
    return tuple(found)


def _so_far(held: Round, was: Standing, event: Event, now: Standing) -> Round:
    if was.state not in RUNNING and now.state not in RUNNING:
        return held
    if now.state in RUNNING:
        start = now.start or held.start
        return replace(held, start=start, assumed=now.assumed, notices=now.notices, answered=None)
    gone = event.kind in _ENDED_IT and was.of(ItemState.OPEN) and not _answers(was)
    return held if gone else replace(held, answered=_day(held, was, event))


def _answers(s: Standing) -> bool:
    """Whether anything but silence met this asking."""
    kinds = (CorrectionEvent.ACCEPTED, CorrectionEvent.DENIED)
    return any(event.kind in kinds and event.round == s.round for event in s.events)


def _day(held: Round, was: Standing, event: Event) -> dt.date:
    """The day of the answer: of the last one that was given, where the rest was given up."""
    if event.kind not in _ENDED_IT:
        return event.on
    kinds = (CorrectionEvent.ACCEPTED, CorrectionEvent.DENIED)
    given = [e.on for e in was.events if e.kind in kinds and e.round == held.number]
    return max(given, default=event.on)
