"""Items of a correction aimed at whoever first made the entry, by a correction of its own."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace

from vault import dates, ids
from vault.actions import corrections as correction_actions
from vault.actions.correcting.events import Told
from vault.actions.corrections import Asking, CorrectionView
from vault.actions.session import Session
from vault.errors import Refused, UsageError
from vault.model.corrections import (
    Correction,
    CorrectionEvent,
    CorrectionState,
    ItemState,
    RecipientState,
)
from vault.model.requests import Detail
from vault.store import corrections, flags, lookup, recipients, records
from vault.store.database import Db

_UNSENT = (CorrectionState.DRAFT, CorrectionState.READY)
_TURNED_AWAY = (ItemState.DENIED, ItemState.DISPUTED)
_CAN_BE = (*_TURNED_AWAY, ItemState.OPEN)


def aim(
    s: Session, given: str, items: Sequence[str], provider: str, on: dt.date | None = None
) -> CorrectionView:
    """Ask whoever first made the entry (a provider's id) instead, on a day (today).

    `items` are the flags that are meant, those denied where none is named, else all that wait
    for an answer. The new correction follows from the old one, where those items end. It is
    drafted, with the same people to be told. Raises Refused for a correction that has not been
    sent and for an item that has ended, UsageError for the provider who was asked.
    """
    on = on or dates.today()
    with s.vault.write("correction.redirected") as db:
        old = corrections.get(db, lookup.resolve(db, "correction", given))
        to = lookup.resolve(db, "provider", provider)
        if to == old.provider:
            raise UsageError("that is the provider who was asked", "name who first made the entry")
        if old.state in _UNSENT:
            raise Refused(
                "this correction has not been sent: it can go to another provider as it is",
                f"chartmend correction edit {old.id} --to {to}",
            )
        meant = _meant(db, old, items)
        new = _begun(db, old, meant, to, on)
        detail = Detail(items=meant, other=new)
        correction_actions.keep(db, old, Told(CorrectionEvent.REDIRECTED, on, detail=detail))
    return correction_actions.get(s, new, dates.today())


def _meant(db: Db, old: Correction, given: Sequence[str]) -> tuple[str, ...]:
    """The flags of the items that somebody else is asked about."""
    states = {item.flag: item.state for item in old.items}
    show = f"chartmend correction show {old.id} shows where each item stands"
    named = tuple(dict.fromkeys(lookup.resolve(db, "flag", g) for g in given))
    for flag in named:
        if flag not in states:
            raise UsageError(f"the correction has no item {flag!r}", show)
        if states[flag] not in _CAN_BE:
            word = states[flag].value.replace("_", " ")
            raise Refused(f"{flag} is {word}: nobody else has to be asked about it", show)
    denied = tuple(flag for flag, state in states.items() if state in _TURNED_AWAY)
    waiting = tuple(flag for flag, state in states.items() if state is ItemState.OPEN)
    found = named or denied or waiting
    if not found:
        raise Refused("no item waits for an answer or has been denied", show)
    return found


def _begun(db: Db, old: Correction, meant: tuple[str, ...], to: str, on: dt.date) -> str:
    """Begin the correction to the provider `to`; returns its id."""
    held = [replace(flags.get(db, flag), originator=to) for flag in meant]
    for flag in held:
        flags.decide(db, flag, dates.now())
    chosen = [(flag, records.get(db, flag.finding.record)) for flag in held]
    asking = Asking(formal=old.formal, to=to, authority=old.authority, parent=old.id)
    new = correction_actions.begin(db, chosen, asking, on)
    for told in old.recipients:
        if told.provider != to:
            anew = ids.new("recipient")
            fresh = replace(
                told, id=anew, correction=new.id, state=RecipientState.TO_TELL, on=None, record=""
            )
            recipients.put(db, fresh)
    return new.id
