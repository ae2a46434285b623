"""Letters on what came of asking: too little, nothing, a refusal, or all of it."""

from __future__ import annotations

from vault.errors import Refused
from vault.law.rows import Ground
from vault.letters.asking import time
from vault.letters.asking.content import Content, Want
from vault.letters.asking.words import (
    Block,
    bullets,
    claim,
    dates,
    events,
    hipaa,
    last,
    need,
    p,
    records,
    sent_line,
    they_said,
)
from vault.letters.compose import inline, written_out
from vault.model.requests import Event, RequestEvent

_E = RequestEvent

_PARTS = {
    "access-basis": "on what ground you deny it",
    "access-review": "that I can have the denial reviewed, and how",
    "access-complaint": (
        "how I can complain to you, with a name or title and a telephone number, and to HHS"
    ),
    "access-rest": "the rest of the record, without what is denied",
    "access-where": "where else to ask, where you do not hold it and know who does",
}
_ONLY_REVIEWABLE = "access-review"


def _line(want: Want) -> str:
    """An item with its dates and place."""
    parts = [want.words, dates(want.since, want.until), want.facility]
    return ", ".join(part for part in parts if part)


def _meant(c: Content, event: Event) -> list[str]:
    """The items an event is about, in words; all where it names none."""
    ids = {event.item} if event.item else set(event.detail.items)
    return [_line(w) for w in c.wants if not ids or w.id in ids]


def shortfall(c: Content) -> list[Block]:
    """Lists what is missing, item by item, with what is known of why."""
    came = need(c, "when records came", _E.RECEIVED, _E.PARTIAL, _E.ARRIVED)
    missing = [f"{_line(w)}: {'; '.join(w.missing)}" for w in c.wants if w.missing]
    if not missing:
        raise Refused("nothing of this request is missing", f"chartmend request show {c.reference}")
    law = []
    if c.law.hipaa:
        law.append(
            claim(
                "what you leave out on purpose is to be denied in writing, with the ground for it",
                hipaa("164.524(d)"),
            )
        )
    return [
        p(sent_line(c), f"On {written_out(came.on)} I received records from you. Thank you."),
        p("The following is still missing:"),
        bullets(missing),
        p(
            "Please send it. For each item that you do not send, please tell me in writing whether "
            "you do not hold it, no longer hold it, or withhold it, and why.",
            *law,
        ),
        p(time.due_line(c, over=c.on > c.due.rolled) if c.due else ""),
    ]


def not_ours(c: Content) -> list[Block]:
    """Asks who holds the records, where they say that it is not them."""
    event = need(c, "when they said it is not theirs", _E.NOT_HELD, _E.REDIRECTED)
    told = "told me that you do not hold this"
    law = []
    if c.law.hipaa:
        law.append(
            claim("where you know who holds it, you tell me where to ask", hipaa("164.524(d)(3)"))
        )
        never = next((n for n in c.law.never if n.id == "from-another-provider"), None)
        if never is not None:
            clause = "what came to you from another provider, and is in your record, is part of it"
            law.append(claim(clause, never.source))
    return [
        p(sent_line(c), they_said(event, told) + (" It is about:" if _meant(c, event) else "")),
        bullets(_meant(c, event)),
        p("Please tell me in writing:"),
        bullets(
            [
                "who holds it, with an address, if you know",
                "whether a company holds it for you, or it is kept elsewhere or under another name",
                "where you looked, and by which name and number",
            ]
        ),
        p(*law),
    ]


def statement(c: Content) -> list[Block]:
    """Asks for a written statement on records that are gone or not held."""
    event = need(c, "when they said so", _E.DESTROYED, _E.NOT_HELD)
    gone = event.kind == _E.DESTROYED
    told = "told me that this was destroyed" if gone else "told me that you do not hold this"
    asked = [
        "which records were destroyed, and of which years",
        "when, and by which rule on how long they have to be kept",
        "whether a copy, an index or a summary is left, and where",
    ]
    if not gone:
        asked = [
            "which records you looked for, where, and by which name and number",
            "whether you ever held them, and what became of them",
            "who may hold them now, if you know",
        ]
    return [
        p(sent_line(c), they_said(event, told) + " It is about:"),
        bullets(_meant(c, event)),
        p("Please give me a written statement, signed and dated, that says:"),
        bullets(asked),
    ]


