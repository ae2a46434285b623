"""What needs a person's attention now, the most pressing first."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from vault.actions import (
    backups,
    corrections,
    documents,
    dues,
    flags,
    looking,
    records,
    requests,
    rulebook,
)
from vault.actions.asking import days, matching, steps
from vault.actions.asking.days import Day
from vault.actions.correcting import days as correcting_days
from vault.actions.correcting import steps as correcting_steps
from vault.actions.corrections import CorrectionView
from vault.actions.requests import RequestView
from vault.actions.session import Session
from vault.model.corrections import CorrectionState
from vault.model.documents import Validity
from vault.model.dues import DueKind
from vault.model.flags import FlagState
from vault.model.records import RecordStatus
from vault.model.requests import RequestState, Urgency


class Place(StrEnum):
    """Where the app takes a person who chooses a matter."""

    REVIEW = "review"
    RECORD = "record"
    REQUEST = "request"
    CORRECTION = "correction"
    IMPORT = "import"
    BACKUP = "backup"
    PERSON = "person"
    REMINDER = "reminder"
    CAME = "came"


@dataclass(frozen=True, slots=True)
class Matter:
    """One thing that needs attention: a sentence, and where to go. `weight` 0 is most pressing."""

    weight: int
    text: str
    place: Place
    id: str
    page: int | None = None


_WEIGHT = {
    Urgency.VERY_OVERDUE: 0,
    Urgency.OVERDUE: 1,
    Urgency.DUE_SOON: 3,
    Urgency.ASLEEP: 4,
    Urgency.OK: 8,
}
_MINE = 4
"""What waits for the person presses at least so much."""


_ABOUT = {"req": Place.REQUEST, "cor": Place.CORRECTION}


def _flags(s: Session) -> list[Matter]:
    titles = {view.record.id: view.record.title for view in records.every(s)}
    found = []
    for flag in flags.every(s):
        where = titles.get(flag.finding.record, "")
        page = flag.finding.page
        at = f"{where}, page {page}" if page else where
        if flag.state is FlagState.SUSPECTED:
            text = f"Suspected in {at}: {flag.finding.reason}"
            found.append(Matter(2, text, Place.REVIEW, flag.finding.record, page))
        elif flag.state is FlagState.CONFIRMED:
            text = f"Confirmed in {at}, not yet in a correction: {flag.finding.quote}"
            found.append(Matter(4, text, Place.CORRECTION, flag.id, page))
    return found


def _records(s: Session) -> list[Matter]:
    found = []
    first = {one.record.id: one.page.number for one in reversed(looking.every(s))}
    for view in records.every(s):
        record = view.record
        if record.status is RecordStatus.READING:
            text = f"{record.title} was not read to the end"
            found.append(Matter(3, text, Place.IMPORT, record.id))
        elif record.status is RecordStatus.UNREADABLE:
            text = f"{record.title} could not be read: {record.reason}"
            found.append(Matter(6, text, Place.RECORD, record.id))
        elif view.counts.look:
            many = f"{view.counts.look} pages" if view.counts.look > 1 else "a page"
            text = f"{record.title}: look at {many} yourself, the reading is not sure"
            found.append(Matter(5, text, Place.REVIEW, record.id, first.get(record.id)))
    return found


def _first(found: tuple[Day, ...]) -> Day | None:
    """The most pressing of some dates, a legal one before others."""
    return min(
        found, key=lambda d: (_WEIGHT[d.urgency], d.kind is not DueKind.ANSWER, d.on), default=None
    )


def _asked(view: RequestView, today: dt.date, book: rulebook.Book) -> Matter | None:
    """A request that was begun: the next step and the most pressing of its dates, in one matter."""
    step = steps.next_step(view)
    first = _first(days.of(view, today, book))
    said = "; ".join(part for part in (step, first.said if first else "") if part)
    if not said:
        return None
    weight = _WEIGHT[first.urgency] if first else _WEIGHT[view.urgency]
    weight = min(weight, _MINE) if step else weight
    return Matter(weight, f"{view.provider.name}: {said}", Place.REQUEST, view.request.id)


def _requests(s: Session, today: dt.date) -> list[Matter]:
    book, found = rulebook.book(s.vault.read()), []
    for view in requests.every(s, today):
        if view.request.state is RequestState.DRAFT:
            text = f"The request to {view.provider.name} has not been sent"
            found.append(Matter(5, text, Place.REQUEST, view.request.id))
        elif matter := _asked(view, today, book):
            found.append(matter)
    return found


def _set(s: Session, today: dt.date) -> list[Matter]:
    """Reminders and papers whose day has come, or comes soon."""
    found = []
    for owed in dues.of_person(s, today):
        # Of documents `_documents` tells, with whose they are.
        if owed.urgency is Urgency.OK or owed.kind is DueKind.DOCUMENT_ENDS:
            continue
        place = Place.REMINDER if owed.kind is DueKind.REMINDER else Place.PERSON
        where = _ABOUT.get(owed.about.partition("_")[0], place)
        found.append(Matter(_WEIGHT[owed.urgency], owed.said, where, owed.about or owed.id))
    return found


def _came(s: Session) -> list[Matter]:
    """Records that came and answer no request yet, in one matter."""
    found = [a for a in matching.arrivals(s) if not a.request and a.matches]
    if not found:
        return []
    many = "A record" if len(found) == 1 else f"{len(found)} records"
    text = f"{many} came that may answer a request: say which"
    return [Matter(_MINE, text, Place.CAME, found[0].record.id)]


def _corrected(view: CorrectionView, today: dt.date, book: rulebook.Book) -> Matter | None:
    """A correction that was sent: what the person does next, and the most pressing of its dates.

    Where nothing is for the person to do, a date tells when there will be.
    """
    step = correcting_steps.next_step(view) if correcting_steps.mine(view) else ""
    first = _first(correcting_days.of(view, today, book))
    if not view.standing.open and first is not None and first.urgency is Urgency.OK:
        first = None
    said = "; ".join(part for part in (step, first.said if first else "") if part)
    if not said:
        return None
    weight = _WEIGHT[first.urgency] if first else _WEIGHT[view.urgency]
    weight = min(weight, _MINE) if step else weight
    text = f"Correction at {view.provider.name}: {said}"
    return Matter(weight, text, Place.CORRECTION, view.correction.id)


def _corrections(s: Session, today: dt.date) -> list[Matter]:
    book, found = rulebook.book(s.vault.read()), []
    for view in corrections.every(s, today):
        if view.correction.state in (CorrectionState.DRAFT, CorrectionState.READY):
            text = f"The correction for {view.provider.name} has not been sent"
            found.append(Matter(4, text, Place.CORRECTION, view.correction.id))
        elif matter := _corrected(view, today, book):
            found.append(matter)
    return found


def _backup(s: Session, today: dt.date) -> list[Matter]:
    due = backups.backup_due(s, today)
    if not due:
        return []
    made = backups.last_backup(s)
    return [Matter(5, due, Place.BACKUP, made.place if made else "")]


def _documents(s: Session, today: dt.date) -> list[Matter]:
    found = []
    for view in documents.every(s, today):
        if view.validity is not Validity.OK:
            text = f"{view.document.title} of {view.person} {view.expiry}"
            found.append(Matter(6, text, Place.PERSON, view.document.id))
    return found


def matters(s: Session, today: dt.date) -> tuple[Matter, ...]:
    """Everything that needs attention on `today`, most pressing first."""
    found = [
        *_flags(s),
        *_records(s),
        *_requests(s, today),
        *_came(s),
        *_corrections(s, today),
        *_set(s, today),
        *_backup(s, today),
        *_documents(s, today),
    ]
    return tuple(sorted(found, key=lambda m: m.weight))
