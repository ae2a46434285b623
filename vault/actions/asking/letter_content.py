"""What a letter of asking is made of, gathered from the vault."""

from __future__ import annotations

import datetime as dt

from vault.actions import authorities, documents, rulebook
from vault.actions import people as people_actions
from vault.actions.asking import clocks, ledger
from vault.actions.asking.ledger import Line
from vault.actions.requests import RequestView
from vault.law.clock import Due
from vault.law.rows import Audience
from vault.law.rules import Right
from vault.letters.asking.content import Content, Holder, Law, Patient, Signer, Want
from vault.letters.asking.fees import medium_of
from vault.letters.asking.law import law_of, place_for
from vault.letters.compose import written_out
from vault.model.asking_letters import FIRST, LetterKind
from vault.model.letters import Letter
from vault.model.offices import OfficeRole
from vault.model.people import Person
from vault.model.providers import Provider
from vault.model.record_types import RecordType
from vault.model.requests import Request, RequestEvent
from vault.store import documents as documents_store
from vault.store import letters, offices
from vault.store.database import Db

KINDS = frozenset(kind.value for kind in LetterKind)
"""The kinds of letters of asking, as the vault keeps them beside filled forms."""

_NAMED = {
    LetterKind.ACCESS_REQUEST: "request",
    LetterKind.INSPECTION_REQUEST: "request",
    LetterKind.ACKNOWLEDGEMENT: "question whether it came",
    LetterKind.REMINDER: "reminder",
    LetterKind.OVERDUE: "notice that the time is over",
    LetterKind.HOLDER_COMPLAINT: "complaint to the holder",
}


def holder_of(db: Db, provider: Provider, office_id: str) -> Holder:
    """Who is written to: the office something goes to, where one is named, else the provider."""
    american = provider.jurisdiction.startswith("us")
    desk = provider.department or ("Release of Information" if american else "Health Records")
    bare = Holder(
        provider.name,
        provider.kind,
        desk,
        provider.address,
        provider.phone,
        provider.fax,
        provider.email,
    )
    if not office_id:
        return bare
    office = offices.get(db, office_id)
    named = office.name or office.role.value.replace("_", " ").capitalize()
    vendor = office.role is OfficeRole.VENDOR
    desk = f"c/o {office.name}" if vendor and office.name else named
    return Holder(
        bare.name,
        bare.kind,
        desk,
        office.address or bare.lines,
        office.phone or bare.phone,
        office.fax or bare.fax,
        office.email or bare.email,
    )


def _signer(db: Db, request: Request, on: dt.date) -> Signer | None:
    """Who asks for the patient; None where they ask themselves."""
    view = authorities.of_request(db, request, on)
    if view is None:
        return None
    held = view.authority
    return Signer(
        held.name,
        held.relationship,
        held.basis.words,
        documents_store.get(db, held.proof).title if view.standing.proof else "",
        held.address,
        held.phone,
        held.email,
    )


def copied(db: Db, request: str) -> tuple[str, ...]:
    """The documents of which copies were made for a request, as a letter names them."""
    return tuple(
        f"{held.document.title}, masked copy" if held.last.masked else held.document.title
        for held in documents.enclosed(db, request)
    )


def _kind_words(kind: RecordType) -> str:
    return "all records" if kind is RecordType.ALL else kind.value.replace("_", " ")


def _missing(line: Line, wanting: set[str]) -> tuple[str, ...]:
    """What is missing of an item, as the holder is told it."""
    if line.item.id not in wanting:
        return ()
    told = tuple(clause.replace("they ", "you ") for clause in line.missing)
    return told or ("found wanting when I looked it through",)


def _wants(db: Db, request: Request, gaps: tuple[str, ...]) -> tuple[Want, ...]:
    held = ledger.of(db, request)
    wanting = {*held.gaps, *gaps}
    return tuple(
        Want(
            id=line.item.id,
            type=line.item.type,
            words=_kind_words(line.item.type),
            since=line.item.from_date,
            until=line.item.to_date,
            facility=line.item.facility,
            format=line.item.format,
            fallback=line.item.fallback,
            deliver=line.item.deliver,
            missing=_missing(line, wanting),
        )
        for line in held.lines
    )


def _law(db: Db, view: RequestView, place: str) -> Law:
    request, kind = view.request, view.provider.kind
    right = Right.INSPECT if request.inspect else Right.ACCESS
    audience = Audience.REPRESENTATIVE if request.authority else Audience.PATIENT
    if request.third_party:
        audience = Audience.THIRD_PARTY
    return law_of(place, kind, right, audience, medium_of(request.format), rulebook.book(db))


def _first_due(db: Db, view: RequestView, on: dt.date) -> Due | None:
    """The date that runs under the rule that holds now, before any notice of delay."""
    found = clocks.dues(db, view.request, view.standing, on)
    owed = view.due
    return next((d for d in found if owed is not None and d.rule == owed.rule), None)


def _papers(view: RequestView, kept: tuple[Letter, ...]) -> tuple[str, ...]:
    """The letters that go with a complaint, or with a request sent again, by name and day."""
    first = [e.on for e in view.standing.events if e.kind == RequestEvent.SENT][:1]
    found = [f"My request of {written_out(day)}" for day in first]
    by_id = {letter.id: letter for letter in kept}
    for event in view.standing.events:
        letter = by_id.get(event.detail.letter)
        if letter is None or letter.kind in FIRST or letter.kind not in KINDS:
            continue
        name = _NAMED.get(LetterKind(letter.kind), "letter")
        found.append(f"My {name} of {written_out(event.on)}")
    return tuple(dict.fromkeys(found))


def enclosures(
    db: Db, view: RequestView, kind: LetterKind, kept: tuple[Letter, ...] | None = None
) -> tuple[str, ...]:
    """What goes with a letter of a kind: copies of documents made for it, or earlier letters."""
    if kind is LetterKind.LOST:
        return _papers(view, ())
    if kind is LetterKind.COMPLAINT:
        held = letters.of(db, view.request.id) if kept is None else kept
        return _papers(view, held)
    return copied(db, view.request.id)


def patient_of(person: Person, provider: str, on: dt.date) -> Patient:
    """Whose records they are, with their number at a provider, as of a day."""
    return Patient(
        person.name,
        person.born,
        person.died_on if person.died_on and person.died_on <= on else None,
        person.former_names,
        people_actions.mrn_at(person, provider),
        person.address,
        person.phone,
        person.email,
    )


def gather(db: Db, view: RequestView, kind: LetterKind, on: dt.date) -> Content:
    """Everything a letter of a kind can say about a request, on a day."""
    request, person = view.request, view.person
    patient = patient_of(person, view.provider.id, on)
    book, jurisdiction = rulebook.book(db), view.provider.jurisdiction
    place = place_for(jurisdiction, view.provider.kind, book, died=patient.died is not None)
    law = _law(db, view, place)
    return Content(
        kind=kind,
        reference=request.id,
        on=on,
        holder=holder_of(db, view.provider, view.request.office),
        patient=patient,
        wants=_wants(db, request, view.standing.gaps),
        law=law,
        standing=view.standing,
        signer=_signer(db, request, on),
        due=view.due,
        first_due=_first_due(db, view, on),
        format=request.format,
        fallback=request.fallback,
        deliver=request.deliver,
        fee_limit=request.fee_limit,
        currency=request.currency,
        sensitive=request.sensitive,
        third_party=request.third_party,
        inspect=request.inspect,
        enclosures=enclosures(db, view, kind),
    )
