"""The kinds of letters that go with a correction."""

from __future__ import annotations

from enum import StrEnum


class CorrectionLetterKind(StrEnum):
    """What a letter is for."""

    AMENDMENT_REQUEST = "amendment_request"
    INFORMAL_MESSAGE = "informal_message"
    ORIGINATOR = "originator"
    ACKNOWLEDGEMENT = "acknowledgement"
    REMINDER = "reminder"
    OVERDUE = "overdue"
    EXTENSION_OBJECTION = "extension_objection"
    INFORMATION = "information"
    DENIAL_PARTS = "denial_parts"
    DISAGREEMENT = "disagreement"
    ATTACH_REQUEST = "attach_request"
    REBUTTAL_COPY = "rebuttal_copy"
    MORE_EVIDENCE = "more_evidence"
    AGREE_NOTIFY = "agree_notify"
    NOTIFY_HOLDER = "notify_holder"
    COPY_ORDER = "copy_order"
    NOT_CARRIED_OUT = "not_carried_out"
    HOLDER_COMPLAINT = "holder_complaint"
    COMPLAINT = "complaint"
    WITHDRAWAL = "withdrawal"
    THANKS = "thanks"


_K = CorrectionLetterKind

FIRST = (_K.AMENDMENT_REQUEST, _K.INFORMAL_MESSAGE, _K.ORIGINATOR)
"""Letters that ask, before anything was sent."""

OWN_WORDS = frozenset({_K.INFORMATION, _K.DISAGREEMENT})
"""Letters that are nothing without the person's own words."""

MAY_SAY = OWN_WORDS | {_K.INFORMAL_MESSAGE, _K.MORE_EVIDENCE, _K.HOLDER_COMPLAINT, _K.COMPLAINT}
"""Letters that the person's own words can stand in."""

PURPOSE = {
    _K.AMENDMENT_REQUEST: "ask under the law that the record be amended",
    _K.INFORMAL_MESSAGE: "tell them in a few friendly words what is not right",
    _K.ORIGINATOR: "ask whoever first made the entry to amend it",
    _K.ACKNOWLEDGEMENT: "ask whether the request came",
    _K.REMINDER: "remind them before the time is over",
    _K.OVERDUE: "tell them that the time is over",
    _K.EXTENSION_OBJECTION: "object to a delay they told of",
    _K.INFORMATION: "give them what they asked for",
    _K.DENIAL_PARTS: "ask for what their denial leaves out",
    _K.DISAGREEMENT: "file a statement of disagreement",
    _K.ATTACH_REQUEST: "have request and denial go with the record, without a statement",
    _K.REBUTTAL_COPY: "ask for a copy of their answer to your statement",
    _K.MORE_EVIDENCE: "ask once more, with what is new",
    _K.AGREE_NOTIFY: "name those who are to be told of the amendment",
    _K.NOTIFY_HOLDER: "tell another holder of the amendment",
    _K.COPY_ORDER: "ask for a fresh copy of the amended pages",
    _K.NOT_CARRIED_OUT: "tell them that the amendment was not made",
    _K.HOLDER_COMPLAINT: "complain to them",
    _K.COMPLAINT: "complain to the regulator",
    _K.WITHDRAWAL: "withdraw the request",
    _K.THANKS: "thank them, it is put right",
}
"""What each kind does, as a clause after "to"."""
