"""Facts: what a record states, each with the place it stands at."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from vault.model.words import Box, Span


class FactKind(StrEnum):
    """What a fact is about."""

    NAME = "name"
    BORN = "born"
    MRN = "mrn"
    SERVICE_DATE = "service_date"
    AUTHOR = "author"
    # What is said of the patient's health; `value` is compact JSON, its members strings unless
    # said otherwise. Empty members are left out.
    ALLERGY = "allergy"  # to, kind (drug, other, all), status, reaction
    MEDICATION = "medication"  # drug, dose, unit, route, daily, needed, status, place
    UNCHANGED = "unchanged"  # what: nothing was changed of it
    PROBLEM = "problem"  # what, status, onset
    FAMILY = "family"  # who, what (a list), state, age; who "none" denies it of all
    SOCIAL = "social"  # habit, use, ended, pack_years
    VITAL = "vital"  # sign, number, unit
    RESULT = "result"  # test, number, unit, range, flag
    PROCEDURE = "procedure"  # what, side, on
    IMMUNIZATION = "immunization"  # what, on
    PASSAGE = "passage"  # words, more, days, until, sure


@dataclass(frozen=True, slots=True)
class Fact:
    """One statement of a page: `value` as understood, `quote` the exact words, and their place.

    `value` is a name with single blanks, a number as printed, or a date: ISO 8601, two of them
    joined by `|` where day and month are open. `label` is the printed word that told the kind
    ("DOB:"). `confidence` is the least sure word's, 0 to 100. `span` counts words of the reading.
    """

    kind: FactKind
    value: str
    quote: str
    label: str
    page: int
    span: Span
    box: Box
    confidence: int


@dataclass(frozen=True, slots=True)
class StoredFact:
    """A fact as the vault keeps it, with the extractor's version it was made by."""

    id: str
    record: str
    fact: Fact
    version: int
