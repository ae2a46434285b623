"""The rows of the data beside the deadlines: fees, regulators, denials, statements, retention."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum

from vault.law.terms import Right, Rule, Source


class Audience(StrEnum):
    """Who is asked to pay."""

    PATIENT = "patient"
    REPRESENTATIVE = "representative"
    THIRD_PARTY = "third_party"


class Medium(StrEnum):
    """On what a copy comes; `electronic_from_electronic` where it is kept electronically too."""

    ANY = "any"
    PAPER = "paper"
    ELECTRONIC = "electronic"
    ELECTRONIC_FROM_ELECTRONIC = "electronic_from_electronic"
    MICROFILM = "microfilm"
    CORRECTION = "correction"


class FeeKind(StrEnum):
    """How a fee is limited."""

    COST_BASED = "cost_based"
    PER_PAGE = "per_page"
    FLAT = "flat"
    CAP_TOTAL = "cap_total"
    FREE = "free"
    FLAT_OPTION = "flat_option"
    REASONABLE = "reasonable"


@dataclass(frozen=True, slots=True)
class Tier:
    """A price a page, from page `first` to page `last` (None: all that follow)."""

    first: int
    last: int | None
    amount: Decimal


@dataclass(frozen=True, slots=True)
class FeeRule:
    """What a holder may charge: for whom, on what, how much, in `currency`, and who says so.

    `base` covers the first `base_pages` pages (none, where that is 0). `cap` is the most for one
    `cap_unit`, `factor` what the price a page is multiplied by for an electronic copy.
    `condition` is what must hold for the rule to apply; `adjusted` says how the amounts change.
    """

    place: str
    name: str
    audience: Audience
    medium: Medium
    kind: FeeKind
    currency: str
    source: Source
    amount: Decimal | None = None
    base: Decimal = Decimal(0)
    base_pages: int = 0
    tiers: tuple[Tier, ...] = ()
    cap: Decimal | None = None
    cap_unit: str = ""
    factor: Decimal | None = None
    allowed: tuple[str, ...] = ()
    forbidden: tuple[str, ...] = ()
    holder: str = ""
    condition: str = ""
    adjusted: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Regulator:
    """Who hears a complaint, how long one may wait with it, and what has to be done before.

    `informal_months` is a time the regulator goes by without a law that sets it. `about` says
    what it hears, where that is not everything.
    """

    name: str
    source: Source
    days: int = 0
    months: int = 0
    informal_months: int = 0
    since: str = ""
    waivable: bool = False
    first_step: str = ""
    about: str = ""


@dataclass(frozen=True, slots=True)
class StatementLimit:
    """How long a statement of disagreement may be, and what it has to say.

    `words` is the most for each item (0: no number is set), `length` who sets a limit.
    """

    place: str
    source: Source
    words: int = 0
    length: str = ""
    must_state: str = ""


@dataclass(frozen=True, slots=True)
class Review:
    """Who reviews a denial."""

    kind: str
    source: Source


@dataclass(frozen=True, slots=True)
class Ground:
    """A reason the law knows for a denial, in plain words, and whether it can be reviewed."""

    id: str
    right: Right
    reviewable: bool
    words: str
    source: Source


@dataclass(frozen=True, slots=True)
class NeverValid:
    """Something holders say that the law knows as no ground, or as no condition for a copy."""

    id: str
    words: str
    source: Source


@dataclass(frozen=True, slots=True)
class NoticePart:
    """Something a written denial has to hold; `only_if` says when, where it is not always."""

    id: str
    right: Right
    words: str
    source: Source
    only_if: str = ""


@dataclass(frozen=True, slots=True)
class Retention:
    """How long a kind of holder has to keep records, and why one asks early.

    `years` counts from `since`; `minor_age` is the age until which records of a minor are kept.
    """

    id: str
    place: str
    holders: frozenset[str]
    words: str
    source: Source
    years: int = 0
    since: str = ""
    minor_age: int = 0


@dataclass(frozen=True, slots=True)
class Place:
    """One row of the data: a place, whom its rules are for, and all it states."""

    id: str
    name: str
    country: str = ""
    currency: str = ""
    overlay: str = ""
    yardstick: str = ""
    hipaa: bool = False
    holidays: str = ""
    only_by_id: bool = False
    inspect_too: bool = False
    holders: frozenset[str] = frozenset()
    not_holders: frozenset[str] = frozenset()
    members: frozenset[str] = frozenset()
    states: frozenset[str] = frozenset()
    who: tuple[str, ...] = ()
    records_from: dt.date | None = None
    limits: str = ""
    rules: Mapping[Right, Rule] = field(default_factory=dict)
    notes: Mapping[Right, str] = field(default_factory=dict)
    clocks: Mapping[str, Rule] = field(default_factory=dict)
    fees: tuple[FeeRule, ...] = ()
    regulators: tuple[Regulator, ...] = ()
    review: Review | None = None
    statement: StatementLimit | None = None
