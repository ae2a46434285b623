"""What can happen to a request, in plain words and in groups, and what each has to be told with."""

from __future__ import annotations

from tui.screens.owed import day
from tui.widgets.fields import plain
from vault.model.requests import Event, FeeLine, Outcome, RequestEvent

_E = RequestEvent

GROUPS: tuple[tuple[str, tuple[RequestEvent, ...]], ...] = (
    (
        "What they said",
        (
            _E.ACKNOWLEDGED, _E.PROMISED, _E.EXTENDED, _E.PAUSE_CLAIMED, _E.ID_ASKED,
            _E.FORM_ASKED, _E.CLARIFICATION_ASKED, _E.FEE_QUOTED, _E.LINK_SENT, _E.REDIRECTED,
        ),
    ),
    (
        "What came of it",
        (
            _E.ARRIVED, _E.RECEIVED, _E.PARTIAL, _E.NOT_HELD, _E.DESTROYED, _E.DENIED, _E.WITHHELD,
        ),
    ),
    (
        "What you did",
        (
            _E.NOTE, _E.CALL, _E.ANSWERED, _E.REMINDED, _E.APPEALED, _E.COMPLAINED,
            _E.WITHDRAWN, _E.CLOSED, _E.REOPENED,
        ),
    ),
    (
        "Money",
        (_E.FEE_ITEMISED, _E.FEE_DISPUTED, _E.FEE_PAID, _E.FEE_RECEIPT, _E.FEE_REFUNDED),
    ),
    ("On its way", (_E.READY, _E.DELIVERED, _E.BOUNCED)),
)  # fmt: skip
"""All that is told of in this form; sending and looking through have forms of their own."""

SAID = {
    _E.DRAFTED: "made",
    _E.FORM_CHECKED: "the filled form was looked at",
    _E.READY: "ready to be sent",
    _E.SENT: "sent",
    _E.DELIVERED: "it arrived there",
    _E.BOUNCED: "it came back",
    _E.ACKNOWLEDGED: "they have it",
    _E.ID_ASKED: "they want proof of identity",
    _E.FORM_ASKED: "they want their own form",
    _E.CLARIFICATION_ASKED: "they have a question",
    _E.FEE_QUOTED: "they named a fee",
    _E.FEE_ITEMISED: "they told what the fee is made of",
    _E.FEE_DISPUTED: "you disputed the fee",
    _E.FEE_PAID: "you paid the fee",
    _E.FEE_RECEIPT: "a receipt for the fee came",
    _E.FEE_REFUNDED: "they gave money back",
    _E.LINK_SENT: "they sent a link or a password",
    _E.ANSWERED: "you sent what they asked for",
    _E.REDIRECTED: "somebody else holds the records",
    _E.PROMISED: "they promised a day",
    _E.EXTENDED: "they need more time",
    _E.PAUSE_CLAIMED: "they say their time stands still",
    _E.ARRIVED: "something came, not looked at yet",
    _E.RECEIVED: "records came",
    _E.PARTIAL: "a part of the records came",
    _E.NOT_HELD: "they say they do not hold it",
    _E.DESTROYED: "they say it was destroyed",
    _E.DENIED: "they refused",
    _E.WITHHELD: "they left something out",
    _E.REVIEWED: "you looked through what came",
    _E.REMINDED: "you reminded them",
    _E.APPEALED: "you asked for a review of the refusal",
    _E.COMPLAINED: "you complained to the regulator",
    _E.CALL: "a telephone call",
    _E.NOTE: "your own note",
    _E.CLOSED: "closed",
    _E.WITHDRAWN: "you took the request back",
    _E.REOPENED: "opened again",
}

