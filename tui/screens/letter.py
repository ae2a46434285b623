"""The letter of a correction as the screens handle it: made when needed, and said in short."""

from __future__ import annotations

import datetime as dt

from tui.widgets.dialogs import as_sentence
from vault.actions import corrections, records
from vault.actions.corrections import CorrectionView
from vault.actions.session import Session
from vault.model.corrections import CorrectionState
from vault.model.flags import Flag
from vault.model.letters import Letter

UNSENT = (CorrectionState.DRAFT, CorrectionState.READY)


def letter_for(s: Session, view: CorrectionView, today: dt.date, *, anew: bool = False) -> Letter:
    """The letter of a correction: the one kept, or a new one where its date would be wrong.

    What was sent is never typeset again unless there is no letter of it.
    """
    kept = corrections.newest_letter(s, view.correction.id)
    sent = view.correction.state not in UNSENT
    if kept is not None and not anew and (sent or kept.made_at[:10] == today.isoformat()):
        return kept
    return corrections.letter(s, view.correction.id, today)


def missing(s: Session, view: CorrectionView) -> tuple[str, ...]:
    """Sentences on what an unsent letter lacks; none of one that was sent."""
    if view.correction.state not in UNSENT:
        return ()
    return tuple(as_sentence(said) for said in corrections.lacking(s, view.correction.id))


def _point(s: Session, number: int, flag: Flag) -> list[str]:
    found = flag.finding
    title = records.find(s, found.record).title
    where = f"{title}, page {found.page}" if found.page else title
    said = f'It says: "{found.quote}"' if found.quote else "About the page as a whole."
    why = f"   Why: {found.reason}" if found.reason else ""
    lines = [f"{number}. {where}", f"   {said}", f"   It should say: {flag.should_say}", why]
    return [line for line in lines if line]


def summary(s: Session, view: CorrectionView) -> str:
    """What a letter asks for, in lines of plain text."""
    lines = [f"To: {view.provider.name}"]
    lines += [f"    {line}" for line in view.provider.address]
    lines += [f"About: {view.person.name}", ""]
    for number, flag in enumerate(view.flags, 1):
        lines += [*_point(s, number, flag), ""]
    if view.correction.tell:
        lines += ["To be told:", *(f"    {line}" for line in view.correction.tell)]
    return "\n".join(lines)
