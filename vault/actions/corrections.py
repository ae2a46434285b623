"""Corrections: confirmed flags of one provider become a request to amend, and its letter."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from vault import dates, ids
from vault.actions import amendment_letter, deadlines, rulebook
from vault.actions.asking.events import following
from vault.actions.exports import write_out
from vault.actions.requests import Sending
from vault.actions.session import Session
from vault.errors import Refused, UsageError
from vault.law import clock
from vault.law.rules import Right
from vault.letters.render import render_correction
from vault.model.corrections import (
    Correction,
    CorrectionEvent,
    CorrectionItem,
    CorrectionState,
    follow,
)
from vault.model.flags import Flag, FlagState
from vault.model.letters import Letter
from vault.model.people import Person
from vault.model.providers import Provider
from vault.model.reading import InMemory, Picture, View
from vault.model.records import Record
from vault.model.requests import Urgency, urgency
from vault.safetext import safe_line
from vault.store import corrections, events, flags, letters, lookup, people, providers, records
from vault.store.database import Db

_UNSENT = (CorrectionState.DRAFT, CorrectionState.READY)


@dataclass(frozen=True, slots=True)
class CorrectionView:
    """A correction with whom it concerns, its flags, when an answer is owed, and how pressing."""

    correction: Correction
    person: Person
    provider: Provider
    flags: tuple[Flag, ...]
    due: clock.Due | None
    urgency: Urgency


def _view(db: Db, correction: Correction, today: dt.date) -> CorrectionView:
    provider = providers.get(db, correction.provider)
    open_ = correction.state is not CorrectionState.CLOSED
    owed = (
        deadlines.due(provider, Right.AMENDMENT, correction.started, rulebook.book(db))
        if open_
        else None
    )
    return CorrectionView(
        correction=correction,
        person=people.get(db, correction.person),
        provider=provider,
        flags=tuple(flags.get(db, item.flag) for item in correction.items),
        due=owed,
        urgency=urgency(owed.rolled if owed else None, today, open_=open_),
    )


def _usable(db: Db, given: str) -> tuple[Flag, Record]:
    flag = flags.get(db, lookup.resolve(db, "flag", given))
    if flag.state is FlagState.SUSPECTED:
        raise Refused(
            f"{flag.id} is only a suspicion",
            f"look at the page, then: chartmend flag confirm {flag.id} --should TEXT",
        )
    if flag.state is not FlagState.CONFIRMED:
        raise Refused(f"{flag.id} is {flag.state.value.replace('_', ' ')}", "chartmend flag list")
    record = records.get(db, flag.finding.record)
    if record.provider is None or record.person is None:
        lacking = "who it came from" if record.provider is None else "whose it is"
        raise UsageError(
            f"{record.id} does not say {lacking}",
            f"chartmend record assign {record.id} --provider PROV --person PER",
        )
    return flag, record


def new(s: Session, given: Sequence[str], tell: Sequence[str] = ()) -> CorrectionView:
    """Gather confirmed flags into a correction; all must be one provider's and one person's.

    Raises Refused for a flag that is not confirmed, UsageError for a mixed or empty choice.
    """
    if not given:
        raise UsageError("a correction needs at least one flag", "chartmend flag list")
    today = dates.today()
    with s.vault.write("correction.drafted") as db:
        chosen = {flag.id: (flag, record) for flag, record in (_usable(db, g) for g in given)}
        sides = {(record.person, record.provider) for _flag, record in chosen.values()}
        if len(sides) != 1:
            raise UsageError(
                "these flags belong to several providers or people",
                "make one correction for each provider",
            )
        person, provider = sides.pop()
        correction = Correction(
            id=ids.new("correction"),
            person=person or "",
            provider=provider or "",
            items=tuple(CorrectionItem(id_) for id_ in chosen),
            made_at=dates.now(),
            tell=tuple(line for line in (safe_line(t, 300) for t in tell) if line),
        )
        corrections.add(db, correction)
        drafted = following((), CorrectionEvent.DRAFTED, today)
        events.add(db, correction.id, drafted)
        for flag, _record in chosen.values():
            flags.decide(db, replace(flag, state=FlagState.IN_CORRECTION), dates.now())
        return _view(db, follow(correction, (drafted,)), today)


def lacking(s: Session, given: str) -> tuple[str, ...]:
    """What a correction's letter goes without that it should have; empty where it has all."""
    view = get(s, given, dates.today())
    found = []
    if not view.person.address:
        found.append("your postal address is missing, so no answer can come by mail")
    if not view.provider.address:
        found.append(f"the postal address of {view.provider.name} is missing")
    return tuple(found)


