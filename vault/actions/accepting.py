"""Pages a person has gone through and accepted as right."""

from __future__ import annotations

from vault import dates
from vault.actions.session import Session
from vault.errors import Refused
from vault.model.records import PageState
from vault.model.reviewing import Progress
from vault.store import lookup, pages, records, reviewing
from vault.store.database import Db


def _progress(db: Db, record: str) -> Progress:
    return Progress(len(pages.of(db, record)), reviewing.accepted(db, record))


def of(s: Session, record: str) -> Progress:
    """How far the review of a record has come."""
    db = s.vault.read()
    return _progress(db, lookup.resolve(db, "record", record))


def accept(s: Session, record: str, page: int | None = None, *, undo: bool = False) -> Progress:
    """Say that a page, or every page of a record, was reviewed and is right; or take it back.

    A page accepted again is accepted as it is now. Raises Refused for one that is not read yet,
    NotFound for one that is not there.
    """
    with s.vault.write("page.accepted" if not undo else "page.not_accepted") as db:
        held = records.get(db, lookup.resolve(db, "record", record))
        every = pages.of(db, held.id) if page is None else (pages.get(db, held.id, page),)
        if any(one.state is PageState.PENDING for one in every) and not undo:
            raise Refused("it is still being read", "accept it when it has been read to the end")
        for one in every:
            if undo:
                reviewing.unaccept(db, held.id, one.number)
            else:
                reviewing.accept(db, held.id, one.number, dates.now())
        return _progress(db, held.id)
