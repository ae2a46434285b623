"""Pages to look at: which the reading is not sure of, and a person's word that they have looked."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from vault import dates
from vault.actions.session import Session
from vault.model.records import Page, Record
from vault.store import looks, lookup, pages, records
from vault.store.looks import Look


@dataclass(frozen=True, slots=True)
class ToLook:
    """A page that waits for a person to look at it."""

    record: Record
    page: Page


def every(s: Session) -> tuple[ToLook, ...]:
    """All pages that wait for a person, those of the newest record first."""
    db = s.vault.read()
    held: dict[str, tuple[Record, dict[int, Page]]] = {}
    found = []
    for id_, number in looks.waiting(db):
        if id_ not in held:
            by_number = {page.number: page for page in pages.of(db, id_)}
            held[id_] = records.get(db, id_), by_number
        record, by_number = held[id_]
        found.append(ToLook(record, by_number[number]))
    return tuple(found)


def mark(s: Session, given: str, page: int, on: dt.date, *, looked: bool = True) -> Page:
    """Say that a person has looked at a page, or (`looked` false) that it is to be looked at still.

    It holds for what was read: a page that is read again waits anew. Raises UnknownId, NotFound.
    """
    with s.vault.write("page.looked_at" if looked else "page.look_again", page=page) as db:
        record = lookup.resolve(db, "record", given)
        held = pages.get(db, record, page)
        look = Look.LOOKED_AT if looked else Look.LOOK_AGAIN
        looks.add(db, record, page, look, on, dates.now())
    return held


def looked_on(s: Session, record: str, page: int) -> dt.date | None:
    """The day a person looked at a page as it was read; None where nobody has."""
    return looks.looked_on(s.vault.read(), record, page)


def turn_asked(s: Session, record: str, page: int) -> int | None:
    """How a person said a page is to be turned, in degrees clockwise; None where nobody did."""
    return pages.rotations(s.vault.read(), record).get(page)
