"""What to do next with a request, in one sentence, wherever it is told."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from tui.widgets.dialogs import as_sentence
from vault.actions import flags, home, requests
from vault.actions.asking import steps
from vault.actions.home import Matter
from vault.actions.requests import RequestView
from vault.actions.session import Session
from vault.model.flags import FlagState
from vault.model.requests import Request, RequestEvent, RequestState, WaitingOn

UNSENT = (RequestState.DRAFT, RequestState.READY)
_KEYS = {
    RequestState.DRAFT: "Press w for the letter, f for their form, k to check it.",
    RequestState.READY: "When you have sent it, press s.",
    RequestState.NEEDS_CLASSIFICATION: "Press c.",
    RequestState.UNDER_REVIEW: "Press v when you have.",
    RequestState.GAPS_OPEN: "w makes it; v accepts the gaps instead.",
    RequestState.DENIED: "w makes the letter.",
}
_DONE = {
    RequestEvent.FEE_QUOTED: "Press w for a letter, l to note what you did.",
    RequestEvent.REDIRECTED: "Press l to say who.",
}
_WEIGHT = 5


def came(request: Request) -> bool:
    """Whether records came and nothing was noted since."""
    last = request.events[-1].kind if request.events else ""
    return request.state is RequestState.UNDER_REVIEW and last == RequestEvent.RECEIVED


def told(view: RequestView) -> str:
    """What to do next, with the keys that do it; whose turn it is where there is nothing to do."""
    standing = view.standing
    if not standing.open:
        return "Nothing. It is closed; l opens it again."
    step = as_sentence(steps.next_step(view))
    if not step:
        whom = "theirs" if standing.waiting_on is not WaitingOn.REGULATOR else "the regulator's"
        return f"Nothing to do now: it is {whom}. Press l when you hear from them."
    if standing.need:
        keys = _DONE.get(RequestEvent(standing.need), "Then press l to note it.")
    else:
        keys = _KEYS.get(standing.state, "w makes the letter.")
    return f"{step} {keys}".strip()


def suspicion(s: Session, shown: Sequence[Matter], at: int) -> str | None:
    """The id of the flag that the matter at an index is about; None where it is about none.

    Of suspicions told in the same words about the same page, the first matter is the first flag.
    """
    matter = shown[at]
    found = [
        flag.id
        for flag in flags.every(s)
        if flag.state is FlagState.SUSPECTED
        and (flag.finding.record, flag.finding.page) == (matter.id, matter.page)
        and matter.text.endswith(f": {flag.finding.reason}")
    ]
    nth = list(shown[:at]).count(matter)
    return found[nth] if nth < len(found) else None


def matters(s: Session, today: dt.date) -> tuple[Matter, ...]:
    """All that needs attention on `today`, the answers nobody has looked through among it."""
    answered = [view for view in requests.every(s, today) if came(view.request)]
    more = [
        Matter(
            _WEIGHT,
            f"{view.provider.name} has answered. {as_sentence(steps.next_step(view))}",
            home.Place.REQUEST,
            view.request.id,
        )
        for view in answered
    ]
    told = {matter.id for matter in more}
    others = [
        m for m in home.matters(s, today) if m.place is not home.Place.REQUEST or m.id not in told
    ]
    return tuple(sorted([*others, *more], key=lambda matter: matter.weight))
