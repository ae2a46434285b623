"""Phrases that letters of asking share: citations, spans of time, who asks, what was sent."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from vault.errors import Refused
from vault.law.rows import Regulator
from vault.law.terms import Confidence, Rule, Source, Verified
from vault.letters.asking.content import Content, Regime, Written
from vault.letters.compose import inline, written_out
from vault.model.requests import ASSUMED, Event, RequestEvent

Block = dict[str, object]

BY = {
    "mail": "by mail",
    "fax": "by fax",
    "email": "by e-mail",
    "portal": "through your portal",
    "in_person": "in person",
    "phone": "by telephone",
    "courier": "by courier",
}
"""How something was sent, by its channel."""


def p(*sentences: str) -> Block:
    """A paragraph of the sentences that are not empty."""
    return {"type": "p", "text": " ".join(s for s in sentences if s)}


def h(text: str) -> Block:
    """A heading."""
    return {"type": "h", "text": text}


def bullets(items: list[str]) -> Block:
    """A list."""
    return {"type": "list", "items": items}


def rows(pairs: list[tuple[str, str]]) -> Block:
    """Names with values beside them; a pair without a value is left out."""
    return {"type": "rows", "rows": [[name, value] for name, value in pairs if value]}


def blanks(names: list[str]) -> Block:
    """Lines to be filled in by hand."""
    return {"type": "blanks", "names": names}


def boxes(items: list[tuple[bool, str, str]]) -> Block:
    """Boxes, ticked or not, each with its words and a remark."""
    return {"type": "boxes", "items": [[tick, words, remark] for tick, words, remark in items]}


def lines(items: list[str]) -> Block:
    """Lines one under another, as of an address."""
    return {"type": "lines", "items": items}


def capital(text: str) -> str:
    """The text with a capital first letter."""
    return text[:1].upper() + text[1:]


def claim(clause: str, source: Source) -> str:
    """What the law says, as sure as the data is: less than high is an understanding only."""
    if source.confidence is Confidence.HIGH:
        return f"{capital(clause)} ({source.cite})."
    return f"I understand that {clause} ({source.cite})."


def hipaa(paragraph: str, *, sure: bool = False) -> Source:
    """A paragraph of the access rule; `sure` where its text itself was read."""
    verified = Verified.TEXT if sure else Verified.UNVERIFIED
    return Source(f"45 CFR {paragraph}", verified, Confidence.HIGH if sure else Confidence.MED)


def span(rule: Rule, number: int = 0) -> str:
    """How long a rule gives, or so many of its units: `30 days`, `one month`."""
    number = number or rule.months or rule.days
    unit = "month" if rule.months else "day"
    if rule.day_kind == "business":
        unit = "business day" if rule.id.startswith("us") else "working day"
    return f"{'one' if number == 1 else number} {unit}{'' if number == 1 else 's'}"


def possessive(c: Written) -> str:
    """`my`, or the patient's name with an apostrophe."""
    return f"{c.patient.name}'s" if c.signer else "my"


def records(c: Written) -> str:
    """`my health records`, in the words of the place and of who asks."""
    noun = (
        "health information"
        if c.law.regime in (Regime.AUSTRALIA, Regime.NEW_ZEALAND)
        else ("health data" if c.law.regime is Regime.EU else "health records")
    )
    return f"{possessive(c)} {noun}"


def about(c: Written) -> str:
    """`about me`, or about the patient."""
    return f"about {c.patient.name}" if c.signer else "about me"


def money(amount: Decimal, currency: str) -> str:
    """An amount with its currency first: USD 25.00."""
    return f"{currency} {amount:.2f}".strip()


def dates(since: dt.date | None, until: dt.date | None) -> str:
    """The days of service meant; empty for all."""
    if since and until:
        return f"{written_out(since)} to {written_out(until)}"
    if since:
        return f"from {written_out(since)} on"
    return f"up to {written_out(until)}" if until else ""


def events(c: Content, *kinds: RequestEvent) -> tuple[Event, ...]:
    """What happened of these kinds, by day."""
    return tuple(e for e in c.standing.events if e.kind in kinds)


def last(c: Content, *kinds: RequestEvent) -> Event | None:
    """The last thing of these kinds that happened, or None."""
    found = events(c, *kinds)
    return found[-1] if found else None


def need(c: Content, what: str, *kinds: RequestEvent) -> Event:
    """The last thing of these kinds that happened; raises Refused, naming what is missing."""
    found = last(c, *kinds)
    if found is None:
        raise Refused(
            f"this letter needs to say {what}, and nothing of that kind was noted",
            f"chartmend request log {c.reference} {kinds[0].value} --on DATE",
        )
    return found


def first_sent(c: Content) -> Event:
    """The first sending; raises Refused where the request has not been sent."""
    found = events(c, RequestEvent.SENT)
    if not found:
        raise Refused(
            "this letter follows up a request, and this one has not been sent",
            f"chartmend request sent {c.reference} --on DATE --by CHANNEL",
        )
    return found[0]


def sent_line(c: Content, you: str = "you") -> str:
    """When and how the request was sent, and when it arrived, where that is known.

    `you` is how the holder is called: a letter to somebody else says "them".
    """
    event = first_sent(c)
    how = BY.get(event.channel, "")
    if you != "you":
        how = how.replace("your", "their")
    proof = f" (proof of sending: {inline(event.detail.number)})" if event.detail.number else ""
    what = "to look at" if c.inspect else "for a copy of"
    by = f", {how}," if how else ""
    said = f"On {written_out(event.on)} I sent {you}{by} a request {what} {records(c)}"
    known = None if c.standing.assumed else c.standing.first
    if known is None and event.arrived and event.note != ASSUMED:
        known = event.arrived
    came = f" It reached {you} on {written_out(known)}." if known and known != event.on else ""
    return f"{said}{proof}.{came}"


def guessed(c: Written) -> str:
    """A clause that says which day of arrival is taken, where nobody knows it; else empty."""
    start = c.standing.start
    if not c.standing.assumed or start is None:
        return ""
    return f", counted from {written_out(start)}, the day I take it to have arrived"


_NAMES = {"OAIC": "Office of the Australian Information Commissioner (OAIC)"}


def regulator_name(regulator: Regulator) -> str:
    """A regulator's name, written out."""
    return _NAMES.get(regulator.name, regulator.name)


def the(regulator: Regulator) -> str:
    """A regulator in the middle of a sentence."""
    name = regulator_name(regulator)
    return name if name.startswith("the ") else f"the {name}"


def they_said(event: Event, what: str) -> str:
    """On which day they said what, and who did."""
    by = f" ({inline(event.detail.who)})" if event.detail.who else ""
    return f"On {written_out(event.on)} you{by} {what}."
