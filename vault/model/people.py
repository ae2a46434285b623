"""People: the patient, and whoever acts for them."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Mrn:
    """A medical record number and the provider that gave it."""

    provider: str
    number: str


@dataclass(frozen=True, slots=True)
class Person:
    """A person whose records are kept; `address` holds lines as they go on a letter."""

    id: str
    name: str
    born: dt.date
    sex: str = ""
    former_names: tuple[str, ...] = ()
    mrns: tuple[Mrn, ...] = ()
    address: tuple[str, ...] = ()
    phone: str = ""
    email: str = ""
