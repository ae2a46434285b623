"""The kinds of dates a person is told of."""

from __future__ import annotations

from enum import StrEnum


class DueKind(StrEnum):
    """What happens on a date, or has to be done by it."""

    ANSWER = "answer"
    PROMISED = "promised"
    LINK_ENDS = "link_ends"
    DEEMED_REFUSAL = "deemed_refusal"
    COMPLAINT = "complaint"
    SIGNATURE_ENDS = "signature_ends"
    DOCUMENT_ENDS = "document_ends"
    AUTHORITY_ENDS = "authority_ends"
    REMINDER = "reminder"
    FOLLOW_UP = "follow_up"
    FRESH_COPY = "fresh_copy"


NEUTRAL = {
    DueKind.ANSWER: "answer due",
    DueKind.PROMISED: "promised day",
    DueKind.LINK_ENDS: "fetch it before it ends",
    DueKind.DEEMED_REFUSAL: "silence counts from today",
    DueKind.COMPLAINT: "last safe day",
    DueKind.SIGNATURE_ENDS: "sign anew",
    DueKind.DOCUMENT_ENDS: "paper ends",
    DueKind.AUTHORITY_ENDS: "paper ends",
    DueKind.REMINDER: "reminder",
    DueKind.FOLLOW_UP: "ask what came of it",
    DueKind.FRESH_COPY: "ask for a copy",
}
"""Words for a calendar that others may see: they say nothing of health, or of anybody."""
