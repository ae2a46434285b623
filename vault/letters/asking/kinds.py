"""Every kind of letter of asking by its name, composed from the same content."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from vault.errors import Refused
from vault.letters import render
from vault.letters.asking import access, answers, complaint, fees, outcome, waiting
from vault.letters.asking.content import Content, fit_to_print
from vault.letters.asking.frame import framed
from vault.letters.asking.words import Block, first_sent
from vault.letters.render import Typesetter
from vault.model.asking_letters import FIRST, LetterKind
from vault.model.letters import Typeset

_K = LetterKind
_BODIES: dict[LetterKind, Callable[[Content], list[Block]]] = {
    _K.ACCESS_REQUEST: access.request,
    _K.INSPECTION_REQUEST: access.inspection,
    _K.AUTHORIZATION: access.authorization,
    _K.ACKNOWLEDGEMENT: waiting.acknowledgement,
    _K.REMINDER: waiting.reminder,
    _K.OVERDUE: waiting.overdue,
    _K.DEEMED_REFUSAL: waiting.deemed_refusal,
    _K.EXTENSION: waiting.extension,
    _K.IDENTITY: answers.identity,
    _K.NO_REASON: answers.no_reason,
    _K.NO_NOTARY: answers.no_notary,
    _K.NO_VISIT: answers.no_visit,
    _K.NO_PORTAL: answers.no_portal,
    _K.OWN_FORM: answers.own_form,
    _K.ITEMISATION: fees.itemise,
    _K.FEE_DISPUTE: fees.dispute,
    _K.LINK_ENDED: answers.link_ended,
    _K.LOST: answers.lost,
    _K.NOT_OURS: outcome.not_ours,
    _K.NOT_SUMMARY: answers.not_summary,
    _K.SHORTFALL: outcome.shortfall,
    _K.STATEMENT: outcome.statement,
    _K.DENIAL_PARTS: outcome.denial_parts,
    _K.REVIEW: outcome.review,
    _K.HOLDER_COMPLAINT: complaint.holder_complaint,
    _K.COMPLAINT: complaint.complaint,
    _K.WITHDRAWAL: outcome.withdrawal,
    _K.THANKS: outcome.thanks,
}


def compose(content: Content) -> dict[str, object]:
    """Everything the template needs for a letter, as data that goes into JSON.

    Raises Refused, with what is missing, where the letter would have to make something up.
    """
    safe = fit_to_print(content)
    if safe.kind not in FIRST:
        first_sent(safe)
    if safe.patient.died is not None and safe.signer is None:
        raise Refused(
            "for a person who has died, a letter needs somebody who may ask for them",
            f"chartmend request edit {safe.reference} --authority AUTH",
        )
    return framed(safe, _BODIES[safe.kind](safe))


def fits(content: Content) -> str:
    """Why a letter cannot be made now, as a sentence; empty where it can."""
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
