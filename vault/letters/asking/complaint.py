"""Complaints: to the holder first, where that is the first step, and to the regulator."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from vault.errors import Refused
from vault.law import complaint as law
from vault.law.rows import Regulator
from vault.letters.asking import time
from vault.letters.asking.content import Content, Regime, Written
from vault.letters.asking.words import (
    Block,
    blanks,
    boxes,
    bullets,
    claim,
    h,
    last,
    p,
    records,
    rows,
    sent_line,
    span,
    the,
)
from vault.letters.compose import inline, written_out
from vault.model.requests import Event, RequestEvent

_E = RequestEvent
_ACKNOWLEDGED_SINCE = dt.date(2026, 6, 19)  # DPA 2018 s.164A is in force from this day
_HIDDEN = frozenset({_E.DRAFTED, _E.FORM_CHECKED, _E.READY, _E.NOTE, _E.REVIEWED})

_HAPPENED = {
    _E.SENT: "I sent the request",
    _E.DELIVERED: "the request was delivered",
    _E.BOUNCED: "the request came back",
    _E.ACKNOWLEDGED: "they confirmed that they have it",
    _E.ID_ASKED: "they asked for proof of who I am",
    _E.FORM_ASKED: "they asked for a form of their own",
    _E.CLARIFICATION_ASKED: "they asked a question back",
    _E.FEE_QUOTED: "they asked for a fee",
    _E.FEE_ITEMISED: "they said what the fee is made up of",
    _E.FEE_DISPUTED: "I disputed the fee",
    _E.FEE_PAID: "I paid the fee",
    _E.FEE_RECEIPT: "I had a receipt for the fee",
    _E.FEE_REFUNDED: "they paid back a fee",
    _E.LINK_SENT: "they sent a link or a password",
    _E.ANSWERED: "I answered them",
    _E.REDIRECTED: "they sent me to somebody else",
    _E.PROMISED: "they promised an answer",
    _E.EXTENDED: "they said that they need longer",
    _E.PAUSE_CLAIMED: "they said that the time stands still",
    _E.ARRIVED: "something came",
    _E.RECEIVED: "records came",
    _E.PARTIAL: "a part of the records came",
    _E.NOT_HELD: "they said that they do not hold it",
    _E.DESTROYED: "they said that it was destroyed",
    _E.DENIED: "they refused it",
    _E.WITHHELD: "they left something out",
    _E.REMINDED: "I reminded them",
    _E.APPEALED: "I asked for a review",
    _E.COMPLAINED: "I complained",
    _E.CALL: "we spoke by telephone",
    _E.WITHDRAWN: "I withdrew the request",
    _E.CLOSED: "the request was closed",
    _E.REOPENED: "the request was opened again",
}


def happened(event: Event) -> str:
    """An event as a clause, with what belongs to it: day given, amount, number."""
    kind, d = RequestEvent(event.kind), event.detail
    said = [_HAPPENED.get(kind, kind.value.replace("_", " "))]
    if event.channel:
        said[0] += f" by {event.channel.replace('_', ' ')}"
    if event.arrived and event.arrived != event.on:
        said.append(f"taken as arrived on {written_out(event.arrived)}")
    if d.until:
        said.append(f"until {written_out(d.until)}")
    if d.amount is not None:
        said.append(f"{d.currency} {d.amount:.2f}".strip())
    if d.number:
        said.append(f"number {inline(d.number)}")
    if d.reason:
        said.append(f"reason: {inline(d.reason)}")
    if d.ground:
        said.append(f"ground: {inline(d.ground)}")
    return ", ".join(said)


def timeline(c: Content) -> list[tuple[str, str]]:
    """What happened, day by day, without what only the person's own work is."""
    shown = [e for e in c.standing.events if e.kind not in _HIDDEN]
    return [(written_out(e.on), happened(e)) for e in shown]


def _to_them(c: Content) -> list[tuple[str, str]]:
    """The same, told to the holder."""
    told = []
    for event in (e for e in c.standing.events if e.kind not in _HIDDEN):
        bare = _HAPPENED.get(RequestEvent(event.kind), "")
        yours = bare.replace("they ", "you ").replace(" them", " you")
        told.append((written_out(event.on), happened(event).replace(bare, yours, 1)))
    return told


def _cause(c: Content) -> tuple[str, dt.date]:
    """What the complaint is about, and the day from which one could know of it."""
    denial = last(c, _E.DENIED, _E.WITHHELD)
    if denial is not None:
        return "Access to records was refused, or a part of them was left out.", denial.on
    if c.due is not None and c.on > c.due.rolled:
        day = c.due.rolled + dt.timedelta(days=1)
        return f"A request for access was not answered in time. {time.due_line(c, over=True)}", day
    raise Refused(
        "there is nothing to complain of yet: no refusal was noted, and no time is over",
        f"chartmend request show {c.reference}",
    )


