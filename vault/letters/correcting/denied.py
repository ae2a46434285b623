"""Letters after a denial: what it leaves out, disagreement, and what is to go with the record."""

from __future__ import annotations

import re

from vault.errors import Refused
from vault.law import denial as law
from vault.law.rows import Ground
from vault.letters.asking.words import Block, bullets, claim, h, hipaa, p, they_said
from vault.letters.compose import inline, written_out
from vault.letters.correcting.content import Content, Item
from vault.letters.correcting.words import (
    all_of_it,
    both,
    entries,
    need,
    need_formal,
    need_items,
    paragraphs,
    sent_line,
    they,
)
from vault.model.corrections import NO_GROUND, CorrectionEvent, ItemState, ground_words
from vault.model.requests import Event

_E, _I = CorrectionEvent, ItemState
_NO = (_I.DENIED, _I.DISPUTED, _I.DISAGREEMENT_ON_FILE, _I.DENIED_ACCEPTED)
_NOTHING = "no item of this correction has been denied"
_PARTS = {
    "amendment-basis": "on what ground {you} deny it",
    "amendment-statement": "that I can file a statement of disagreement, and how",
    "amendment-attach": (
        "that I can ask {them} instead to include my request and {your} denial with future "
        "disclosures"
    ),
    "amendment-complaint": (
        "how I can complain to {them}, with a name or title and a telephone number, and to the "
        "U.S. Department of Health and Human Services"
    ),
}
_YOU = {"you": "you", "them": "you", "your": "your"}
_THEY = {"you": "they", "them": "them", "your": "their"}
NOT_CREATED = "hipaa-amend-not-created"
"""The ground that they did not make the entry."""

_GROUNDS = {
    NOT_CREATED: "you did not make the entry",
    "hipaa-amend-not-drs": "the entry is in no record by which decisions about a patient are made",
    "hipaa-amend-not-accessible": "the entry is not open to inspection",
    "hipaa-amend-accurate": "you hold the entry to be accurate and complete",
}


def ground_of(c: Content, event: Event) -> Ground | None:
    """The lawful ground that a denial names, where it is one of those recorded."""
    given = event.detail.ground.strip().lower().replace("_", "-").replace(" ", "-")
    names = (given, f"hipaa-{given}", f"hipaa-amend-{given}")
    return next((g for g in c.law.grounds if given and g.id in names), None)


def told_why(c: Content, event: Event) -> str:
    """On what ground it was denied, or that none was given; empty where nothing was noted."""
    ground = ground_of(c, event)
    if ground is not None and ground.id in _GROUNDS:
        return f"I understood your ground to be that {_GROUNDS[ground.id]} ({ground.source.cite})."
    words = inline(ground_words(event) or event.detail.reason)
    if words:
        return f"I was given this ground: “{words}”."
    return "I was given no ground." if event.detail.ground == NO_GROUND else ""


def denied(c: Content, *states: ItemState) -> tuple[tuple[Item, ...], Event]:
    """The items meant that were denied, and the denial; raises Refused where there is none."""
    items = need_items(c, _NOTHING, *states)
    return items, need(c, items, "when they denied it", _E.DENIED)


def _opening(c: Content, event: Event) -> str:
    what = "denied it" if all_of_it(c, *_NO) else "denied a part of it"
    said = (sent_line(c), they_said(event, what), told_why(c, event))
    return " ".join(sentence for sentence in said if sentence)


def lacking(c: Content, event: Event, *, they_did: bool = False) -> list[str]:
    """What a denial leaves out of what it has to hold, each with its source.

    It is told to the holder, or of them (`they_did`) to somebody else.
    """
    names = _THEY if they_did else _YOU
    if not c.hipaa:
        return []
    found = law.missing(c.law.parts, event.detail.enclosures)
    return [
        f"{_PARTS[part.id].format_map(names)} ({part.source.cite})"
        for part in found
        if part.id in _PARTS
    ]


def denial_parts(c: Content) -> list[Block]:
    """Asks for what the denial leaves out; raises Refused where it leaves out nothing."""
    need_formal(c)
    items, event = denied(c, _I.DENIED, _I.DISPUTED)
    head = [p(f"{_opening(c, event)} It is about:"), entries(items)]
    if not c.hipaa or not c.law.parts:
        return [
            *head,
            p(
                "Please tell me in writing what you refuse and why, by which rule, and how I can "
                "object or complain."
            ),
        ]
    wanting = lacking(c, event)
    if not wanting:
        raise Refused(
            "this denial holds all that it has to",
            f"chartmend correction letter {c.reference} --kind disagreement --text TEXT",
        )
    return [
        *head,
        p(f"I understand that a written denial, in plain language, is to hold{_unfound(event)}:"),
        bullets(wanting),
        p(f"Please send me a denial that holds all of this, or {_undo(items)}."),
    ]


