"""Filling in a provider's own form for a correction; what has no room goes on a sheet behind it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from vault.actions import filling as form_filling
from vault.actions import forms as form_actions
from vault.actions import people as people_actions
from vault.actions.correcting import entries, whose
from vault.actions.session import Session
from vault.forms.amendment import SEE_SHEET, Amendment, Entry
from vault.forms.plan import TooLong, name_of
from vault.forms.values import Asker, Subject
from vault.letters.attached import Part, Sheet
from vault.letters.overlay import DoesNotFit
from vault.model.forms import Filled, Form, FormMapping, Placed
from vault.model.formwords import FIXED, OF_ENTRIES, Slot
from vault.model.letters import Letter
from vault.model.requests import Request
from vault.store import authorities, corrections, flags, lookup, people, providers
from vault.store.database import Db

_SHORTER = "attached"
_ESSENTIAL = (
    ("which entry it is", frozenset({Slot.ENTRY, Slot.ENTRY_QUOTE, Slot.WRONG})),
    ("what it should say", frozenset({Slot.SHOULD_SAY})),
    ("why", frozenset({Slot.WHY, Slot.WRONG})),
)
_TELLING = frozenset({Slot.NOTIFY, Slot.RECIPIENT_NAME})
_ADDRESS = frozenset(slot for slot in Slot if slot.value.startswith("recipient_"))
_MOVABLE = OF_ENTRIES | _ADDRESS | {Slot.DATES, Slot.FROM_DATE, Slot.RECORDS, Slot.PURPOSE}
"""Texts that may stand on the sheet instead; a name or a date of birth may not."""


@dataclass(frozen=True, slots=True)
class Made:
    """A filled form, and what is said on the sheet behind it for lack of room.

    `moved` are the fields that say so, by name; `lacking` what the form has no field for at all.
    """

    letter: Letter
    moved: tuple[str, ...] = ()
    lacking: tuple[str, ...] = ()


def subject(s: Session, given: str) -> Subject:
    """All that a form can be filled in from, for the correction that `given` begins."""
    db = s.vault.read()
    held = corrections.get(db, lookup.resolve(db, "correction", given))
    asked = [flags.get(db, item.flag) for item in held.items]
    whose.check(db, asked, held.person, proofs=True)
    return Subject(
        person=people.get(db, held.person),
        provider=providers.get(db, held.provider),
        request=Request(held.id, held.person, held.provider, (), held.made_at, held.authority),
        asker=_asker(db, held.authority),
        amendment=entries.gather(db, held),
    )


def _asker(db: Db, authority: str) -> Asker | None:
    """Who asks for the person, on an authority (an id); None where there is none."""
    if not authority:
        return None
    who = authorities.get(db, authority)
    return Asker(who.name, who.relationship)


def _values(form: Form) -> set[str]:
    return {*form.mapping.fields.values(), *(p.value for p in form.mapping.placed)}


def lacking(form: Form, amendment: Amendment) -> tuple[str, ...]:
    """What has to be said and the form has no place for, in words; empty where it has all."""
    values = _values(form)
    found = [what for what, slots in _ESSENTIAL if not slots & values]
    if amendment.told and not _TELLING & values:
        found.append("who is to be told")
    return tuple(found)


def _rows(entry: Entry) -> Iterator[tuple[str, str]]:
    yield "Date of the entry", entry.date
    yield "Written by", entry.author
    yield "It says", f"“{entry.quote}”" if entry.quote else ""
    yield "What is wrong", entry.wrong
    yield "It should say", entry.should_say
    yield "Why", entry.why
    for shown in entry.evidence:
        yield "What shows it", shown


def _sheet(about: Subject, form: Form) -> Sheet:
    amendment = about.amendment or Amendment(())
    many = len(amendment.entries) > 1
    parts = tuple(
        Part(f"{number}. {entry.place}" if many else entry.place, tuple(_rows(entry)))
        for number, entry in enumerate(amendment.entries, 1)
    )
    return Sheet(
        patient=about.person.name,
        born=about.person.born,
        mrn=people_actions.mrn_at(about.person, about.provider.id),
        reference=about.request.id,
        form=form.title,
        parts=parts,
        told=tuple(told.line for told in amendment.told),
    )


def _moved(value: str) -> str:
    """What stands in a field instead of a text that does not fit; the same where it must stay."""
    if value == f"{FIXED}{SEE_SHEET}":
        return f"{FIXED}{_SHORTER}"
    return f"{FIXED}{SEE_SHEET}" if value in _MOVABLE else value


def _without(mapping: FormMapping, unfit: Iterable[str]) -> FormMapping:
    """The mapping with texts that do not fit moved to the sheet; the same where none can be."""
    names = set(unfit)
    fields = {n: _moved(v) if n in names else v for n, v in mapping.fields.items()}
    return replace(mapping, fields=fields, placed=tuple(_put(p, names) for p in mapping.placed))


def _put(placed: Placed, names: set[str]) -> Placed:
    return replace(placed, value=_moved(placed.value)) if name_of(placed) in names else placed


def _fitted(s: Session, form: Form, about: Subject, sheet: Sheet | None) -> tuple[Filled, Form]:
    """The form filled in, and as it was mapped for that: what does not fit is on the sheet."""
    problem: DoesNotFit | TooLong
    while True:
        try:
            return form_filling.pressed(s, form, about, sheet), form
        except (DoesNotFit, TooLong) as error:
            problem = error
        unfit = problem.fields if isinstance(problem, DoesNotFit) else (problem.field,)
        mapping = _without(form.mapping, unfit)
        if mapping == form.mapping:
            raise problem
        form, sheet = replace(form, mapping=mapping), _sheet(about, form)


def fill(s: Session, given: str, form: str) -> Made:
    """Fill in a form for a correction and keep the PDF among the correction's letters.

    A text that does not fit is never cut: the field says so, and all entries are in full on a
    sheet behind the form; so they are where the form has no place for something. The same form,
    mapping and correction give the same bytes. Raises as `vault.actions.filling.fill` does.
    """
    held = form_actions.get(s, form)
    about = subject(s, given)
    amendment = about.amendment or Amendment(())
    values = _values(held)
    about = replace(about, amendment=replace(amendment, why_apart=Slot.WHY in values))
    without = lacking(held, amendment)
    needed = without or (amendment.addresses_apart and values & _ADDRESS)
    filled, fitted = _fitted(s, held, about, _sheet(about, held) if needed else None)
    return Made(
        form_filling.keep(s, held, subject(s, given), filled), _changed(held, fitted), without
    )


def _changed(held: Form, fitted: Form) -> tuple[str, ...]:
    """What the fields are called that say that their text is on the sheet."""
    labels = {field.name: field.label or field.name for field in held.shape.fields}
    before = held.mapping.fields
    names = [labels.get(n, n) for n, v in fitted.mapping.fields.items() if v != before.get(n)]
    pairs = zip(held.mapping.placed, fitted.mapping.placed, strict=True)
    return (*names, *(name_of(one) for one, other in pairs if one != other))
