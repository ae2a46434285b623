"""Corrections: confirmed flags of one provider become a request to amend, and its letter."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from vault import dates, ids
from vault.actions import amendment_letter, rulebook
from vault.actions.asking.events import following
from vault.actions.asking.terms import resolved
from vault.actions.correcting import clocks, marks
from vault.actions.correcting import events as correcting
from vault.actions.correcting.events import Told
from vault.actions.exports import write_out
from vault.actions.requests import Sending
from vault.actions.session import Session
from vault.errors import Refused, UsageError
from vault.law import clock, say
from vault.law.extension import Verdict
from vault.letters.render import render_correction
from vault.model import amending
from vault.model.amending import Standing
from vault.model.corrections import (
    Correction,
    CorrectionEvent,
    CorrectionItem,
    CorrectionState,
    Recipient,
)
from vault.model.flags import Flag, FlagState
from vault.model.letters import Letter
from vault.model.people import Person
from vault.model.providers import Provider
from vault.model.reading import InMemory, Picture, View
from vault.model.records import Record
from vault.model.requests import ASSUMED, Urgency, urgency
from vault.safetext import safe_line
from vault.store import corrections, flags, letters, lookup, people, providers, records
from vault.store.database import Db

_UNSENT = (CorrectionState.DRAFT, CorrectionState.READY)
_ELSEWHERE = {
    CorrectionEvent.DRAFTED: "chartmend correction new FLAG…",
    CorrectionEvent.READY: "chartmend correction ready COR",
    CorrectionEvent.SENT: "chartmend correction sent COR --on DATE --by CHANNEL",
    CorrectionEvent.ACCEPTED: "chartmend correction answer COR accepted",
    CorrectionEvent.DENIED: "chartmend correction answer COR denied",
}
"""Events with commands of their own."""


@dataclass(frozen=True, slots=True)
class CorrectionView:
    """A correction with whom it concerns, its flags, when an answer is owed, and how pressing.

    `extension` is the verdict on the last notice of delay, where there was one.
    """

    correction: Correction
    person: Person
    provider: Provider
    flags: tuple[Flag, ...]
    standing: Standing
    due: clock.Due | None
    extension: Verdict | None
    urgency: Urgency


@dataclass(frozen=True, slots=True)
class Asking:
    """How an amendment is asked for: who is to be told of it, as a message or under the law.

    `to` is the provider to ask where it is not the one the record came from, `authority` on what
    authority somebody asks for the person, `office` the desk it goes to.
    """

    tell: tuple[str, ...] = ()
    formal: bool = True
    to: str = ""
    authority: str = ""
    office: str = ""
    parent: str = ""


def _view(db: Db, correction: Correction, today: dt.date) -> CorrectionView:
    provider = providers.get(db, correction.provider)
    standing = corrections.standing(correction)
    owed, verdict = clocks.owed(provider, correction, standing, rulebook.book(db))
    return CorrectionView(
        correction=correction,
        person=people.get(db, correction.person),
        provider=provider,
        flags=tuple(flags.get(db, item.flag) for item in correction.items),
        standing=standing,
        due=owed,
        extension=verdict,
        urgency=urgency(
            owed.rolled if owed else None,
            today,
            open_=standing.open,
            promised=clocks.promised(standing) if standing.running else None,
            last=standing.last,
        ),
    )


def usable(db: Db, given: str) -> tuple[Flag, Record]:
    """A confirmed flag and its record, which says whose it is; raises Refused or UsageError."""
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


def _addressed(flag: Flag, record: Record, to: str) -> tuple[str, str]:
    """Whose record it is, and which provider is asked: whoever first made the entry, where said."""
    return record.person or "", to or flag.originator or record.provider or ""


def begin(db: Db, chosen: Sequence[tuple[Flag, Record]], asking: Asking, on: dt.date) -> Correction:
    """Add a correction of these flags, which are one person's, within a transaction."""
    sides = {_addressed(flag, record, asking.to) for flag, record in chosen}
    if len({person for person, _provider in sides}) > 1:
        raise UsageError("these flags are about several people", "make one correction for each")
    if len(sides) != 1:
        raise UsageError(
            "these flags belong to several providers",
            "make one correction for each provider, or name one to ask about all",
        )
    person, provider = sides.pop()
    bare = Correction(
        id=ids.new("correction"),
        person=person,
        provider=provider,
        items=tuple(CorrectionItem(flag.id) for flag, _record in chosen),
        made_at=dates.now(),
        formal=asking.formal,
        authority=resolved(db, "authority", asking.authority),
        office=resolved(db, "office", asking.office),
        parent=asking.parent,
    )
    told = (line for line in (safe_line(t, 300) for t in asking.tell) if line)
    named = tuple(
        Recipient(ids.new("recipient"), bare.id, line, bare.made_at) for line in dict.fromkeys(told)
    )
    correction = replace(bare, recipients=named)
    corrections.add(db, correction)
    drafted = following((), CorrectionEvent.DRAFTED, on)
    correction = corrections.append(db, correction, drafted)
    marks.follow(db, correction)
    return correction


