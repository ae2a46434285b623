"""Providers: who holds records."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class ProviderKind(StrEnum):
    """What kind of holder a provider is; deadlines may differ by it."""

    PRIMARY_CARE = "primary_care"
    SPECIALIST = "specialist"
    CLINIC = "clinic"
    HOSPITAL = "hospital"
    LAB = "lab"
    IMAGING = "imaging"
    PATHOLOGY = "pathology"
    PHARMACY = "pharmacy"
    DENTAL = "dental"
    MENTAL_HEALTH = "mental_health"
    INSURER = "insurer"
    SCHOOL = "school"
    EMPLOYER = "employer"
    MILITARY = "military"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Provider:
    """A holder of records; `address` lines lead to the office that releases information."""

    id: str
    name: str
    kind: ProviderKind = ProviderKind.OTHER
    jurisdiction: str = "us"  # a place (us-tx, uk) or one rule's id
    department: str = ""
    address: tuple[str, ...] = ()
    phone: str = ""
    fax: str = ""
    email: str = ""
