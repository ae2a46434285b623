"""Complaints about a correction: to the holder, and to the regulator while there is time."""

from __future__ import annotations

import datetime as dt

from vault.errors import Refused
from vault.law import complaint as law
from vault.letters.asking import time
from vault.letters.asking.complaint import by_hand, late, parties, regulator_of
from vault.letters.asking.words import Block, bullets, claim, h, p, records, rows, span, the
from vault.letters.compose import inline, written_out
from vault.letters.correcting.content import Content, Item
from vault.letters.correcting.denied import ground_of, lacking
from vault.letters.correcting.words import (
    about,
    amend,
    both,
    entry,
    need_formal,
    paragraphs,
    sent_line,
)
from vault.model.corrections import CorrectionEvent, ItemState, ground_words
from vault.model.requests import Event

_E, _I = CorrectionEvent, ItemState
_ACKNOWLEDGED_SINCE = dt.date(2026, 6, 19)  # DPA 2018 s.164A is in force from this day
_HIDDEN = frozenset({_E.DRAFTED, _E.FORM_CHECKED, _E.READY, _E.NOTE})
_HAPPENED = {
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
    _E.ATTACH_ASKED: "I asked that request and denial go with the record",
    _E.ATTACHED: "it was put with the record",
    _E.REDIRECTED: "I turned to whoever first made the entry",
    _E.REMINDED: "I reminded them",
    _E.COMPLAINED: "I complained",
    _E.NOTIFIED: "somebody was told of the amendment",
    _E.COPY_ORDERED: "I asked for a fresh copy",
    _E.COPY_RECEIVED: "a fresh copy came",
    _E.COMPARED: "I compared the copy",
    _E.CALL: "we spoke by telephone",
    _E.WITHDRAWN: "I withdrew it",
    _E.CLOSED: "it was closed",
    _E.REOPENED: "it was opened again",
}
_OUTCOMES = {
    "fixed": "it is put right",
    "appended": "the amendment stands beside it",
    "unchanged": "it says the same as before",
    "disagreement_on_file": "the statement is with it",
}


def happened(c: Content, event: Event) -> str:
    """An event as a clause, with what belongs to it: items, day given, reason, number."""
    kind, d = CorrectionEvent(event.kind), event.detail
    said = [_HAPPENED.get(kind, kind.value.replace("_", " "))]
    if event.channel:
        said[0] += f" by {event.channel.replace('_', ' ')}"
    if event.arrived and event.arrived != event.on:
        said.append(f"taken as arrived on {written_out(event.arrived)}")
    if d.until:
        said.append(f"until {written_out(d.until)}")
    said.append(_OUTCOMES.get(d.outcome, ""))
    ground = ground_of(c, event)
    number = "proof of sending" if kind is _E.SENT else "their reference"
    named = (
        (number, d.number),
        ("reason", d.reason),
        ("ground", ground.source.cite if ground else ground_words(event)),
    )
    said += [f"{words}: {inline(value)}" for words, value in named if value]
    if event.item or d.items:
        numbers = [str(n) for n, item in enumerate(c.items, 1) if about(event, item)]
        noun = "item" if len(numbers) == 1 else "items"
        said.append(f"{noun} {', '.join(numbers)}" if numbers else "")
    return ", ".join(part for part in said if part)


def timeline(c: Content) -> list[tuple[str, str]]:
    """What happened, day by day, without what only the person's own work is."""
    shown = [e for e in c.standing.events if e.kind not in _HIDDEN]
    return [(written_out(e.on), happened(c, e)) for e in shown]


def _to_them(c: Content) -> list[tuple[str, str]]:
    """The same, told to the holder."""
    told = []
    for event in (e for e in c.standing.events if e.kind not in _HIDDEN):
        bare = _HAPPENED.get(CorrectionEvent(event.kind), "")
        yours = bare.replace("they ", "you ").replace(" them", " you")
        said = happened(c, event).replace(bare, yours, 1).replace("their ref", "your ref")
        told.append((written_out(event.on), said))
    return told


def _is_over(c: Content) -> bool:
    over = c.standing.running and c.due is not None and c.on > c.due.rolled
    return over and bool(c.of(_I.OPEN))


def _not_made(c: Content) -> tuple[Item, ...]:
    return c.of(_I.UNCHANGED)


def _refused(c: Content) -> tuple[Item, ...]:
    return c.of(_I.DENIED, _I.DISPUTED, _I.DISAGREEMENT_ON_FILE, _I.DENIED_ACCEPTED)


def _denial(c: Content) -> Event | None:
    """The denial that is complained of: the first of those that still stand for an item."""
    found = [e for e in (c.standing.denial_of(i.flag) for i in _refused(c)) if e is not None]
    return min(found, key=lambda e: e.on, default=None)


