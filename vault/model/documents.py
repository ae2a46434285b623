"""Kinds of documents that come as records, and which of them answer to what was asked for."""

from __future__ import annotations

from enum import StrEnum


class DocumentKind(StrEnum):
    """What a document is."""

    NOTE = "note"
    CONSULT = "consult"
    ADMISSION = "admission"
    DISCHARGE_SUMMARY = "discharge_summary"
    DISCHARGE_PAPERS = "discharge_papers"
    EMERGENCY = "emergency"
    OPERATIVE = "operative"
    ANESTHESIA = "anesthesia"
    DELIVERY = "delivery"
    NURSING = "nursing"
    THERAPY = "therapy"
    LAB = "lab"
    PATHOLOGY = "pathology"
    IMAGING = "imaging"
    FILM = "film"
    HEART_TEST = "heart_test"
    ORDER = "order"
    REFERRAL = "referral"
    MEDICATIONS = "medications"
    IMMUNIZATIONS = "immunizations"
    BILL = "bill"
    CLAIM = "claim"
    CONSENT = "consent"
    LETTER = "letter"
    FORM = "form"
