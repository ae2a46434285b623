"""Corrections: asking a provider to amend, in the law's word an amendment."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from vault.model.requests import Event, WaitingOn


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
    FORM_CHECKED = "form_checked"
    READY = "ready"
    SENT = "sent"
    DELIVERED = "delivered"
    BOUNCED = "bounced"
    IN_REVIEW = "in_review"
    INFO_ASKED = "info_asked"
    INFO_GIVEN = "info_given"
    EXTENDED = "extended"
    ACCEPTED = "accepted"
    DENIED = "denied"
    DISAGREEMENT = "disagreement"
    REBUTTAL = "rebuttal"
    ATTACH_ASKED = "attach_asked"
    ATTACHED = "attached"
    REDIRECTED = "redirected"
    REMINDED = "reminded"
    COMPLAINED = "complained"
    NOTIFIED = "notified"
    COPY_ORDERED = "copy_ordered"
    COPY_RECEIVED = "copy_received"
    COMPARED = "compared"
    CALL = "call"
    NOTE = "note"
    CLOSED = "closed"
    WITHDRAWN = "withdrawn"
    REOPENED = "reopened"


class ItemState(StrEnum):
    """Where one item of a correction stands, or how it ended.

    A disputed item was denied, and a statement of disagreement was filed or the request and the
    denial are to go with the entry. An unchanged one was accepted, and a copy made since says the
    same as before.
    """

    OPEN = "open"
    ACCEPTED = "accepted"
    DENIED = "denied"
    DISPUTED = "disputed"
    UNCHANGED = "unchanged"
    FIXED = "fixed"
    APPENDED = "appended"
    DISAGREEMENT_ON_FILE = "disagreement_on_file"
    DENIED_ACCEPTED = "denied_accepted"
    WITHDRAWN = "withdrawn"


ENDS = frozenset({
    ItemState.FIXED, ItemState.APPENDED, ItemState.DISAGREEMENT_ON_FILE,
    ItemState.DENIED_ACCEPTED, ItemState.WITHDRAWN,
})  # fmt: skip
"""The states in which nothing more is to be done about an item."""


class RecipientState(StrEnum):
    """How far one who is to be told of an amendment has come.

    Told says that a notice went out; changed and unchanged what their own copy says since. Not
    told and given up are ends of the person's own: before a notice went out, and after.
    """

    TO_TELL = "to_tell"
    TOLD = "told"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    NOT_TOLD = "not_told"
    GIVEN_UP = "given_up"


OUTSTANDING = frozenset({RecipientState.TO_TELL, RecipientState.TOLD, RecipientState.UNCHANGED})
"""States in which a recipient is still to be followed up."""


@dataclass(frozen=True, slots=True)
class Recipient:
    """Somebody who is to be told of an amendment: `provider` where the vault knows them as one.

    `on` is the day of its state, `record` the copy of theirs that was looked at.
    """

    id: str
    correction: str
    name: str
    made_at: str
    address: tuple[str, ...] = ()
    provider: str = ""
    state: RecipientState = RecipientState.TO_TELL
    on: dt.date | None = None
    record: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class CorrectionItem:
    """One flag in a correction."""

    flag: str
    state: ItemState = ItemState.OPEN


@dataclass(frozen=True, slots=True)
class Correction:
    """A correction request to one provider about one person's records.

    A `formal` one asks for an amendment under the law, else it is a plain message. `authority` is
    on what authority somebody asks for the person ("" for themselves), `office` the desk it goes
    to, `parent` the correction it follows from. `recipients` are to be told of the amendment.
    `events` are all that were noted, in the order they were.
    """

    id: str
    person: str
    provider: str
    items: tuple[CorrectionItem, ...]
    made_at: str
    formal: bool = True
    authority: str = ""
    office: str = ""
    parent: str = ""
    recipients: tuple[Recipient, ...] = ()
    state: CorrectionState = CorrectionState.DRAFT
    waiting_on: WaitingOn = WaitingOn.ME
    events: tuple[Event, ...] = ()

    @property
    def tell(self) -> tuple[str, ...]:
        """The names of those who are to be told of the amendment."""
        return tuple(recipient.name for recipient in self.recipients)
