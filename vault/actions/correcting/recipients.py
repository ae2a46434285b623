"""Those who are to be told of an amendment: named, told, and followed up to their own copy."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import replace

from vault import dates, ids
from vault.actions import corrections
from vault.actions.asking.terms import resolved
from vault.actions.correcting.events import Told
from vault.actions.session import Session
from vault.errors import Refused, UsageError
from vault.model.amending import ASKED
from vault.model.corrections import (
    Correction,
    CorrectionEvent,
    CorrectionState,
    Recipient,
    RecipientState,
)
from vault.model.requests import Detail
from vault.safetext import safe_line
from vault.store import corrections as stored
from vault.store import lookup, providers, recipients, records
from vault.store.database import Db

MOST = 100
"""So many can be told of one amendment."""
_NAME, _LINE, _LINES, _NOTE = 300, 100, 8, 2000
_E, _S = CorrectionEvent, RecipientState
_SENT = ASKED | {CorrectionState.CLOSED}


def _lines(address: tuple[str, ...]) -> tuple[str, ...]:
    found = tuple(line for line in (safe_line(part, _LINE) for part in address) if line)
    return found[:_LINES]


def _checked(db: Db, correction: Correction, held: Recipient) -> Recipient:
    """The recipient with what the vault knows of the provider; raises UsageError for a double."""
    if held.provider:
        if held.provider == correction.provider:
            raise UsageError("that is the provider who is asked", "name somebody else")
        known = providers.get(db, held.provider)
        held = replace(held, name=held.name or known.name, address=held.address or known.address)
    if not held.name:
        raise UsageError("who is to be told is missing", "give a name, or a provider you have")
    for other in correction.recipients:
        same = other.name.casefold() == held.name.casefold()
        if other.id != held.id and (same or (held.provider and other.provider == held.provider)):
            raise UsageError(
                f"{safe_line(other.name, 60)} is on the list already",
                f"chartmend correction recipient list {correction.id}",
            )
    return held


def add(
    s: Session, given: str, name: str = "", address: tuple[str, ...] = (), provider: str = ""
) -> Recipient:
    """Name somebody who is to be told of an amendment, or a provider of the vault.

    A provider's own name and address are taken where none are given.
    """
    with s.vault.write("recipient.added") as db:
        correction = stored.get(db, lookup.resolve(db, "correction", given))
        if len(correction.recipients) >= MOST:
            raise UsageError(f"at most {MOST} can be told of one correction", "name fewer")
        bare = Recipient(
            id=ids.new("recipient"),
            correction=correction.id,
            name=safe_line(name, _NAME),
            made_at=dates.now(),
            address=_lines(address),
            provider=resolved(db, "provider", provider),
        )
        held = _checked(db, correction, bare)
        recipients.put(db, held)
    return held


def _found(db: Db, given: str) -> tuple[Recipient, Correction]:
    held = recipients.get(db, lookup.resolve(db, "recipient", given))
    return held, stored.get(db, held.correction)


def edit(s: Session, given: str, told: Mapping[str, object]) -> Recipient:
    """Put `name`, `address`, `provider` or `note` of a recipient anew; None stays as it is."""
    with s.vault.write("recipient.changed") as db:
        held, correction = _found(db, given)
        name, address = told.get("name"), told.get("address")
        provider, note = told.get("provider"), told.get("note")
        held = replace(
            held,
            name=held.name if name is None else safe_line(str(name), _NAME),
            address=_lines(tuple(map(str, address)))
            if isinstance(address, tuple)
            else held.address,
            provider=held.provider if provider is None else resolved(db, "provider", str(provider)),
            note=held.note if note is None else safe_line(str(note), _NOTE),
        )
        held = _checked(db, correction, held)
        recipients.put(db, held)
    return held


def drop(s: Session, given: str) -> Recipient:
    """Take somebody off the list; Refused once they were named in what was sent, or told."""
    with s.vault.write("recipient.removed") as db:
        held, correction = _found(db, given)
        sent = min((e.at for e in correction.events if e.kind == _E.SENT), default="")
        named = bool(sent) and held.made_at <= sent and correction.state in _SENT
        if named or held.state is not _S.TO_TELL:
            why = "they were named in what was sent" if named else "something was noted of them"
            raise Refused(
                f"{safe_line(held.name, 60)} stays on the list: {why}",
                f"chartmend correction recipient give-up {held.id} --why TEXT",
            )
        recipients.drop(db, held.id)
    return held


def _note(db: Db, correction: Correction, on: dt.date, note: str, detail: Detail) -> None:
    """Keep what was learned of a recipient with all else that happened to the correction."""
    corrections.keep(db, correction, Told(_E.NOTE, on, note, detail))


def told(s: Session, given: str, on: dt.date, *, by_us: bool, letter: str = "") -> Recipient:
    """Note that somebody was told of the amendment: by the provider, or by a letter of ours.

    Refused before the correction was sent. What is noted is an event of the correction, too.
    """
    with s.vault.write("recipient.told") as db:
        held, correction = _found(db, given)
        words = "you told them" if by_us else "the provider told them"
        detail = Detail(who=held.name, letter=letter, outcome="by_us" if by_us else "by_provider")
        corrections.keep(db, correction, Told(_E.NOTIFIED, on, words, detail))
        return recipients.get(db, held.id)


def copy_seen(s: Session, given: str, on: dt.date, *, changed: bool, record: str = "") -> Recipient:
    """Note whether their own copy was put right, and by which record that was seen.

    Raises UsageError for a record of another person, or one that another provider sent.
    """
    with s.vault.write("recipient.copy") as db:
        held, correction = _found(db, given)
        seen = resolved(db, "record", record)
        if seen:
            copy = records.get(db, seen)
            if copy.person not in (None, correction.person):
                raise UsageError("that record is another person's", "name their copy of yours")
            if held.provider and copy.provider not in (None, held.provider):
                raise UsageError(
                    f"that record did not come from {safe_line(held.name, 60)}",
                    f"chartmend record assign {seen} --provider {held.provider}",
                )
        state = _S.CHANGED if changed else _S.UNCHANGED
        words = "their copy was put right" if changed else "their copy still says the same"
        detail = Detail(who=held.name, record=seen, outcome=state.value)
        _note(db, correction, on, words, detail)
        held = replace(held, state=state, on=on, record=seen)
        recipients.put(db, held)
    return held


def give_up(s: Session, given: str, on: dt.date, why: str) -> Recipient:
    """Follow somebody up no more, for a reason; told or not, they stay on the list."""
    with s.vault.write("recipient.given_up") as db:
        held, correction = _found(db, given)
        reason = safe_line(why, _NOTE)
        if not reason:
            raise UsageError("why they are followed up no more is missing", "say it in a few words")
        if held.state not in (_S.TO_TELL, _S.TOLD, _S.UNCHANGED):
            raise Refused(
                f"nothing more is to come of {safe_line(held.name, 60)}: "
                f"{held.state.value.replace('_', ' ')}"
            )
        state = _S.NOT_TOLD if held.state is _S.TO_TELL else _S.GIVEN_UP
        _note(db, correction, on, reason, Detail(who=held.name, outcome=state.value))
        held = replace(held, state=state, on=on, note=reason)
        recipients.put(db, held)
    return held
