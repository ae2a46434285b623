"""Offices: the desks of a provider, and the vendors who answer for it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class OfficeRole(StrEnum):
    """What an office is asked for."""

    RECORDS = "records"
    IMAGING = "imaging"
    BILLING = "billing"
    PATHOLOGY = "pathology"
    PRIVACY = "privacy"
    VENDOR = "vendor"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Office:
    """A desk of a provider and how it is reached; a vendor is an office by its own name.

    `contact` is who answers there, `site` its web page or portal.
    """

    id: str
    provider: str
    role: OfficeRole
    name: str = ""
    contact: str = ""
    address: tuple[str, ...] = ()
    phone: str = ""
    fax: str = ""
    email: str = ""
    site: str = ""
    note: str = ""
