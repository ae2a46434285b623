"""A fresh copy after an amendment: what it seems to show of each item, and a person's word."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from vault.actions import corrections, versions
from vault.actions.correcting.events import Told
from vault.actions.corrections import CorrectionView
from vault.actions.session import Session
from vault.errors import Refused, UsageError
from vault.model import amending
from vault.model.corrections import Correction, CorrectionEvent, ItemState
from vault.model.facts import Fact, FactKind
from vault.model.flags import Flag
from vault.model.records import Record
from vault.model.requests import Detail
from vault.model.versions import Entry, Outcome, PageWords, Passage, Place
from vault.model.words import Box, find_quote
from vault.review import amended
from vault.store import corrections as stored
from vault.store import facts, flags, lookup, records
from vault.store.database import Db

_I = ItemState
_FOUND = {
    Outcome.FIXED: _I.FIXED,
    Outcome.APPENDED: _I.APPENDED,
    Outcome.UNCHANGED: _I.UNCHANGED,
}
_PROMISED = frozenset({_I.ACCEPTED, _I.UNCHANGED, _I.FIXED, _I.APPENDED})
"""States of items of which a copy can show whether what was promised was done."""
_WAITS = frozenset({_I.ACCEPTED, _I.UNCHANGED, _I.DISPUTED})
"""States of items that a fresh copy can bring on."""
_LOOK = frozenset({Outcome.GONE, Outcome.UNCLEAR})
_OF_PATIENT = frozenset({
    FactKind.NAME, FactKind.BORN, FactKind.MRN, FactKind.SEX, FactKind.PHONE,
})  # fmt: skip
OUTCOMES = (_I.FIXED, _I.APPENDED, _I.UNCHANGED, _I.DISAGREEMENT_ON_FILE)
"""What a person can say a copy shows of an item."""


def possible(state: ItemState) -> tuple[ItemState, ...]:
    """What a copy can show of an item in that state."""
    return tuple(outcome for outcome in OUTCOMES if state in amending.COMPARED[outcome])


@dataclass(frozen=True, slots=True)
class Compared:
    """What a copy seems to show of one item: a suggestion, which a person confirms or not.

    `outcome` is None where a person has to look. `quote` stands on `page` of `record`, in `box`;
    all are empty where no place shows it. `old` is where the old words still stand in the copy.
    """

    flag: str
    outcome: ItemState | None
    why: str
    record: str
    page: int | None = None
    quote: str = ""
    box: Box | None = None
    old: Place | None = None


@dataclass(frozen=True, slots=True)
class Waiting:
    """A correction that waits for a fresh copy, which a record that came may be."""

    correction: str
    provider: str
    record: Record


def _plain(text: str) -> str:
    return "".join(text.casefold().split())


class _Pages:
    """The words of records, each looked up once."""

    def __init__(self, db: Db) -> None:
        self._db = db
        self._held: dict[str, tuple[PageWords, ...]] = {}

    def of(self, record: str) -> tuple[PageWords, ...]:
        """The pages of a record (an id) with their words."""
        if record not in self._held:
            self._held[record] = versions.words(self._db, record)
        return self._held[record]


def _entry(flag: Flag, older: tuple[PageWords, ...]) -> Entry:
    """A flag's statement with the words around it, in the copy it was found in."""
    finding = flag.finding
    bare = Entry(finding.quote, flag.should_say)
    page = next((p for p in older if p.page == finding.page), None)
    if page is None or not finding.quote:
        return bare
    inside = [n for n, w in enumerate(page.words) if finding.box and _in(w.box, finding.box)]
    span = find_quote(page.words, finding.quote)
    if not inside and span is None:
        return bare
    start, stop = (inside[0], inside[-1] + 1) if inside else (0, 0)
    if span is not None and not inside:
        start, stop = span.start, span.stop
    around = amended.surroundings(page, finding.quote, start, stop)
    return Entry(finding.quote, flag.should_say, around.before, around.after)


def _in(word: Box, box: Box) -> bool:
    x, y = (word.left + word.right) / 2, (word.top + word.bottom) / 2
    return box.left <= x <= box.right and box.top <= y <= box.bottom


def _judged(state: ItemState, found: Passage) -> tuple[ItemState | None, str]:
    """What a finding suggests of an item in a state, and why."""
    outcome = _FOUND.get(found.outcome)
    if state in _PROMISED:
        return outcome, found.why
    if state is not _I.DISPUTED:
        words = state.value.replace("_", " ")
        return None, f"{found.why} The item is {words}: a copy cannot settle it."
    if outcome is _I.APPENDED:
        return _I.DISAGREEMENT_ON_FILE, f"{found.why} It may be your statement: look at it."
    if outcome is _I.FIXED:
        return None, f"{found.why} They had denied it: note first that they accepted it after all."
    return None, found.why


def _stated(db: Db, flag: Flag, copy: str) -> Fact | None:
    """The fact of a copy that says of the patient what an item should say; None where none does.

    A birth date or a number stands in other words on every letterhead: what the page says it is
    counts, and none of the copy's pages may say the old one.
    """
    finding = flag.finding
    old = {
        (fact.kind, fact.value)
        for fact in (held.fact for held in facts.of(db, finding.record))
        if fact.kind in _OF_PATIENT
        and fact.page == finding.page
        and _plain(fact.quote) == _plain(finding.quote)
    }
    kinds, wanted = {kind for kind, _value in old}, flag.should_say
    new = [held.fact for held in facts.of(db, copy) if held.fact.kind in kinds]
    if any((fact.kind, fact.value) in old for fact in new):
        return None
    return next((fact for fact in new if _plain(fact.quote) == _plain(wanted)), None)


