"""What can happen to a correction, in plain words and in groups, and where it and an item stand."""

from __future__ import annotations

from tui.screens.owed import day
from vault.model.corrections import CorrectionEvent, CorrectionState, ItemState
from vault.model.requests import Event, WaitingOn

_E, _S, _I = CorrectionEvent, CorrectionState, ItemState

STATES = {
    _S.DRAFT: "not sent yet",
    _S.READY: "ready to be sent",
    _S.SENT: "sent, no answer yet",
    _S.IN_REVIEW: "they are looking at it",
    _S.INFO_REQUESTED: "they want to know more",
    _S.EXTENDED: "they take more time",
    _S.ACCEPTED: "accepted",
    _S.PARTIAL: "accepted in part",
    _S.DENIED: "denied",
    _S.DISAGREEMENT_LOGGED: "denied, and you disagreed",
    _S.VERIFYING: "to be seen in a fresh copy",
    _S.CLOSED: "closed",
}
ITEMS = {
    _I.OPEN: "no answer yet",
    _I.ACCEPTED: "accepted",
    _I.DENIED: "denied",
    _I.DISPUTED: "denied, and you disagreed",
    _I.UNCHANGED: "accepted, but the copy says the same",
    _I.FIXED: "put right",
    _I.APPENDED: "put right by an addition",
    _I.DISAGREEMENT_ON_FILE: "your disagreement is with the entry",
    _I.DENIED_ACCEPTED: "denied, and let be",
    _I.WITHDRAWN: "taken back",
}
MINE = frozenset({_I.DENIED, _I.UNCHANGED})
"""Items that wait for the person."""
TURNS = {
    WaitingOn.ME: "It is your turn.",
    WaitingOn.PROVIDER: "It is their turn.",
    WaitingOn.VENDOR: "It is their turn.",
    WaitingOn.REGULATOR: "It is the regulator's turn.",
    WaitingOn.NOBODY: "",
}

GROUPS: tuple[tuple[str, tuple[CorrectionEvent, ...]], ...] = (
    (
        "What they said",
        (
            _E.IN_REVIEW, _E.INFO_ASKED, _E.EXTENDED, _E.ACCEPTED, _E.DENIED, _E.REBUTTAL,
            _E.ATTACHED, _E.NOTIFIED,
        ),
    ),
    (
        "What you did",
        (
            _E.NOTE, _E.CALL, _E.INFO_GIVEN, _E.REMINDED, _E.DISAGREEMENT, _E.ATTACH_ASKED,
            _E.COMPLAINED,
        ),
    ),
    ("A fresh copy", (_E.COPY_ORDERED, _E.COPY_RECEIVED, _E.COMPARED)),
    ("On its way", (_E.DELIVERED, _E.BOUNCED)),
    ("The end", (_E.CLOSED, _E.WITHDRAWN, _E.REOPENED)),
)  # fmt: skip
"""All that is told of in one form; sending, and asking somebody else, have forms of their own."""

SAID = {
    _E.DRAFTED: "made",
    _E.FORM_CHECKED: "the filled form was looked at",
    _E.READY: "ready to be sent",
    _E.SENT: "sent",
    _E.DELIVERED: "it arrived there",
    _E.BOUNCED: "it came back",
    _E.IN_REVIEW: "they have it and look at it",
    _E.INFO_ASKED: "they want to know more",
    _E.INFO_GIVEN: "you told them what they asked",
    _E.EXTENDED: "they need more time",
    _E.ACCEPTED: "they accepted",
    _E.DENIED: "they denied",
    _E.DISAGREEMENT: "you filed a statement of disagreement",
    _E.REBUTTAL: "they answered your disagreement",
    _E.ATTACH_ASKED: "you asked that request and denial go with the entry",
    _E.ATTACHED: "it is with the entry now",
    _E.REDIRECTED: "whoever first wrote it is asked instead",
    _E.REMINDED: "you reminded them",
    _E.COMPLAINED: "you complained",
    _E.NOTIFIED: "somebody was told of the correction",
    _E.COPY_ORDERED: "you asked for a fresh copy",
    _E.COPY_RECEIVED: "a fresh copy came",
    _E.COMPARED: "you compared the copy",
    _E.CALL: "a telephone call",
    _E.NOTE: "your own note",
    _E.CLOSED: "closed",
    _E.WITHDRAWN: "you took it back",
    _E.REOPENED: "opened again",
}

FIELDS: dict[CorrectionEvent, tuple[str, ...]] = {
    _E.IN_REVIEW: ("number", "who"),
    _E.INFO_ASKED: ("reason", "who"),
    _E.INFO_GIVEN: ("number",),
    _E.EXTENDED: ("until", "reason", "number"),
    _E.ACCEPTED: ("items", "who", "number"),
    _E.DENIED: ("items", "ground", "reason", "holds"),
    _E.DISAGREEMENT: ("items", "number"),
    _E.REBUTTAL: ("who", "number"),
    _E.ATTACH_ASKED: ("items", "number"),
    _E.ATTACHED: ("items", "who"),
    _E.REMINDED: ("who", "number"),
    _E.COMPLAINED: ("who", "number"),
    _E.NOTIFIED: ("who",),
    _E.COPY_ORDERED: ("items", "number"),
    _E.COPY_RECEIVED: ("record", "items"),
    _E.COMPARED: ("outcome", "items", "record"),
    _E.CALL: ("who", "number"),
    _E.WITHDRAWN: ("items",),
    _E.DELIVERED: ("number",),
    _E.BOUNCED: ("reason",),
}
"""The fields each is told with, beside its day and one's own words."""


def kind_words(kind: CorrectionEvent) -> str:
    """A kind of event as a line of a list."""
    said = SAID[kind]
    return said[0].upper() + said[1:]


def line(event: Event) -> str:
    """One thing that happened, in a line: its number, its day, what it was, and by how much."""
    d = event.detail
    # What was noted of others' copies is in its own words already.
    compared = event.kind == _E.COMPARED and d.outcome in set(ItemState)
    outcome = ITEMS[ItemState(d.outcome)] if compared else ""
    parts = [
        f"by {event.channel.replace('_', ' ')}" if event.channel else "",
        f"arrived {day(event.arrived)}" if event.arrived else "",
        outcome,
        f"until {day(d.until)}" if d.until else "",
        "" if d.lawful is None else "lawful" if d.lawful else "! not lawful",
        d.who,
        f"number {d.number}" if d.number else "",
        f"puts {event.replaces} right" if event.replaces is not None else "",
        event.note,
    ]
    tail = ", ".join(part for part in parts if part)
    head = f"{event.seq:>3}  {day(event.on):>11}  {SAID[CorrectionEvent(event.kind)]}"
    return f"{head}: {tail}" if tail else head


def leads(event: Event) -> str:
    """Where Enter on an event leads, as a sentence; empty where nowhere."""
    d = event.detail
    if d.other.startswith("req_"):
        return "Enter opens that request."
    if d.other.startswith("cor_"):
        return "Enter opens that correction."
    if d.record:
        return "Enter opens the record."
    return "Enter shows the letter." if d.letter else ""
