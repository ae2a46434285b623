"""What the law of the place says to a reply, which letters answer it, and until when."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

from vault.actions import requests
from vault.actions.asking import days, fees
from vault.actions.asking.choices import Read
from vault.actions.requests import RequestView
from vault.actions.rulebook import Book
from vault.law import denial, retention, rules, say
from vault.law.rows import NoticePart, Retention
from vault.law.tariffs import hipaa_binds
from vault.law.terms import Right, Source
from vault.model.asking_letters import LetterKind
from vault.model.replies import Meaning, Reply
from vault.model.requests import RequestEvent, Urgency

_E, _L = RequestEvent, LetterKind
_REFUSALS = (_E.DENIED, _E.WITHHELD)
_LATE = {
    Urgency.OK: (_L.ACKNOWLEDGEMENT,),
    Urgency.DUE_SOON: (_L.REMINDER,),
    Urgency.OVERDUE: (_L.OVERDUE,),
    Urgency.VERY_OVERDUE: (_L.DEEMED_REFUSAL, _L.COMPLAINT),
    Urgency.ASLEEP: (_L.DEEMED_REFUSAL, _L.COMPLAINT),
}


@dataclass(frozen=True, slots=True)
class Said:
    """A reply with its answers, and the request after it was noted; `on` is the day of it."""

    reply: Reply
    read: Read
    view: RequestView
    today: dt.date
    book: Book

    @property
    def place(self) -> str:
        """The place whose law counts."""
        return self.view.provider.jurisdiction

    @property
    def knows(self) -> bool:
        """Whether any rule is known for the place."""
        return rules.knows(self.place, self.book)

    @property
    def hipaa(self) -> bool:
        """Whether HIPAA binds the holder."""
        return self.knows and hipaa_binds(self.place, self.view.provider.kind, self.book)

    @property
    def right(self) -> Right:
        """What is asked for."""
        return Right.INSPECT if self.view.request.inspect else Right.ACCESS


def _with(text: str, source: Source) -> Meaning:
    return Meaning(text, source.cite, source.confidence.value)


def _ground(said: Said) -> list[Meaning]:
    """What the law says to the ground they name, or to what they make a condition."""
    kind, name = said.view.provider.kind, said.read.detail.ground
    if not said.knows or not name:
        return []
    never = denial.never_valid(said.place, kind, said.book)
    found = [_with(denial.never_line(n), n.source) for n in never if n.id == name]
    known = denial.grounds(said.place, kind, Right.ACCESS, said.book)
    return found + [_with(denial.ground_line(g), g.source) for g in known if g.id == name]


def _reviewable(said: Said) -> bool | None:
    """Whether a ground the law knows can be reviewed; None for one that it does not know."""
    if not said.knows:
        return None
    known = denial.grounds(said.place, said.view.provider.kind, Right.ACCESS, said.book)
    return next((g.reviewable for g in known if g.id == said.read.detail.ground), None)


def lacking(said: Said) -> tuple[NoticePart, ...]:
    """What the refusal has to say and does not, as far as was told; () where nothing was."""
    read = said.read
    if read.kind not in _REFUSALS or not said.knows:
        return ()
    if read.picked.get("written") != "no" and not read.holds:
        return ()
    parts = denial.owed(said.place, said.view.provider.kind, said.right, said.book)
    lacks = list(denial.missing(parts, read.holds))
    if _reviewable(said):
        lacks += [p for p in parts if p.id == "access-review" and p.id not in read.holds]
    return tuple(lacks)


def _refusal(said: Said) -> list[Meaning]:
    found = [_with(denial.part_line(part), part.source) for part in lacking(said)]
    review = denial.review(said.place, said.view.provider.kind, said.book)
    if _reviewable(said) and review is not None:
        text = f"It is reviewed by {review.kind} {say.source(review.source)}"
        found.append(_with(text, review.source))
    return found


def _until(said: Said, row: Retention) -> str:
    """Until when it had to be kept at least, counted from the last day that was asked for."""
    last = said.view.request.to_date
    day = retention.until(row, last, said.view.person.born) if last else None
    if last is None or day is None:
        return ""
    return f", so until {say.day(day)} at least, counted from {say.day(last)}"


def _kept(said: Said) -> list[Meaning]:
    rows = retention.of(said.place, said.view.provider.kind, said.book)
    found = [
        _with(
            f"How long they have to keep it: {r.words}{_until(said, r)} {say.source(r.source)}",
            r.source,
        )
        for r in rows
    ]
    return found or [Meaning("Nothing is recorded on how long such records have to be kept here")]


def _elsewhere(said: Said) -> list[Meaning]:
    """Who does not hold a record and knows who does, has to say so."""
    parts = denial.owed(said.place, said.view.provider.kind, said.right, said.book)
    return [_with(denial.part_line(p), p.source) for p in parts if p.id == "access-where"]


def _clock(said: Said) -> list[Meaning]:
    """The legal date, with what holds of a delay or a pause."""
    due = said.view.due
    if due is None:
        return []
    rule = due.rule
    if said.read.kind is _E.EXTENDED and said.view.extension is not None:
        sure = rule.confidence.value
        legal = Meaning(requests.owed(said.view), rule.cite, sure)
        return [Meaning(said.view.extension.why, rule.cite, sure), legal]
    if said.read.kind is _E.PAUSE_CLAIMED:
        last = days.pauses(said.view)[-1:]
        return [Meaning(held.why, rule.cite, rule.confidence.value) for held in last]
    return [Meaning(days.said(said.view), rule.cite, rule.confidence.value)]


def _money(said: Said) -> tuple[list[Meaning], tuple[LetterKind, ...]]:
    ledger = fees.of_request(said.view.request, said.view.provider, said.book)
    told = said.view.request.events[-1]
    same = (e for e in ledger.entries if (e.event.at, e.event.detail) == (told.at, told.detail))
    found = next((e.findings for e in same), ())
    means = [Meaning(f.text, f.cite, f.confidence) for f in found]
    means += [Meaning(text) for text in ledger.lawful] if not means else []
    return means, fees.letters_for(found)


def _written(said: Said) -> list[Meaning]:
    """The sentences of the dialog itself, which are HIPAA's."""
    if not said.hipaa:
        return []
    return [
        Meaning(f"{m.text} ({m.cite}; confidence {_SURE[m.confidence]}; {say.CHECK})", *_of(m))
        for m in said.reply.means
    ]