def _item(db: Db, flag: Flag, state: ItemState, copy: str, pages: _Pages) -> Compared:
    """What a copy (an id) seems to show of one item."""
    if not flag.finding.quote:
        why = "This item quotes no words, so nothing can be looked for: look at the copy yourself."
        return Compared(flag.id, None, why, copy)
    older = pages.of(flag.finding.record)
    found = amended.passage(_entry(flag, older), pages.of(copy), older)
    fact = _stated(db, flag, copy) if found.outcome in _LOOK else None
    if fact is not None:
        why = f"The old words are gone, and page {fact.page} says what it should say."
        found = Passage(Outcome.FIXED, why, Place(fact.page, fact.quote, fact.box))
    outcome, why = _judged(state, found)
    place = found.place
    return Compared(
        flag=flag.id,
        outcome=outcome,
        why=why,
        record=copy,
        page=place.page if place else None,
        quote=place.quote if place else "",
        box=place.box if place else None,
        old=found.old,
    )


def _copy(db: Db, correction: Correction, given: str) -> Record:
    """The record an id begins, as a copy that can show what became of a correction.

    Raises Refused for another person's record or one still being read, and for the very record
    that the mistake was found in.
    """
    record = versions.read(db, given)
    if record.person != correction.person:
        whose = "another person's" if record.person else "not said to be anybody's"
        raise Refused(
            f"{record.id} is {whose}; the correction is about somebody",
            "say first whose record it is",
        )
    held = {flags.get(db, item.flag).finding.record for item in correction.items}
    if held == {record.id}:
        raise UsageError(
            f"{record.id} is the record the mistakes were found in",
            "name the copy that came after the amendment",
        )
    return record


def _last_copy(correction: Correction, given: str) -> str:
    copies = stored.standing(correction).copies
    if not given and not copies:
        raise UsageError("no fresh copy has come yet", "say which record is the copy")
    return given or copies[-1]


def suggest(s: Session, cor: str, record: str = "") -> tuple[Compared, ...]:
    """What a copy (the one that came last where none is named) seems to show of each item.

    Only a suggestion: `confirm` takes a person's word. Raises Refused for another person's
    record or one still being read.
    """
    db = s.vault.read()
    correction = stored.get(db, lookup.resolve(db, "correction", cor))
    copy = _copy(db, correction, _last_copy(correction, record))
    pages = _Pages(db)
    over = (_I.WITHDRAWN, _I.DENIED_ACCEPTED)
    return tuple(
        _item(db, flags.get(db, item.flag), item.state, copy.id, pages)
        for item in correction.items
        if item.state not in over
    )


def _note(db: Db, correction: Correction, copy: Record, on: dt.date) -> Correction:
    """Keep that a copy came."""
    told = Told(CorrectionEvent.COPY_RECEIVED, on, detail=Detail(record=copy.id))
    return corrections.keep(db, correction, told)


def came(s: Session, cor: str, record: str, on: dt.date) -> CorrectionView:
    """Note that a fresh copy came, and which record it is; `suggest` says what it shows.

    A copy that was noted before is not noted again. Raises as `suggest`.
    """
    with s.vault.write("correction.copy_received") as db:
        correction = stored.get(db, lookup.resolve(db, "correction", cor))
        copy = _copy(db, correction, record)
        if copy.id not in stored.standing(correction).copies:
            _note(db, correction, copy, on)
    return corrections.get(s, correction.id, on)


def confirm(
    s: Session, cor: str, flag: str, outcome: ItemState, record: str, on: dt.date
) -> CorrectionView:
    """A person's word on what a copy shows of one item; the flag follows where it ends.

    The copy is the one that came last where none is named. Raises UsageError for an outcome a
    copy cannot show, Refused where the item stands so that it cannot be.
    """
    if outcome not in OUTCOMES:
        raise UsageError("a copy cannot show that", f"one of: {' '.join(OUTCOMES)}")
    with s.vault.write("correction.compared") as db:
        correction = stored.get(db, lookup.resolve(db, "correction", cor))
        copy = _copy(db, correction, _last_copy(correction, record))
        standing = stored.standing(correction)
        if copy.id not in standing.copies and standing.of(*_WAITS):
            correction = _note(db, correction, copy, on)  # it came, by what is said of it
        item = lookup.resolve(db, "flag", flag)
        told = Told(
            CorrectionEvent.COMPARED,
            on,
            item=item,
            detail=Detail(record=copy.id, outcome=outcome.value),
        )
        corrections.keep(db, correction, told)
    return corrections.get(s, correction.id, on)


def waiting(s: Session, record: str | None = None) -> tuple[Waiting, ...]:
    """Corrections that wait for a fresh copy, each with a record that may be it.

    A record may be it where it is the same person's, came from the same provider after the
    correction was sent, and has not been named as a copy yet. With `record`, of that one alone.
    """
    db = s.vault.read()
    wanted = lookup.resolve(db, "record", record) if record else None
    found = []
    shelf = (records.get(db, wanted),) if wanted else records.every(db)
    for correction in stored.every(db):
        states = {item.state for item in correction.items}
        sent = min(
            (e.on for e in correction.events if e.kind == CorrectionEvent.SENT), default=None
        )
        if sent is None or not states & _WAITS:
            continue
        copies = stored.standing(correction).copies
        mistaken = {flags.get(db, item.flag).finding.record for item in correction.items}
        for held in shelf:
            here = held.person == correction.person and held.provider == correction.provider
            later = (held.received_on or dt.date.fromisoformat(held.imported_at[:10])) >= sent
            if here and later and held.pages and held.id not in (*copies, *mistaken):
                found.append(Waiting(correction.id, correction.provider, held))
    return tuple(found)
