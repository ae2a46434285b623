"""Access requests: their states, the events that move them, and what each event does."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum


class RequestState(StrEnum):
    """Where an access request stands."""

    DRAFT = "draft"
    READY = "ready"
    SENT = "sent"
    ACKNOWLEDGED = "acknowledged"
    ACTION_NEEDED = "action_needed"
    EXTENDED = "extended"
    NEEDS_CLASSIFICATION = "needs_classification"
    UNDER_REVIEW = "under_review"
    GAPS_OPEN = "gaps_open"
    DENIED = "denied"
    ESCALATED = "escalated"
    CLOSED = "closed"


class WaitingOn(StrEnum):
    """Whose turn it is."""

    ME = "me"
    PROVIDER = "provider"
    VENDOR = "vendor"
    REGULATOR = "regulator"
    NOBODY = "nobody"


class Urgency(StrEnum):
    """How pressing a date is; always computed, never stored."""

    OK = "ok"
    DUE_SOON = "due_soon"
    OVERDUE = "overdue"
    VERY_OVERDUE = "very_overdue"
    ASLEEP = "asleep"


class Channel(StrEnum):
    """How something was sent."""

    MAIL = "mail"
    FAX = "fax"
    EMAIL = "email"
    PORTAL = "portal"
    IN_PERSON = "in_person"
    PHONE = "phone"
    COURIER = "courier"


class RequestEvent(StrEnum):
    """What can happen to an access request."""

    DRAFTED = "drafted"
    SENT = "sent"
    RECEIVED = "received"
    NOTE = "note"
    WITHDRAWN = "withdrawn"


class RecordType(StrEnum):
    """What can be asked for."""

    VISIT_NOTES = "visit_notes"
    DISCHARGE_SUMMARIES = "discharge_summaries"
    OPERATIVE_REPORTS = "operative_reports"
    CONSULTS = "consults"
    LAB_RESULTS = "lab_results"
    PATHOLOGY = "pathology"
    IMAGING_REPORTS = "imaging_reports"
    IMAGES = "images"
    MEDICATIONS = "medications"
    ALLERGIES = "allergies"
    IMMUNIZATIONS = "immunizations"
    BILLING = "billing"
    CLAIMS = "claims"
    MESSAGES = "messages"
    ALL = "all"


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that happened: `kind` is a RequestEvent or CorrectionEvent, `on` its day.

    `round` counts asking anew (1 for the first asking). `channel` and `arrived` belong to
    sending; `note` is the person's own words; `item` names one item where only it is meant.
    """

    seq: int
    round: int
    kind: str
    on: dt.date
    at: str
    channel: str = ""
    arrived: dt.date | None = None
    note: str = ""
    item: str = ""


@dataclass(frozen=True, slots=True)
class Request:
    """An access request with what it asks for and how far it has come."""

    id: str
    person: str
    provider: str
    what: tuple[RecordType, ...]
    made_at: str
    from_date: dt.date | None = None
    to_date: dt.date | None = None
    format: str = ""
    deliver: str = ""
    state: RequestState = RequestState.DRAFT
    outcome: str = ""
    waiting_on: WaitingOn = WaitingOn.ME
    events: tuple[Event, ...] = ()

    @property
    def started(self) -> dt.date | None:
        """The day the clock starts: when the last asking arrived (as sent where unknown)."""
        sent = [e for e in self.events if e.kind == RequestEvent.SENT]
        return (sent[-1].arrived or sent[-1].on) if sent else None


_AFTER = {
    RequestEvent.DRAFTED: (RequestState.DRAFT, WaitingOn.ME),
    RequestEvent.SENT: (RequestState.SENT, WaitingOn.PROVIDER),
    RequestEvent.RECEIVED: (RequestState.UNDER_REVIEW, WaitingOn.ME),
    RequestEvent.WITHDRAWN: (RequestState.CLOSED, WaitingOn.NOBODY),
}


def follow(request: Request, events: Iterable[Event]) -> Request:
    """The request after `events`, in their order; pure, so that history can be replayed."""
    for event in events:
        state, waiting_on = _AFTER.get(
            RequestEvent(event.kind), (request.state, request.waiting_on)
        )
        outcome = "withdrawn" if event.kind == RequestEvent.WITHDRAWN else request.outcome
        request = replace(
            request,
            state=state,
            waiting_on=waiting_on,
            outcome=outcome,
            events=(*request.events, event),
        )
    return request


_WORDS = {
    RecordType.VISIT_NOTES: "visit office progress clinic notes note visits",
    RecordType.DISCHARGE_SUMMARIES: "discharge summary summaries",
    RecordType.OPERATIVE_REPORTS: "operative surgery surgical procedure operation reports report",
    RecordType.CONSULTS: "consult consults consultation consultations",
    RecordType.LAB_RESULTS: "lab labs laboratory blood results result tests",
    RecordType.PATHOLOGY: "pathology biopsy",
    RecordType.IMAGING_REPORTS: "imaging radiology xray xrays mri ct reports report",
    RecordType.IMAGES: "images image films film pictures scans radiology xray xrays mri ct",
    RecordType.MEDICATIONS: "medication medications medicines drugs prescriptions list",
    RecordType.ALLERGIES: "allergy allergies",
    RecordType.IMMUNIZATIONS: (
        "immunization immunizations vaccine vaccines vaccination vaccinations shots"
    ),
    RecordType.BILLING: "billing bill bills invoices itemized",
    RecordType.CLAIMS: "claims claim eob insurance",
    RecordType.MESSAGES: "messages message portal",
}
_WHOLE = frozenset(["all", "everything", "complete", "entire", "whole", "full"])
_RECORD = frozenset(["record", "records", "chart", "file", "files"])
_VAGUE = frozenset(["report", "reports"])  # of which kind, they do not say


def understand(text: str) -> RecordType | None:
    """The record type that plain words mean ("office visit notes"), or None.

    "All" is understood where nothing more exact is named, or the whole record is.
    """
    plain = text.strip().lower().replace("-", " ").replace("_", " ").replace("x ray", "xray")
    if plain.replace(" ", "_") in RecordType.__members__.values():
        return RecordType(plain.replace(" ", "_"))
    words = plain.split()
    every, record = not _WHOLE.isdisjoint(words), not _RECORD.isdisjoint(words)
    scores = {t: sum(w in known.split() for w in words) for t, known in _WORDS.items()}
    told = any(w in known.split() for known in _WORDS.values() for w in words if w not in _VAGUE)
    if (every and record) or (not told and (every or record)):
        return RecordType.ALL
    if not told:
        return None
    best = max(scores.values())
    winners = [t for t, score in scores.items() if score == best]
    if len(winners) > 1:  # "imaging reports" also knows "reports": the first word decides
        winners = [t for t in winners if words[0] in _WORDS[t].split()] or winners
    return winners[0]


def urgency(due: dt.date | None, today: dt.date, *, open_: bool) -> Urgency:
    """How pressing a due date is on `today`: a week ahead is soon, two weeks after very late."""
    if due is None or not open_ or today < due - dt.timedelta(days=7):
        return Urgency.OK
    if today <= due:
        return Urgency.DUE_SOON
    return Urgency.OVERDUE if today <= due + dt.timedelta(days=14) else Urgency.VERY_OVERDUE
