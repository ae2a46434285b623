"""Every kind of letter of a correction by its name, composed from the same content."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import replace

from vault.errors import Refused, UsageError
from vault.letters import render
from vault.letters.asking.words import Block
from vault.letters.correcting import accepted, complaining, denied, requesting, waiting
from vault.letters.correcting.content import Content, Item, fit_to_print
from vault.letters.correcting.frame import framed
from vault.letters.correcting.words import first_sent
from vault.letters.render import Typesetter
from vault.model.correction_letters import FIRST, MAY_SAY, OWN_WORDS, CorrectionLetterKind
from vault.model.corrections import ItemState
from vault.model.letters import Typeset

_K, _I = CorrectionLetterKind, ItemState
_BODIES: dict[CorrectionLetterKind, Callable[[Content], list[Block]]] = {
    _K.AMENDMENT_REQUEST: requesting.amendment_request,
    _K.INFORMAL_MESSAGE: requesting.informal_message,
    _K.ORIGINATOR: requesting.originator,
    _K.ACKNOWLEDGEMENT: waiting.acknowledgement,
    _K.REMINDER: waiting.reminder,
    _K.OVERDUE: waiting.overdue,
    _K.EXTENSION_OBJECTION: waiting.extension_objection,
    _K.INFORMATION: waiting.information,
    _K.DENIAL_PARTS: denied.denial_parts,
    _K.DISAGREEMENT: denied.disagreement,
    _K.ATTACH_REQUEST: denied.attach_request,
    _K.REBUTTAL_COPY: denied.rebuttal_copy,
    _K.MORE_EVIDENCE: requesting.more_evidence,
    _K.AGREE_NOTIFY: accepted.agree_notify,
    _K.NOTIFY_HOLDER: accepted.notify_holder,
    _K.COPY_ORDER: accepted.copy_order,
    _K.NOT_CARRIED_OUT: accepted.not_carried_out,
    _K.HOLDER_COMPLAINT: complaining.holder_complaint,
    _K.COMPLAINT: complaining.complaint,
    _K.WITHDRAWAL: accepted.withdrawal,
    _K.THANKS: accepted.thanks,
}
_PLACEHOLDER = "…"


def _sheeted(c: Content) -> tuple[Item, ...]:
    """The items that have a sheet of their own behind a letter of this kind."""
    if c.kind in (_K.AMENDMENT_REQUEST, _K.ORIGINATOR):
        return c.of()
    if c.kind is _K.MORE_EVIDENCE:
        return c.of(_I.DENIED, _I.DISPUTED, _I.UNCHANGED)
    return ()


def _check(c: Content) -> None:
    """Raise Refused where a letter of any kind would have to make something up."""
    if not c.items:
        raise Refused(
            "no item of this correction is confirmed, so there is nothing to ask for",
            f"chartmend correction show {c.reference}",
        )
    if c.kind not in FIRST:
        first_sent(c)
    elif c.chosen and len(c.of()) < len(c.items):
        raise UsageError(
            "the letter that asks is about all items of its correction",
            f"chartmend correction edit {c.reference} --drop FLAG takes one out",
        )
    if c.patient.died is not None and c.signer is None:
        raise Refused(
            "for a person who has died, a letter needs somebody who may ask for them",
            f"chartmend correction edit {c.reference} --authority AUTH",
        )
    if c.kind in OWN_WORDS and not c.text:
        raise Refused(
            "this letter holds your own words, and there are none",
            f"chartmend correction letter {c.reference} --kind {c.kind.value} --text TEXT",
        )
    if c.text and c.kind not in MAY_SAY:
        raise UsageError(
            f"a letter of the kind {c.kind.value} holds no words of your own", "leave --text out"
        )


def compose(content: Content) -> dict[str, object]:
    """Everything the template needs for a letter, as data that goes into JSON.

    Raises Refused, with what is missing, where the letter would have to make something up, and
    where the person's own words are longer than the law lets them be.
    """
    safe = fit_to_print(content)
    _check(safe)
    body = _BODIES[safe.kind](safe)
    return framed(safe, body, requesting.sheets(safe, _sheeted(safe)))


def fits(content: Content) -> str:
    """Why a letter cannot be made now, as a sentence; empty where it can.

    Own words, which a person would still write, do not stand against a letter that needs them.
    """
    needs = content.kind in OWN_WORDS or content.kind is _K.MORE_EVIDENCE
    if needs and not content.text:
        content = replace(content, text=_PLACEHOLDER)
    try:
        compose(content)
    except Refused as refusal:
        return refusal.sentence
    return ""


def render_letter(content: Content, typesetter: Typesetter) -> Typeset:
    """Typeset a letter; the same content gives the same bytes.

    Raises Refused as `compose`, MissingGlyphs where a character cannot be printed.
    """
    return typeset(compose(content), content.on, typesetter)


def typeset(data: dict[str, object], on: dt.date, typesetter: Typesetter) -> Typeset:
    """Typeset what `compose` gave, dated `on`."""
    return render.typeset("asking", data, on, typesetter)
