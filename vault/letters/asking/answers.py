"""Answers to what a holder asks for or insists on before it gives a copy."""

from __future__ import annotations

from vault.errors import Refused
from vault.law.terms import Confidence, Source, Verified
from vault.letters.asking.content import Content, Regime
from vault.letters.asking.words import (
    Block,
    bullets,
    claim,
    events,
    hipaa,
    need,
    p,
    sent_line,
    they_said,
)
from vault.letters.compose import inline, written_out
from vault.model.requests import RequestEvent

_E = RequestEvent
_ASKED = (_E.CLARIFICATION_ASKED, _E.FORM_ASKED, _E.ID_ASKED, _E.CALL)
_RULE = "If there is a rule that asks this of me, please name it."
_MOTIVE = Source("CJEU C-307/22, FT v DW", Verified.UNVERIFIED, Confidence.MED)


def _never(c: Content, id_: str, clause: str) -> str:
    """What a holder under HIPAA may not insist on; elsewhere a question for their rule."""
    held = next((n for n in c.law.never if n.id == id_), None)
    return claim(clause, held.source) if held is not None else _RULE


def _clock(c: Content) -> str:
    """That asking back does not stop the clock, under HIPAA; nothing is said of other laws."""
    if not c.law.hipaa:
        return ""
    clause = "the time for an answer has run since my request first reached you"
    return claim(clause, hipaa("164.524(b)(2); HHS access guidance"))


def no_reason(c: Content) -> list[Block]:
    """Answers a question for the reason."""
    event = need(c, "when they asked for a reason", *_ASKED)
    why = _never(c, "say-why", "a copy does not depend on why I want it")
    if c.law.regime is Regime.EU:
        why = claim("a copy does not depend on why I want it", _MOTIVE)
    return [
        p(sent_line(c), they_said(event, "asked me why I want the records")),
        p("I give no reason for my request.", why),
        p("Please go on with my request as it stands.", _clock(c)),
    ]


def no_notary(c: Content) -> list[Block]:
    """Answers a demand for a notary."""
    event = need(c, "when they asked for a notary", _E.ID_ASKED, *_ASKED)
    clause = "you may check who I am, but a signature confirmed by a notary is no condition"
    return [
        p(sent_line(c), they_said(event, "asked for my signature to be confirmed by a notary")),
        p(_never(c, "notary", clause)),
        p(
            "If you doubt who I am, please tell me what other proof will do: a copy of an identity "
            "document, a call to a number you have on file, or a question only I can answer.",
            _clock(c),
        ),
    ]


def no_visit(c: Content) -> list[Block]:
    """Answers a demand to come in person."""
    event = need(c, "when they asked for a visit", *_ASKED)
    return [
        p(sent_line(c), they_said(event, "asked me to come in person")),
        p(_never(c, "in-person", "I need not come in person for a copy that is sent to me")),
        p("Please send the copy as I asked.", _clock(c)),
    ]


def no_portal(c: Content) -> list[Block]:
    """Answers a demand to use a portal."""
    event = need(c, "when they pointed to the portal", *_ASKED)
    more = "What a portal shows is often only a part of the record; I ask for all I named."
    return [
        p(sent_line(c), they_said(event, "asked me to use your portal instead")),
        p(_never(c, "portal-only", "I need not use a portal"), more),
        p("Please send the copy as I asked.", _clock(c)),
    ]


def own_form(c: Content) -> list[Block]:
    """Answers a demand for a form of their own."""
    event = need(c, "when they asked for their form", _E.FORM_ASKED, _E.CALL)
    said = []
    if c.law.hipaa:
        clause = (
            "you may ask for a form of your own only where that is no barrier to access and no "
            "delay"
        )
        said.append(claim(clause, hipaa("164.524(b)(1); HHS access guidance")))
        clause = "an authorization to disclose is no condition for a copy of my own record"
        said.append(_never(c, "authorization-form", clause))
    else:
        said.append(_RULE)
    return [
        p(sent_line(c), they_said(event, "asked me to use a form of your own")),
        p("My letter is signed and says all that is needed to find and send the records.", *said),
        p(
            "If anything is missing from it, please tell me what, and I will send that.",
            _clock(c),
        ),
    ]


def identity(c: Content) -> list[Block]:
    """The letter that goes with copies of identity documents; refused where there are none."""
    event = need(c, "when they asked for proof", _E.ID_ASKED)
    if not c.enclosures:
        raise Refused(
            "this letter goes with a copy of an identity document, and none was made for it",
            f"chartmend request enclose {c.reference} DOC -o FILE.pdf",
        )
    said = (
        claim("proof is asked for to make sure who asks", hipaa("164.514(h)(1)"))
        if c.law.hipaa
        else ""
    )
    return [
        p(sent_line(c), they_said(event, "asked for proof of who I am")),
        p("It is enclosed:"),
        bullets(list(c.enclosures)),
        p(
            said,
            "What is not needed for that is covered. The copy is for this request alone; please "
            "do not keep it longer than the check takes, and do not pass it on.",
        ),
        p("Please go on with my request now.", _clock(c)),
    ]


def link_ended(c: Content) -> list[Block]:
    """Asks for the records once more, where a link or a password did not work or ran out."""
    event = need(c, "when they sent the link or password", _E.LINK_SENT)
    until = event.detail.until
    over = until is not None and c.on > until
    why = f"It ended on {written_out(until)}." if until and over else "I could not open it."
    note = f" ({inline(event.detail.reason)})" if event.detail.reason else ""
    return [
        p(
            sent_line(c),
            they_said(event, "sent me a link or a password for the records"),
            why + note,
        ),
        p(
            "So I do not have the records. Please send them once more, by a way that does not run "
            "out, or make a new link and tell me how long it holds."
        ),
    ]


def lost(c: Content) -> list[Block]:
    """Sends the request again that they cannot find, with the day it first went out."""
    said = [e for e in events(c, _E.BOUNCED, _E.CALL, _E.NOTE) if not e.detail.gaps]
    event = said[-1] if said else need(c, "when they said it is not on file", _E.BOUNCED)
    arrived = None if c.standing.assumed else c.standing.first
    clause = ""
    if arrived is not None and c.law.hipaa:
        clause = (
            f"I count the time for an answer from {written_out(arrived)}, the day it reached you."
        )
    return [
        p(sent_line(c), they_said(event, "told me that you have no such request on file")),
        p("A copy of it is enclosed. Please treat it as the same request.", clause),
        p("Please confirm that you have it now, and tell me your reference for it."),
    ]


def not_summary(c: Content) -> list[Block]:
    """Asks for the record where a summary came or was offered."""
    event = need(c, "when the summary came", _E.PARTIAL, _E.RECEIVED, *_ASKED)
    clause = (
        "a summary takes the place of the record only where I agree to it, and to its fee, "
        "beforehand"
    )
    said = claim(clause, hipaa("164.524(c)(2)(iii)")) if c.law.hipaa else _RULE
    came = event.kind in (_E.PARTIAL, _E.RECEIVED)
    told = "sent me a summary" if came else "offered me a summary"
    return [
        p(sent_line(c), they_said(event, f"{told} in place of the record")),
        p("I have not agreed to a summary.", said),
        p("Please send the record itself:"),
        bullets([w.words for w in c.wants]),
    ]
