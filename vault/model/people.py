"""People: the patient, and whoever acts for them."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

ADULT = 18
"""The age of majority in most places; Alabama, Nebraska, Mississippi and others differ."""


class Relation(StrEnum):
    """Who somebody is to the person who keeps the vault."""

    SELF = "self"
    CHILD = "child"
    PARENT = "parent"
    SPOUSE = "spouse"
    WARD = "ward"
    DECEASED = "deceased"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Mrn:
    """A medical record number and the provider that gave it."""

    provider: str
    number: str


@dataclass(frozen=True, slots=True)
class Person:
    """A person whose records are kept; `address` holds lines as they go on a letter.

    `relation` is who they are to the person who keeps the vault.
    """

    id: str
    name: str
    born: dt.date
    sex: str = ""
    former_names: tuple[str, ...] = ()
    mrns: tuple[Mrn, ...] = ()
    address: tuple[str, ...] = ()
    phone: str = ""
    email: str = ""
    relation: Relation = Relation.SELF
    died_on: dt.date | None = None


def birthday(born: dt.date, age: int) -> dt.date:
    """The day somebody reaches an age in years; for a 29 February without one, 1 March."""
    try:
        return born.replace(year=born.year + age)
    except ValueError:
        return dt.date(born.year + age, 3, 1)
