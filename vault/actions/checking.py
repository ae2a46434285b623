"""Facts and checks kept in step with the words: run after reading, and after a correction."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence

from vault import dates, ids
from vault.actions import lacking
from vault.facts import extract as extractor
from vault.model.charts import PageFacts
from vault.model.flags import Finding, Flag, FlagState
from vault.model.people import Person
from vault.model.records import Record, RecordStatus
from vault.model.words import Word
from vault.review import run as review
from vault.review.again import one_page
from vault.store import facts, flags, pages, people, records
from vault.store.database import Db
from vault.store.elsewhere import Elsewhere


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
    """Run every check over a record, and those of what is missing over what it bears on.

    A suspicion found again stays the same flag, one no longer found is taken back, and one a
    person dismissed keeps its fingerprint in the vault and so never comes back. Of other records
    only what bears on this one is looked up.
    """
    held = records.get(db, record)
    _renew_facts(db, record)
    person = people.get(db, held.person) if held.person else None
    subject = _subject(db, held, person)
    about = flags.suspicions_about(db, record)
    old = {flag.id: flag for flag in about if flag.finding.check not in lacking.CHECKS}
    found = list(review.run(subject))
    if person is not None:
        pointing = {flag.finding.record for flag in old.values()}
        scope = dict.fromkeys((*_scope(db, subject, held), *sorted(pointing)))
        _add_absences(db, person, tuple(scope), old, found)
    _renew(db, old.values(), found)
    if held.request:
        lacking.check(db, held.request)


def left(db: Db, record: str, person: str) -> None:
    """Look anew at what a person's records lack, after a record was said to be another's."""
    before = people.get(db, person)
    subject = _subject(db, records.get(db, record), before)
    open_ = _awaited(db, person)
    old: dict[str, Flag] = {}
    found: list[Finding] = []
    _add_absences(db, before, review.behind(subject, open_), old, found)
    _renew(db, old.values(), found)


def _awaited(db: Db, person: str) -> list[review.Awaited]:
    return [review.Awaited(*held) for held in flags.awaited(db, person, review.ABSENCES)]


def _subject(db: Db, held: Record, person: Person | None) -> review.Subject:
    return review.Subject(
        record=held.id,
        person=person,
        pages=facts.paged(db, held.id),
        elsewhere=Elsewhere(db, person.id, held.id) if person else review.Shelf(),
        on=dt.date.fromisoformat(held.imported_at[:10]),
    )


def _scope(db: Db, subject: review.Subject, held: Record) -> tuple[str, ...]:
    """The records to look at anew for what they lack.

    A record that is new can only end what it may be the answer to; one read again may also have
    been what another suspicion rested on, so that all are looked at.
    """
    open_ = _awaited(db, held.person or "")
    scope = review.scope(subject, open_)
    if held.status is RecordStatus.READING and not pages.is_read_again(db, held.id):
        return scope
    return tuple(dict.fromkeys((*scope, *(a.record for a in open_))))


def _add_absences(
    db: Db, person: Person, scope: Sequence[str], old: dict[str, Flag], found: list[Finding]
) -> None:
    """Add to `old` and `found` what was and what is suspected to be missing in some records."""
    open_ = flags.suspicions_on(db, scope, review.ABSENCES)
    old |= {flag.id: flag for flag in open_}
    found += review.absent(review.Chart(person, Elsewhere(db, person.id), tuple(scope)))


def _renew(db: Db, old: Iterable[Flag], found: Iterable[Finding]) -> None:
    made_on = dates.now()
    new = (f for f in found if not _dismissed_in_a_copy(db, f))
    made = (Flag(ids.new("flag"), FlagState.SUSPECTED, f, made_on=made_on) for f in new)
    flags.renew(db, old, made)


def withdraw_copies(db: Db, dismissed: Finding) -> None:
    """Take back the same suspicion on other copies of the page it was dismissed on."""
    alike = flags.suspicions_alike(db, dismissed.check, dismissed.key)
    flags.renew(db, (f for f in alike if _dismissed_in_a_copy(db, f.finding)), ())


def _dismissed_in_a_copy(db: Db, finding: Finding) -> bool:
    """Whether a person called the same thing no error on another copy of the page."""
    if finding.page is None:
        return False
    for record, page in flags.dismissed(db, finding.check, finding.key):
        if record != finding.record and page is not None:
            here, there = _page(db, finding.record, finding.page), _page(db, record, page)
            if here and there and one_page(here, there):
                return True
    return False


def _page(db: Db, record: str, number: int) -> PageFacts | None:
    return next((p for p in facts.paged(db, record) if p.page == number), None)
