"""Access requests: what they ask for, what can happen to them, and how pressing they are."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from vault.model.record_types import RecordType

ASSUMED = "day of arrival assumed"
"""The note of a sending whose day of arrival nobody saw."""

PROMISE_DAYS = 60
"""Days after the due date that a promise can put off its urgency; no law sets this number."""

ASLEEP_DAYS = 180
"""Days without any event after which an open request is asleep."""


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


class Outcome(StrEnum):
    """How a closed request ended."""

    COMPLETE = "complete"
    COMPLETE_WITH_ACCEPTED_GAPS = "complete_with_accepted_gaps"
    NO_RECORDS_HELD = "no_records_held"
    RETENTION_EXPIRED = "retention_expired"
    DENIED_FINAL = "denied_final"
    WITHDRAWN_COST = "withdrawn_cost"
    WITHDRAWN = "withdrawn"
    SUPERSEDED = "superseded"
    MERGED = "merged"


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
    FORM_CHECKED = "form_checked"
    READY = "ready"
    SENT = "sent"
    DELIVERED = "delivered"
    BOUNCED = "bounced"
    ACKNOWLEDGED = "acknowledged"
    ID_ASKED = "id_asked"
    FORM_ASKED = "form_asked"
    CLARIFICATION_ASKED = "clarification_asked"
    FEE_QUOTED = "fee_quoted"
    FEE_ITEMISED = "fee_itemised"
    FEE_DISPUTED = "fee_disputed"
    FEE_PAID = "fee_paid"
    FEE_RECEIPT = "fee_receipt"
    FEE_REFUNDED = "fee_refunded"
    LINK_SENT = "link_sent"
    ANSWERED = "answered"
    REDIRECTED = "redirected"
    PROMISED = "promised"
    EXTENDED = "extended"
    PAUSE_CLAIMED = "pause_claimed"
    ARRIVED = "arrived"
    RECEIVED = "received"
    PARTIAL = "partial"
    NOT_HELD = "not_held"
    DESTROYED = "destroyed"
    DENIED = "denied"
    WITHHELD = "withheld"
    REVIEWED = "reviewed"
    REMINDED = "reminded"
    APPEALED = "appealed"
    COMPLAINED = "complained"
    CALL = "call"
    NOTE = "note"
    CLOSED = "closed"
    WITHDRAWN = "withdrawn"
    REOPENED = "reopened"


class ItemAnswer(StrEnum):
    """What became of one item of a request."""

    ASKED = "asked"
    RECEIVED = "received"
    PARTIAL = "partial"
    NOT_HELD = "not_held"
    DESTROYED = "destroyed"
    DENIED = "denied"
    WITHHELD = "withheld"


OWED = frozenset({ItemAnswer.ASKED, ItemAnswer.PARTIAL})
"""Answers that leave something owed."""


@dataclass(frozen=True, slots=True)
class FeeLine:
    """One line of a fee: what for, how much, and for how many pages where it says so."""

    what: str
    amount: Decimal
    pages: int | None = None


@dataclass(frozen=True, slots=True)
class Detail:
    """What an event says beyond its note; each kind uses the fields it needs.

    `until` is the day they gave (an extension, a promise, a link that expires); `lawful` whether
    an extension was one when it was noted. `number` is their reference, confirmation or invoice.
    `letter` is the letter sent, `other` the request or provider that takes over, `record` what
    came. `items` are the items meant where it is not all of them; `gaps` those found wanting.
    """

    until: dt.date | None = None
    lawful: bool | None = None
    reason: str = ""
    ground: str = ""
    number: str = ""
    who: str = ""
    vendor: str = ""
    letter: str = ""
    other: str = ""
    record: str = ""
    outcome: str = ""
    medium: str = ""
    pages: int | None = None
    amount: Decimal | None = None
    currency: str = ""
    lines: tuple[FeeLine, ...] = ()
    items: tuple[str, ...] = ()
    gaps: tuple[str, ...] = ()
    accepted: bool | None = None
    enclosures: tuple[str, ...] = ()


NO_DETAIL = Detail()


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that happened: `kind` is a RequestEvent or CorrectionEvent, `on` its day.

    `round` counts asking anew (1 for the first asking). `channel` and `arrived` belong to
    sending; `note` is the person's own words; `item` names one item where only it is meant.
    `replaces` is the `seq` of an earlier event that this one puts right.
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
    detail: Detail = NO_DETAIL
    replaces: int | None = None


@dataclass(frozen=True, slots=True)
class RequestItem:
    """One thing asked for: a kind of record, of some dates, at some place, in some format.

    `promised` is what they said they would send, `came` what came, in the person's words.
    """

    id: str
    type: RecordType
    from_date: dt.date | None = None
    to_date: dt.date | None = None
    facility: str = ""
    format: str = ""
    fallback: str = ""
    deliver: str = ""
    promised: str = ""
    came: str = ""


@dataclass(frozen=True, slots=True)
class Request:
    """An access request: what it asks for, who asks, and where it stands.

    `authority` is on what authority somebody asks for the person ("" for themselves), `office`
    the desk it goes to, `third_party` the lines of another recipient, `sensitive` the categories
    opted into, `parent` the request it follows from. `inspect` asks only to look at the record.
    `events` are all that were noted, in the order they were.
    """

    id: str
    person: str
    provider: str
    items: tuple[RequestItem, ...]
    made_at: str
    authority: str = ""
    office: str = ""
    format: str = ""
    fallback: str = ""
    deliver: str = ""
    fee_limit: Decimal | None = None
    currency: str = ""
    sensitive: tuple[str, ...] = ()
    third_party: tuple[str, ...] = ()
    inspect: bool = False
    parent: str = ""
    state: RequestState = RequestState.DRAFT
    outcome: str = ""
    waiting_on: WaitingOn = WaitingOn.ME
    events: tuple[Event, ...] = ()

    @property
    def what(self) -> tuple[RecordType, ...]:
        """The kinds of records asked for, each once."""
        return tuple(dict.fromkeys(item.type for item in self.items))

    @property
    def from_date(self) -> dt.date | None:
        """The first day of service asked for; None where any item names none."""
        days = [item.from_date for item in self.items]
        return None if None in days else min(filter(None, days), default=None)

    @property
    def to_date(self) -> dt.date | None:
        """The last day of service asked for; None where any item names none."""
        days = [item.to_date for item in self.items]
        return None if None in days else max(filter(None, days), default=None)


def urgency(
    due: dt.date | None,
    today: dt.date,
    *,
    open_: bool,
    promised: dt.date | None = None,
    last: dt.date | None = None,
) -> Urgency:
    """How pressing a due date is on `today`: a week ahead is soon, two weeks after very late.

    A day the provider `promised` that still lies ahead takes the place of the due date, but for
    no more than PROMISE_DAYS. What saw
    no event since `last`, ASLEEP_DAYS ago or more, is asleep.
    """
    if not open_:
        return Urgency.OK
    if last is not None and today >= last + dt.timedelta(days=ASLEEP_DAYS):
        return Urgency.ASLEEP
    if promised is not None and promised >= today:
        latest = due + dt.timedelta(days=PROMISE_DAYS) if due else promised
        due = max(due or promised, min(promised, latest))
    if due is None or today < due - dt.timedelta(days=7):
        return Urgency.OK
    if today <= due:
        return Urgency.DUE_SOON
    return Urgency.OVERDUE if today <= due + dt.timedelta(days=14) else Urgency.VERY_OVERDUE