def letter(s: Session, given: str, on: dt.date | None = None) -> Letter:
    """Typeset a correction's letter, dated `on` (today), and keep it in the vault.

    Once it was sent, the letter stays the one that was kept last.
    """
    view = get(s, given, on or dates.today())
    kept = newest_letter(s, view.correction.id)
    if kept is not None and view.correction.state not in _UNSENT:
        return kept
    content = amendment_letter.compose(s, view.correction, on or dates.today())
    typeset = render_correction(content, s.pool)
    made = Letter(
        id=ids.new("letter"),
        subject=view.correction.id,
        kind="correction",
        made_at=dates.now(),
        pages=typeset.pages,
        pdf=typeset.pdf,
    )
    with s.vault.write("letter.made", view.correction.id, pages=made.pages) as db:
        letters.add(db, made)
    return made


def write_letter(s: Session, made: Letter, target: Path) -> Path:
    """Write a letter's PDF to a place outside the vault; returns its absolute path."""
    return write_out(s.vault.folder, target, (made.pdf,))


def newest_letter(s: Session, given: str) -> Letter | None:
    """The letter last made for a correction, or None."""
    db = s.vault.read()
    return letters.newest(db, lookup.resolve(db, "correction", given))


def preview(s: Session, made: Letter, view: View) -> Picture:
    """Draw a page of a letter, as whoever opens it will see it."""
    return s.pool.draw(InMemory(made.pdf), "pdf", view).result()


def sent(s: Session, given: str, sending: Sending) -> CorrectionView:
    """Note that a correction request was sent; its clock starts when it arrived.

    Said again with the day it arrived, it puts that day in the place of an assumed one.
    """
    with s.vault.write("correction.sent") as db:
        correction = corrections.get(db, lookup.resolve(db, "correction", given))
        event = sending.event(correction.events, CorrectionEvent.SENT)
        again = correction.state is CorrectionState.SENT and sending.settles(correction.events)
        if not again and correction.state not in _UNSENT:
            raise Refused("this correction has been sent already", "chartmend correction list")
        events.add(db, correction.id, event)
        return _view(db, follow(correction, (event,)), dates.today())


def log(
    s: Session, given: str, kind: CorrectionEvent, on: dt.date, note: str = ""
) -> CorrectionView:
    """Note what happened to a correction; a withdrawn one gives its flags back as confirmed."""
    with s.vault.write("correction.logged") as db:
        correction = corrections.get(db, lookup.resolve(db, "correction", given))
        if correction.state is CorrectionState.CLOSED:
            raise Refused("this correction is closed", f"chartmend correction show {given}")
        event = replace(following(correction.events, kind, on), note=safe_line(note, 2000))
        events.add(db, correction.id, event)
        if kind is CorrectionEvent.WITHDRAWN:
            for item in correction.items:
                flag = flags.get(db, item.flag)
                flags.decide(db, replace(flag, state=FlagState.CONFIRMED), dates.now())
        return _view(db, follow(correction, (event,)), dates.today())


def owed(view: CorrectionView) -> str:
    """When an answer is owed, as a sentence with rule and citation; empty where none is."""
    return deadlines.sentence(view.due, view.correction.events)


def every(s: Session, today: dt.date) -> tuple[CorrectionView, ...]:
    """All corrections, newest first, as they stand on `today`."""
    db = s.vault.read()
    return tuple(_view(db, held, today) for held in corrections.every(db))


def get(s: Session, given: str, today: dt.date) -> CorrectionView:
    """One correction, as it stands on `today`."""
    db = s.vault.read()
    return _view(db, corrections.get(db, lookup.resolve(db, "correction", given)), today)
