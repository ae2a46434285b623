"""Dates as records print them, dates as people type them, and the one clock."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass

from vault.errors import BadDate

MONTHS = (
    "january", "february", "march", "april", "may", "june",
    "july", "august", "september", "october", "november", "december",
)  # fmt: skip


def today() -> dt.date:
    """The date here and now; front ends call it and pass it down."""
    return dt.datetime.now().astimezone().date()


def now() -> str:
    """This moment in UTC as ISO 8601 text to the second, as the vault stores it."""
    return dt.datetime.now(dt.UTC).isoformat(timespec="seconds").replace("+00:00", "Z")


def parse(text: str, what: str = "the date") -> dt.date:
    """Read a date typed as YYYY-MM-DD; raise BadDate for anything else."""
    if not re.fullmatch(r"\d{4}-\d{2}-\d{2}", text.strip(), re.ASCII):
        raise BadDate(text, what)
    try:
        return dt.date.fromisoformat(text.strip())
    except ValueError:
        raise BadDate(text, what) from None


@dataclass(frozen=True, slots=True)
class PartialDate:
    """A date as a record prints it: what it may mean, and the text itself.

    `readings` holds every date the text can mean, day and month both ways round where the
    order is open (03/07/1961 is two dates); it is empty where the text names no full date.
    """

    text: str
    readings: tuple[dt.date, ...]

    def may_be(self, day: dt.date) -> bool:
        """Whether one of the readings is `day`."""
        return day in self.readings


def _date(year: int, month: int, day: int) -> dt.date | None:
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None


def _years(text: str, pivot: int) -> int:
    """A two-digit year up to two digits of `pivot` is of that century, a later one of the last."""
    if len(text) > 2:
        return int(text)
    century = pivot // 100 * 100
    year = century + int(text)
    return year if year <= pivot else year - 100


_NUMERIC = re.compile(
    r"(?<!\d)(?<!\d[/.\-])(\d{1,2})\s?[/.\-]\s?(\d{1,2})\s?[/.\-]\s?(\d{4}|\d{2})(?!\d)", re.ASCII
)
_ISO = re.compile(r"(?<!\d)(\d{4})\s?[/.\-]\s?(\d{1,2})\s?[/.\-]\s?(\d{1,2})(?!\d)", re.ASCII)
_MONTH = "|".join(f"{m[:3]}(?:{m[3:]})?" for m in MONTHS if m != "may") + "|may|sept"
_WORDY = re.compile(
    rf"(?<![a-z])({_MONTH})\.?\s+(\d{{1,2}})(?:st|nd|rd|th)?\s?,?\s+(\d{{4}})(?!\d)",
    re.IGNORECASE | re.ASCII,
)
_DAY_FIRST = re.compile(
    rf"(?<!\d)(\d{{1,2}})(?:st|nd|rd|th)?[\s\-]+(?:of\s+)?({_MONTH})\.?,?[\s\-]+(\d{{4}})(?!\d)"
    rf"|(?<!\d)(\d{{1,2}})-({_MONTH})-(\d{{2}})(?!\d)",
    re.IGNORECASE | re.ASCII,
)


def _month(word: str) -> int:
    return next(i for i, m in enumerate(MONTHS, 1) if m.startswith(word[:3].lower()))


def _readings(m: re.Match[str], pivot: int) -> list[dt.date | None]:
    """The dates a match can mean, by the pattern it came from."""
    if m.re is _ISO:
        return [_date(int(m[1]), int(m[2]), int(m[3]))]
    if m.re is _NUMERIC:
        year = _years(m[3], pivot)
        return [_date(year, int(m[1]), int(m[2])), _date(year, int(m[2]), int(m[1]))]
    if m.re is _WORDY:
        return [_date(int(m[3]), _month(m[1]), int(m[2]))]
    day, word, last = (m[1], m[2], m[3]) if m[1] else (m[4], m[5], m[6])
    return [_date(_years(last, pivot), _month(word), int(day))]


def printed(text: str, pivot: int = 2026) -> PartialDate | None:
    """Read the first date in `text` as printed in a record, or None where there is none.

    Two-digit years after `pivot` are taken for the century before. 03/07/1961 gives both
    readings, month first before day first.
    """
    matches = (p.search(text) for p in (_ISO, _NUMERIC, _WORDY, _DAY_FIRST))
    first = min((m for m in matches if m), key=lambda m: m.start(), default=None)
    if first is None:
        return None
    readings = tuple(dict.fromkeys(d for d in _readings(first, pivot) if d is not None))
    return PartialDate(first[0], readings)
