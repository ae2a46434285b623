"""What a letter of a correction is made of, gathered from the vault."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from typing import Protocol

from vault.actions import documents, rulebook
from vault.actions import people as people_actions
from vault.actions.asking.letter_content import copied, holder_of, patient_of
from vault.actions.correcting import clocks, excerpts
from vault.actions.rulebook import Book
from vault.actions.session import Session
from vault.law import denial, rules
from vault.law.clock import Due
from vault.law.rows import Audience, Medium
from vault.law.rules import Right
from vault.letters.asking.content import Law, Signer
from vault.letters.asking.law import law_of, place_for
from vault.letters.compose import written_out
from vault.letters.correcting.content import Content, Earlier, Item, Told
from vault.letters.correcting.denied import NOT_CREATED
from vault.model.amending import Standing
from vault.model.correction_letters import FIRST, CorrectionLetterKind
from vault.model.corrections import OUTSTANDING, Correction, CorrectionEvent, Recipient
from vault.model.evidence import words
from vault.model.facts import FactKind, StoredFact
from vault.model.flags import Flag, FlagState
from vault.model.letters import Letter
from vault.model.people import Person
from vault.model.providers import Provider
from vault.model.records import Record
from vault.model.requests import Event
from vault.store import authorities, corrections, evidence, facts, letters, providers, records
from vault.store.database import Db

_K, _E = CorrectionLetterKind, CorrectionEvent
KINDS = frozenset(kind.value for kind in CorrectionLetterKind)
"""The kinds of letters of corrections, as the vault keeps them beside filled forms."""

_PERSONS_WORD = frozenset({FlagState.CONFIRMED, FlagState.IN_CORRECTION, FlagState.RESOLVED})
"""States of a flag that only a person's word brings about; no other gets into a letter."""

_ANSWERS = (_E.IN_REVIEW, _E.INFO_ASKED, _E.EXTENDED, _E.ACCEPTED, _E.DENIED, _E.REBUTTAL)
_SHOWING = frozenset({*FIRST, _K.MORE_EVIDENCE}) - {_K.INFORMAL_MESSAGE}
_NAMED = {
    _K.INFORMAL_MESSAGE: "message",
    _K.ACKNOWLEDGEMENT: "question whether it came",
    _K.REMINDER: "reminder",
    _K.OVERDUE: "notice that the time is over",
    _K.DISAGREEMENT: "statement of disagreement",
    _K.MORE_EVIDENCE: "second request",
    _K.HOLDER_COMPLAINT: "complaint to the holder",
}


class Seen(Protocol):
    """A correction as it is shown, with whom it concerns and where it stands."""

    @property
    def correction(self) -> Correction:
        """The correction."""

    @property
    def person(self) -> Person:
        """Whose records they are."""

    @property
    def provider(self) -> Provider:
        """Who is asked."""

    @property
    def flags(self) -> tuple[Flag, ...]:
        """The flags of its items."""

    @property
    def standing(self) -> Standing:
        """Where it stands."""

    @property
    def due(self) -> Due | None:
        """When an answer is owed."""


@dataclass(frozen=True, slots=True)
class Choice:
    """What a person chooses for a letter: own words, the items meant, and who it is to.

    `items` are flags (all that fit, where empty); `to` is one of those to be told.
    """

    text: str = ""
    items: tuple[str, ...] = ()
    to: str = ""


def _first(stated: tuple[StoredFact, ...], kind: FactKind, page: int | None) -> str:
    """The fact of a kind that stands on the page, else the first of the record, as printed."""
    of_kind = [f.fact for f in stated if f.fact.kind is kind]
    here = [f for f in of_kind if f.page == page]
    return (here or of_kind)[0].quote if of_kind else ""


def _evidence(db: Db, flag: str) -> tuple[str, ...]:
    """The lines on what shows a mistake."""
    return tuple(words(held) for held in evidence.of(db, flag))


def _compared(db: Db, standing: Standing, flag: str) -> tuple[str, dt.date | None]:
    """The copy that an item was compared with last, as it is called, and the day."""
    of_it = [
        e for e in standing.events if e.kind == _E.COMPARED and flag in (e.item, *e.detail.items)
    ]
    if not of_it:
        return "", None
    event = of_it[-1]
    copy = event.detail.record or (standing.copies[-1] if standing.copies else "")
    return (records.get(db, copy).title if copy else ""), event.on


def _name(db: Db, provider: str | None) -> str:
    return providers.get(db, provider).name if provider else ""


def _item(s: Session, view: Seen, flag: Flag, *, pictures: bool) -> Item:
    db = s.vault.read()
    finding = flag.finding
    record: Record = records.get(db, finding.record)
    stated = facts.of(db, record.id)
    copy, compared = _compared(db, view.standing, flag.id)
    elsewhere = record.provider != view.provider.id
    return Item(
        flag=flag.id,
        record=record.title,
        page=finding.page,
        kind=finding.kind,
        quote=finding.quote,
        should_say=flag.should_say,
        why=finding.reason,
        entry_date=_first(stated, FactKind.SERVICE_DATE, finding.page),
        author=_first(stated, FactKind.AUTHOR, finding.page),
        source=_name(db, record.provider) if elsewhere else "",
        originator=_name(db, flag.originator),
        evidence=_evidence(db, flag.id),
        excerpt=excerpts.of(s, flag, record) if pictures else None,
        state=view.standing.items[flag.id],
        copy=copy,
        compared=compared,
    )


def _signer(db: Db, correction: Correction) -> Signer | None:
    """Who asks for the patient; None where they ask themselves."""
    if not correction.authority:
        return None
    held = authorities.get(db, correction.authority)
    copies = {e.document.id: e.document.title for e in documents.enclosed(db, correction.id)}
    return Signer(
        held.name,
        held.relationship,
        held.basis.words,
        copies.get(held.proof, ""),
        held.address,
        held.phone,
        held.email,
    )


