"""What can happen to the items of a correction, and in which of their states."""

from __future__ import annotations

from vault.model.corrections import CorrectionEvent, CorrectionState, ItemState

_E, _S, _I = CorrectionEvent, CorrectionState, ItemState

RUNNING = frozenset({_S.SENT, _S.IN_REVIEW, _S.INFO_REQUESTED, _S.EXTENDED})
"""States in which an answer is owed, so that the clock counts."""

ASKED = frozenset(set(_S) - {_S.DRAFT, _S.READY, _S.CLOSED})
"""States of a correction that was sent and is open."""

ANSWERABLE = frozenset({_I.OPEN, _I.ACCEPTED, _I.DENIED, _I.DISPUTED, _I.UNCHANGED})
"""States of items that have not ended."""

_SHOWN = frozenset({_I.ACCEPTED, _I.UNCHANGED, _I.DISPUTED})
_FILED = frozenset({_I.DISPUTED, _I.DISAGREEMENT_ON_FILE})

MEANT: dict[CorrectionEvent, frozenset[ItemState]] = {
    _E.ACCEPTED: frozenset({_I.OPEN}),
    _E.DENIED: frozenset({_I.OPEN}),
    _E.DISAGREEMENT: frozenset({_I.DENIED}),
    _E.ATTACH_ASKED: frozenset({_I.DENIED}),
    _E.ATTACHED: frozenset({_I.DISPUTED}),
    _E.REDIRECTED: frozenset({_I.DENIED}),
    _E.REBUTTAL: _FILED,
    _E.COPY_ORDERED: _SHOWN,
    _E.COPY_RECEIVED: _SHOWN,
}
"""Events about items, and in which state an item has to be to be meant where none is named."""

HELD: dict[CorrectionEvent, frozenset[ItemState]] = {
    **MEANT,
    _E.ACCEPTED: ANSWERABLE,
    _E.DENIED: ANSWERABLE - {_I.DISPUTED},
    _E.ATTACHED: frozenset({_I.DENIED, _I.DISPUTED}),
    _E.REDIRECTED: frozenset({_I.OPEN, _I.DENIED, _I.DISPUTED}),
}
"""In which state an item that is named has to be for such an event to move it."""

_AMENDED = frozenset({_I.ACCEPTED, _I.UNCHANGED, _I.FIXED, _I.APPENDED})

COMPARED = {
    _I.FIXED: _AMENDED,
    _I.APPENDED: _AMENDED,
    _I.UNCHANGED: _AMENDED,
    _I.DISAGREEMENT_ON_FILE: frozenset({_I.DISPUTED}),
}
"""What a comparison with a fresh copy can find, and of items in which states."""
