"""What happened to a correction, an event in a line."""

from __future__ import annotations

from collections.abc import Mapping

from vault.law import denial
from vault.letters.compose import inline, written_out
from vault.model.corrections import CorrectionEvent, ground_words
from vault.model.requests import ASSUMED, Event

_E = CorrectionEvent

_WORDS = {
    _E.DRAFTED: "I began the request",
    _E.FORM_CHECKED: "I looked at the filled form",
    _E.READY: "the request was ready",
    _E.SENT: "I sent the request",
    _E.DELIVERED: "the request was delivered",
    _E.BOUNCED: "the request came back",
    _E.IN_REVIEW: "they confirmed that they have it",
    _E.INFO_ASKED: "they asked me for more",
    _E.INFO_GIVEN: "I gave them what they asked for",
    _E.EXTENDED: "they said that they need longer",
    _E.ACCEPTED: "they accepted it",
    _E.DENIED: "they denied it",
    _E.DISAGREEMENT: "I filed a statement of disagreement",
    _E.REBUTTAL: "they answered my statement",
    _E.ATTACH_ASKED: "I asked that request and denial go along with the entry",
    _E.ATTACHED: "what I filed was put with the entry",
    _E.REDIRECTED: "I turned to whoever first made the entry",
    _E.REMINDED: "I reminded them",
    _E.COMPLAINED: "I complained",
    _E.NOTIFIED: "somebody was told of the correction",
    _E.COPY_ORDERED: "I asked for a fresh copy",
    _E.COPY_RECEIVED: "a fresh copy came",
    _E.COMPARED: "I compared the fresh copy",
    _E.CALL: "we spoke by telephone",
    _E.NOTE: "a note of mine",
    _E.CLOSED: "I let it rest",
    _E.WITHDRAWN: "I withdrew it",
    _E.REOPENED: "I took it up again",
}

OUTCOMES = {
    "fixed": "it is put right",
    "appended": "the correction stands beside it",
    "unchanged": "it says the same as before",
    "disagreement_on_file": "my statement is with it",
}
"""What a comparison with a fresh copy found, in words."""


def _ground(event: Event) -> str:
    """The ground of a denial in plain words, where it is one that the law knows."""
    named = ground_words(event)
    known = denial.ground(named)
    return known.words if known else named


def clause(event: Event) -> str:
    """An event as a clause, without what belongs to it."""
    return _WORDS[CorrectionEvent(event.kind)]


def line(event: Event, numbers: Mapping[str, int]) -> str:
    """An event with all that belongs to it; `numbers` are those of the items by their flags."""
    d, said = event.detail, clause(event)
    parts = [said[:1].upper() + said[1:]]
    if event.channel:
        parts[0] += f" by {event.channel.replace('_', ' ')}"
    if event.arrived and event.arrived != event.on:
        taken = "taken as arrived" if event.note == ASSUMED else "it arrived"
        parts.append(f"{taken} on {written_out(event.arrived)}")
    if d.until:
        parts.append(f"until {written_out(d.until)}")
    parts.append(OUTCOMES.get(d.outcome, ""))
    told = (("number", d.number), ("reason", d.reason), ("ground", _ground(event)))
    for words, value in told:
        parts.append(f"{words}: {inline(value)}" if value else "")
    named = (event.item,) if event.item else d.items
    about = [str(numbers[flag]) for flag in named if flag in numbers]
    parts.append(f"item {', '.join(about)}" if about and len(about) < len(numbers) else "")
    who = f" ({inline(d.who)})" if d.who else ""
    own = event.note if event.note != ASSUMED else ""
    note = f": “{inline(own)}”" if own else ""
    return f"{', '.join(part for part in parts if part)}{who}{note}"