def _unfound(event: Event) -> str:
    """That it is not there: said only where somebody noted what the denial does hold."""
    return " the following, and I do not find it there" if event.detail.enclosures else ""


def _undo(items: tuple[Item, ...]) -> str:
    return f"amend the {they(items)}"


def _of_patient(clause: str) -> str:
    """A clause that the data says to the patient, in the patient's own mouth."""
    said = re.sub(r"\byou are\b", "I am", clause)
    return re.sub(r"\byou\b", "I", re.sub(r"\byour\b", "my", said))


def _check_length(c: Content, items: tuple[Item, ...]) -> None:
    """Raise Refused, with the number of words, where a statement is longer than it may be."""
    limit = c.limit
    over = law.too_long(limit, c.text, len(items)) if limit is not None else 0
    if limit is None or not over:
        return
    most = limit.words * len(items)
    each = f"{limit.words} words an item" if len(items) == 1 else f"{most} words for these items"
    raise Refused(
        f"this statement is {over} word{'s' * (over != 1)} too long: it may have {each} "
        f"({limit.source.cite})",
        "make it shorter; what the record says and should say is added to it anyway",
    )


def disagreement(c: Content) -> list[Block]:
    """The statement of disagreement, in the person's own words; refused where it is too long."""
    need_formal(c)
    items, event = denied(c, _I.DENIED)
    _check_length(c, items)
    said = [
        f"Please put this statement with the {they(items)} it is about, together with my request "
        "and your denial.",
        "Please send all of it along whenever you disclose what it is about.",
    ]
    if c.hipaa:
        linked = "request, denial and statement are put with, or linked to, what they are about"
        goes = "they, or an accurate summary, go with later disclosures of it"
        said += [
            claim(linked, hipaa("164.526(d)(4)")),
            claim(goes, hipaa("164.526(d)(5)")),
        ]
    rule = c.law.main
    if rule is not None and rule.statement and not rule.compared:
        said.append(claim(f"I can file {_of_patient(rule.statement)}", rule.source))
    must = c.limit.must_state if c.limit is not None else ""
    if c.limit is not None and must:
        said.insert(1, f"I state {_of_patient(must)} ({c.limit.source.cite}).")
    return [
        p(_opening(c, event)),
        p("I do not agree. This is my statement of disagreement."),
        h("What it is about"),
        *[both(item, shown=True) for item in items],
        h("My statement"),
        *paragraphs(c.text),
        h("What I ask"),
        p(*said),
        p("Please confirm in writing that this has been done."),
    ]


def attach_request(c: Content) -> list[Block]:
    """Asks that request and denial go with later disclosures, without a statement."""
    need_formal(c)
    items, event = denied(c, _I.DENIED)
    part = next((part for part in c.law.parts if part.id == "amendment-attach"), None)
    right = ""
    if c.hipaa and part is not None:
        clause = "I can ask for this in place of a statement of disagreement"
        right = claim(clause, part.source)
    return [
        p(f"{_opening(c, event)} It is about:"),
        entries(items),
        p(
            "I do not file a statement of disagreement. Please include my request and your denial "
            f"whenever you disclose the {they(items)} from now on.",
            right,
        ),
        p("Please confirm in writing that this has been done."),
    ]


def rebuttal_copy(c: Content) -> list[Block]:
    """Asks for a copy of what the holder wrote against a statement of disagreement."""
    need_formal(c)
    nothing = "no statement of disagreement was filed"
    items = need_items(c, nothing, _I.DISPUTED, _I.DISAGREEMENT_ON_FILE)
    event = need(c, items, "when your statement was filed", _E.DISAGREEMENT)
    if c.standing.rebutted:
        raise Refused(
            "it was noted that their answer to your statement came",
            f"chartmend correction show {c.reference}",
        )
    owed = claim("a copy of it is owed to me", hipaa("164.526(d)(3)")) if c.hipaa else ""
    return [
        p(sent_line(c), _filed(event)),
        entries(items),
        p(
            "If you have written an answer to my statement (a rebuttal), please send me a copy of "
            "it.",
            owed,
            "If you have written none, please tell me so.",
        ),
        p(
            "Please also confirm that my request, your denial and my statement have been put with "
            f"the {they(items)}."
        ),
    ]


def _filed(event: Event) -> str:
    day = written_out(event.on)
    return f"You denied this, and on {day} I filed a statement of disagreement. It is about:"
