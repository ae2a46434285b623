"""Copies of the same record: which seem to be, which a person says are, and what changed."""

from __future__ import annotations

from dataclasses import dataclass

from vault.actions.session import Session
from vault.errors import Refused, UsageError
from vault.model.charts import PageFacts
from vault.model.facts import FactKind
from vault.model.paper_kinds import DocumentKind
from vault.model.records import Record, RecordStatus
from vault.model.versions import Comparison, PageWords
from vault.review import versions
from vault.review.likeness import resemblance, signature
from vault.store import facts, lookup, pages, records
from vault.store.database import Db
from vault.store.elsewhere import Elsewhere

_MOST = 20
"""So many records of the same days are looked at."""
_LIKE = 0.3
"""From this likeness on, 0 to 1, two pages have much of their text in common."""


@dataclass(frozen=True, slots=True)
class Compared:
    """Two copies and what changed from the earlier to the later."""

    old: Record
    new: Record
    comparison: Comparison


@dataclass(frozen=True, slots=True)
class Copy:
    """Another record that seems to be an earlier copy of the same, and why."""

    record: Record
    why: str


def words(db: Db, record: str) -> tuple[PageWords, ...]:
    """The pages of a record with the words they show."""
    found = []
    for page in pages.of(db, record):
        shown = pages.shown(db, record, page.number)
        held = shown.reading.words if shown else ()
        found.append(PageWords(page.number, held, read=bool(held)))
    return tuple(found)


def read(db: Db, given: str) -> Record:
    """The record an id begins, read to the end; raises Refused for one still being read."""
    held = records.get(db, lookup.resolve(db, "record", given))
    if held.status is RecordStatus.READING:
        raise Refused(
            f"{held.id} is still being read", "wait until it has been read, then try again"
        )
    if held.status is RecordStatus.UNREADABLE or not held.pages:
        raise Refused(f"{held.id} has no pages that could be compared")
    return held


def compare(s: Session, old: str, new: str) -> Compared:
    """What changed from one copy of a record to a later one; raises UsageError for one alone."""
    db = s.vault.read()
    first, second = read(db, old), read(db, new)
    if first.id == second.id:
        raise UsageError("a record cannot be compared with itself", "name two records")
    found = versions.compare(words(db, first.id), words(db, second.id))
    return Compared(first, second, found)


def link(s: Session, record: str, older: str | None) -> Record:
    """Say of which record one is a later copy, or with None that it is of none.

    Raises UsageError where that would go round in a circle, or they are two people's.
    """
    with s.vault.write("record.linked") as db:
        held = records.get(db, lookup.resolve(db, "record", record))
        other = records.get(db, lookup.resolve(db, "record", older)) if older else None
        if other is not None:
            _check(db, held, other)
        records.keep_older(db, held.id, other.id if other else None)
        return records.get(db, held.id)


def _check(db: Db, held: Record, other: Record) -> None:
    if held.person and other.person and held.person != other.person:
        raise UsageError("these records are about two people", "check whose each of them is")
    known = {record.id: record.older for record in records.every(db)}
    at: str | None = other.id
    while at is not None:
        if at == held.id:
            raise UsageError("it would be an earlier copy of itself", "check which came first")
        at = known.get(at)


def earlier(s: Session, record: str) -> tuple[Copy, ...]:
    """Records that seem to be earlier copies of one: a person says whether they are.

    They are the same person's and provider's, of a day and a kind of document that is the same,
    and have much of their text in common.
    """
    db = s.vault.read()
    held = records.get(db, lookup.resolve(db, "record", record))
    if held.person is None:
        return ()
    mine = facts.paged(db, held.id)
    days = {f.value for p in mine for f in p.of(FactKind.SERVICE_DATE)}
    shelf = Elsewhere(db, held.person, held.id)
    near: dict[str, str] = {}
    for day in sorted(days):
        for stated in shelf.of(FactKind.SERVICE_DATE, day):
            near.setdefault(stated.record, day)
    found = []
    for id_ in [i for i in near if i != held.older][:_MOST]:
        other = records.get(db, id_)
        if other.provider == held.provider and _before(other, held):
            why = _why(mine, facts.paged(db, id_), near[id_])
            if why:
                found.append(Copy(other, why))
    return tuple(found)


def _before(other: Record, held: Record) -> bool:
    """Whether a record came before another; what came together counts by its id."""
    mine = held.received_on.isoformat() if held.received_on else held.imported_at
    theirs = other.received_on.isoformat() if other.received_on else other.imported_at
    return (theirs[:10], other.imported_at, other.id) < (mine[:10], held.imported_at, held.id)


def _why(mine: tuple[PageFacts, ...], theirs: tuple[PageFacts, ...], day: str) -> str:
    """Why two records seem to be copies of the same; empty where they do not."""
    kinds = [
        {f.value for page in side for f in page.of(FactKind.DOCUMENT)} for side in (mine, theirs)
    ]
    shared = kinds[0] & kinds[1]
    if all(kinds) and not shared:
        return ""
    alike = [
        max((resemblance(signature(p), signature(q)) for q in theirs), default=0.0) for p in mine
    ]
    many = sum(share >= _LIKE for share in alike)
    if not many:
        return ""
    what = DocumentKind(min(shared)).value.replace("_", " ") if shared else "document"
    when = "the same day" if "|" in day else day  # printed so that it can be two dates
    noun = "page" if many == 1 else "pages"
    return f"the same {what} of {when}, and {many} {noun} with much of the same text"


def later_copy(s: Session, record: str) -> tuple[Copy, ...]:
    """The records this one seems to be a later copy of, where a person has not said so yet."""
    db = s.vault.read()
    held = records.get(db, lookup.resolve(db, "record", record))
    return () if held.older else earlier(s, held.id)
