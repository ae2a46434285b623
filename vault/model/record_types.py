"""Kinds of records: what can be asked for, and the plain words that name them."""

from __future__ import annotations

from enum import StrEnum


class RecordType(StrEnum):
    """What can be asked for."""

    VISIT_NOTES = "visit_notes"
    DISCHARGE_SUMMARIES = "discharge_summaries"
    OPERATIVE_REPORTS = "operative_reports"
    CONSULTS = "consults"
    LAB_RESULTS = "lab_results"
    PATHOLOGY = "pathology"
    IMAGING_REPORTS = "imaging_reports"
    IMAGES = "images"
    MEDICATIONS = "medications"
    ALLERGIES = "allergies"
    IMMUNIZATIONS = "immunizations"
    BILLING = "billing"
    CLAIMS = "claims"
    MESSAGES = "messages"
    THERAPY = "therapy_notes"
    NURSING = "nursing_notes"
    EMERGENCY = "emergency_records"
    HOSPITAL = "hospital_records"
    ALL = "all"


_WORDS = {
    RecordType.VISIT_NOTES: "visit office progress clinic notes note visits",
    RecordType.DISCHARGE_SUMMARIES: "discharge summary summaries",
    RecordType.OPERATIVE_REPORTS: "operative surgery surgical procedure operation reports report",
    RecordType.CONSULTS: "consult consults consultation consultations",
    RecordType.LAB_RESULTS: "lab labs laboratory blood results result tests",
    RecordType.PATHOLOGY: "pathology biopsy",
    RecordType.IMAGING_REPORTS: "imaging radiology xray xrays mri ct reports report",
    RecordType.IMAGES: "images image films film pictures scans radiology xray xrays mri ct",
    RecordType.MEDICATIONS: "medication medications medicines drugs prescriptions list",
    RecordType.ALLERGIES: "allergy allergies",
    RecordType.IMMUNIZATIONS: (
        "immunization immunizations vaccine vaccines vaccination vaccinations shots"
    ),
    RecordType.BILLING: "billing bill bills invoices itemized",
    RecordType.CLAIMS: "claims claim eob insurance",
    RecordType.MESSAGES: "messages message portal",
    RecordType.THERAPY: "physical occupational speech therapy rehab rehabilitation notes note",
    RecordType.NURSING: "nursing nurse nurses flowsheets flowsheet notes note",
    RecordType.EMERGENCY: "emergency er department room",
    RecordType.HOSPITAL: "hospital inpatient admission admissions stay",
}
_WHOLE = frozenset(["all", "everything", "complete", "entire", "whole", "full"])
_RECORD = frozenset(["record", "records", "chart", "file", "files"])
_VAGUE = frozenset(["report", "reports"])  # of which kind, they do not say


def understand(text: str) -> RecordType | None:
    """The record type that plain words mean ("office visit notes"), or None.

    "All" is understood where nothing more exact is named, or the whole record is.
    """
    plain = text.strip().lower().replace("-", " ").replace("_", " ").replace("x ray", "xray")
    if plain.replace(" ", "_") in RecordType.__members__.values():
        return RecordType(plain.replace(" ", "_"))
    words = plain.split()
    every, record = not _WHOLE.isdisjoint(words), not _RECORD.isdisjoint(words)
    scores = {t: sum(w in known.split() for w in words) for t, known in _WORDS.items()}
    told = any(w in known.split() for known in _WORDS.values() for w in words if w not in _VAGUE)
    if (every and record) or (not told and (every or record)):
        return RecordType.ALL
    if not told:
        return None
    best = max(scores.values())
    winners = [t for t, score in scores.items() if score == best]
    if len(winners) > 1:  # "imaging reports" also knows "reports": the first word decides
        winners = [t for t in winners if words[0] in _WORDS[t].split()] or winners
    return winners[0]
