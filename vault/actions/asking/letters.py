"""Letters of asking: which fit now, making one, and those that were made."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from pathlib import Path

from vault import dates, ids
from vault.actions import requests as request_actions
from vault.actions.asking.letter_content import KINDS, enclosures, gather
from vault.actions.exports import write_out
from vault.actions.requests import RequestView
from vault.actions.session import Session
from vault.errors import Refused
from vault.letters.asking import frame, kinds
from vault.letters.asking.complaint import time_left
from vault.letters.asking.content import Content
from vault.letters.asking.waiting import unlawful
from vault.model.asking_letters import FIRST, PURPOSE, LetterKind
from vault.model.letters import Letter
from vault.model.reading import InMemory, Picture, View
from vault.model.requests import RequestEvent, RequestState
from vault.store import letters, lookup
from vault.store.database import Db

_K, _E, _S = LetterKind, RequestEvent, RequestState
_UNSENT = (_S.DRAFT, _S.READY)
_NEEDS = {
    _E.ID_ASKED: (_K.IDENTITY, _K.NO_NOTARY, _K.NO_VISIT),
    _E.FORM_ASKED: (_K.OWN_FORM,),
    _E.CLARIFICATION_ASKED: (_K.NO_REASON, _K.NO_VISIT, _K.NO_PORTAL),
    _E.FEE_QUOTED: (_K.FEE_DISPUTE, _K.ITEMISATION),
    _E.LINK_SENT: (_K.LINK_ENDED,),
    _E.REDIRECTED: (_K.NOT_OURS,),
}
_STATES = {
    _S.GAPS_OPEN: (_K.SHORTFALL,),
    _S.UNDER_REVIEW: (_K.SHORTFALL, _K.NOT_SUMMARY),
    _S.DENIED: (_K.REVIEW, _K.DENIAL_PARTS, _K.COMPLAINT),
    _S.ESCALATED: (_K.COMPLAINT, _K.OVERDUE),
}


@dataclass(frozen=True, slots=True)
class Fit:
    """A letter that can be made now, and why it would be."""

    kind: LetterKind
    why: str


def _asking(content: Content) -> tuple[LetterKind, ...]:
    """The letter that asks, for a request as it is."""
    if content.inspect:
        return (_K.INSPECTION_REQUEST,)
    both = (_K.ACCESS_REQUEST, _K.AUTHORIZATION)
    return both if content.third_party else (_K.ACCESS_REQUEST,)


def _order(view: RequestView, content: Content) -> tuple[LetterKind, ...]:
    """The kinds that suit where a request stands, the best first, possible or not."""
    standing, on = view.standing, content.on
    if standing.state in _UNSENT:
        return _asking(content)
    found: list[LetterKind] = []
    if standing.need:
        found += _NEEDS.get(RequestEvent(standing.need), ())
    if unlawful(content):
        found.append(_K.EXTENSION)
    found += _STATES.get(standing.state, ())
    if not standing.open:
        return (_K.THANKS, _K.STATEMENT, _K.NOT_OURS, _K.DENIAL_PARTS, _K.COMPLAINT)
    if content.due is not None and on > content.due.rolled:
        found += [_K.DEEMED_REFUSAL, _K.OVERDUE, _K.HOLDER_COMPLAINT, _K.COMPLAINT]
    if standing.state is _S.SENT:
        soon = standing.start is None or (on - standing.start).days < 14
        found += [_K.ACKNOWLEDGEMENT, _K.REMINDER] if soon else [_K.REMINDER, _K.ACKNOWLEDGEMENT]
    found += [_K.REMINDER, _K.SHORTFALL, _K.STATEMENT]
    return tuple(dict.fromkeys(found))


def _fits(db: Db, view: RequestView, content: Content, kind: LetterKind) -> bool:
    held = enclosures(db, view, kind)
    return not kinds.fits(replace(content, kind=kind, enclosures=held))


def _why(content: Content, kind: LetterKind) -> str:
    """What a letter is for; of a complaint also until when, and what has to come first."""
    left = time_left(content) if kind is _K.COMPLAINT else ""
    return f"to {PURPOSE[kind]}" + (f": {left}" if left else "")


def kinds_of(s: Session, view: RequestView, on: dt.date) -> tuple[Fit, ...]:
    """The letters that can be made of a request on a day, the one that suits best first."""
    db = s.vault.read()
    content = gather(db, view, _K.REMINDER, on)
    suited = _order(view, content)
    if view.standing.state in _UNSENT:
        others: tuple[LetterKind, ...] = ()
    else:
        others = tuple(k for k in LetterKind if k not in suited and k not in FIRST)
    return tuple(
        Fit(kind, _why(content, kind))
        for kind in (*suited, *others)
        if _fits(db, view, content, kind)
    )


def letter_kinds(s: Session, given: str, on: dt.date | None = None) -> tuple[Fit, ...]:
    """The letters that can be made of the request that `given` names."""
    on = on or dates.today()
    return kinds_of(s, request_actions.get(s, given, on), on)


def _sent_before(view: RequestView, kept: tuple[Letter, ...], kind: LetterKind) -> Letter | None:
    """A letter that asks and was sent: it stays as it was."""
    if kind not in FIRST or view.standing.state in _UNSENT:
        return None
    same = [letter for letter in kept if letter.kind == kind]
    sent = {e.detail.letter for e in view.standing.events if e.detail.letter}
    newest = same[-1] if same else None
    return next((letter for letter in reversed(same) if letter.id in sent), newest)


def compose(
    s: Session, given: str, kind: LetterKind | None = None, on: dt.date | None = None
) -> Letter:
    """Make a letter of a kind (the one that suits best), dated `on` (today), and keep it.

    The same letter is kept once, and one that was sent stays as it was. Raises Refused, with what
    is missing, where the letter would have to make something up.
    """
    on = on or dates.today()
    view = request_actions.get(s, given, on)
    db = s.vault.read()
    if kind is None:
        kind = _best(s, view, on)
    kept = letters.of(db, view.request.id)
    if (sent := _sent_before(view, kept, kind)) is not None:
        return sent
    content = gather(db, view, kind, on)
    data = kinds.compose(content)
    typeset = kinds.typeset(data, on, s.pool)
    same = [k for k in kept if k.kind == kind and k.pdf == typeset.pdf]
    if same:
        return same[-1]
    made = Letter(
        id=ids.new("letter"),
        subject=view.request.id,
        kind=kind.value,
        made_at=dates.now(),
        pages=typeset.pages,
        pdf=typeset.pdf,
        words=frame.plain(data),
    )
    with s.vault.write("letter.made", view.request.id, pages=made.pages) as writing:
        letters.add(writing, made)
    return made


def _best(s: Session, view: RequestView, on: dt.date) -> LetterKind:
    """The kind that suits best; the one that asks, where a request has not been sent."""
    db = s.vault.read()
    content = gather(db, view, _K.REMINDER, on)
    suited = _order(view, content)
    if view.standing.state in _UNSENT:
        return suited[0]
    found = next((k for k in suited if _fits(db, view, content, k)), None)
    if found is None:
        raise Refused(
            "no letter suits where this request stands",
            f"chartmend request letters {view.request.id} lists those that can be made",
        )
    return found


def made(s: Session, given: str) -> tuple[Letter, ...]:
    """All letters made of a request, filled forms too, the oldest first."""
    db = s.vault.read()
    return letters.of(db, lookup.resolve(db, "request", given))


def get(s: Session, given: str) -> Letter:
    """The letter that an id, or its beginning, names."""
    db = s.vault.read()
    return letters.get(db, lookup.resolve(db, "letter", given))


def goes_with(letter: Letter) -> tuple[str, ...]:
    """What a letter of asking calls enclosed, so that it is put with it."""
    _, _, listed = letter.words.partition("\n\nEnclosed:\n")
    return tuple(line.removeprefix("- ") for line in listed.splitlines() if line)


def preview(s: Session, letter: Letter, view: View) -> Picture:
    """Draw a page of any letter, as whoever opens it will see it."""
    return s.pool.draw(InMemory(letter.pdf), "pdf", view).result()


def write(s: Session, letter: Letter, target: Path) -> Path:
    """Write a letter's PDF to a place outside the vault; returns its absolute path."""
    return write_out(s.vault.folder, target, (letter.pdf,))


def _undated(words: str) -> list[str]:
    """The words of a letter without the paragraph that holds its date, the second."""
    parts = words.split("\n\n")
    return parts[:1] + parts[2:]


def fresh(s: Session, view: RequestView, letter: Letter, on: dt.date) -> bool:
    """Whether a letter still says what the vault would say now, its date apart."""
    if letter.kind not in KINDS:
        return True  # a filled form: its own check looks at it
    try:
        data = kinds.compose(gather(s.vault.read(), view, LetterKind(letter.kind), on))
    except Refused:
        return False
    return _undated(letter.words) == _undated(frame.plain(data))
