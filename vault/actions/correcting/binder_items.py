"""The items of a correction as its evidence shows them: strips of pages, proofs, copies."""

from __future__ import annotations

from collections.abc import Iterator

from vault.actions import evidence as proving
from vault.actions import records as record_actions
from vault.actions.correcting import whose
from vault.actions.corrections import CorrectionView
from vault.actions.session import Session
from vault.errors import UnknownId
from vault.letters.correcting.binder import Copy, Item, Proof
from vault.letters.correcting.happened import OUTCOMES
from vault.model import amending, rounds
from vault.model.amending import Standing
from vault.model.corrections import CorrectionEvent, ItemState
from vault.model.evidence import Evidence, EvidenceKind, words
from vault.model.facts import FactKind, StoredFact
from vault.model.flags import Flag
from vault.model.letters import Excerpt
from vault.model.reading import View
from vault.model.records import Record
from vault.model.requests import Event
from vault.model.words import Box, box_of, find_quote, quote_of
from vault.store import facts, pages, records
from vault.store.database import Db

_I = ItemState
_WIDTH = 1500
_PHOTO = 900
_MARGIN_X, _MARGIN_Y = 0.03, 0.035

STANDS = {
    _I.OPEN: "waits for an answer",
    _I.ACCEPTED: "accepted",
    _I.DENIED: "denied",
    _I.DISPUTED: "denied, and disputed in writing",
    _I.UNCHANGED: "accepted, but a copy made since says the same as before",
    _I.FIXED: "put right, as a copy made since shows",
    _I.APPENDED: "the correction stands beside it, as a copy made since shows",
    _I.DISAGREEMENT_ON_FILE: "denied, and my disagreement is on file",
    _I.DENIED_ACCEPTED: "denied, and not pursued here",
    _I.WITHDRAWN: "not asked for any more",
}
"""Where an item stands, in words."""


def kept(db: Db, record: str) -> Record | None:
    """A record that is named by an event; None where it was deleted since, or none is named."""
    try:
        return records.get(db, record) if record else None
    except UnknownId:
        return None


def _strip(s: Session, record: Record, page: int, box: Box, said: str) -> Excerpt:
    """The strip of a page around some words, which are framed."""
    top, bottom = box.top - _MARGIN_Y, box.bottom + _MARGIN_Y
    crop = Box.clamped(_MARGIN_X, top, 1 - _MARGIN_X, bottom)
    view = View(page, _WIDTH, _WIDTH, crop=crop, marks=(box,), colour=True)
    alt = f"Part of page {page} of {record.title}; the words are framed. It reads: {said}"
    return Excerpt(record_actions.draw(s, record, view), alt)


def _entry(s: Session, flag: Flag, record: Record) -> Excerpt | None:
    finding = flag.finding
    if finding.box is None or finding.page is None:
        return None
    if pages.shown(s.vault.read(), record.id, finding.page) is None:
        return None
    return _strip(s, record, finding.page, finding.box, finding.quote)


def _printed(stated: tuple[StoredFact, ...], page: int | None) -> str:
    """The date and the author of an entry as its page prints them, else as its record does."""
    said = []
    for kind, before in ((FactKind.SERVICE_DATE, "dated"), (FactKind.AUTHOR, "written by")):
        of_kind = [f.fact for f in stated if f.fact.kind is kind]
        here = [f for f in of_kind if f.page == page] or of_kind
        said += [f"{before} {here[0].quote}"] if here else []
    return ", ".join(said)


def _proof(s: Session, held: Evidence) -> Proof:
    """Evidence in a line; of a picture also what it shows."""
    if held.kind is not EvidenceKind.PICTURE:
        return Proof(words(held))
    picture = proving.draw(s, held, View(1, _PHOTO, _PHOTO, colour=True))
    return Proof(words(held), Excerpt(picture, words(held)))


def _found(s: Session, record: Record, wanted: str) -> tuple[int, str, Excerpt | None] | None:
    """The first page of a record that holds some words, those words as they stand, and a strip."""
    db = s.vault.read()
    page = _place(db, record, wanted)
    read = pages.shown(db, record.id, page) if page is not None else None
    span = find_quote(read.reading.words, wanted) if read is not None else None
    if page is None or read is None or span is None:
        return None
    said, box = quote_of(read.reading.words, span), box_of(read.reading.words, span)
    return page, said, _strip(s, record, page, box, said) if box else None


