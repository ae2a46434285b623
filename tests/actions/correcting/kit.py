"""A person, a hospital and a visit note with mistakes, for the tests of corrections."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from tests.actions.made import hospital, put
from vault import dates, ids
from vault.actions import corrections, flags, people, providers
from vault.actions.correcting import letter_making
from vault.actions.correcting.letter_content import gather
from vault.actions.corrections import Asking
from vault.actions.flags import Wrong
from vault.actions.people import Contact
from vault.actions.session import Session
from vault.letters.correcting import frame, kinds
from vault.model.flags import Flag
from vault.model.letters import Letter
from vault.model.people import Person
from vault.model.providers import Provider
from vault.model.records import Record
from vault.store import letters

TODAY = dates.today()
NAME = "Marian Voss"
NOTE = """Larch Valley Clinic
Visit Note
Date of Service: 03/14/2024
Patient: Marian Voss
Amoxicillin 500 mg twice daily
Right knee pain
Electronically signed by: Dana Quill, MD"""
DOSE, KNEE = "Amoxicillin 500 mg twice daily", "Right knee pain"
WRONGS = {
    DOSE: Wrong("Amoxicillin 250 mg twice daily", "the bottle says 250 mg"),
    KNEE: Wrong("Left knee pain", "it has always been the left knee"),
}


@dataclass(frozen=True, slots=True)
class Case:
    """Who is concerned, the record, and a flag for each of its mistakes."""

    person: Person
    provider: Provider
    record: Record
    dose: Flag
    knee: Flag


def case(s: Session) -> Case:
    """A case in which nothing is asked yet; both sides have addresses, and there is a number."""
    person = people.add(
        s,
        NAME,
        dt.date(1961, 3, 14),
        contact=Contact(("12 Elm Street", "Austin, TX 78701"), phone="512-555-0117"),
    )
    elm = hospital(s)
    change = providers.Change(contact=Contact(("900 Elm Street", "Austin, TX 78702")))
    elm = providers.edit(s, elm.id, change)
    person = people.edit(s, person.id, people.Change(mrns=((elm.id, "44-0192"),)))
    record = put(s, "visit note.pdf", [NOTE], person, elm)
    dose, knee = (flags.add(s, record.id, 1, quote, wrong) for quote, wrong in WRONGS.items())
    return Case(person, elm, record, dose, knee)


def asked(s: Session, chosen: Sequence[Flag], *tell: str) -> str:
    """A draft of a correction of these flags; returns its id."""
    return corrections.new(s, [flag.id for flag in chosen], Asking(tell=tell)).correction.id


def sql(s: Session, statement: str, *values: object) -> None:
    """Change rows as another part of the program would."""
    with s.vault.write("test") as db:
        db.execute(statement, values)


def letter(s: Session, correction: str) -> Letter:
    """The letter that asks, kept as making one keeps it, without its pages."""
    view = corrections.get(s, correction, TODAY)
    kind = letter_making.usual(view.correction)
    words = frame.plain(kinds.compose(gather(s, view, kind, TODAY)))
    made = Letter(
        ids.new("letter"), view.correction.id, kind.value, dates.now(), 1, b"%PDF-1.7", words
    )
    with s.vault.write("letter.made") as db:
        letters.add(db, made)
    return made
