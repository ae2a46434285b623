"""What the items of corrections make of the flags they are about."""

from __future__ import annotations

from dataclasses import replace

from vault import dates
from vault.model.corrections import ENDS, Correction, ItemState
from vault.model.flags import FlagState
from vault.store import corrections, flags
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
