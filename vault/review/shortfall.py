"""What an answer to a request lacks: a kind of record asked for, or the years before it begins."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from vault.model.documents import DocumentKind as Kind
from vault.model.facts import Fact, FactKind
from vault.model.flags import Check, Finding, Related, Severity, Subject
from vault.model.flags import Kind as Wrong
from vault.review.papers import Paper, papers
from vault.review.subject import Elsewhere

_GAP = dt.timedelta(days=120)
"""Records that begin so much later than asked for leave a gap, where earlier visits are told."""
_SAME_VISIT = dt.timedelta(days=2)
_STAYS = (Kind.ADMISSION, Kind.DISCHARGE_SUMMARY, Kind.DISCHARGE_PAPERS, Kind.OPERATIVE,
          Kind.DELIVERY, Kind.EMERGENCY, Kind.NURSING, Kind.ANESTHESIA)  # fmt: skip
_ASKED: tuple[tuple[str, tuple[Kind, ...]], ...] = (
    (r"immuni[sz]|vaccin|\bshots?\b", (Kind.IMMUNIZATIONS,)),
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
    """What came for a request: the things asked for, and the records, by id, with what they say."""

    asked: tuple[Asked, ...]
    came: tuple[str, ...]
    records: Elsewhere


def kinds_asked(words: str) -> tuple[Kind, ...]:
    """The kinds of documents that answer to words such as `office visit notes`; none if unknown."""
    return next((kinds for known, kinds in _KINDS if known.search(words)), ())


def _finding(check: Check, paper: Paper, fact: Fact | None, reason: str, key: str) -> Finding:
    return Finding(
        check=check,
        kind=Wrong.MISSING,
        subject=Subject.VISIT,
        severity=Severity.CARE,
        record=paper.record,
        page=fact.page if fact else None,
        quote=fact.quote if fact else "",
        reason=reason,
        key=key,
        box=fact.box if fact else None,
    )


def _absent(answer: Answer, held: Sequence[Paper]) -> Iterator[Finding]:
    """Kinds asked for of which nothing came; where pages tell no kind, nothing is suspected."""
    there = {paper.kind for paper in held}
    for item in answer.asked:
        wanted = set(kinds_asked(item.words))
        if not there & wanted if wanted else not _named(item.words, held):
            reason = f"You asked for {item.words}; no such record is among what came."
            found = _finding(
                Check.REQUEST_TYPE_ABSENT, held[0], None, reason, f"asked {item.id} {item.words}"
            )
            yield found


def _named(words: str, held: Sequence[Paper]) -> bool:
    """Whether a title or letterhead has a word of what was asked for, or only all was asked for."""
    telling = [w[:6] for w in re.findall(r"[a-z]{4,}", words.casefold()) if w not in _COMMON]
    kinds = (FactKind.DOCUMENT, FactKind.FACILITY, FactKind.STUDY)
    said = " ".join(f.quote.casefold() for p in held for kind in kinds for f in p.of(kind))
    return not telling or any(word in said for word in telling)


def _visits(paper: Paper) -> Iterator[tuple[Fact, tuple[dt.date, ...]]]:
    for fact in paper.of(FactKind.EARLIER_VISITS):
        yield fact, tuple(dt.date.fromisoformat(part) for part in fact.value.split("|"))


def _gap(answer: Answer, held: Sequence[Paper]) -> Iterator[Finding]:
    since = min((item.since for item in answer.asked if item.since), default=None)
    dated = sorted(day for paper in held if (day := paper.when))
    first = next((day for day in dated if since and day >= since), None)
    if since is None or first is None or first - since < _GAP:
        return
    told = [
        (paper, fact)
        for paper in held
        for fact, visits in _visits(paper)
        if any(since <= day < first - _SAME_VISIT for day in visits)
    ]
    if not told:
        return
    paper, fact = told[0]
    reason = (
        f"You asked for records from {since.isoformat()} on; what came begins "
        f"{first.isoformat()}, though this page tells of earlier visits."
    )
    found = _finding(Check.REQUEST_DATE_GAP, paper, fact, reason, f"gap {since} {first}")
    yield _with(found, told)


def _with(finding: Finding, told: Sequence[tuple[Paper, Fact]]) -> Finding:
    more = tuple(Related(paper.record, fact.page) for paper, fact in told[1:])
    return replace(finding, related=more)


def check(answer: Answer) -> tuple[Finding, ...]:
    """What an answer lacks; nothing where nothing came."""
    held = [p for record in answer.came for p in papers(record, answer.records.pages(record))]
    if not held:
        return ()
    return (*_absent(answer, held), *_gap(answer, held))
