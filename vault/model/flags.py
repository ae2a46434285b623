"""Flags: suspicions by a check and findings by a person, about a place in a record."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from enum import StrEnum

from vault.model.words import Box


class FlagState(StrEnum):
    """Where a flag stands; only a person moves it on from `suspected`."""

    SUSPECTED = "suspected"
    CONFIRMED = "confirmed"
    DISMISSED = "dismissed"
    IN_CORRECTION = "in_correction"
    RESOLVED = "resolved"


class Check(StrEnum):
    """Which check raised a flag; `person` where a person made it by hand."""

    WRONG_NAME = "wrong_name"
    WRONG_DOB = "wrong_dob"
    WRONG_PATIENT_PAGE = "wrong_patient_page"
    WRONG_SEX = "wrong_sex"
    MISSING_PAGE = "missing_page"
    BLANK_PAGE = "blank_or_illegible_page"
    DUPLICATE_PAGE = "duplicate_page"
    DUPLICATE_DOCUMENT = "duplicate_document"
    IMPOSSIBLE_DATE = "impossible_date"
    REFERENCED_ABSENT = "referenced_absent"
    ORDER_WITHOUT_RESULT = "order_without_result"
    ADMISSION_WITHOUT_DISCHARGE = "admission_without_discharge"
    IMAGES_WITHOUT_REPORT = "images_without_report"
    BILL_WITHOUT_NOTE = "bill_without_note"
    REQUEST_DATE_GAP = "request_date_gap"
    REQUEST_TYPE_ABSENT = "request_type_absent"
    # What is clinical.
    ALLERGY_CONTRADICTION = "allergy_contradiction"
    ALLERGY_DRUG_CONFLICT = "allergy_drug_conflict"
    MED_DOSE_CONTRADICTION = "med_dose_contradiction"
    LATERALITY_CONTRADICTION = "laterality_contradiction"
    SOCIAL_FAMILY_CONTRADICTION = "social_family_contradiction"
    DIAGNOSIS_CONTRADICTION = "diagnosis_contradiction"
    COPY_FORWARD = "copy_forward"
    IMPLAUSIBLE_VALUE = "implausible_value"
    PERSON = "person"


class Kind(StrEnum):
    """What is wrong."""

    WRONG_VALUE = "wrong_value"
    NEVER_HAPPENED = "never_happened"
    NOT_MINE = "not_mine"
    OUTDATED = "outdated"
    WRONG_STATUS = "wrong_status"
    WRONG_DATE = "wrong_date"
    WRONG_SIDE = "wrong_side"
    WRONG_PERSON = "wrong_person"
    COPIED_FORWARD = "copied_forward"
    REPEATED = "repeated"
    CONTRADICTION = "contradiction"
    MISQUOTE = "misquote"
    JUDGMENTAL = "judgmental"
    UNREADABLE = "unreadable"
    MISSING = "missing"


class Subject(StrEnum):
    """What the wrong entry is about."""

    IDENTITY = "identity"
    CONTACT = "contact"
    PROBLEM = "problem"
    PAST_HISTORY = "past_history"
    FAMILY_HISTORY = "family_history"
    SOCIAL_HISTORY = "social_history"
    SYMPTOMS = "symptoms"
    MEDICATION = "medication"
    ALLERGY = "allergy"
    IMMUNIZATION = "immunization"
    VITAL_SIGN = "vital_sign"
    PHYSICAL_EXAM = "physical_exam"
    LAB = "lab"
    IMAGING = "imaging"
    PATHOLOGY = "pathology"
    PROCEDURE = "procedure"
    PLAN = "plan"
    CONSENT = "consent"
    ADVANCE_DIRECTIVE = "advance_directive"
    VISIT = "visit"
    BILLING = "billing"
    CORRESPONDENCE = "correspondence"
    AUTHOR = "author"


class Severity(StrEnum):
    """What harm the entry can do."""

    HARM_NOW = "harm_now"
    CARE = "care"
    COVERAGE = "coverage"
    MINOR = "minor"
    TYPO = "typo"


class OmissionKind(StrEnum):
    """In what way something is missing; it tells what can be done about it.

    Not sent: what was asked for did not come. Copying defect: pages are missing or illegible.
    Incomplete record: what the record itself points at is not in it. Never charted: nobody wrote
    it down.
    """

    NOT_SENT = "not_sent"
    COPYING_DEFECT = "copying_defect"
    INCOMPLETE_RECORD = "incomplete_record"
    NEVER_CHARTED = "never_charted"


_OMISSIONS = {
    Check.MISSING_PAGE: OmissionKind.COPYING_DEFECT,
    Check.BLANK_PAGE: OmissionKind.COPYING_DEFECT,
    Check.REFERENCED_ABSENT: OmissionKind.INCOMPLETE_RECORD,
    Check.ORDER_WITHOUT_RESULT: OmissionKind.INCOMPLETE_RECORD,
    Check.ADMISSION_WITHOUT_DISCHARGE: OmissionKind.INCOMPLETE_RECORD,
    Check.IMAGES_WITHOUT_REPORT: OmissionKind.INCOMPLETE_RECORD,
    Check.BILL_WITHOUT_NOTE: OmissionKind.INCOMPLETE_RECORD,
    Check.REQUEST_DATE_GAP: OmissionKind.NOT_SENT,
    Check.REQUEST_TYPE_ABSENT: OmissionKind.NOT_SENT,
}
"""In what way something is missing that a check has found to be."""


@dataclass(frozen=True, slots=True)
class Related:
    """Another place that shows the same thing."""

    record: str
    page: int


@dataclass(frozen=True, slots=True)
class Finding:
    """What a check or a person says of one place, before the vault gives it an id and a state.

    `page` is None where the whole record is meant. `quote` is the exact words, `box` their place.
    `reason` is a plain sentence. `key` names what the finding rests on, so that the same
    suspicion has the same fingerprint after a page is read again. A key that begins with `*` says
    all of it: the suspicion is the same wherever it is found, in every copy and on any page.
    """

    check: Check
    kind: Kind
    subject: Subject
    severity: Severity
    record: str
    page: int | None
    quote: str
    reason: str
    key: str
    box: Box | None = None
    confidence: int = 100
    related: tuple[Related, ...] = ()

    @property
    def fingerprint(self) -> str:
        """A name for this suspicion: equal for the same check, place and grounds, else not."""
        anywhere = self.key.startswith("*")
        place = () if anywhere else (self.record, str(self.page))
        parts = (self.check, *place, self.key)
        return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Flag:
    """A flag as the vault keeps it.

    `originator` is the provider who first made the entry, where it came from elsewhere; `request`
    the access request that asks for what is missing; `omission` in what way a person says that
    it is missing.
    """

    id: str
    state: FlagState
    finding: Finding
    should_say: str = ""
    why_dismissed: str = ""
    made_on: str = ""
    originator: str = ""
    request: str = ""
    omission: OmissionKind | None = None

    @property
    def missing(self) -> OmissionKind | None:
        """In what way something is missing: as a person said, else as the check that found it."""
        return self.omission or _OMISSIONS.get(self.finding.check)
