"""A denial of a correction judged: its ground, what its notice owes, and what can be done now."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from vault.actions import rulebook
from vault.actions.correcting import grounds
from vault.actions.correcting.grounds import NO_PART
from vault.actions.corrections import CorrectionView
from vault.actions.session import Session
from vault.errors import Refused
from vault.law import complaint, denial, rules, say
from vault.law.complaint import Cause
from vault.law.rows import Ground, NoticePart, StatementLimit
from vault.law.rules import Right
from vault.law.tariffs import hipaa_binds
from vault.law.terms import Source
from vault.model import amending
from vault.model.corrections import NO_GROUND, CorrectionEvent, ItemState
from vault.model.replies import Meaning
from vault.model.requests import Event

BASIS, NOT_CREATED = "amendment-basis", "hipaa-amend-not-created"
_NOTHING_RECORDED = (
    "Nothing is recorded here of the grounds on which a holder at this place may refuse a "
    "correction, or of what its notice has to say"
)


@dataclass(frozen=True, slots=True)
class Owed:
    """Something the notice has to say, and whether it does; None where nobody noted that."""

    part: NoticePart
    held: bool | None


@dataclass(frozen=True, slots=True)
class Option:
    """Something a person can do about a denial: a clause after "you can", and by when, if ever."""

    id: str
    words: str
    by: dt.date | None = None
    cite: str = ""
    confidence: str = ""


@dataclass(frozen=True, slots=True)
class Denial:
    """What is to be said of one denial.

    `ground` is as it was noted, `known` the one of the law it is. `lawful` tells whether the law
    knows it for this holder; None where none was noted, or no grounds are recorded. Whether a
    ground the law knows holds for the entry is for nobody here to say. `grounds` are those the
    law knows, `owed` what the notice has to say, `missing` what it does not, as far as was noted.
    """

    event: Event
    items: tuple[str, ...]
    ground: str
    known: Ground | None
    lawful: bool | None
    grounds: tuple[Ground, ...]
    owed: tuple[Owed, ...]
    missing: tuple[NoticePart, ...]
    limit: StatementLimit | None
    options: tuple[Option, ...]
    sentences: tuple[Meaning, ...]


@dataclass(frozen=True, slots=True)
class _Case:
    """A denial with all that is needed to judge it."""

    view: CorrectionView
    event: Event
    items: tuple[str, ...]
    book: rulebook.Book

    @property
    def place(self) -> str:
        return self.view.provider.jurisdiction

    @property
    def knows(self) -> bool:
        return rules.knows(self.place, self.book)

    @property
    def hipaa(self) -> bool:
        return self.knows and hipaa_binds(self.place, self.view.provider.kind, self.book)


def _with(text: str, source: Source) -> Meaning:
    return Meaning(text, source.cite, source.confidence.value)


def _lawful(ground: str, known: Ground | None, every: tuple[Ground, ...]) -> bool | None:
    if not every or not ground:
        return None
    return known is not None


def _owed(case: _Case, ground: str) -> tuple[Owed, ...]:
    """What the notice has to say, each with whether it was noted that it does."""
    if not case.knows:
        return ()
    kind, told = case.view.provider.kind, case.event.detail.enclosures
    found = []
    for part in denial.owed(case.place, kind, Right.AMENDMENT, case.book):
        held = part.id in told if told else None
        if part.id == BASIS and ground:  # a ground that was named stands in the notice
            held = ground != NO_GROUND
        found.append(Owed(part, held))
    return tuple(found)


def _on_ground(held: Denial) -> Iterator[Meaning]:
    if not held.grounds:
        return
    if held.known is not None:
        yield _with(denial.ground_line(held.known), held.known.source)
        yield Meaning(
            "The law knows this ground; whether it holds for the entry is open to dispute"
        )
        return
    if not held.ground:
        yield Meaning(
            "On what ground they refused was not noted: look whether their letter says it"
        )
    elif held.ground == NO_GROUND:
        yield Meaning("They named no ground; the law knows these, and no others:")
    else:
        yield Meaning("The ground they named is none that the law knows; it knows these:")
    yield from (_with(denial.ground_line(g), g.source) for g in held.grounds)


def _on_notice(held: Denial) -> Iterator[Meaning]:
    if held.missing:
        yield Meaning("Their notice lacks what it has to say:")
        yield from (_with(denial.part_line(part), part.source) for part in held.missing)
    unsure = [owed.part for owed in held.owed if owed.held is None]
    if unsure:
        yield Meaning("Look whether their notice says all of this; it was not noted:")
        yield from (_with(denial.part_line(part), part.source) for part in unsure)


def _sentences(held: Denial) -> tuple[Meaning, ...]:
    if not held.grounds and not held.owed:
        return (Meaning(_NOTHING_RECORDED),)
    return (*_on_ground(held), *_on_notice(held))


def _statement(case: _Case, limit: StatementLimit | None) -> Iterator[Option]:
    """A statement of disagreement, where the place is known to have one."""
    if limit is not None:
        words = f"disagree in writing, with {denial.statement_line(limit)}"
        yield Option("disagree", words, None, limit.source.cite, limit.source.confidence.value)
    elif case.knows:
        chosen = rules.choose(case.place, case.view.provider.kind, Right.AMENDMENT, case.book)
        for rule in (r for r in chosen if r.statement):
            words = f"disagree in writing, with {rule.statement} {say.source(rule.source)}"
            yield Option("disagree", words, None, rule.cite, rule.confidence.value)
            return


def _attach(case: _Case) -> Iterator[Option]:
    if not case.knows:
        return
    parts = denial.owed(case.place, case.view.provider.kind, Right.AMENDMENT, case.book)
    for part in parts:
        if part.id == "amendment-attach":
            words = "ask that your request and their denial go along with the record from now on"
            source = part.source
            tail = say.source(source)
            yield Option("attach", f"{words} {tail}", None, source.cite, source.confidence.value)


def _elsewhere(ground: str) -> Option:
    """To ask whoever first made the entry, told so as the ground calls for it."""
    words = "ask whoever first made the entry to correct it"
    if ground == NOT_CREATED:
        words += "; they say that they did not make it, so say where whoever did cannot be reached"
    return Option("originator", words)


def _complaints(case: _Case) -> Iterator[Option]:
    """Whom one can complain to of it; not those who hear of one matter alone."""
    if not case.knows:
        return
    kind, on = case.view.provider.kind, case.event.on
    for window in complaint.windows(case.place, kind, on, Cause.DENIED, case.book):
        if window.regulator.about:
            continue
        source = window.regulator.source
        said = complaint.said(window)
        words = f"{said[:1].lower()}{said[1:]}" if window.safe else f"complain to {said}"
        yield Option("complain", words, window.safe, source.cite, source.confidence.value)


def _options(case: _Case, ground: str, limit: StatementLimit | None) -> tuple[Option, ...]:
    return (
        *_statement(case, limit),
        *_attach(case),
        Option("more_evidence", "ask once more, with more evidence"),
        _elsewhere(ground),
        *_complaints(case),
        Option("accept", "let it be"),
    )


def _judged(case: _Case) -> Denial:
    kind, place, book = case.view.provider.kind, case.place, case.book
    every = denial.grounds(place, kind, Right.AMENDMENT, book) if case.knows else ()
    ground = grounds.understand(case.event.detail.ground, every)
    known = next((g for g in every if g.id == ground), None)
    limit = denial.statement(place, kind, book) if case.knows else None
    owed = _owed(case, ground)
    lacking = denial.missing(
        [o.part for o in owed], [o.part.id for o in owed if o.held is not False]
    )
    held = Denial(
        event=case.event,
        items=case.items,
        ground=ground,
        known=known,
        lawful=_lawful(ground, known, every),
        grounds=every,
        owed=owed,
        missing=lacking,
        limit=limit,
        options=_options(case, ground, limit),
        sentences=(),
    )
    return replace(held, sentences=_sentences(held))


def about(view: CorrectionView, event: Event) -> tuple[str, ...]:
    """The flags of the items that a denial was about when it came."""
    flags = [item.flag for item in view.correction.items]
    past = [e for e in view.standing.events if (e.on, e.seq) < (event.on, event.seq)]
    return amending.meant(amending.stand(flags, past), event)


def judge(s: Session, view: CorrectionView, event: Event) -> Denial:
    """What the law of the place says to a denial, and what a person can do about it now.

    Raises Refused for an event that is no denial. Of a place without recorded rules nothing is
    claimed, and that is said.
    """
    if event.kind != CorrectionEvent.DENIED:
        raise Refused("that was no denial", f"chartmend correction show {view.correction.id}")
    book = rulebook.book(s.vault.read())
    return _judged(_Case(view, event, about(view, event), book))


def last(view: CorrectionView, seq: int | None = None) -> Event:
    """The last denial of a correction, or the event of that number; raises Refused for none."""
    found: Iterable[Event] = view.standing.denials
    if seq is not None:
        found = (e for e in view.standing.events if e.seq == seq)
    held = list(found)
    if not held:
        what = "has not been denied" if seq is None else f"has no event {seq} that counts"
        raise Refused(f"this correction {what}", f"chartmend correction show {view.correction.id}")
    return held[-1]


def pending(view: CorrectionView) -> bool:
    """Whether an item is denied and nothing has been done about that."""
    return bool(view.standing.of(ItemState.DENIED))


__all__ = ["NO_GROUND", "NO_PART", "Denial", "Option", "Owed", "about", "judge", "last", "pending"]
