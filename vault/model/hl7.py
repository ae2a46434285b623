"""The business status codes of HL7's patient correction workflow (FHIR) for corrections."""

from __future__ import annotations

from vault.model.amending import Standing
from vault.model.corrections import CorrectionState, ItemState

_S, _I = CorrectionState, ItemState

_CODES = {
    _S.DRAFT: "draft",
    _S.READY: "draft",
    _S.SENT: "queued",
    _S.IN_REVIEW: "in-review",
    _S.INFO_REQUESTED: "waiting-for-information",
    _S.EXTENDED: "in-review",
    _S.ACCEPTED: "accepted",
    _S.PARTIAL: "partial-accept",
    _S.DENIED: "denied",
    _S.DISAGREEMENT_LOGGED: "disagreement-logged",
}


_GOOD = frozenset({_I.FIXED, _I.APPENDED, _I.ACCEPTED, _I.UNCHANGED})


def _amended(held: frozenset[ItemState]) -> str:
    """The code of one that was granted at least in part, and of which a copy was ordered."""
    refused = held - _GOOD - {_I.WITHDRAWN}
    if _I.UNCHANGED in held:  # they said that they amended it, and a fresh copy does not show it
        return "partial-accept" if refused else "accepted"
    return "partial-amendment-completed" if refused else "amendment-completed"


def code(s: Standing) -> str:
    """The code that fits best where a correction stands."""
    if s.withdrawn:
        return "requester-cancelled"
    if s.state is _S.DISAGREEMENT_LOGGED and s.rebutted:
        return "inform-rebuttal-option"
    if s.state in _CODES:
        return _CODES[s.state]
    held = frozenset(s.items.values())
    if held & _GOOD:
        return _amended(held)
    if _I.DISAGREEMENT_ON_FILE in held:
        return "inform-rebuttal-option" if s.rebutted else "disagreement-logged"
    return "denied" if _I.DENIED_ACCEPTED in held else "requester-cancelled"