def _items(c: Content) -> tuple[Item, ...]:
    """The items that are complained of."""
    if _is_over(c):
        return c.of(_I.OPEN)
    return _not_made(c) or _refused(c)


def _cause(c: Content, you: str = "The holder") -> tuple[list[str], dt.date]:
    """What the complaint is about, in sentences, and the day one could first know of it."""
    need_formal(c)
    if _is_over(c) and c.due is not None:
        known = c.due.rolled + dt.timedelta(days=1)
        return [f"A request to {amend(c)} a record was not answered in time.", _over(c)], known
    unmade = _not_made(c)
    if unmade:
        days = [item.compared for item in unmade if item.compared]
        said = "A change that was accepted was not made: a copy made since says the same as before."
        return [said], min(days, default=c.on)
    event = _denial(c)
    if event is None:
        raise Refused(
            "there is nothing to complain of yet: no denial stands, no change is missing, and no "
            "time is over",
            f"chartmend correction show {c.reference}",
        )
    said = f"A request to {amend(c)} a record was denied."
    ground = ground_of(c, event)
    named = inline(ground_words(event) or event.detail.reason)
    if ground is not None:
        said += f" {you} named the ground of {ground.source.cite}."
    elif named:
        said += f" {you} gave this ground: “{named}”."
    return [said], event.on


def _over(c: Content) -> str:
    return time.due_line(c, over=True)


def windows(c: Content) -> tuple[law.Window, ...]:
    """Until when a complaint can be made to each regulator; () where nothing is to complain of."""
    place, kind, book = c.law.place, c.holder.kind, c.law.book
    if not c.formal:
        return ()
    if _is_over(c) and c.due is not None:
        return law.windows(place, kind, c.due.rolled, law.Cause.MISSED, book)
    days = [item.compared for item in _not_made(c) if item.compared]
    event = _denial(c)
    day = min(days) if days else event.on if event is not None else None
    return law.windows(place, kind, day, law.Cause.DENIED, book) if day is not None else ()


def time_left(c: Content) -> str:
    """Until when one can complain to the letter's regulator, in one line; empty for nothing."""
    named = regulator_of(c).name if c.law.regulators else ""
    return next((law.said(w) for w in windows(c) if w.regulator.name == named), "")


def _own(c: Content) -> list[Block]:
    return [h("In my own words"), *paragraphs(c.text)] if c.text else []


def holder_complaint(c: Content) -> list[Block]:
    """A complaint to the holder itself."""
    opening = sent_line(c)
    cause, _day = _cause(c, "You")
    rule, owed = c.law.acknowledged_in, ""
    if rule is not None and c.on >= _ACKNOWLEDGED_SINCE:
        clause = (
            f"you are to acknowledge this complaint within {span(rule)}, and to tell me the "
            "outcome without undue delay"
        )
        owed = claim(clause, rule.source)
    nearest = c.law.regulators[0] if c.law.regulators else None
    further = f"If this does not settle it, I may complain to {the(nearest)}." if nearest else ""
    return [
        p(
            opening,
            "This is a complaint about how you dealt with it. Please pass it to whoever answers "
            "complaints on privacy and records.",
        ),
        p(*cause),
        bullets([entry(item) for item in _items(c)]),
        h("What happened, day by day"),
        rows(_to_them(c)),
        *_own(c),
        p(
            f"Please look into it, {amend(c)} the record, and tell me in writing what you found.",
            owed,
        ),
        p(further),
    ]


def _left_out(c: Content) -> list[Block]:
    """What the denial left out, where that is what is complained of."""
    event = _denial(c)
    if event is None or not event.detail.enclosures or _is_over(c) or _not_made(c):
        return []  # nobody noted what it holds, so nothing is known of what it lacks
    wanting = lacking(c, event, they_did=True)
    if not wanting:
        return []
    lead = "I understand that the denial was to say the following, and did not:"
    return [p(lead), bullets(wanting)]


def complaint(c: Content) -> list[Block]:
    """A complaint to the regulator, with the fields its form has and a list of what happened."""
    opening = sent_line(c, "them")
    cause, day = _cause(c)
    regulator = regulator_of(c)
    found = [
        p(f"I complain of how a holder of health records dealt with a request to {amend(c)} them."),
        *parties(c),
        h("What it is about"),
        p(*cause, f"I could first know of this on {written_out(day)}."),
        *_left_out(c),
        p(opening, f"I asked for this to be {amend(c)}ed:"),
        *[both(item, shown=True) for item in _items(c)],
        h("What happened, day by day"),
        rows(timeline(c)),
        *_own(c),
        h("What I ask"),
        p(
            f"I ask you to see to it that my request to {amend(c)} {records(c)} is dealt with as "
            "the law asks, and that this does not happen again."
        ),
        *late(windows(c), regulator, c.on),
    ]
    return [*found, *(by_hand() if "160" in regulator.source.cite and c.law.hipaa else [])]