def new(s: Session, given: Sequence[str], asking: Asking | None = None) -> CorrectionView:
    """Gather confirmed flags into a correction; all must be one provider's and one person's.

    Raises Refused for a flag that is not confirmed, UsageError for a mixed or empty choice.
    """
    if not given:
        raise UsageError("a correction needs at least one flag", "chartmend flag list")
    asking = asking or Asking()
    today = dates.today()
    with s.vault.write("correction.drafted") as db:
        chosen = {flag.id: (flag, record) for flag, record in (usable(db, g) for g in given)}
        to = resolved(db, "provider", asking.to)
        correction = begin(db, tuple(chosen.values()), replace(asking, to=to), today)
        return _view(db, correction, today)


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

    Said again with the day it arrived, it puts that day in the place of an assumed one. After an
    answer it is asking anew, with what is new: the next round, with a clock of its own.
    """
    with s.vault.write("correction.sent") as db:
        correction = corrections.get(db, lookup.resolve(db, "correction", given))
        event = sending.event(correction.events, CorrectionEvent.SENT)
        if sending.replaces is not None:
            correcting.check_replaced(correction, sending.replaces)
            return _view(db, corrections.append(db, correction, event), dates.today())
        standing = corrections.standing(correction)
        settles = sending.arrived is not None and standing.assumed
        if standing.state in amending.RUNNING and not settles:
            raise Refused("this correction has been sent already", "chartmend correction list")
        if not amending.allowed(CorrectionEvent.SENT, standing.state):
            raise Refused(
                "this correction is closed", f"chartmend correction log {correction.id} reopened"
            )
        late = standing.last is not None and sending.on < standing.last
        if late and not settles and standing.state not in _UNSENT:
            raise UsageError("something happened to it on a later day than that", "check --on")
        noted = corrections.append(db, correction, event)
        if noted.state in (*_UNSENT, CorrectionState.CLOSED):
            raise UsageError("it cannot have been sent on that day", "check --on")
        anew = corrections.standing(noted).round > standing.round
        if not (anew or settles) and standing.state not in _UNSENT:
            raise Refused(
                "nothing was denied, and no copy is unchanged, so nothing can be asked anew",
                f"chartmend correction show {correction.id}",
            )
        marks.follow(db, noted)
        return _view(db, noted, dates.today())


def log(s: Session, given: str, told: Told) -> CorrectionView:
    """Note what happened to a correction; what cannot have happened is refused with a sentence.

    An extension is kept whether it is lawful or not; only a lawful one moves the date. The flags
    follow their items: withdrawn ones are confirmed again, ended ones resolved.
    """
    if told.kind in _ELSEWHERE:
        raise UsageError(f"{told.kind.value!r} has a command of its own", _ELSEWHERE[told.kind])
    return tell(s, given, told)


def tell(s: Session, given: str, told: Told) -> CorrectionView:
    """Note what happened to a correction, an answer too; as `log` otherwise."""
    with s.vault.write("correction.logged") as db:
        correction = corrections.get(db, lookup.resolve(db, "correction", given))
        noted = keep(db, correction, told)
        return _view(db, noted, dates.today())


def keep(db: Db, correction: Correction, told: Told) -> Correction:
    """Keep what happened to a correction, and what follows for its flags, within a transaction."""
    told = _with_ids(db, told)
    made = correcting.event(correction, told)  # what cannot be is refused before all else
    if told.kind is CorrectionEvent.EXTENDED:
        made = replace(made, detail=clocks.judged(db, correction, told))
    noted = corrections.append(db, correction, made)
    marks.follow(db, noted)
    marks.notified(db, noted, made)
    return noted


def _with_ids(db: Db, told: Told) -> Told:
    """What was told, beginnings of ids made whole."""
    detail = told.detail
    return replace(
        told,
        item=resolved(db, "flag", told.item),
        detail=replace(
            detail,
            items=tuple(lookup.resolve(db, "flag", i) for i in detail.items),
            letter=resolved(db, "letter", detail.letter),
            record=resolved(db, "record", detail.record),
        ),
    )


def owed(view: CorrectionView) -> str:
    """When an answer is owed, as a sentence with rule and citation; empty where none is."""
    if view.due is None:
        return ""
    return say.sentence(view.due, ASSUMED if view.standing.assumed else "")


def every(s: Session, today: dt.date) -> tuple[CorrectionView, ...]:
    """All corrections, newest first, as they stand on `today`."""
    db = s.vault.read()
    return tuple(_view(db, held, today) for held in corrections.every(db))


def get(s: Session, given: str, today: dt.date) -> CorrectionView:
    """One correction, as it stands on `today`."""
    db = s.vault.read()
    return _view(db, corrections.get(db, lookup.resolve(db, "correction", given)), today)
