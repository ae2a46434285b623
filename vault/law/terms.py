"""The words of a rule: rights, ways of counting, how sure a source is, and the rule itself."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum


class Right(StrEnum):
    """What is asked of the holder: a copy, an amendment, or only to look at the record."""

    ACCESS = "access"
    AMENDMENT = "amendment"
    INSPECT = "inspect"


class Count(StrEnum):
    """How days are counted from the day the clock starts."""

    CALENDAR_AFTER = "calendar_after"
    BUSINESS_AFTER = "business_after"
    MONTH_SAME_DATE = "month_same_date"
    INCLUSIVE_FROM_START = "inclusive_from_start"


class DayKind(StrEnum):
    """The kind of days a rule counts."""

    CALENDAR = "calendar"
    BUSINESS = "business"
    CALENDAR_MONTH = "calendar_month"


class Roll(StrEnum):
    """Whether a date that is no working day moves to the next one."""

    NONE = "none"
    FORWARD = "forward"
    MAYBE_FORWARD = "maybe_forward"


class Verified(StrEnum):
    """How a rule was seen: the law itself, an authority's page, a summary, or not at all."""

    TEXT = "text"
    OFFICIAL = "official"
    SUMMARY = "summary"
    UNVERIFIED = "unverified"


class Confidence(StrEnum):
    """How sure the data is of a rule."""

    HIGH = "high"
    MED = "med"
    LOW = "low"


class Silence(StrEnum):
    """What no answer in time counts as."""

    DEEMED_REFUSAL = "deemed_refusal"


@dataclass(frozen=True, slots=True)
class Source:
    """Who says so, how that was seen, and how sure the data is of it."""

    cite: str
    verified: Verified
    confidence: Confidence


@dataclass(frozen=True, slots=True)
class Rule:
    """How long a holder has for one right: `days` or `months`, how counted, and who says so.

    `starts` says what starts the clock, `starts_at_payment` that it waits for a payment,
    `starts_at_id` that it waits until it is clear who asks.
    `extension_days` are added to the time; `extended_days` and `extended_months` count from the
    start, the days as `extended_count` says. `extension_open` is an extension without a number,
    `extension_max` how many there may be. `after_fee_days` run from the payment of a fee, where
    that ends later. `alt_days` hold where all of the record was made in the `alt_within_days`
    before. `pause` is what stops the clock. `signature_days` is how old a signature may be.

    `soft` is guidance rather than a limit, `basis` the law it is guidance on; `hipaa` is set
    where HIPAA binds the holder besides. `condition` is what must hold for the rule to apply,
    `note` what else a person should know; both are clauses. `compared` is set on a rule that
    does not bind the holder and is shown for comparison only. `holidays` names the set that is
    kept, `days_off` and `days_on` what a person added to it and took out of it.
    """

    id: str
    name: str
    right: Right
    cite: str
    verified: str
    confidence: Confidence
    days: int = 0
    months: int = 0
    count: Count = Count.CALENDAR_AFTER
    roll: Roll = Roll.NONE
    starts: str = "receipt"
    starts_at_payment: bool = False
    starts_at_id: bool = False
    holidays: str = "weekends"
    days_off: frozenset[dt.date] = frozenset()
    days_on: frozenset[dt.date] = frozenset()
    extension_days: int = 0
    extended_days: int = 0
    extended_months: int = 0
    extended_count: Count | None = None
    extension_open: bool = False
    extension_max: int = 1
    extension_notice: str = ""
    after_fee_days: int = 0
    alt_days: int = 0
    alt_within_days: int = 0
    alt_if: str = ""
    pause: str = ""
    silence: Silence | None = None
    signature_days: int = 0
    statement: str = ""
    soft: bool = False
    basis: str = ""
    hipaa: bool = False
    compared: bool = False
    condition: str = ""
    note: str = ""

    @property
    def day_kind(self) -> str:
        """The days it counts: `calendar`, `business` or `calendar_month`."""
        if self.months:
            return "calendar_month"
        return "business" if self.count is Count.BUSINESS_AFTER else "calendar"

    @property
    def length(self) -> float:
        """About how many days it gives; good for ordering rules, not for counting."""
        if self.months:
            return self.months * 30.4
        return self.days * 1.4 if self.day_kind == "business" else self.days

    @property
    def extends(self) -> bool:
        """Whether the rule knows an extension at all."""
        numbers = self.extension_days or self.extended_days or self.extended_months
        return bool(numbers) or self.extension_open

    @property
    def source(self) -> Source:
        """Who says so."""
        return Source(self.cite, Verified(self.verified), self.confidence)
