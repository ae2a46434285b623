"""What a letter says of fees: before there is one, what it is made up of, and against it."""

from __future__ import annotations

from vault.errors import Refused
from vault.law import fees as law_fees
from vault.law.fees import Charge, FeeFlag, Line, Quote
from vault.law.rows import Audience, FeeKind, FeeRule, Medium
from vault.letters.asking.content import Content, Regime
from vault.letters.asking.words import (
    Block,
    bullets,
    claim,
    h,
    hipaa,
    money,
    need,
    p,
    rows,
    sent_line,
    they_said,
)
from vault.letters.compose import inline
from vault.model.requests import Event, RequestEvent

_ELECTRONIC = (
    "pdf", "electronic", "portal", "e-mail", "email", "usb", "cd", "dvd", "disc", "disk", "stick",
    "dicom", "ccda", "c-cda", "ccd", "fhir", "xml", "download", "ehi", "zip",
)  # fmt: skip
_PAPER = ("paper", "print", "hard copy", "photocop")


def medium_of(*told: str) -> Medium:
    """On what a copy comes, from the words for its format; ANY where they do not say."""
    words = " ".join(told).lower()
    if any(word in words for word in _PAPER):
        return Medium.PAPER
    if "microfilm" in words:
        return Medium.MICROFILM
    parts = words.replace(",", " ").replace("/", " ").split()
    return Medium.ELECTRONIC if any(word in parts for word in _ELECTRONIC) else Medium.ANY


def audience_of(c: Content) -> Audience:
    """Who pays: the patient, who asks for them, or somebody else who gets the copy."""
    if c.third_party:
        return Audience.THIRD_PARTY
    return Audience.REPRESENTATIVE if c.signer else Audience.PATIENT


def _binding(c: Content) -> list[FeeRule]:
    return [fee for fee in c.law.fees if fee.kind in (FeeKind.FREE, FeeKind.REASONABLE)]


_SAID = {
    Regime.UK: "a copy is free of charge",
    Regime.UK_DECEASED: "access is free of charge",
    Regime.EU: "the first copy is free of charge",
    Regime.AUSTRALIA: "a charge for giving access may not be excessive, and asking costs nothing",
}


def _basis(c: Content) -> list[str]:
    """What the law of the place says on fees, where a sentence on it is recorded."""
    if c.law.hipaa and not c.third_party:
        fee = next((f for f in c.law.fees if f.kind is FeeKind.COST_BASED), None)
        if fee is None:
            return []
        if c.inspect:
            return [claim("looking at the record is free of charge", fee.source)]
        clause = (
            "a fee for my own copy may cover the labor of copying, supplies, and postage where I "
            "ask for mail, but not searching for the record, retrieving it or verifying it"
        )
        return [claim(clause.replace("my own copy", _own(c)), fee.source)]
    found = [fee for fee in _binding(c) if not fee.condition]
    clause = _SAID.get(c.law.regime, "")
    if not found or not clause:
        return []
    but = f", {found[0].note}" if found[0].note.startswith("unless ") else ""
    return [claim(clause + but, found[0].source)]


def _own(c: Content) -> str:
    return "this copy" if c.signer else "my own copy"


def before(c: Content) -> list[Block]:
    """The fee block of a request: an estimate first, the limit, and what the law says."""
    if c.inspect:
        found = _basis(c)
        return [h("Fees"), p(*found)] if found else []
    free = any(fee.kind is FeeKind.FREE and not fee.condition for fee in c.law.fees)
    said = ["Please tell me before you begin what the copy will cost, and what that is made up of."]
    if free:
        said = [
            "If you still mean to charge for it, please tell me before you begin, how much and why."
        ]
    if c.fee_limit is not None:
        limit = money(c.fee_limit, c.currency)
        said.append(f"If it is more than {limit}, do not go ahead before I have agreed.")
    else:
        said.append("Do not go ahead with anything that costs money before I have agreed.")
    if c.law.regime is Regime.ONTARIO:
        estimate = next(iter(c.law.fees), None)
        if estimate is not None:
            said.append(claim("an estimate is to come before a fee", estimate.source))
    law = _basis(c)
    return [h("Fees"), p(*law, *said)] if free else [h("Fees"), p(*said), p(*law)]


def _quoted(c: Content) -> Event:
    event = need(c, "what fee they asked for", RequestEvent.FEE_QUOTED)
    if event.detail.amount is None and not event.detail.lines:
        raise Refused(
            "the fee they asked for was noted without an amount",
            f"chartmend request log {c.reference} fee_quoted --amount 25.00 --replaces {event.seq}",
        )
    return event


def _amount(c: Content, event: Event) -> str:
    d = event.detail
    currency = d.currency or c.currency
    if d.amount is not None:
        return money(d.amount, currency)
    return money(sum((line.amount for line in d.lines), start=d.lines[0].amount * 0), currency)


