"""The kinds of letters that go with an access request, and what each is for."""

from __future__ import annotations

from enum import StrEnum


class LetterKind(StrEnum):
    """What a letter is for."""

    ACCESS_REQUEST = "access_request"
    INSPECTION = "inspection"
    AUTHORIZATION = "authorization"
    FAX_COVER = "fax_cover"
    PACK = "pack"
    ACKNOWLEDGEMENT_REQUEST = "acknowledgement_request"
    REMINDER = "reminder"
    OVERDUE_NOTICE = "overdue_notice"
    SILENCE = "silence"
    EXTENSION_CHALLENGED = "extension_challenged"
    IDENTITY_COVER = "identity_cover"
    ANSWER_REASON = "answer_reason"
    ANSWER_NOTARY = "answer_notary"
    ANSWER_VISIT = "answer_visit"
    ANSWER_FORM = "answer_form"
    ITEMISATION = "itemisation"
    FEE_DISPUTE = "fee_dispute"
    PASSWORD_LINK = "password_link"  # noqa: S105 - a kind of letter, no password
    LOST = "lost"
    NOT_OURS = "not_ours"
    SUMMARY_REFUSED = "summary_refused"
    SHORTFALL = "shortfall"
    NOT_HELD_STATEMENT = "not_held_statement"
    WRITTEN_DENIAL = "written_denial"
    REVIEW_REQUEST = "review_request"
    COMPLAINT = "complaint"
    WITHDRAWAL = "withdrawal"
    THANKS = "thanks"


PURPOSE = {
    LetterKind.ACCESS_REQUEST: "ask for a copy of the records",
    LetterKind.INSPECTION: "ask to look at the records",
    LetterKind.AUTHORIZATION: "let them send records to somebody else",
    LetterKind.FAX_COVER: "go before a fax",
    LetterKind.PACK: "send several requests at once",
    LetterKind.ACKNOWLEDGEMENT_REQUEST: "ask whether the request came",
    LetterKind.REMINDER: "remind them before the time is over",
    LetterKind.OVERDUE_NOTICE: "tell them that the time is over",
    LetterKind.SILENCE: "tell them what their silence means",
    LetterKind.EXTENSION_CHALLENGED: "object to a delay they told of",
    LetterKind.IDENTITY_COVER: "send what proves who asks",
    LetterKind.ANSWER_REASON: "answer that no reason has to be given",
    LetterKind.ANSWER_NOTARY: "answer that no notary or witness is needed",
    LetterKind.ANSWER_VISIT: "answer that you need not come, or go by one way only",
    LetterKind.ANSWER_FORM: "answer that a letter does in place of their form",
    LetterKind.ITEMISATION: "ask what a fee is made up of",
    LetterKind.FEE_DISPUTE: "dispute a fee",
    LetterKind.PASSWORD_LINK: "ask for a link or password that works",
    LetterKind.LOST: "send again the request that they cannot find",
    LetterKind.NOT_OURS: "ask who holds the records",
    LetterKind.SUMMARY_REFUSED: "ask for the records, not a summary",
    LetterKind.SHORTFALL: "ask for what is missing",
    LetterKind.NOT_HELD_STATEMENT: "ask for a written statement on records that are gone",
    LetterKind.WRITTEN_DENIAL: "ask for all that a written refusal has to say",
    LetterKind.REVIEW_REQUEST: "ask for a review of a refusal",
    LetterKind.COMPLAINT: "complain to the regulator",
    LetterKind.WITHDRAWAL: "withdraw the request",
    LetterKind.THANKS: "thank them: it is complete",
}
"""What each kind does, as a clause after "to"."""