def _place(db: Db, record: Record, wanted: str) -> int | None:
    """The first page of a record that holds some words."""
    for page in pages.of(db, record.id) if wanted else ():
        read = pages.shown(db, record.id, page.number)
        if read is not None and find_quote(read.reading.words, wanted) is not None:
            return page.number
    return None


def looked_at(standing: Standing, event: Event) -> str:
    """The copy a comparison was with: the one it names, else the last that had come by then."""
    if event.detail.record:
        return event.detail.record
    came = [
        e.detail.record
        for e in standing.events
        if e.kind == CorrectionEvent.COPY_RECEIVED and (e.on, e.seq) <= (event.on, event.seq)
    ]
    return next((record for record in reversed(came) if record), "")


def _wanted(flag: Flag, outcome: str) -> str:
    """The words a copy is to show for what was found there."""
    if outcome in (_I.FIXED, _I.APPENDED):
        return flag.should_say
    return flag.finding.quote if outcome == _I.UNCHANGED else ""


def _copy(s: Session, view: CorrectionView, flag: Flag, event: Event) -> Copy:
    outcome = event.detail.outcome
    said = OUTCOMES.get(outcome, "")
    named = looked_at(view.standing, event)
    record = kept(s.vault.read(), named)
    if record is None:
        return Copy(event.on, said, "a record that is no longer kept" if named else "")
    place = _found(s, record, _wanted(flag, outcome))
    if place is None:
        return Copy(event.on, said, record.title)
    page, shown, strip = place
    return Copy(event.on, said, f"{record.title}, page {page}", shown, strip)


def _ways(view: CorrectionView, flag: str) -> Iterator[tuple[Event, ItemState]]:
    """Each event that brought an item to where it had not stood before, or told of it again."""
    held = [item.flag for item in view.correction.items]
    was = amending.stand(held, ())
    for event, now in rounds.trail(held, view.correction.events):
        told = event.kind == CorrectionEvent.COMPARED and flag in amending.moved(was, event)
        if told or was.items[flag] is not now.items[flag]:
            yield event, now.items[flag]
        was = now


def item(s: Session, view: CorrectionView, flag: Flag) -> Item:
    """One item: where it stands in the record, what shows that it is wrong, what became of it."""
    db, finding = s.vault.read(), flag.finding
    record = records.get(db, finding.record)
    ways = tuple(_ways(view, flag.id))
    compared = [e for e, _state in ways if e.kind == CorrectionEvent.COMPARED]
    page = f", page {finding.page}" if finding.page is not None else ""
    own = [e for e in proving.of(s, flag.id) if not whose.theirs(db, e, view.person.id)]
    return Item(
        flag=flag.id,
        where=f"{record.title}{page}",
        quote=finding.quote,
        wrong=finding.kind.value.replace("_", " "),
        should_say=flag.should_say,
        why=finding.reason,
        entry=_printed(facts.of(db, record.id), finding.page),
        state=STANDS[view.standing.items[flag.id]],
        excerpt=_entry(s, flag, record),
        proofs=tuple(_proof(s, held) for held in own),
        ways=tuple((e.on, STANDS[state]) for e, state in ways),
        copies=tuple(_copy(s, view, flag, e) for e in compared),
    )


def cited(s: Session, view: CorrectionView) -> tuple[tuple[Record, int], ...]:
    """The pages the items and the comparisons rest on, each once."""
    db = s.vault.read()
    found: dict[tuple[str, int], Record] = {}
    for flag in view.flags:
        if flag.finding.page is not None:
            record = records.get(db, flag.finding.record)
            found.setdefault((record.id, flag.finding.page), record)
    for copy, flag, outcome in _compared(db, view):
        page = _place(db, copy, _wanted(flag, outcome))
        if page is not None:
            found.setdefault((copy.id, page), copy)
    return tuple((record, page) for (_id, page), record in found.items())


def _compared(db: Db, view: CorrectionView) -> Iterator[tuple[Record, Flag, str]]:
    """Every copy that was compared and is still kept, with each flag it was compared for."""
    for flag in view.flags:
        for event, _state in _ways(view, flag.id):
            copy = kept(db, looked_at(view.standing, event))
            if event.kind == CorrectionEvent.COMPARED and copy is not None:
                yield copy, flag, event.detail.outcome