def _told(c: Content, event: Event) -> str:
    pages = f" for {event.detail.pages} pages" if event.detail.pages else ""
    number = f" (your number {inline(event.detail.number)})" if event.detail.number else ""
    return they_said(event, f"asked for {_amount(c, event)}{pages} for the copy{number}")


def _lines(c: Content, event: Event) -> list[Block]:
    currency = event.detail.currency or c.currency
    pairs = [(inline(n.what), money(n.amount, currency)) for n in event.detail.lines]
    return [rows(pairs)] if pairs else []


def itemise(c: Content) -> list[Block]:
    """Asks what a fee is made up of."""
    event = _quoted(c)
    asked = [
        "the labor of copying: the hours and the rate an hour",
        "supplies: paper, a disc or a stick",
        "postage",
        "anything else: what it is, and by which rule you charge it",
    ]
    why = (
        claim("you itemise a fee where I ask for it", hipaa("164.524(c)(4); HHS access guidance"))
        if c.law.hipaa and not c.third_party
        else ""
    )
    return [
        p(sent_line(c), _told(c, event)),
        p("Please tell me in writing what this fee is made up of:"),
        bullets(asked),
        p(why, "I will answer as soon as I have this. Please do not let it hold up my request."),
    ]


_CHARGES = {
    Charge.SEARCH: ("search",),
    Charge.RETRIEVAL: ("retriev", "pull", "archive"),
    Charge.VERIFICATION: ("verif", "review", "certif"),
    Charge.POSTAGE: ("post", "mail", "shipping", "courier"),
    Charge.PER_PAGE: ("page", "per-page"),
    Charge.INSPECTION: ("inspect", "viewing"),
    Charge.PORTAL: ("portal", "download"),
    Charge.SYSTEM: ("storage", "system", "maintenance", "access fee"),
    Charge.MEDIA: ("usb", "cd", "disc", "stick"),
    Charge.SUMMARY: ("summary",),
    Charge.COPYING: ("copy", "labor", "labour"),
    Charge.SUPPLIES: ("suppl", "paper"),
}


def charge_of(what: str) -> Charge:
    """What a line of a fee is for, from its words."""
    words = what.lower()
    found = (c for c, marks in _CHARGES.items() if any(mark in words for mark in marks))
    return next(found, Charge.OTHER)


def quote(c: Content, event: Event) -> Quote:
    """A fee that was asked for, as the law looks it over."""
    d = event.detail
    currency = d.currency or c.currency
    lines = [Line(charge_of(n.what), n.amount, currency) for n in d.lines]
    if d.amount is not None:
        lines.append(Line(Charge.TOTAL, d.amount, currency))
    return Quote(
        tuple(lines),
        d.pages or 0,
        medium_of(d.medium or c.format),
        audience_of(c),
        itemised=bool(d.lines) or None,
        unpaid_bill="bill" in d.reason.lower(),
    )


_WRONG = {
    FeeFlag.SEARCH_RETRIEVAL: (
        "it includes searching for, retrieving or verifying the record, which a patient does not "
        "pay for"
    ),
    FeeFlag.PER_PAGE_ELECTRONIC: (
        "it is a price a page for an electronic copy of a record kept electronically"
    ),
    FeeFlag.FEE_FOR_INSPECTION: "looking at the record is free of charge",
    FeeFlag.PORTAL_FEE: "the use of the portal is free of charge",
    FeeFlag.MEDIA_REQUIRED: "it includes a disc or stick that I did not ask for",
    FeeFlag.WITHHELD_FOR_UNPAID_BILL: "a bill of treatment is no reason to hold the copy back",
    FeeFlag.NO_ADVANCE_NOTICE: "I was to be told beforehand what the copy would cost",
}


def dispute(c: Content) -> list[Block]:
    """Disputes a fee, by each rule it breaks; raises Refused where nothing recorded is broken."""
    event = _quoted(c)
    said = []
    for finding in law_fees.check(c.law.place, c.holder.kind, quote(c, event), c.law.book):
        clause = _WRONG.get(finding.flag, "")
        if finding.flag is FeeFlag.OVER_CEILING and finding.ceiling is not None:
            most = money(finding.ceiling, finding.currency)
            clause = f"it is more than {most}, the most that may be charged for this copy"
            if not finding.ceiling:
                clause = "this copy is free of charge"
        if clause:
            said.append(claim(clause, finding.source))
    if not said:
        raise Refused(
            "nothing recorded of this place's law shows that this fee is too high",
            f"chartmend request letter {c.reference} --kind itemisation",
        )
    return [
        p(sent_line(c), _told(c, event)),
        *_lines(c, event),
        p("I dispute this fee:"),
        bullets(said),
        p(
            "Please send me a corrected fee, itemised, or tell me by which rule you charge it. I "
            "will pay what the law allows as soon as you name it. Please do not hold back what is "
            "not in dispute."
        ),
    ]
