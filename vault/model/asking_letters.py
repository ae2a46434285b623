"""The kinds of letters that go with an access request."""

from __future__ import annotations

from enum import StrEnum


class LetterKind(StrEnum):
    """What a letter is for."""

    ACCESS_REQUEST = "access_request"
    INSPECTION_REQUEST = "inspection_request"
    AUTHORIZATION = "authorization"
    ACKNOWLEDGEMENT = "acknowledgement"
    REMINDER = "reminder"
    OVERDUE = "overdue"
    DEEMED_REFUSAL = "deemed_refusal"
    EXTENSION = "extension"
    IDENTITY = "identity"
    NO_REASON = "no_reason"
    NO_NOTARY = "no_notary"
    NO_VISIT = "no_visit"
    NO_PORTAL = "no_portal"
    OWN_FORM = "own_form"
    ITEMISATION = "itemisation"
    FEE_DISPUTE = "fee_dispute"
    LINK_ENDED = "link_ended"
    LOST = "lost"
    NOT_OURS = "not_ours"
    NOT_SUMMARY = "not_summary"
    SHORTFALL = "shortfall"
    STATEMENT = "statement"
    DENIAL_PARTS = "denial_parts"
    REVIEW = "review"
    HOLDER_COMPLAINT = "holder_complaint"
    COMPLAINT = "complaint"
    WITHDRAWAL = "withdrawal"
    THANKS = "thanks"


FIRST = (LetterKind.ACCESS_REQUEST, LetterKind.INSPECTION_REQUEST, LetterKind.AUTHORIZATION)
"""Letters that ask, before anything was sent."""

PURPOSE = {
    LetterKind.ACCESS_REQUEST: "ask for a copy of the records",
    LetterKind.INSPECTION_REQUEST: "ask to look at the records",
    LetterKind.AUTHORIZATION: "let them send records to somebody else",
    LetterKind.ACKNOWLEDGEMENT: "ask whether the request came",
    LetterKind.REMINDER: "remind them before the time is over",
    LetterKind.OVERDUE: "tell them that the time is over",
    LetterKind.DEEMED_REFUSAL: "treat their silence as a refusal",
    LetterKind.EXTENSION: "object to a delay they told of",
    LetterKind.IDENTITY: "send what proves who asks",
    LetterKind.NO_REASON: "answer that no reason is given",
    LetterKind.NO_NOTARY: "answer that no notary is needed",
    LetterKind.NO_VISIT: "answer that you will not come in person",
    LetterKind.NO_PORTAL: "answer that you will not use the portal",
    LetterKind.OWN_FORM: "answer that a letter does in place of their form",
    LetterKind.ITEMISATION: "ask what a fee is made up of",
    LetterKind.FEE_DISPUTE: "dispute a fee",
    LetterKind.LINK_ENDED: "ask for the records once more, the link or password does not work",
    LetterKind.LOST: "send the request again that they cannot find",
    LetterKind.NOT_OURS: "ask who holds the records",
    LetterKind.NOT_SUMMARY: "ask for the records, not a summary",
    LetterKind.SHORTFALL: "ask for what is missing",
    LetterKind.STATEMENT: "ask for a written statement on records that are gone or not held",
    LetterKind.DENIAL_PARTS: "ask for all that a written refusal has to say",
    LetterKind.REVIEW: "ask for a review of a refusal",
    LetterKind.HOLDER_COMPLAINT: "complain to them",
    LetterKind.COMPLAINT: "complain to the regulator",
    LetterKind.WITHDRAWAL: "withdraw the request",
    LetterKind.THANKS: "thank them, it is complete",
}
"""What each kind does, as a clause after "to"."""
