"""What the person does next with a request, in plain words."""

from __future__ import annotations

from vault.actions.requests import RequestView
from vault.model.requests import RequestEvent, RequestState, Urgency

_BY_STATE = {
    RequestState.DRAFT: "not sent yet: make the letter or fill in their form, and send it",
    RequestState.READY: "ready to be sent",
    RequestState.NEEDS_CLASSIFICATION: "something came: say what it answers",
    RequestState.UNDER_REVIEW: (
        "records came: look through them, and flag what is wrong or missing"
    ),
    RequestState.GAPS_OPEN: "something is missing: ask for the rest with a shortfall letter",
    RequestState.DENIED: "refused: ask for a review, or complain",
}
_BY_NEED = {
    RequestEvent.ID_ASKED: "they want proof of identity: send a masked copy",
    RequestEvent.FORM_ASKED: "they want their own form: fill it in and send it",
    RequestEvent.CLARIFICATION_ASKED: "they have a question: answer it",
    RequestEvent.FEE_QUOTED: "they named a fee: check it, then pay or dispute it",
    RequestEvent.LINK_SENT: "they sent a link or a password: download the records before it ends",
    RequestEvent.REDIRECTED: "they say somebody else holds the records: ask those",
}
_LATE = {
    Urgency.OVERDUE: "the answer is overdue: send a reminder",
    Urgency.VERY_OVERDUE: "the answer is long overdue: remind them once more, or complain",
    Urgency.ASLEEP: "nothing has happened for half a year: remind them, or close it",
}


def next_step(view: RequestView) -> str:
    """What the person does next; empty where it is the provider's turn and nothing is late."""
    standing = view.standing
    if standing.need:
        return _BY_NEED[RequestEvent(standing.need)]
    said = _BY_STATE.get(standing.state, "")
    return said or (_LATE.get(view.urgency, "") if standing.open else "")
