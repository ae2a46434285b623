"""The words of a rule: rights, ways of counting, and the rule itself."""

from __future__ import annotations

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


class Roll(StrEnum):
    """Whether a date that is no working day moves to the next one."""

    NONE = "none"
    FORWARD = "forward"
    MAYBE_FORWARD = "maybe_forward"


class Confidence(StrEnum):
    """How sure the data is of a rule."""

    HIGH = "high"
    MED = "med"
    LOW = "low"


@dataclass(frozen=True, slots=True)
class Rule:
    """How long a holder has for one right: `days` or `months`, how counted, and who says so.

    `starts` says what starts the clock. `extension_days` are added to the time; `extended_days`
    and `extended_months` count from the start. `soft` is guidance rather than a limit; `hipaa`
    is set where HIPAA binds the holder besides. `condition` is what must hold for the rule to
    apply, `note` what else a person should know; both are clauses.
    `compared` is set on a rule that does not bind the holder and is shown for comparison only.
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
    holidays: str = "weekends"
    extension_days: int = 0
    extended_days: int = 0
    extended_months: int = 0
    extension_notice: str = ""
    soft: bool = False
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
