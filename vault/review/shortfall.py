"""What an answer to a request lacks: a kind of record asked for, or the years before it begins."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from vault.model.charts import Stated
from vault.model.facts import Fact, FactKind
from vault.model.flags import Check, Finding, Related, Severity, Subject
from vault.model.flags import Kind as Wrong
from vault.model.paper_kinds import DocumentKind as Kind
from vault.review.shelf import days
from vault.review.subject import Elsewhere

_GAP = dt.timedelta(days=120)
"""Records that begin so much later than asked for leave a gap, where earlier visits are told."""
_SAME_VISIT = dt.timedelta(days=2)
_STAYS = (Kind.ADMISSION, Kind.DISCHARGE_SUMMARY, Kind.DISCHARGE_PAPERS, Kind.OPERATIVE,
          Kind.DELIVERY, Kind.EMERGENCY, Kind.NURSING, Kind.ANESTHESIA)  # fmt: skip
_ASKED: tuple[tuple[str, tuple[Kind, ...]], ...] = (
    (r"immuni[sz]|vaccin|\bshots?\b", (Kind.IMMUNIZATIONS,)),
    (r"allerg|problem list|vital", (Kind.NOTE, Kind.CONSULT, Kind.MEDICATIONS, Kind.ADMISSION)),
    (r"therap|rehab", (Kind.THERAPY,)),
    (r"anesthe|anaesthe", (Kind.ANESTHESIA,)),
    (r"nurs|flow ?sheet", (Kind.NURSING,)),
    (r"emergency|\ber\b|\bed\b|urgent", (Kind.EMERGENCY,)),
    (r"patholog|biops|cytolog", (Kind.PATHOLOGY,)),
    (r"discharge summar", (Kind.DISCHARGE_SUMMARY,)),
    (r"operative|operation|surg|procedure|endoscop", (Kind.OPERATIVE, Kind.DELIVERY)),
    (r"deliver|birth|labor and", (Kind.DELIVERY,)),
    (r"hospital|inpatient|admission|h ?& ?p|history and physical", _STAYS),
    (r"imaging report|radiolog|x-?ray report|\bscan reports?|mri|\bct\b|ultrasound",
     (Kind.IMAGING, Kind.HEART_TEST)),
    (r"\bimages?\b|\bfilms?\b|\bdisc\b|pictures", (Kind.FILM,)),
    (r"\be[ck]gs?\b|echo|cardiac test|stress test|heart", (Kind.HEART_TEST, Kind.IMAGING)),
    (r"\blab|blood|test result", (Kind.LAB, Kind.PATHOLOGY)),
    (r"medication|prescription|pharmacy|drug", (Kind.MEDICATIONS,)),
    (r"consult|specialist", (Kind.CONSULT,)),
    (r"referral", (Kind.REFERRAL, Kind.CONSULT)),
    (r"billing|\bbills?\b|itemi[sz]ed|invoice|statement", (Kind.BILL,)),
    (r"claim|explanation of benefits", (Kind.CLAIM, Kind.BILL)),
    (r"consent", (Kind.CONSENT,)),
    (r"\borders?\b", (Kind.ORDER,)),
    (r"message|correspondence|letter", (Kind.LETTER,)),
    (r"visit|office|progress|clinic|notes?\b", (Kind.NOTE, Kind.CONSULT, Kind.EMERGENCY)),
)  # fmt: skip
_COMMON = frozenset((
    "record", "records", "report", "reports", "note", "notes", "result", "results", "chart",
    "copy", "copies", "complete", "entire", "full", "whole", "everything", "medical", "health",
    "file", "files", "from", "with", "other", "all", "summary", "history",
))  # fmt: skip
_KINDS = tuple((re.compile(words, re.I), kinds) for words, kinds in _ASKED)


@dataclass(frozen=True, slots=True)
class Asked:
    """One thing asked for, in words, and since when."""

    id: str
    words: str
    since: dt.date | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """What came for a request: the things asked for, and the records, by id, in their order."""

    id: str
    asked: tuple[Asked, ...]
    came: tuple[str, ...]
    records: Elsewhere


def kinds_asked(words: str) -> tuple[Kind, ...]:
    """The kinds of documents that answer to words such as `office visit notes`; none if unknown."""
    return next((kinds for known, kinds in _KINDS if known.search(words)), ())


def _finding(check: Check, record: str, fact: Fact | None, reason: str, key: str) -> Finding:
    return Finding(
        check=check,
        kind=Wrong.MISSING,
        subject=Subject.VISIT,
        severity=Severity.CARE,
        record=record,
        page=fact.page if fact else None,
        quote=fact.quote if fact else "",
        reason=reason,
        key=key,
        box=fact.box if fact else None,
    )


def _of(answer: Answer, kind: FactKind, prefix: str = "") -> Iterator[Stated]:
    """The facts of a kind among what came."""
    came = frozenset(answer.came)
    return (s for s in answer.records.of(kind, prefix) if s.record in came)


def _absent(answer: Answer) -> Iterator[Finding]:
    """Kinds asked for of which nothing came."""
    came = frozenset(answer.came)
    for item in answer.asked:
        wanted = kinds_asked(item.words)
        there = came.intersection(answer.records.titled(kind.value for kind in wanted))
        if there or (not wanted and _named(item.words, answer)):
            continue
        reason = f"You asked for {item.words}; no such record is among what came."
        key = f"* {answer.id} {item.id} {item.words}"
        yield _finding(Check.REQUEST_TYPE_ABSENT, answer.came[0], None, reason, key)


def _named(words: str, answer: Answer) -> bool:
    """Whether a title or letterhead has a word of what was asked for, or only all was asked for."""
    telling = [w[:6] for w in re.findall(r"[a-z]{4,}", words.casefold()) if w not in _COMMON]
    kinds = (FactKind.DOCUMENT, FactKind.FACILITY, FactKind.STUDY)
    said = (s.fact.quote.casefold() for kind in kinds for s in _of(answer, kind))
    return not telling or any(word in quote for quote in said for word in telling)


def _first(answer: Answer, since: dt.date, last: dt.date) -> dt.date | None:
    """The first day of service among what came, from `since` on and before `last`."""
    for year in range(since.year, last.year + 1):
        stated = _of(answer, FactKind.SERVICE_DATE, f"{year}-")
        found = [day for s in stated for day in days(s.fact)[:1] if day >= since]
        if found:
            return min(found)
    return None


def _gap(answer: Answer, last: dt.date) -> Iterator[Finding]:
    since = min((item.since for item in answer.asked if item.since), default=None)
    told = list(_of(answer, FactKind.EARLIER_VISITS)) if since else []
    first = _first(answer, since, last) if since and told else None
    if since is None or first is None or first - since < _GAP:
        return
    early = [s for s in told if any(since <= day < first - _SAME_VISIT for day in days(s.fact))]
    if not early:
        return
    reason = (
        f"You asked for records from {since.isoformat()} on; what came begins "
        f"{first.isoformat()}, though this page tells of earlier visits."
    )
    key = f"* {answer.id} gap {since}"
    found = _finding(Check.REQUEST_DATE_GAP, early[0].record, early[0].fact, reason, key)
    yield replace(found, related=tuple(Related(s.record, s.fact.page) for s in early[1:]))


def check(answer: Answer, last: dt.date = dt.date(2100, 1, 1)) -> tuple[Finding, ...]:
    """What an answer lacks, seeing dates up to `last`; nothing where nothing came."""
    return (*_absent(answer), *_gap(answer, last)) if answer.came else ()
