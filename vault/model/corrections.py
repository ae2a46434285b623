"""Corrections: asking a provider to amend, in the law's word an amendment."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum

from vault.model.requests import Event


class CorrectionState(StrEnum):
    """Where a correction request stands."""

    DRAFT = "draft"
    READY = "ready"
    SENT = "sent"
    IN_REVIEW = "in_review"
    INFO_REQUESTED = "info_requested"
    EXTENDED = "extended"
    ACCEPTED = "accepted"
    PARTIAL = "partial"
    DENIED = "denied"
    DISAGREEMENT_LOGGED = "disagreement_logged"
    VERIFYING = "verifying"
    CLOSED = "closed"


class CorrectionEvent(StrEnum):
    """What can happen to a correction request."""

    DRAFTED = "drafted"
    SENT = "sent"
    NOTE = "note"
    WITHDRAWN = "withdrawn"


# HL7 FHIR R5, patient corrections: the business status code of each state.
HL7_CODES = {
    CorrectionState.DRAFT: "draft",
    CorrectionState.READY: "draft",
    CorrectionState.SENT: "queued",
    CorrectionState.IN_REVIEW: "in-review",
    CorrectionState.INFO_REQUESTED: "waiting-for-information",
    CorrectionState.EXTENDED: "in-review",
    CorrectionState.ACCEPTED: "accepted",
    CorrectionState.PARTIAL: "partial-accept",
    CorrectionState.DENIED: "denied",
    CorrectionState.DISAGREEMENT_LOGGED: "disagreement-logged",
    CorrectionState.VERIFYING: "amendment-completed",
    CorrectionState.CLOSED: "amendment-completed",
}


class ItemState(StrEnum):
    """Where one item of a correction stands, or how it ended."""

    OPEN = "open"
    ACCEPTED = "accepted"
    DENIED = "denied"
    FIXED = "fixed"
    APPENDED = "appended"
    DISAGREEMENT_ON_FILE = "disagreement_on_file"
    DENIED_ACCEPTED = "denied_accepted"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class CorrectionItem:
    """One flag in a correction."""

    flag: str
    state: ItemState = ItemState.OPEN


@dataclass(frozen=True, slots=True)
class Correction:
    """A correction request to one provider about one person's records.

    `tell` holds those who are to be told of the amendment, a line each.
    """

    id: str
    person: str
    provider: str
    items: tuple[CorrectionItem, ...]
    made_at: str
    tell: tuple[str, ...] = ()
    state: CorrectionState = CorrectionState.DRAFT
    events: tuple[Event, ...] = ()

    @property
    def started(self) -> dt.date | None:
        """The day the clock starts: when the request arrived (as sent where unknown)."""
        sent = [e for e in self.events if e.kind == CorrectionEvent.SENT]
        return (sent[-1].arrived or sent[-1].on) if sent else None

    @property
    def hl7_code(self) -> str:
        """The HL7 code of the state."""
        if any(e.kind == CorrectionEvent.WITHDRAWN for e in self.events):
            return "requester-cancelled"
        return HL7_CODES[self.state]


def follow(correction: Correction, events: Iterable[Event]) -> Correction:
    """The correction after `events`, in their order; pure, so that history can be replayed."""
    after = {
        CorrectionEvent.DRAFTED: CorrectionState.DRAFT,
        CorrectionEvent.SENT: CorrectionState.SENT,
        CorrectionEvent.WITHDRAWN: CorrectionState.CLOSED,
    }
    for event in events:
        kind = CorrectionEvent(event.kind)
        items = correction.items
        if kind is CorrectionEvent.WITHDRAWN:
            items = tuple(replace(item, state=ItemState.WITHDRAWN) for item in items)
        correction = replace(
            correction,
            state=after.get(kind, correction.state),
            items=items,
            events=(*correction.events, event),
        )
    return correction