FIELDS: dict[RequestEvent, tuple[str, ...]] = {
    _E.ACKNOWLEDGED: ("number", "who", "vendor"),
    _E.PROMISED: ("until", "who"),
    _E.EXTENDED: ("until", "reason", "number"),
    _E.PAUSE_CLAIMED: ("reason",),
    _E.ID_ASKED: ("who",),
    _E.FORM_ASKED: ("who",),
    _E.CLARIFICATION_ASKED: ("who",),
    _E.FEE_QUOTED: ("amount", "lines", "pages", "medium", "number"),
    _E.FEE_ITEMISED: ("amount", "lines", "pages", "medium", "number"),
    _E.FEE_DISPUTED: ("amount",),
    _E.FEE_PAID: ("amount", "number"),
    _E.FEE_RECEIPT: ("amount", "number"),
    _E.FEE_REFUNDED: ("amount", "number"),
    _E.LINK_SENT: ("until",),
    _E.REDIRECTED: ("to",),
    _E.ARRIVED: ("medium",),
    _E.RECEIVED: ("items", "medium", "pages"),
    _E.PARTIAL: ("items", "medium", "pages"),
    _E.NOT_HELD: ("items",),
    _E.DESTROYED: ("items",),
    _E.DENIED: ("items", "ground", "reason"),
    _E.WITHHELD: ("items", "ground", "reason"),
    _E.ANSWERED: ("number",),
    _E.APPEALED: ("who", "number"),
    _E.COMPLAINED: ("who", "number"),
    _E.CALL: ("who", "number"),
    _E.CLOSED: ("outcome",),
    _E.WITHDRAWN: ("cost",),
    _E.DELIVERED: ("number",),
    _E.BOUNCED: ("reason",),
}
"""The fields each is told with, beside its day and one's own words."""

OUTCOMES = {
    Outcome.COMPLETE: "all is here",
    Outcome.COMPLETE_WITH_ACCEPTED_GAPS: "not all is here, and I leave it at that",
    Outcome.NO_RECORDS_HELD: "they hold no records",
    Outcome.RETENTION_EXPIRED: "the records were destroyed",
    Outcome.DENIED_FINAL: "refused for good",
    Outcome.WITHDRAWN_COST: "given up because of the cost",
    Outcome.WITHDRAWN: "given up",
    Outcome.SUPERSEDED: "another request takes its place",
    Outcome.MERGED: "made one with another request",
}


def fee_line(line: FeeLine) -> str:
    """A line of a fee as it is typed: `copying=12.50/25`."""
    return f"{line.what}={line.amount}" + (f"/{line.pages}" if line.pages is not None else "")


def line(event: Event) -> str:
    """One thing that happened, in a line: its number, its day, what it was, and by how much."""
    d = event.detail
    parts = [
        f"by {plain_word(event.channel)}" if event.channel else "",
        f"arrived {day(event.arrived)}" if event.arrived else "",
        f"{d.amount} {d.currency}".strip() if d.amount is not None else "",
        f"until {day(d.until)}" if d.until else "",
        "" if d.lawful is None else "lawful" if d.lawful else "! not lawful",
        f"number {d.number}" if d.number else "",
        f"puts {event.replaces} right" if event.replaces is not None else "",
        event.note,
    ]
    tail = ", ".join(part for part in parts if part)
    said = SAID[RequestEvent(event.kind)]
    head = f"{event.seq:>3}  {day(event.on):>11}  {said}"
    return f"{head}: {tail}" if tail else head


def whole(event: Event) -> str:
    """All of an event, for the foot of the screen."""
    d = event.detail
    outcome = OUTCOMES[Outcome(d.outcome)] if d.outcome in OUTCOMES else d.outcome
    told = [
        ("Reason", d.reason),
        ("Ground", d.ground),
        ("With", d.who),
        ("For them", d.vendor),
        ("Came as", d.medium),
        ("Pages", str(d.pages) if d.pages is not None else ""),
        ("Lines", "; ".join(fee_line(line) for line in d.lines)),
        ("How it ended", outcome),
        ("Request to the one they named", d.other),
    ]
    more = [f"{name}: {value}." for name, value in told if value]
    more += ["Enter opens the record."] if d.record else []
    more += ["Enter opens that request."] if d.other else []
    return "\n".join([line(event).strip(), " ".join(more)]).strip()


def plain_word(word: str) -> str:
    """A stored word as people write it."""
    return word.replace("_", " ")


def kind_words(kind: RequestEvent) -> str:
    """A kind of event as a line of a list."""
    said = SAID.get(kind, plain(kind))
    return said[0].upper() + said[1:]
