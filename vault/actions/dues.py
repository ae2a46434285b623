"""Everything with a date: what others owe, what ends, and what a person set for themselves."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from vault import ids
from vault.actions import corrections, requests, rulebook
from vault.actions.asking import days
from vault.actions.correcting import days as correcting
from vault.actions.exports import write_out
from vault.actions.session import Session
from vault.letters import calendar
from vault.model.dues import NEUTRAL, DueKind
from vault.model.requests import Urgency, urgency
from vault.store import endings, reminders
from vault.store.database import Db

EXPIRY_DAYS = 60
"""A document or an authority is told of so many days before it ends."""
_SHORT = 3


@dataclass(frozen=True, slots=True)
class Owed:
    """A date: of what, when, how pressing, by which rule, the whole sentence, and its kind.

    `about` is the request or correction it belongs to, where it is a reminder's, or that of
    somebody who is to be told of an amendment.
    """

    id: str
    what: str
    on: dt.date
    urgency: Urgency
    rule: str
    cite: str
    said: str
    kind: DueKind = DueKind.ANSWER
    about: str = ""


def _requests(s: Session, today: dt.date) -> Iterator[Owed]:
    book = rulebook.book(s.vault.read())
    for view in requests.every(s, today):
        what = f"access request, {view.provider.name}"
        for day in days.of(view, today, book):
            yield Owed(
                view.request.id,
                what,
                day.on,
                day.urgency,
                day.rule,
                day.cite,
                day.said,
                day.kind,
            )


def _corrections(s: Session, today: dt.date) -> Iterator[Owed]:
    book = rulebook.book(s.vault.read())
    for view in corrections.every(s, today):
        cor = view.correction.id
        for day in correcting.of(view, today, book):
            yield Owed(
                day.id or cor,
                f"correction, {view.provider.name}",
                day.on,
                day.urgency,
                day.rule,
                day.cite,
                day.said,
                day.kind,
                about=cor if day.id else "",
            )


def _reminders(db: Db, today: dt.date) -> Iterator[Owed]:
    for held in reminders.every(db):
        if held.done_on is None:
            pressing = urgency(held.on, today, open_=True)
            kind = DueKind.REMINDER
            yield Owed(held.id, held.text, held.on, pressing, "", "", held.text, kind, held.subject)


def _endings(db: Db, today: dt.date) -> Iterator[Owed]:
    """Documents and authorities that end soon, or have ended."""
    found = [(e, "document", DueKind.DOCUMENT_ENDS) for e in endings.documents(db)]
    found += [(e, "authority", DueKind.AUTHORITY_ENDS) for e in endings.authorities(db)]
    for held, what, kind in found:
        if today < held.on - dt.timedelta(days=EXPIRY_DAYS):
            continue
        verb = "ends" if held.on >= today else "ended"
        said = f"{held.name} {verb} on {held.on.isoformat()}"
        pressing = urgency(held.on, today, open_=True)
        yield Owed(held.id, f"{what}, {held.name}", held.on, pressing, "", "", said, kind)


def of_person(s: Session, today: dt.date) -> tuple[Owed, ...]:
    """What a person set or holds: reminders still open, and papers that end soon or have ended."""
    db = s.vault.read()
    return (*_reminders(db, today), *_endings(db, today))


def every(s: Session, today: dt.date) -> tuple[Owed, ...]:
    """All dates as they stand on `today`, the earliest first; none of what is closed or done."""
    found = [*_requests(s, today), *_corrections(s, today), *of_person(s, today)]
    return tuple(sorted(found, key=lambda o: (o.on, o.id, o.kind)))


def short(given: Sequence[str]) -> dict[str, str]:
    """For each id a reference that says nothing: its beginning, as long as tells them apart."""
    bodies = {id_: id_.partition("_")[2] for id_ in given}
    for length in range(_SHORT, ids.LENGTH + 1):
        found = {id_: body[:length].upper() for id_, body in bodies.items()}
        if len(set(found.values())) == len(found):
            return found
    return {id_: id_.upper() for id_ in given}


def calendar_file(owed: Sequence[Owed], today: dt.date) -> bytes:
    """The dates as an iCalendar file (RFC 5545) whose titles name nobody and no illness."""
    refs = short(tuple(dict.fromkeys(o.about or o.id for o in owed)))
    entries = [
        calendar.Entry(
            uid=f"{o.kind.value}-{o.id}@chartmend",
            on=o.on,
            title=f"Ref {refs[o.about or o.id]}: {NEUTRAL[o.kind]}",
        )
        for o in owed
    ]
    return calendar.write(entries, today)


def write_calendar(s: Session, owed: Sequence[Owed], today: dt.date, target: Path) -> Path:
    """Write the dates as a calendar file outside the vault, for its owner alone to read."""
    return write_out(s.vault.folder, target, (calendar_file(owed, today),))
