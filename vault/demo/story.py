"""The demo's story: the main job, done on invented records by the same actions as a person's."""

from __future__ import annotations

import datetime as dt
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from vault.actions import corrections, flags, people, providers, records, requests
from vault.actions.corrections import Asking
from vault.actions.flags import Wrong
from vault.actions.imports import run as imports
from vault.actions.imports.reading import Watch
from vault.actions.imports.seal import Origin
from vault.actions.people import Contact
from vault.actions.requests import Sending, Wanted
from vault.actions.session import Session, make_vault
from vault.demo import cast
from vault.errors import Refused
from vault.model.flags import Check, Flag
from vault.model.people import Person
from vault.model.requests import Channel
from vault.store import files

PASSPHRASE = "demo"  # noqa: S105 - a throw-away vault of invented records
MARK = "this-is-a-chartmend-demo.txt"
_MARK_TEXT = "Everything in this folder is invented and can be deleted.\n"

Tell = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Places:
    """Where the demo keeps everything: one folder, with the vault and the outputs in it."""

    folder: Path

    @property
    def vault(self) -> Path:
        """The throw-away vault."""
        return self.folder / "vault"

    @property
    def state(self) -> Path:
        """The vault's second anchor."""
        return self.folder / "state"

    @property
    def letter(self) -> Path:
        """The correction letter."""
        return self.folder / "correction-letter.pdf"

    @property
    def page(self) -> Path:
        """A picture of the page with the mistakes."""
        return self.folder / "page-with-the-mistakes.png"


def remove(places: Places) -> bool:
    """Remove a demo folder; False where there is none. Raises Refused for any other folder."""
    if not places.folder.exists():
        return False
    if not (places.folder / MARK).is_file():
        raise Refused(f"{places.folder} was not made by the demo", "choose another with --into DIR")
    with files.writing(places.folder):
        shutil.rmtree(places.folder)
    return True


def prepare(places: Places) -> Session:
    """Make the folder and the throw-away vault anew, and open it."""
    remove(places)
    with files.writing(places.folder):
        places.folder.parent.mkdir(parents=True, exist_ok=True)
        places.folder.mkdir(mode=0o700)
        (places.folder / MARK).write_text(_MARK_TEXT)
    session, _code = make_vault(places.vault, PASSPHRASE, state=places.state)
    return session


def _cast(s: Session) -> tuple[Person, dict[str, str]]:
    """Add the patient and the places of care; returns her and the providers' ids by key."""
    known: dict[str, str] = {}
    for clinic in cast.CLINICS:
        contact = Contact(clinic.address, clinic.phone, clinic.fax)
        added = providers.add(
            s,
            clinic.name,
            kind=clinic.kind,
            jurisdiction=clinic.jurisdiction,
            department=clinic.department,
            contact=contact,
        )
        known[clinic.key] = added.id
    patient = cast.PATIENT
    person = people.add(
        s,
        patient.name,
        patient.born,
        sex=patient.sex,
        former_names=patient.former_names,
        mrns=[(known[clinic.key], clinic.mrn) for clinic in cast.CLINICS],
        contact=Contact(patient.address, patient.phone, "", patient.email),
    )
    return person, known


def _ask(s: Session, known: dict[str, str], today: dt.date, tell: Tell) -> str:
    view = requests.new(s, known["cardiology"], None, Wanted())
    sent_on = today - dt.timedelta(days=12)
    view = requests.sent(s, view.request.id, Sending(sent_on, Channel.FAX, sent_on))
    tell(f"Asked {view.provider.name} for all records. {requests.owed(view)}")
    return view.request.id


def _import(s: Session, known: dict[str, str], request: str, watch: Watch, tell: Tell) -> None:
    tell("Taking in the scans that came: sealed first, then read.")
    for paper in cast.PAPERS:
        answers = request if paper.clinic == "cardiology" else None
        origin = Origin(provider=known[paper.clinic], request=answers)
        for row in imports.import_paths(s, [cast.SCANS / paper.file], origin, watch=watch):
            pages = "1 page" if row.pages == 1 else f"{row.pages} pages"
            about = row.reason or f"{pages}, {row.ocr_pages} read by OCR"
            tell(f"  {row.status:10} {row.file:24} {about}")


def _suspected(s: Session, tell: Tell) -> list[Flag]:
    found = [f for f in flags.every(s) if f.finding.check is not Check.PERSON]
    for flag in found:
        tell(f"  suspected by itself: {flag.finding.reason}")
    return found


def _consult(s: Session) -> str:
    title = cast.CONSULT.file
    return next(v.record.id for v in records.every(s) if v.record.title == title)


def _flag(s: Session, suspected: list[Flag], tell: Tell) -> list[str]:
    born, dose = cast.WRONG_BORN, cast.WRONG_MEDICINE
    chosen = [
        flags.confirm(s, f.id, Wrong(born.should_say, born.why)).id
        for f in suspected
        if f.finding.check is Check.WRONG_DOB
    ]
    wrong = Wrong(dose.should_say, dose.why, dose.kind, dose.subject, dose.severity)
    by_hand = flags.add(s, _consult(s), dose.page, dose.quote, wrong)
    tell(f"Flagged by hand: {by_hand.finding.quote!r} should say {dose.should_say!r}")
    return [*chosen, by_hand.id]


def tell_story(s: Session, places: Places, today: dt.date, tell: Tell, watch: Watch) -> None:
    """Do the main job on the open demo vault and tell every step of it in a line."""
    person, known = _cast(s)
    tell(f"{person.name}, born {person.born:%d %B %Y}, and {len(known)} places of care.")
    request = _ask(s, known, today, tell)
    _import(s, known, request, watch, tell)
    consult = _consult(s)
    _record, pages = records.text(s, consult, 1)
    tell("What was read on the cardiology letter begins:")
    lines = [line for line in pages[0].text.splitlines() if line.strip()]
    for line in lines[:6]:
        tell(f"  | {line[:90]}")
    suspected = _suspected(s, tell)
    chosen = _flag(s, suspected, tell)
    tellers = [f"{cast.FAMILY.name}, {cast.FAMILY.clinician}", cast.PHARMACY.name]
    view = corrections.new(s, chosen, Asking(tell=tuple(tellers)))
    letter = corrections.letter(s, view.correction.id, today)
    tell(f"Correction letter:  {corrections.write_letter(s, letter, places.letter)}")
    tell(f"The page itself:    {records.export_page(s, consult, 1, places.page)}")
