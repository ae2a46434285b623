"""A person's own notes on records and their pages."""

from __future__ import annotations

from vault import dates, ids
from vault.actions.session import Session
from vault.errors import UsageError
from vault.model.reviewing import Remark
from vault.safetext import safe_line
from vault.store import lookup, pages, records, reviewing

_LONG = 2000


def add(s: Session, record: str, text: str, page: int | None = None) -> Remark:
    """Write a note on a record, or on one of its pages; raises UsageError without words."""
    said = safe_line(text, _LONG)
    if not said:
        raise UsageError("a note needs words", "write what you want to remember")
    with s.vault.write("remark.added") as db:
        held = records.get(db, lookup.resolve(db, "record", record))
        if page is not None:
            pages.get(db, held.id, page)
        remark = Remark(ids.new("remark"), held.id, page, said, dates.now())
        reviewing.add_remark(db, remark)
    return remark


def of(s: Session, record: str) -> tuple[Remark, ...]:
    """The notes on a record, those on all of it first, then page by page."""
    db = s.vault.read()
    return reviewing.remarks(db, lookup.resolve(db, "record", record))


def delete(s: Session, given: str) -> Remark:
    """Delete a note for good."""
    with s.vault.write("remark.deleted") as db:
        held = reviewing.remark(db, lookup.resolve(db, "remark", given))
        reviewing.drop_remark(db, held.id)
    return held
