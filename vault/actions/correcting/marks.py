"""What happens to a correction makes of its flags, and of those who are to be told."""

from __future__ import annotations

from dataclasses import replace

from vault import dates
from vault.model.corrections import (
    ENDS,
    Correction,
    CorrectionEvent,
    ItemState,
    RecipientState,
)
from vault.model.flags import FlagState
from vault.model.requests import Event
from vault.safetext import safe_line
from vault.store import corrections, flags, recipients
from vault.store.database import Db


def _state(states: list[ItemState]) -> FlagState:
    """The state of a flag whose items, of the newest correction first, stand so."""
    if not states:
        return FlagState.CONFIRMED
    if any(state not in ENDS for state in states):
        return FlagState.IN_CORRECTION
    return FlagState.CONFIRMED if states[0] is ItemState.WITHDRAWN else FlagState.RESOLVED


def follow(db: Db, correction: Correction) -> None:
    """Put the flags of a correction in the state that its items, as they stand, call for.

    A flag that another correction still asks about stays in correction.
    """
    settle(db, *(item.flag for item in correction.items))


def settle(db: Db, *ids: str) -> None:
    """Put flags in the state that the items they are now, of whatever corrections, call for."""
    for id_ in ids:
        flag = flags.get(db, id_)
        state = _state(list(corrections.states_of(db, id_)))
        if flag.state is not state:
            flags.decide(db, replace(flag, state=state), dates.now())


def notified(db: Db, correction: Correction, event: Event) -> None:
    """Note of whom an event names that they were told, unless a later word is noted of them."""
    if event.kind != CorrectionEvent.NOTIFIED:
        return
    who = event.detail.who.casefold()
    for held in correction.recipients:
        later = held.on is not None and held.on > event.on
        same = safe_line(held.name, 200).casefold() == who  # as names of events are kept
        if same and not later and held.state is not RecipientState.CHANGED:
            recipients.put(db, replace(held, state=RecipientState.TOLD, on=event.on))
