"""The words that announce a fact, and the words that say a fact is somebody else's."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from functools import cache, lru_cache

from vault.facts.tokens import Token, fold


class Label(StrEnum):
    """What a label announces; weak ones need company to be believed."""

    PATIENT_NAME = "patient_name"
    PATIENT = "patient"
    NAME = "name"
    RE = "re"
    BORN = "born"
    MRN = "mrn"
    ID = "id"
    SERVICE_DATE = "service_date"
    OTHER_DATE = "other_date"
    AUTHOR = "author"
    SEX = "sex"


_PHRASES = {
    Label.PATIENT_NAME: (
        "patient name|patients name|name of patient|pt name|client name|patient full name|"
        "patient legal name|full name|legal name"
    ),
    Label.PATIENT: "patient|pt",
    Label.NAME: "name",
    Label.RE: "re|regarding",
    Label.BORN: (
        "dob|d o b|date of birth|birth date|birthdate|born|born on|patient dob|pt dob|"
        "patient date of birth|patient birth date|patient born|birthday"
    ),
    Label.MRN: (
        "mrn|mr no|mr #|mrn no|mrn #|medical record number|medical record no|medical record #|"
        "medical record|med rec no|med rec #|med rec|chart number|chart no|chart #|chart|"
        "patient id|patient no|patient number|patient #|patient mrn|pt id|pt no|pt mrn|unit number|"
        "unit no|hospital number|hospital no|record number|record no|record #|"
        "patient id number|patient id no"
    ),
    Label.ID: "id|id no|id number|id #",
    Label.SERVICE_DATE: (
        "date of service|service date|dos|encounter date|date of visit|visit date|date of exam|"
        "exam date|date of procedure|procedure date|date of consultation|admission date|"
        "date of admission|admitted|discharge date|collected|collection date|date collected|"
        "date of discharge|discharged|date of surgery|date of operation|operation date|"
        "specimen collected|date of delivery|study date|date of study|examination date|"
        "date of examination|date seen|seen on|date of encounter|admit date|date admitted|"
        "date discharged|procedure date time|collected on|drawn|date drawn|specimen date"
    ),
    Label.OTHER_DATE: (
        "received|date received|reported|date reported|report date|date of report|resulted|"
        "result date|dictated|date dictated|transcribed|typed|printed|date printed|print date|"
        "list printed|signed on|date signed|verified|finalized|results reported|"
        "specimen received|released|statement date"
    ),
    Label.AUTHOR: (
        "electronically signed by|signed by|signed|esigned by|e signed by|digitally signed by|"
        "authenticated by|dictated by|authored by|author|provider|attending|attending physician|"
        "ordering provider|physician|interpreting physician|pathologist|surgeon"
    ),
}
_PHRASES[Label.SEX] = "sex|gender|sex at birth|administrative sex|legal sex|patient sex|sex page"
_KIN = (
    "mother mothers mom maternal father fathers dad paternal parent parents guardian spouse "
    "husband wife son daughter child childs children brother sister sibling siblings twin newborn "
    "newborns baby babys infant infants neonate fetus kin nok subscriber subscribers policyholder "
    "policy insured insureds insurance guarantor guarantors responsible emergency contact proxy "
    "donor dependent partner caregiver relative grandmother grandfather aunt uncle cousin niece "
    "nephew beneficiary cardholder holder representative relationship family girl boy"
)
_STAFF = (
    "provider providers physician physicians doctor attending referring referred ordering surgeon "
    "radiologist pathologist nurse therapist pharmacy pharmacist technologist facility hospital "
    "laboratory employer preparer author witness interpreter user requester requestor recipient "
    "sender drug medication test plan payer carrier company vendor consultant staff"
)
KIN = frozenset(fold(word) for word in _KIN.split())
STAFF = frozenset(fold(word) for word in _STAFF.split())
PATIENT = frozenset(fold(word) for word in ("patient", "patients", "pt", "client"))


@cache
def _phrases() -> tuple[tuple[tuple[str, ...], Label], ...]:
    """The phrases folded, the longest first."""
    found = [
        (tuple(fold(word) or word for word in phrase.split()), label)
        for label, held in _PHRASES.items()
        for phrase in held.split("|")
    ]
    return tuple(sorted(found, key=lambda f: -len(f[0])))


def _one_slip(read: str, meant: str) -> bool:
    """Whether a word differs from a label's by one letter read wrong, left out or added."""
    if abs(len(read) - len(meant)) > 1:
        return False
    short, long = sorted((read, meant), key=len)
    for i, (a, b) in enumerate(zip(short, long, strict=False)):
        if a != b:
            return short[i:] == long[i + 1 :] or short[i + 1 :] == long[i + 1 :]
    return True


def _is(read: str, meant: str, shortest: int) -> bool:
    """Whether a word is a label's; a slip is forgiven in one of at least so many letters."""
    return read == meant or (len(meant) >= shortest and _one_slip(read, meant))


def _forgiven(phrase: tuple[str, ...]) -> int:
    """How long a word must be to be forgiven a slip: a phrase vouches for its short words."""
    return 4 if len(phrase) > 2 else 5


@lru_cache(maxsize=4096)
def _beginning(read: str) -> tuple[tuple[tuple[str, ...], Label], ...]:
    """The phrases that may begin with a word as read; most words begin none."""
    return tuple(held for held in _phrases() if _is(read, held[0][0], _forgiven(held[0])))


def label_at(tokens: Sequence[Token], at: int) -> tuple[Label, int] | None:
    """The label that begins at a token, and how many tokens it takes; the longest wins."""
    cell = tokens[at].cell
    for phrase, label in _beginning(tokens[at].key or tokens[at].text):
        held = tokens[at : at + len(phrase)]
        if (
            len(held) == len(phrase)
            and held[-1].cell == cell
            and all(
                _is(token.key or token.text, meant, _forgiven(phrase))
                for token, meant in zip(held, phrase, strict=True)
            )
        ):
            return label, len(phrase)
    return None


def is_kin(token: Token) -> bool:
    """Whether a word speaks of somebody beside the patient who may have a birth date here."""
    return token.key in KIN


def is_staff(token: Token) -> bool:
    """Whether a word speaks of those who treat, or of things that have names."""
    return token.key in STAFF
