"""What is missing, read from what a check says of it: which kind of record, of which days."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass

from vault.model.flags import Check, Flag
from vault.model.paper_kinds import DocumentKind as Kind
from vault.model.record_types import RecordType as Type
from vault.model.studies import is_lab

_DAY = re.compile(r"\b(\d{4})-(\d\d)-(\d\d)\b")
_BY_KIND = {
    Kind.NOTE: Type.VISIT_NOTES,
    Kind.CONSULT: Type.CONSULTS,
    Kind.ADMISSION: Type.HOSPITAL,
    Kind.DISCHARGE_SUMMARY: Type.DISCHARGE_SUMMARIES,
    Kind.DISCHARGE_PAPERS: Type.HOSPITAL,
    Kind.EMERGENCY: Type.EMERGENCY,
    Kind.OPERATIVE: Type.OPERATIVE_REPORTS,
    Kind.ANESTHESIA: Type.HOSPITAL,
    Kind.DELIVERY: Type.HOSPITAL,
    Kind.NURSING: Type.NURSING,
    Kind.THERAPY: Type.THERAPY,
    Kind.LAB: Type.LAB_RESULTS,
    Kind.PATHOLOGY: Type.PATHOLOGY,
    Kind.IMAGING: Type.IMAGING_REPORTS,
    Kind.FILM: Type.IMAGES,
    Kind.REFERRAL: Type.CONSULTS,
    Kind.MEDICATIONS: Type.MEDICATIONS,
    Kind.IMMUNIZATIONS: Type.IMMUNIZATIONS,
    Kind.BILL: Type.BILLING,
    Kind.CLAIM: Type.CLAIMS,
}
"""What to ask for to get a document of a kind; what is not here is asked for by its day alone."""
_BY_CHECK = {
    Check.ADMISSION_WITHOUT_DISCHARGE: Type.DISCHARGE_SUMMARIES,
    Check.IMAGES_WITHOUT_REPORT: Type.IMAGING_REPORTS,
    Check.BILL_WITHOUT_NOTE: Type.VISIT_NOTES,
}
_OPEN_ENDED = (Check.ADMISSION_WITHOUT_DISCHARGE, Check.ORDER_WITHOUT_RESULT)


@dataclass(frozen=True, slots=True)
class Missing:
    """What is missing: kinds of records, the span of its days, and words that tell which part.

    `request` and `item` are those of an access request that an answer falls short of.
    """

    types: tuple[Type, ...] = ()
    from_date: dt.date | None = None
    to_date: dt.date | None = None
    words: str = ""
    request: str = ""
    item: str = ""


def _days(text: str) -> list[dt.date]:
    """The days a key names; digits that are no day are none."""
    found = []
    for year, month, day in _DAY.findall(text):
        try:
            found.append(dt.date(int(year), int(month), int(day)))
        except ValueError:
            continue
    return sorted(found)


def _test(rest: str) -> str:
    return rest.partition("@")[0].strip()


def _referenced(key: str) -> tuple[tuple[Type, ...], str]:
    """The kind and the test of `reference imaging:ct chest@2021-04-02`."""
    named, _, rest = key.removeprefix("reference ").partition(":")
    test = _test(rest)
    if named in Kind.__members__.values():
        kind = _BY_KIND.get(Kind(named), Type.ALL)
    else:
        kind = _result(test) if test else Type.ALL
    return (kind,), test


def _result(test: str) -> Type:
    return Type.LAB_RESULTS if is_lab(test) else Type.IMAGING_REPORTS


def _pages(key: str) -> tuple[tuple[Type, ...], str]:
    """The kind of document and the pages of `missing 3 of 5 discharge_summary 2024-03-14`."""
    which, _, rest = key.removeprefix("missing ").partition(" of ")
    most, _, name = rest.partition(" ")
    kind = name.partition(" ")[0]
    known = _BY_KIND.get(Kind(kind), Type.ALL) if kind in Kind.__members__.values() else Type.ALL
    one = which.isdigit()
    return (known,), f"{'page' if one else 'pages'} {which} of {most}"


def _short(key: str) -> Missing:
    """The request that an answer falls short of, and its item or the days that are missing."""
    request, _, rest = key.partition(" ")
    if rest.startswith("gap "):
        days = _days(rest)
        first = days[0] if days else None
        last = max(days[0], days[-1] - dt.timedelta(days=1)) if len(days) > 1 else None
        return Missing((), first, last, "", request)
    return Missing((), None, None, "", request, rest.partition(" ")[0])


def missing(flag: Flag) -> Missing:
    """What a flag says is missing, as far as the check that raised it tells.

    Of what a person found only the words are known.
    """
    finding = flag.finding
    check, key = finding.check, finding.key
    types: tuple[Type, ...] = ()
    words = ""
    if check in (Check.REQUEST_DATE_GAP, Check.REQUEST_TYPE_ABSENT):
        return _short(key)
    if check is Check.REFERENCED_ABSENT:
        types, words = _referenced(key)
    elif check is Check.ORDER_WITHOUT_RESULT:
        words = _test(key.removeprefix("order "))
        types = (_result(words),)
    elif check is Check.MISSING_PAGE:
        types, words = _pages(key)
    elif check is Check.BLANK_PAGE:
        words = f"page {finding.page} of what you sent" if finding.page else ""
        types = (Type.ALL,)
    elif check in _BY_CHECK:
        types = (_BY_CHECK[check],)
    else:
        return Missing((), None, None, finding.reason[:100])
    days = _days(key)
    first, last = (days[0], days[-1]) if days else (None, None)
    return Missing(types, first, None if check in _OPEN_ENDED else last, words)
