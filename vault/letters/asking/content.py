"""What a letter of asking is made of: who, whom, what, the law of the place, and what happened."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, fields, is_dataclass, replace
from decimal import Decimal
from enum import StrEnum
from typing import Protocol, TypeVar

from vault.law.book import Book
from vault.law.clock import Due
from vault.law.rows import FeeRule, Ground, NeverValid, NoticePart, Regulator, Review
from vault.law.terms import Rule
from vault.letters.compose import inline
from vault.model.asking_letters import LetterKind
from vault.model.lifecycle import Standing
from vault.model.providers import ProviderKind
from vault.model.record_types import RecordType

T = TypeVar("T")


class Regime(StrEnum):
    """Whose words on access a letter uses."""

    US = "us"
    UK = "uk"
    UK_DECEASED = "uk_deceased"
    EU = "eu"
    ONTARIO = "ontario"
    AUSTRALIA = "australia"
    NEW_ZEALAND = "new_zealand"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Law:
    """What the data knows of the place: the rules for what is asked, the shortest first.

    `hipaa` is set where HIPAA binds the holder. `fees` apply to this requester and medium.
    """

    regime: Regime
    rules: tuple[Rule, ...]
    hipaa: bool
    place: str
    book: Book
    fees: tuple[FeeRule, ...] = ()
    regulators: tuple[Regulator, ...] = ()
    review: Review | None = None
    grounds: tuple[Ground, ...] = ()
    parts: tuple[NoticePart, ...] = ()
    never: tuple[NeverValid, ...] = ()
    acknowledged_in: Rule | None = None

    @property
    def binding(self) -> tuple[Rule, ...]:
        """The rules that bind the holder; () where one is only shown for comparison."""
        return tuple(rule for rule in self.rules if not rule.compared)

    @property
    def main(self) -> Rule | None:
        """The shortest rule that binds without a condition, else the shortest."""
        plain = [rule for rule in self.binding if not rule.condition]
        return next(iter(plain or self.binding), None)


@dataclass(frozen=True, slots=True)
class Holder:
    """Who is written to; `lines` are those of the address, without the name."""

    name: str
    kind: ProviderKind = ProviderKind.OTHER
    desk: str = ""
    lines: tuple[str, ...] = ()
    phone: str = ""
    fax: str = ""
    email: str = ""


@dataclass(frozen=True, slots=True)
class Patient:
    """Whose records are asked for."""

    name: str
    born: dt.date
    died: dt.date | None = None
    former_names: tuple[str, ...] = ()
    mrn: str = ""
    lines: tuple[str, ...] = ()
    phone: str = ""
    email: str = ""


@dataclass(frozen=True, slots=True)
class Signer:
    """Who asks for the patient: who they are to them, on what basis, and the proof of it."""

    name: str
    relationship: str = ""
    basis: str = ""
    proof: str = ""
    lines: tuple[str, ...] = ()
    phone: str = ""
    email: str = ""


@dataclass(frozen=True, slots=True)
class Want:
    """One thing asked for, in words; `id` is the item's."""

    id: str
    type: RecordType
    words: str
    since: dt.date | None = None
    until: dt.date | None = None
    facility: str = ""
    format: str = ""
    fallback: str = ""
    deliver: str = ""
    missing: tuple[str, ...] = ()


class Started(Protocol):
    """Where something that was asked for stands: the day its clock started, and how sure."""

    @property
    def assumed(self) -> bool:
        """Whether the day is a guess."""

    @property
    def start(self) -> dt.date | None:
        """The day the clock started."""


class Written(Protocol):
    """What every letter to a holder of records is made of, whatever it asks for."""

    @property
    def reference(self) -> str:
        """The id of what is asked for."""

    @property
    def on(self) -> dt.date:
        """The day of the letter."""

    @property
    def holder(self) -> Holder:
        """Who is written to."""

    @property
    def patient(self) -> Patient:
        """Whose records they are."""

    @property
    def signer(self) -> Signer | None:
        """Who signs for the patient; None where they sign themselves."""

    @property
    def law(self) -> Law:
        """What a letter may say of the law."""

    @property
    def due(self) -> Due | None:
        """When an answer is owed."""

    @property
    def standing(self) -> Started:
        """Where it stands."""

    @property
    def enclosures(self) -> tuple[str, ...]:
        """What goes with the letter."""


@dataclass(frozen=True, slots=True)
class Content:
    """Everything a letter of asking can say; pure data, gathered before anything is composed."""

    kind: LetterKind
    reference: str
    on: dt.date
    holder: Holder
    patient: Patient
    wants: tuple[Want, ...]
    law: Law
    standing: Standing
    signer: Signer | None = None
    due: Due | None = None
    first_due: Due | None = None
    format: str = ""
    fallback: str = ""
    deliver: str = ""
    fee_limit: Decimal | None = None
    currency: str = ""
    sensitive: tuple[str, ...] = ()
    third_party: tuple[str, ...] = ()
    inspect: bool = False
    enclosures: tuple[str, ...] = ()

    @property
    def whole(self) -> bool:
        """Whether the whole record is asked for."""
        return any(want.type is RecordType.ALL for want in self.wants)

    @property
    def paper(self) -> str:
        """The paper of the place."""
        return "us-letter" if self.law.regime in (Regime.US, Regime.ONTARIO) else "a4"


def fit_to_print(value: T) -> T:
    """The same data, every text in it one safe line that cannot reorder the words around it.

    Enumerations, and the law, which is the program's own or was checked, stay as they are.
    """
    if isinstance(value, StrEnum | Law | Standing | Due):
        return value
    if isinstance(value, str):
        return inline(value)  # type: ignore[return-value]  # a str for a str
    if isinstance(value, tuple):
        return tuple(fit_to_print(part) for part in value)  # type: ignore[return-value]
    if is_dataclass(value) and not isinstance(value, type):
        return replace(
            value, **{f.name: fit_to_print(getattr(value, f.name)) for f in fields(value)}
        )
    return value
