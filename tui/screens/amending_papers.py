"""What the letters of a correction are called, and what sending one of them means for it."""

from __future__ import annotations

from tui.screens.owed import day
from vault import dates
from vault.model.correction_letters import FIRST, MAY_SAY, CorrectionLetterKind
from vault.model.corrections import ENDS, CorrectionEvent, ItemState
from vault.model.letters import Letter

_K, _E, _I = CorrectionLetterKind, CorrectionEvent, ItemState

KINDS = frozenset(kind.value for kind in CorrectionLetterKind)
_OLDER = "correction"  # how the letter that asks was called before there were others

SENT_AS = {
    _K.AMENDMENT_REQUEST: _E.SENT,
    _K.INFORMAL_MESSAGE: _E.SENT,
    _K.ORIGINATOR: _E.SENT,
    _K.MORE_EVIDENCE: _E.SENT,
    _K.ACKNOWLEDGEMENT: _E.REMINDED,
    _K.REMINDER: _E.REMINDED,
    _K.OVERDUE: _E.REMINDED,
    _K.NOT_CARRIED_OUT: _E.REMINDED,
    _K.EXTENSION_OBJECTION: _E.NOTE,
    _K.INFORMATION: _E.INFO_GIVEN,
    _K.DENIAL_PARTS: _E.NOTE,
    _K.DISAGREEMENT: _E.DISAGREEMENT,
    _K.ATTACH_REQUEST: _E.ATTACH_ASKED,
    _K.REBUTTAL_COPY: _E.NOTE,
    _K.AGREE_NOTIFY: _E.NOTIFIED,
    _K.NOTIFY_HOLDER: _E.NOTIFIED,
    _K.COPY_ORDER: _E.COPY_ORDERED,
    _K.HOLDER_COMPLAINT: _E.COMPLAINED,
    _K.COMPLAINT: _E.COMPLAINED,
    _K.WITHDRAWAL: _E.WITHDRAWN,
    _K.THANKS: _E.NOTE,
}
"""The event that sending a letter of each kind is."""

ITEMS = {
    _K.DENIAL_PARTS: frozenset({_I.DENIED, _I.DISPUTED}),
    _K.DISAGREEMENT: frozenset({_I.DENIED}),
    _K.ATTACH_REQUEST: frozenset({_I.DENIED}),
    _K.MORE_EVIDENCE: frozenset({_I.DENIED, _I.DISPUTED, _I.UNCHANGED}),
    _K.NOT_CARRIED_OUT: frozenset({_I.UNCHANGED}),
    _K.WITHDRAWAL: frozenset(ItemState) - ENDS,
}
"""Kinds of letters that may be about some items alone, and in which states those are."""

SAYS = MAY_SAY - frozenset(FIRST)
"""Letters that one's own words are asked for; the one that asks is made of the items alone."""


def is_form(letter: Letter) -> bool:
    """Whether a paper is a filled form of the provider's, and no letter."""
    return letter.kind not in KINDS and letter.kind != _OLDER


def name_of(letter: Letter) -> str:
    """What a letter is, in words."""
    if is_form(letter):
        return "Filled form"
    said = letter.kind.replace("_", " ")
    return said[0].upper() + said[1:]


def made(letter: Letter) -> str:
    """A letter as a line of a list."""
    return f"{name_of(letter)}, made on {day(dates.parse(letter.made_at[:10]))}"


def event_of(letter: Letter) -> CorrectionEvent:
    """What it means for a correction that a letter was sent; a form asks as the first one does."""
    return SENT_AS[_K(letter.kind)] if letter.kind in KINDS else _E.SENT
