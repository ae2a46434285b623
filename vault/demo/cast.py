"""The demo's invented people, places of care, papers, and the mistakes planted in them.

Nobody and nothing here exists: the telephone numbers are from the range kept for fiction, and the
town, its postal code and its clinics are made up.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from pathlib import Path

from vault.model.flags import Kind, Severity, Subject
from vault.model.providers import ProviderKind

SCANS = Path(__file__).with_name("scans")


@dataclass(frozen=True, slots=True)
class Patient:
    """The patient as she would enter herself; `printed` is how clinics print her name."""

    name: str
    printed: str
    born: dt.date
    sex: str
    former_names: tuple[str, ...]
    address: tuple[str, ...]
    phone: str
    email: str


@dataclass(frozen=True, slots=True)
class Clinic:
    """A place of care: where to write to, the number it knows the patient by, who signs there."""

    key: str
    name: str
    kind: ProviderKind
    department: str
    address: tuple[str, ...]
    phone: str
    fax: str
    mrn: str
    clinician: str
    jurisdiction: str = "us"


@dataclass(frozen=True, slots=True)
class Paper:
    """One bundled scan: its file name in `SCANS`, who wrote it, and when."""

    file: str
    title: str
    clinic: str
    dated: dt.date
    pages: int


@dataclass(frozen=True, slots=True)
class Mistake:
    """A mistake planted in a paper: the words as printed, what they should be, and why."""

    file: str
    page: int
    quote: str
    should_say: str
    why: str
    kind: Kind
    subject: Subject
    severity: Severity


PATIENT = Patient(
    name="Marian Ellery Voss",
    printed="VOSS, Marian E.",
    born=dt.date(1961, 3, 14),
    sex="female",
    former_names=("Marian Ellery Hale",),
    address=("27 Alder Lane", "Wrenhaven, OR 98714"),
    phone="541-555-0142",
    email="marian.voss@example.org",
)

FAMILY = Clinic(
    key="family",
    name="Millrace Family Medicine",
    kind=ProviderKind.PRIMARY_CARE,
    department="Medical Records",
    address=("210 Millrace Lane", "Wrenhaven, OR 98714"),
    phone="541-555-0110",
    fax="541-555-0111",
    mrn="MFM-204417",
    clinician="Judith A. Tolland, MD",
)

HOSPITAL = Clinic(
    key="hospital",
    name="Wrenhaven General Hospital",
    kind=ProviderKind.HOSPITAL,
    department="Health Information Management",
    address=("1400 Upper Ferry Road", "Wrenhaven, OR 98714"),
    phone="541-555-0120",
    fax="541-555-0121",
    mrn="00731952",
    clinician="Samuel P. Ordway, MD",
)

LAB = Clinic(
    key="lab",
    name="Copperline Clinical Laboratory",
    kind=ProviderKind.LAB,
    department="Client Services",
    address=("88 Foundry Street", "Wrenhaven, OR 98714"),
    phone="541-555-0130",
    fax="541-555-0137",
    mrn="CL-558120",
    clinician="Priya N. Sandoval, MD, Laboratory Director",
)

CARDIOLOGY = Clinic(
    key="cardiology",
    name="Quillon Heart Associates",
    kind=ProviderKind.SPECIALIST,
    department="Release of Information",
    address=("415 Quarry Road, Suite 200", "Wrenhaven, OR 98714"),
    phone="541-555-0150",
    fax="541-555-0151",
    mrn="QHA-88213",
    clinician="Henrik V. Aldous, MD",
)

PHARMACY = Clinic(
    key="pharmacy",
    name="Tindle Street Pharmacy",
    kind=ProviderKind.PHARMACY,
    department="Privacy Office",
    address=("3 Tindle Street", "Wrenhaven, OR 98714"),
    phone="541-555-0160",
    fax="541-555-0161",
    mrn="RX-19077",
    clinician="Owen T. Brack, PharmD",
)

CLINICS = (FAMILY, HOSPITAL, LAB, CARDIOLOGY, PHARMACY)

VISIT = Paper("clinic-visit.pdf", "Office visit note", "family", dt.date(2026, 5, 14), 1)
DISCHARGE = Paper("discharge-summary.pdf", "Discharge summary", "hospital", dt.date(2026, 4, 21), 2)
LABS = Paper("lab-fax.pdf", "Laboratory report", "lab", dt.date(2026, 5, 12), 1)
CONSULT = Paper(
    "cardiology-letter.pdf", "Cardiology consultation letter", "cardiology", dt.date(2026, 6, 2), 1
)
MEDICINES = Paper("pharmacy-list.pdf", "Medication list", "pharmacy", dt.date(2026, 6, 9), 1)

PAPERS = (VISIT, DISCHARGE, LABS, CONSULT, MEDICINES)

RIGHT_BIRTH_DATE = "03/14/1961"
WRONG_BIRTH_DATE = "03/14/1951"
DRUG = "Metoprolol succinate ER"
RIGHT_DOSE = "25 mg"
WRONG_DOSE = "125 mg"
HOW_TAKEN = "by mouth once daily"

WRONG_BORN = Mistake(
    file=CONSULT.file,
    page=1,
    quote=f"DOB: {WRONG_BIRTH_DATE}",
    should_say=RIGHT_BIRTH_DATE,
    why="I was born on 14 March 1961. All my other records give that date.",
    kind=Kind.WRONG_VALUE,
    subject=Subject.IDENTITY,
    severity=Severity.CARE,
)

WRONG_MEDICINE = Mistake(
    file=CONSULT.file,
    page=1,
    quote=f"{DRUG} {WRONG_DOSE} {HOW_TAKEN}",
    should_say=f"{DRUG} {RIGHT_DOSE} {HOW_TAKEN}",
    why=(
        "The hospital, my family doctor and my pharmacy all give 25 mg. "
        "I have never been given 125 mg."
    ),
    kind=Kind.WRONG_VALUE,
    subject=Subject.MEDICATION,
    severity=Severity.HARM_NOW,
)

MISTAKES = (WRONG_BORN, WRONG_MEDICINE)


def clinic(key: str) -> Clinic:
    """The place of care with that key; raises KeyError for another."""
    return {c.key: c for c in CLINICS}[key]