def _denial(c: Content) -> Event:
    return need(c, "when they refused it", _E.DENIED, _E.WITHHELD)


def _ground(c: Content, event: Event) -> Ground | None:
    given = event.detail.ground.strip().lower().replace("_", "-")
    return next((g for g in c.law.grounds if given and g.id in (given, f"hipaa-{given}")), None)


def _told_why(c: Content, event: Event) -> str:
    ground = _ground(c, event)
    if ground is not None:
        return f"I understood the ground to be the one of {ground.source.cite}."
    words = inline(event.detail.ground or event.detail.reason)
    return f"I was given this ground: {words}." if words else ""  # nobody noted that none was


def denial_parts(c: Content) -> list[Block]:
    """Asks for all that a written refusal has to say."""
    event = _denial(c)
    opening = p(sent_line(c), they_said(event, "refused this"), _told_why(c, event))
    head: list[Block] = [opening, bullets(_meant(c, event))]
    if not c.law.parts:
        return [
            *head,
            p(
                "Please tell me in writing what you refuse and why, by which rule, and how I can "
                "object or complain. Please send what you do not refuse."
            ),
        ]
    ground = _ground(c, event)
    final = ground is not None and not ground.reviewable
    said = [
        f"{_PARTS[part.id]} ({part.source.cite})"
        for part in c.law.parts
        if part.id in _PARTS and not (final and part.id == _ONLY_REVIEWABLE)
    ]
    return [
        *head,
        p("I understand that a written denial, in plain language, is to hold:"),
        bullets(said),
        p(
            "Please send me a denial that holds all of this, or the records. What is not denied, "
            "please send now."
        ),
    ]


def review(c: Content) -> list[Block]:
    """Asks for a review of a refusal; refused where its ground is not known to be reviewable."""
    event = _denial(c)
    ground = _ground(c, event)
    if c.law.review is None or ground is None or not ground.reviewable:
        why = "its ground is one that cannot be reviewed" if ground else "its ground is not known"
        raise Refused(
            f"no review can be asked for of this refusal: {why}",
            f"chartmend request letter {c.reference} --kind denial_parts",
        )
    reviewer = (
        "on this ground a denial is reviewed, where I ask for it, by a licensed health care "
        "professional whom you name and who took no part in it"
    )
    return [
        p(sent_line(c), they_said(event, "refused this"), _told_why(c, event)),
        bullets(_meant(c, event)),
        p("I ask for a review of this refusal.", claim(reviewer, c.law.review.source)),
        p(
            "Please pass it on to the reviewer without delay, and tell me in writing who reviews "
            "it, and what they decide. Please send what you do not refuse."
        ),
    ]


def withdrawal(c: Content) -> list[Block]:
    """Withdraws the request."""
    return [
        p(sent_line(c), "I withdraw this request as of the date of this letter."),
        p(
            "Please stop working on it, do not charge me for it, and send nothing more. This does "
            "not keep me from asking again."
        ),
    ]


def thanks(c: Content) -> list[Block]:
    """Thanks them, where all that was asked for has come."""
    came = last(c, _E.RECEIVED)
    wanting = [w for w in c.wants if w.missing]
    if came is None or wanting:
        raise Refused("not all of this request has come", f"chartmend request show {c.reference}")
    paid = events(c, _E.FEE_PAID)
    receipt = (
        ""
        if events(c, _E.FEE_RECEIPT) or not paid
        else (f"I paid the fee on {written_out(paid[-1].on)}; please send me a receipt.")
    )
    return [
        p(sent_line(c), f"On {written_out(came.on)} I received the last of {records(c)}."),
        p(
            "It is complete, as far as I can see, and you can close the request. Thank you.",
            receipt,
        ),
    ]
