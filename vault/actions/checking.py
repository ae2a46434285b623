"""Facts and checks kept in step with the words: run after reading, and after a correction."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from vault import dates, ids
from vault.actions import lacking
from vault.facts import extract as extractor
from vault.model.flags import Flag, FlagState
from vault.model.words import Word
from vault.review import run as review
from vault.store import facts, flags, pages, people, records
from vault.store.database import Db


def state_facts(db: Db, record: str, page: int, words: Sequence[Word]) -> None:
    """Replace the facts of a page by what its words state now."""
    facts.replace(db, record, page, extractor.extract(words, page), extractor.VERSION)


def _renew_facts(db: Db, record: str) -> None:
    """State the facts of a record anew that an earlier version of the program stated."""
    for page in facts.stale(db, record, extractor.VERSION):
        shown = pages.shown(db, record, page)
        if shown is not None and shown.reading.words:
            state_facts(db, record, page, shown.reading.words)


def check(db: Db, record: str) -> None:
    """Run every check over a record, and those of what is missing over its person's records.

    A suspicion found again stays the same flag, one no longer found is taken back, and one a
    person dismissed keeps its fingerprint in the vault and so never comes back. Of other records
    only what bears on this one is looked up.
    """
    held = records.get(db, record)
    _renew_facts(db, record)
    person = people.get(db, held.person) if held.person else None
    subject = review.Subject(
        record=record,
        person=person,
        pages=facts.paged(db, record),
        elsewhere=facts.Elsewhere(db, person.id, record) if person else review.Shelf(),
        on=dt.date.fromisoformat(held.imported_at[:10]),
    )
    about = flags.suspicions_about(db, record)
    old = {flag.id: flag for flag in about if flag.finding.check not in lacking.CHECKS}
    found = list(review.run(subject))
    if person is not None:
        open_ = flags.suspicions_of(db, person.id, review.ABSENCES)
        old |= {flag.id: flag for flag in open_}
        scope = review.scope(subject, (flag.finding.record for flag in open_))
        found += review.absent(review.Chart(person, facts.Elsewhere(db, person.id), scope))
    made_on = dates.now()
    made = (Flag(ids.new("flag"), FlagState.SUSPECTED, f, made_on=made_on) for f in found)
    flags.renew(db, old.values(), made)
    if held.request:
        lacking.check(db, held.request)
