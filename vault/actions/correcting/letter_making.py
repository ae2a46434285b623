"""A letter of a correction typeset and kept in the vault with its words."""

from __future__ import annotations

import datetime as dt

from vault import dates, ids
from vault.actions.correcting import whose
from vault.actions.correcting.letter_content import Choice, Seen, gather
from vault.actions.session import Session
from vault.letters.correcting import frame, kinds
from vault.model.correction_letters import FIRST, CorrectionLetterKind
from vault.model.corrections import Correction, CorrectionEvent, CorrectionState
from vault.model.letters import Letter
from vault.store import letters, settings
from vault.store.database import Db

_OLDER = "correction"  # how the letter that asks was called before there were others
_OWN_WORDS = "letter_text:"
"""The setting that keeps the person's own words in a letter that asks."""
UNSENT = (CorrectionState.DRAFT, CorrectionState.READY)
_FOLLOWING = frozenset(kind.value for kind in CorrectionLetterKind) - frozenset(FIRST)


def usual(correction: Correction) -> CorrectionLetterKind:
    """The letter that asks, for a correction as it is: a formal one, or a message."""
    if not correction.formal:
        return CorrectionLetterKind.INFORMAL_MESSAGE
    return CorrectionLetterKind.AMENDMENT_REQUEST


def asking(db: Db, correction: Correction) -> Letter | None:
    """The letter or filled form that asks: the one that was sent, else the newest; or None."""
    kept = [held for held in letters.of(db, correction.id) if held.kind not in _FOLLOWING]
    sent = {e.detail.letter for e in correction.events if e.kind == CorrectionEvent.SENT}
    went = next((held for held in reversed(kept) if held.id in sent), None)
    return went or (kept[-1] if kept else None)


def same_kind(held: Letter, kind: CorrectionLetterKind) -> bool:
    """Whether a letter kept is one of a kind, one of before this program knew kinds included."""
    return held.kind == kind or (held.kind == _OLDER and kind in FIRST)


def make(
    s: Session,
    view: Seen,
    kind: CorrectionLetterKind,
    on: dt.date,
    choice: Choice | None = None,
    *,
    anew: bool = False,
) -> Letter:
    """Typeset a letter dated `on` and keep it; the very same letter is kept once, but for `anew`.

    Raises Refused, with what is missing, where the letter would have to make something up, and
    where it would quote another person's record.
    """
    if kind is not CorrectionLetterKind.WITHDRAWAL:
        shown = kind in (*FIRST, CorrectionLetterKind.MORE_EVIDENCE)
        whose.check(s.vault.read(), view.flags, view.person.id, proofs=shown)
    data = kinds.compose(gather(s, view, kind, on, choice, pictures=True))
    typeset = kinds.typeset(data, on, s.pool)
    subject = view.correction.id
    same = [k for k in letters.of(s.vault.read(), subject) if k.pdf == typeset.pdf]
    if same and not anew:
        return same[-1]
    made = Letter(
        id=ids.new("letter"),
        subject=subject,
        kind=kind.value,
        made_at=dates.now(),
        pages=typeset.pages,
        pdf=typeset.pdf,
        words=frame.plain(data),
    )
    with s.vault.write("letter.made", subject, pages=made.pages) as db:
        letters.add(db, made)
        if choice is not None and choice.text and kind in FIRST:
            settings.set_setting(db, f"{_OWN_WORDS}{made.id}", choice.text)
    return made


def own_words(db: Db, letter: str) -> str:
    """The person's own words in a letter that asks (an id); empty where it holds none."""
    return settings.setting(db, f"{_OWN_WORDS}{letter}") or ""