def _told(db: Db, view: Seen, recipient: Recipient, book: Book) -> Told:
    lines, mrn, hipaa = recipient.address, "", False
    if recipient.provider:
        known = providers.get(db, recipient.provider)
        lines = lines or known.address
        mrn = people_actions.mrn_at(view.person, known.id)
        hipaa = _binds(known, book)
    open_ = recipient.state in OUTSTANDING
    return Told(recipient.id, recipient.name, lines, mrn, hipaa, open_)


def _binds(provider: Provider, book: Book) -> bool:
    """Whether HIPAA binds a provider to amend."""
    if not rules.knows(provider.jurisdiction, book):
        return False
    found = rules.choose(provider.jurisdiction, provider.kind, Right.AMENDMENT, book)
    return any(rule.hipaa for rule in found if not rule.compared)


def _law(view: Seen, right: Right, on: dt.date, book: Book) -> Law:
    provider, died = view.provider, view.person.died_on
    place = place_for(
        provider.jurisdiction, provider.kind, book, died=died is not None and died <= on
    )
    audience = Audience.REPRESENTATIVE if view.correction.authority else Audience.PATIENT
    return law_of(place, provider.kind, right, audience, Medium.ANY, book)


def _not_theirs(event: Event) -> bool:
    ground = event.detail.ground.strip().lower().replace("_", "-").replace(" ", "-")
    return bool(ground) and NOT_CREATED in (ground, f"hipaa-{ground}", f"hipaa-amend-{ground}")


def _earlier(db: Db, correction: Correction) -> Earlier | None:
    """The request to another holder that this one follows."""
    if not correction.parent:
        return None
    before = corrections.get(db, correction.parent)
    if before.provider == correction.provider:
        return None
    standing = corrections.standing(before)
    sent = [e.on for e in standing.events if e.kind == _E.SENT]
    denial_ = standing.denials[-1] if standing.denials else None
    return Earlier(
        name=providers.get(db, before.provider).name,
        sent=min(sent, default=None),
        denied=denial_.on if denial_ else None,
        not_theirs=denial_ is not None and _not_theirs(denial_),
    )


def _copies(view: Seen) -> tuple[str, ...]:
    """The pages that go with a request."""
    pages = {(f.finding.record, f.finding.page) for f in view.flags if f.finding.page is not None}
    if not pages:
        return ()
    return (
        "A copy of each page named on the sheets"
        if len(pages) > 1
        else "A copy of the page named on the sheet",
    )


def _papers(view: Seen, kept: tuple[Letter, ...]) -> tuple[str, ...]:
    """The letters that go with a complaint, by name and day."""
    sent = [e.on for e in view.standing.events if e.kind == _E.SENT][:1]
    named = "request" if view.correction.formal else "message"
    found = [f"My {named} of {written_out(day)}" for day in sent]
    by_id = {letter.id: letter for letter in kept}
    for event in view.standing.events:
        letter = by_id.get(event.detail.letter)
        if letter is None or letter.kind not in KINDS or letter.kind in FIRST:
            continue
        name = _NAMED.get(CorrectionLetterKind(letter.kind), "letter")
        found.append(f"My {name} of {written_out(event.on)}")
    return tuple(dict.fromkeys(found))


def enclosures(db: Db, view: Seen, kind: CorrectionLetterKind) -> tuple[str, ...]:
    """What goes with a letter of a kind: copies of pages and of documents, or earlier letters."""
    if kind in _SHOWING:
        return (*_copies(view), *copied(db, view.correction.id))
    if kind is _K.COMPLAINT:
        return _papers(view, letters.of(db, view.correction.id))
    return ()


def gather(
    s: Session,
    view: Seen,
    kind: CorrectionLetterKind,
    on: dt.date,
    choice: Choice | None = None,
    *,
    pictures: bool = False,
) -> Content:
    """Everything a letter of a kind can say about a correction, on a day.

    Only flags a person confirmed get in. `pictures` draws the excerpts where the letter has any.
    """
    db, choice = s.vault.read(), choice or Choice()
    correction, provider, book = view.correction, view.provider, rulebook.book(db)
    drawn = pictures and kind in _SHOWING
    numbers = [e.detail.number for e in view.standing.events if e.kind in _ANSWERS]
    law = _law(view, Right.AMENDMENT, on, book)
    dues = clocks.dues(provider, view.standing, book) if correction.formal else ()
    return Content(
        kind=kind,
        reference=correction.id,
        on=on,
        holder=holder_of(db, provider, correction.office),
        patient=patient_of(view.person, provider.id, on),
        items=tuple(
            _item(s, view, flag, pictures=drawn)
            for flag in view.flags
            if flag.state in _PERSONS_WORD
        ),
        law=law,
        access=_law(view, Right.ACCESS, on, book),
        standing=view.standing,
        signer=_signer(db, correction),
        due=view.due,
        first_due=next((d for d in dues if view.due and d.rule == view.due.rule), None),
        formal=correction.formal,
        tell=tuple(_told(db, view, r, book) for r in correction.recipients),
        limit=denial.statement(law.place, provider.kind, book),
        earlier=_earlier(db, correction),
        number=next(filter(None, reversed(numbers)), ""),
        text=choice.text,
        chosen=choice.items,
        to=choice.to,
        enclosures=enclosures(db, view, kind),
    )


def as_kind(s: Session, view: Seen, content: Content, kind: CorrectionLetterKind) -> Content:
    """The same content for a letter of another kind, without pictures."""
    held = enclosures(s.vault.read(), view, kind)
    return replace(content, kind=kind, enclosures=held)
