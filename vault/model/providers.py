"""Providers: who holds records."""

from __future__ import annotations

import datetime as dt
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
    """A holder of records; `address` lines lead to the office that releases information.

    `npi` is its number in the national registry, `other_names` are brands and names it had.
    A practice that closed on `closed_on` may name the provider (id) that keeps its records.
    `to_confirm` says where the address was found, until a person has confirmed it.
    """

    id: str
    name: str
    kind: ProviderKind = ProviderKind.OTHER
    jurisdiction: str = "us"  # a place (us-tx, uk) or one rule's id
    department: str = ""
    address: tuple[str, ...] = ()
    phone: str = ""
    fax: str = ""
    email: str = ""
    npi: str = ""
    other_names: tuple[str, ...] = ()
    closed_on: dt.date | None = None
    successor: str | None = None
    to_confirm: str = ""

    @property
    def names(self) -> tuple[str, ...]:
        """Every name it goes by, the one on its letters first."""
        return (self.name, *self.other_names)