def holder_complaint(c: Content) -> list[Block]:
    """A complaint to the holder itself."""
    opening = sent_line(c)
    cause, _day = _cause(c)
    rule = c.law.acknowledged_in
    owed = ""
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
            "This is a complaint about how you dealt with it. Please pass it to whoever "
            "answers complaints on privacy and access.",
        ),
        p(cause),
        rows(_to_them(c)),
        p("Please look into it, send the records, and tell me in writing what you found.", owed),
        p(further),
    ]


def regulator_of(c: Written) -> Regulator:
    """Who hears the complaint; raises Refused where nobody is recorded."""
    if not c.law.regulators:
        raise Refused(
            "no regulator is recorded for this place", "chartmend place show PLACE names them"
        )
    return c.law.regulators[0] if c.law.regime is not Regime.US else _hhs(c)


def _hhs(c: Written) -> Regulator:
    found = [r for r in c.law.regulators if r.source.cite.startswith("45 CFR 160")]
    return found[0] if found else c.law.regulators[0]


def windows(c: Content) -> tuple[law.Window, ...]:
    """Until when a complaint can be made to each regulator; () where nothing is to complain of."""
    place, kind, book = c.law.place, c.holder.kind, c.law.book
    denied = last(c, _E.DENIED, _E.WITHHELD)
    if denied is not None:
        return law.windows(place, kind, denied.on, law.Cause.DENIED, book)
    if c.due is not None and c.on > c.due.rolled:
        return law.windows(place, kind, c.due.rolled, law.Cause.MISSED, book)
    return ()


def time_left(c: Content) -> str:
    """Until when one can complain to the letter's regulator, in one line; empty for nothing."""
    named = regulator_of(c).name if c.law.regulators else ""
    return next((law.said(w) for w in windows(c) if w.regulator.name == named), "")


def late(found: Sequence[law.Window], regulator: Regulator, on: dt.date) -> list[Block]:
    """Room for the reason, where the time is over on a day and a late complaint can be taken."""
    window = next((w for w in found if w.regulator.name == regulator.name), None)
    if window is None or window.last is None or window.informal or on <= window.last:
        return []
    if not regulator.waivable:
        return []
    day = written_out(window.last)
    return [h("Why this comes late"), p(f"The time for it ended on {day}."), blanks(["My reason"])]


def parties(c: Written) -> list[Block]:
    """Who complains, for whom, and about whom."""
    patient, signer, holder = c.patient, c.signer, c.holder
    who = signer or patient
    mine = [
        ("Name", who.name),
        ("Address", ", ".join(who.lines)),
        ("Telephone", who.phone),
        ("E-mail", who.email),
    ]
    found = [h("Who complains"), rows(mine)]
    if signer is not None:
        found += [
            h("On whose behalf"),
            rows(
                [
                    ("Name", patient.name),
                    ("Who I am to them", signer.relationship),
                    ("My authority", signer.basis),
                ]
            ),
        ]
    theirs = [
        ("Name", holder.name),
        ("Address", ", ".join(holder.lines)),
        ("Telephone", holder.phone),
        ("E-mail", holder.email),
    ]
    return [*found, h("About whom"), rows(theirs)]


def complaint(c: Content) -> list[Block]:
    """A complaint to the regulator, with the fields its form has and a list of what happened."""
    opening = sent_line(c, "them")
    regulator = regulator_of(c)
    cause, day = _cause(c)
    asked = (
        f"I ask you to see to it that I am given {records(c)}, and that this does not happen again."
    )
    found = [
        p("I complain of how a holder of health records dealt with a request for access."),
        *parties(c),
        h("What it is about"),
        p(cause, f"I could first know of this on {written_out(day)}."),
        p(opening, "I asked for:"),
        bullets([w.words for w in c.wants]),
        h("What happened, day by day"),
        rows(timeline(c)),
        h("What I ask"),
        p(asked),
    ]
    found += late(windows(c), regulator, c.on)
    return [*found, *(by_hand() if "160" in regulator.source.cite and c.law.hipaa else [])]


def by_hand() -> list[Block]:
    """What the form of the Office for Civil Rights asks besides, to be filled in by hand."""
    return [
        h("To be filled in by hand"),
        blanks(
            [
                "Best time to reach me",
                "Number of an earlier complaint to you",
                "Other agency or court I turned to",
            ]
        ),
        boxes(
            [
                (False, "You may tell the holder my name while you look into this", ""),
                (
                    False,
                    "Please do not tell the holder my name",
                    "I know that this can end the matter",
                ),
            ]
        ),
    ]
