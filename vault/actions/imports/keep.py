"""Keeping what workers read: pages, facts and suspicions, in one transaction a batch."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from vault import dates
from vault.actions import checking, passwords, readings
from vault.actions.imports import carry
from vault.actions.imports.carry import Carried, Correction
from vault.actions.session import Session
from vault.model.reading import PageResult, Source
from vault.model.records import PageState, Record, RecordStatus, WordFix
from vault.model.words import Word
from vault.store import pages, records
from vault.store.database import Db


@dataclass(frozen=True, slots=True)
class Read:
    """One page as a worker read it."""

    record: Record
    result: PageResult


def _finish(db: Db, record: Record) -> None:
    if pages.is_pending(db, record.id):
        return
    held = pages.of(db, record.id)
    checking.check(db, record.id)
    unread = [p for p in held if p.state is PageState.UNREAD]
    if held and len(unread) == len(held):
        records.finish(db, record.id, RecordStatus.UNREADABLE, unread[0].why)
    else:
        records.finish(db, record.id, RecordStatus.STORED)


def _earlier(db: Db, record: str, page: int) -> tuple[Correction, ...]:
    """A person's corrections of all earlier readings of a page, the newest first."""
    return tuple(
        old
        for base in pages.corrected(db, record, page)
        for old in carry.corrections(pages.reading(db, base).reading, pages.fixes(db, base))
    )


def _told(result: PageResult, lost: int) -> PageResult:
    """The page as one to look at, where corrections no longer fit it."""
    if not lost:
        return result
    count = "1 of your corrections fits" if lost == 1 else f"{lost} of your corrections fit"
    why = f"read again; {count} no words of it, and stay with the earlier reading"
    return replace(result, look=True, why=f"{result.why}; {why}" if result.why else why)


def _over(db: Db, record: str, page: int, fixes: Sequence[WordFix], now: str) -> Sequence[Word]:
    """Put corrections over the reading a page shows; returns the words it shows then."""
    shown = pages.shown(db, record, page)
    if shown is None:
        return ()
    for fix in fixes:
        pages.add_fix(db, shown.id, fix, now)
    words = readings.apply(shown.reading.words, fixes)
    corrected = replace(shown.reading, source=Source.CORRECTED, words=words)
    pages.show_corrected(db, pages.get(db, record, page), shown.id, corrected, now)
    return words


def _keep_page(db: Db, record: str, result: PageResult, now: str) -> Carried:
    failed = not result.readings and not result.read
    if failed and pages.shown(db, record, result.page) is not None:
        why = f"reading it again failed: {result.why}" if result.why else "reading it again failed"
        pages.keep_shown(db, record, result.page, why)
        return Carried()
    fixes: tuple[WordFix, ...] = ()
    earlier = _earlier(db, record, result.page)
    carried = Carried(dropped=earlier)
    if result.readings:
        fixes, carried = carry.carry(result.readings[0], earlier)
    pages.keep(db, record, _told(result, len(carried.dropped)), now)
    # A worker's words have the very numbers they are kept with, so none need be read back.
    words = result.readings[0].words if result.readings else ()
    if fixes:
        words = tuple(_over(db, record, result.page, fixes, now))
    checking.state_facts(db, record, result.page, words)
    return carried


def keep(s: Session, batch: Sequence[Read]) -> dict[tuple[str, int], Carried]:
    """Commit a batch of pages with their facts; a record with no page left is checked.

    Returns what became of a person's corrections, by record and page, where there were any.
    """
    if not batch:
        return {}
    now = dates.now()
    found = {}
    with s.vault.write("pages.read", batch[0].record.id, pages=len(batch)) as db:
        for read in batch:
            carried = _keep_page(db, read.record.id, read.result, now)
            if carried != Carried():
                found[read.record.id, read.result.page] = carried
        for record in {read.record.id: read.record for read in batch}.values():
            _finish(db, record)
    return found


def finish(s: Session, record: Record) -> None:
    """Finish a record whose pages had all been kept before it was cut off."""
    with s.vault.write("record.finished", record.id) as db:
        _finish(db, record)


def unreadable(s: Session, record: Record, why: str) -> None:
    """Mark a sealed record as one that could not be read, with the reason."""
    with s.vault.write("record.unreadable", record.id) as db:
        records.finish(db, record.id, RecordStatus.UNREADABLE, why)


def count_pages(s: Session, record: Record, count: int, password: str = "") -> tuple[int, ...]:
    """Make a row for each page of a record; returns the numbers of those still to be read.

    The password of a locked file is kept with it, for without it no page can be drawn.
    """
    with s.vault.write("record.opened", record.id, pages=count) as db:
        records.set_pages(db, record.id, count)
        if password:
            passwords.keep(db, record.id, password)
        return pages.pending(db, record.id)
