"""Keeping what workers read: pages, facts and suspicions, in one transaction a batch."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from vault import dates
from vault.actions import checking, passwords
from vault.actions.session import Session
from vault.model.reading import PageResult, Source
from vault.model.records import PageState, Record, RecordStatus
from vault.store import pages, records
from vault.store.database import Db


@dataclass(frozen=True, slots=True)
class Read:
    """One page as a worker read it."""

    record: Record
    result: PageResult


def _finish(db: Db, record: Record) -> None:
    held = pages.of(db, record.id)
    if any(p.state is PageState.PENDING for p in held):
        return
    checking.check(db, record.id)
    unread = [p for p in held if p.state is PageState.UNREAD]
    if held and len(unread) == len(held):
        records.finish(db, record.id, RecordStatus.UNREADABLE, unread[0].why)
    else:
        records.finish(db, record.id, RecordStatus.STORED)


def _keep_page(db: Db, record: str, result: PageResult, now: str) -> None:
    before = pages.shown(db, record, result.page)
    if before is not None and not result.readings and not result.read:
        why = f"reading it again failed: {result.why}" if result.why else "reading it again failed"
        pages.keep_shown(db, record, result.page, why)
        return
    if before is not None and before.reading.source is Source.CORRECTED:
        result = replace(
            result, look=True, why="read again; your corrections were to the old reading"
        )
    pages.keep(db, record, result, now)
    words = result.readings[0].words if result.readings else ()
    checking.state_facts(db, record, result.page, words)


def keep(s: Session, batch: Sequence[Read]) -> None:
    """Commit a batch of pages with their facts; a record with no page left is checked."""
    if not batch:
        return
    now = dates.now()
    with s.vault.write("pages.read", batch[0].record.id, pages=len(batch)) as db:
        for read in batch:
            _keep_page(db, read.record.id, read.result, now)
        for record in {read.record.id: read.record for read in batch}.values():
            _finish(db, record)


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
