"""What needs a person's attention now, the most pressing first."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from vault.actions import backups, corrections, documents, flags, looking, records, requests
from vault.actions.session import Session
from vault.model.corrections import CorrectionState
from vault.model.documents import Validity
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
    Urgency.ASLEEP: 5,
    Urgency.OK: 8,
}


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


def _requests(s: Session, today: dt.date) -> list[Matter]:
    found = []
    for view in requests.every(s, today):
        if view.request.state is RequestState.DRAFT:
            text = f"The request to {view.provider.name} has not been sent"
            found.append(Matter(5, text, Place.REQUEST, view.request.id))
        elif view.due is not None:
            text = f"{view.provider.name}: {requests.owed(view)}"
            found.append(Matter(_WEIGHT[view.urgency], text, Place.REQUEST, view.request.id))
    return found


def _corrections(s: Session, today: dt.date) -> list[Matter]:
    found = []
    for view in corrections.every(s, today):
        if view.correction.state is CorrectionState.DRAFT:
            text = f"The correction for {view.provider.name} has not been sent"
            found.append(Matter(4, text, Place.CORRECTION, view.correction.id))
        elif view.due is not None:
            text = f"Correction at {view.provider.name}: {corrections.owed(view)}"
            found.append(Matter(_WEIGHT[view.urgency], text, Place.CORRECTION, view.correction.id))
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
        *_corrections(s, today),
        *_backup(s, today),
        *_documents(s, today),
    ]
    return tuple(sorted(found, key=lambda m: m.weight))
