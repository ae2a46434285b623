"""Which letters suit where a correction stands, the best first, possible or not."""

from __future__ import annotations

from vault.actions.correcting.letter_content import Seen
from vault.actions.correcting.letter_making import UNSENT
from vault.letters.correcting.content import Content
from vault.letters.correcting.denied import lacking
from vault.letters.correcting.waiting import unlawful
from vault.model.correction_letters import CorrectionLetterKind
from vault.model.corrections import OUTSTANDING, CorrectionState, ItemState

_K, _S, _I = CorrectionLetterKind, CorrectionState, ItemState
_AFTER = (_K.THANKS, _K.REBUTTAL_COPY, _K.NOTIFY_HOLDER, _K.COMPLAINT)
_SOON = 14
"""Days after the sending in which one asks whether it came, and does not remind yet."""


def _first(content: Content) -> tuple[CorrectionLetterKind, ...]:
    """The letters that ask, the one that suits a correction first."""
    if not content.formal:
        return (_K.INFORMAL_MESSAGE,)
    return (_K.ORIGINATOR, _K.AMENDMENT_REQUEST) if content.earlier else (_K.AMENDMENT_REQUEST,)


def _waiting(content: Content) -> list[CorrectionLetterKind]:
    """While an answer is owed: by what they asked or told of, and by the time."""
    standing, found = content.standing, []
    if standing.state is _S.INFO_REQUESTED:
        found.append(_K.INFORMATION)
    if unlawful(content):
        found.append(_K.EXTENSION_OBJECTION)
    if content.due is not None and standing.running and content.on > content.due.rolled:
        found += [_K.OVERDUE, _K.HOLDER_COMPLAINT, _K.COMPLAINT]
    if standing.state is _S.SENT:
        soon = standing.start is None or (content.on - standing.start).days < _SOON
        found += [_K.ACKNOWLEDGEMENT, _K.REMINDER] if soon else [_K.REMINDER, _K.ACKNOWLEDGEMENT]
    return found


def _denied(content: Content) -> list[CorrectionLetterKind]:
    """What answers a denial: first what it leaves out, then what the person may choose."""
    denial = content.standing.denials[-1] if content.standing.denials else None
    parts = denial is not None and lacking(content, denial)
    choices = [_K.DISAGREEMENT, _K.ATTACH_REQUEST, _K.MORE_EVIDENCE, _K.COMPLAINT]
    return [_K.DENIAL_PARTS, *choices] if parts else choices


def _answered(view: Seen, content: Content) -> list[CorrectionLetterKind]:
    """What answers an answer, by where its items stand."""
    standing, found = view.standing, []
    told = any(r.state in OUTSTANDING for r in view.correction.recipients)
    if standing.of(_I.UNCHANGED):
        found += [_K.NOT_CARRIED_OUT, _K.HOLDER_COMPLAINT, _K.COMPLAINT]
    if standing.of(_I.DENIED):
        found += _denied(content)
    if standing.of(_I.ACCEPTED):
        found += [_K.AGREE_NOTIFY, _K.COPY_ORDER, _K.NOTIFY_HOLDER] if told else [_K.COPY_ORDER]
    if standing.of(_I.DISPUTED):
        found += [_K.REBUTTAL_COPY, _K.COPY_ORDER, _K.MORE_EVIDENCE, _K.COMPLAINT]
    return found


def order(view: Seen, content: Content) -> tuple[CorrectionLetterKind, ...]:
    """The kinds that suit where a correction stands, the best first, possible or not."""
    if view.standing.state in UNSENT:
        return _first(content)
    if not view.standing.open:
        return _AFTER
    found = [*_waiting(content), *_answered(view, content), _K.REMINDER]
    return tuple(dict.fromkeys(found))