_SURE = {"high": "high", "med": "medium", "low": "low"}


def _of(held: Meaning) -> tuple[str, str]:
    return held.cite, held.confidence


def sentences(said: Said) -> tuple[Meaning, ...]:
    """All that the law of the place says to a reply, each once, the most telling first."""
    kind = said.read.kind
    found = [*_ground(said), *_written(said)]
    if said.knows and kind in _REFUSALS:
        found += _refusal(said)
    if said.knows and kind in (_E.NOT_HELD, _E.REDIRECTED):
        found += _elsewhere(said)
    if said.knows and kind is _E.DESTROYED:
        found += _kept(said)
    if kind is _E.FEE_QUOTED:
        found += _money(said)[0]
    found += _clock(said)
    return tuple(dict.fromkeys(found))


def _denied(said: Said) -> tuple[LetterKind, ...]:
    """What answers a refusal: a review where there is one, all it has to say, or a complaint."""
    letters = [_L.REVIEW] if _reviewable(said) else []
    if lacking(said) or not said.read.detail.ground:
        letters.append(_L.DENIAL_PARTS)
    never = denial.never_valid(said.place, said.view.provider.kind, said.book) if said.knows else ()
    if said.read.detail.ground in {n.id for n in never}:
        letters += list(said.reply.letters)
    return tuple(dict.fromkeys((*letters, _L.COMPLAINT)))


def _redirected(said: Said) -> tuple[LetterKind, ...]:
    return (_L.ACCESS_REQUEST,) if said.read.detail.other else said.reply.letters


def _delayed(said: Said) -> tuple[LetterKind, ...]:
    verdict = said.view.extension
    return () if verdict is None or verdict.lawful else (_L.EXTENSION,)


def _withheld(said: Said) -> tuple[LetterKind, ...]:
    review = (_L.REVIEW,) if _reviewable(said) else ()
    return (*review, *said.reply.letters)


_BY_KIND: dict[RequestEvent, Callable[[Said], tuple[LetterKind, ...]]] = {
    _E.REDIRECTED: _redirected,
    _E.FEE_QUOTED: lambda said: _money(said)[1],
    _E.DENIED: _denied,
    _E.EXTENDED: _delayed,
    _E.WITHHELD: _withheld,
}


def letters(said: Said) -> tuple[LetterKind, ...]:
    """The kinds of letters that answer a reply, the next one first; () where none is needed."""
    if said.read.letters is not None:
        return said.read.letters
    if said.reply.event is None:
        return _LATE[said.view.urgency]
    made = _BY_KIND.get(said.read.kind) if said.read.kind else None
    return made(said) if made else said.reply.letters


def by(said: Said) -> dt.date | None:
    """Until when to act, or to wait: a day they gave, the end of a complaint, or the legal date."""
    view, detail = said.view, said.read.detail
    if not view.standing.open:
        return None
    window = days.window(view, said.today, said.book) if said.knows else None
    if window is not None and _L.COMPLAINT in letters(said):
        for day in (window.safe, window.last):
            if day is not None and said.today <= day:
                return day
    if said.read.kind in (_E.LINK_SENT, _E.PROMISED) and detail.until is not None:
        return detail.until
    return view.due.on if view.due else None
