"""Records: listing, showing, reading, drawing and taking them out again."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from vault import png
from vault.actions import checking, lacking, passwords
from vault.actions.custody import tidy
from vault.actions.exports import write_out
from vault.actions.session import Session
from vault.errors import Refused
from vault.model.custody import UNSAID, Custody
from vault.model.facts import StoredFact
from vault.model.flags import Flag
from vault.model.people import Person
from vault.model.providers import Provider
from vault.model.reading import Picture, Reading, View
from vault.model.records import Page, Record, RecordStatus
from vault.store import facts, flags, lookup, pages, people, providers, records, requests
from vault.store.database import Db
from vault.store.records import Counts

_CHUNK = 1024 * 1024
_PAGE_PIXELS = 2200
"""The long side of an exported page picture, enough to read small print."""


@dataclass(frozen=True, slots=True)
class RecordView:
    """A record with whom it concerns, where it came from, and what lists count of it."""

    record: Record
    person: Person | None
    provider: Provider | None
    counts: Counts


@dataclass(frozen=True, slots=True)
class RecordDetail:
    """All of a record but its words: pages, facts and flags; of a ZIP, the records it brought.

    `parent` is the ZIP it came in, or the scan it is a part of; the parts of a scan are members.
    """

    view: RecordView
    pages: tuple[Page, ...]
    facts: tuple[StoredFact, ...]
    flags: tuple[Flag, ...]
    parent: Record | None = None
    members: tuple[Record, ...] = ()


@dataclass(frozen=True, slots=True)
class PageText:
    """A page and the text it shows."""

    page: Page
    text: str


def _view(db: Db, record: Record) -> RecordView:
    return RecordView(
        record=record,
        person=people.get(db, record.person) if record.person else None,
        provider=providers.get(db, record.provider) if record.provider else None,
        counts=records.counts(db, record.id),
    )


def every(s: Session) -> tuple[RecordView, ...]:
    """All records, newest first."""
    db = s.vault.read()
    return tuple(_view(db, record) for record in records.every(db))


def find(s: Session, given: str) -> Record:
    """The record an id begins."""
    db = s.vault.read()
    return records.get(db, lookup.resolve(db, "record", given))


def detail(s: Session, given: str) -> RecordDetail:
    """One record with its pages, facts and flags, what it came in, and what came in it."""
    db = s.vault.read()
    record = records.get(db, lookup.resolve(db, "record", given))
    return RecordDetail(
        view=_view(db, record),
        pages=pages.of(db, record.id),
        facts=facts.of(db, record.id),
        flags=flags.every(db, record.id),
        parent=records.get(db, record.parent) if record.parent else None,
        members=records.members(db, record.id),
    )


def text(s: Session, given: str, page: int | None = None) -> tuple[Record, tuple[PageText, ...]]:
    """What the pages of a record say, or one page of it."""
    db = s.vault.read()
    record = records.get(db, lookup.resolve(db, "record", given))
    wanted = (pages.get(db, record.id, page),) if page is not None else pages.of(db, record.id)
    texts = pages.texts(db, record.id, (page,) if page is not None else ())
    return record, tuple(PageText(p, texts.get(p.number, "")) for p in wanted)


def reading(s: Session, record: str, page: int) -> Reading | None:
    """The words a page shows, with their places; None where it has none."""
    stored = pages.shown(s.vault.read(), record, page)
    return stored.reading if stored else None


def draw(s: Session, record: Record, view: View) -> Picture:
    """Draw a part of a page, upright and straight as it was read, from the sealed original.

    The view's turn and skew are filled in from the page's reading.
    """
    shown = pages.shown(s.vault.read(), record.id, view.page)
    if shown is not None:
        view = replace(view, turn=shown.reading.turn, skew=shown.reading.skew)
    return draw_as(s, record, view)


def draw_as(s: Session, record: Record, view: View) -> Picture:
    """As `draw`, with the page turned and made straight as the view says."""
    with s.vault.originals.open(record.original) as source:
        password = passwords.of(s.vault.read(), record.id)
        return s.pool.draw(source, record.media, view, password).result()


def export_page(s: Session, given: str, page: int, target: Path) -> Path:
    """Write a page as a PNG picture to a place outside the vault; returns its absolute path."""
    record = find(s, given)
    pages.get(s.vault.read(), record.id, page)
    if record.status is RecordStatus.UNREADABLE and not record.pages:
        raise Refused(
            f"{record.id} cannot be drawn: {record.reason}", "record export gives the file"
        )
    picture = draw(s, record, View(page, _PAGE_PIXELS, _PAGE_PIXELS, colour=True))
    return write_out(s.vault.folder, target, (png.encode(picture),))


def export(s: Session, given: str, target: Path) -> Path:
    """Write the original, byte for byte, to a place outside the vault."""
    record = find(s, given)

    def chunks() -> Iterator[bytes]:
        with s.vault.originals.open(record.original) as source:
            for offset in range(0, source.size, _CHUNK):
                yield source.read_at(offset, _CHUNK)

    return write_out(s.vault.folder, target, chunks())


@dataclass(frozen=True, slots=True)
class Belongings:
    """What a record is said to belong to; None leaves that as it is.

    With `entire` nothing is left: what is not said here is not known any more.
    """

    person: str | None = None
    provider: str | None = None
    request: str | None = None
    received_on: dt.date | None = None
    custody: Custody = UNSAID
    entire: bool = False


def assign(s: Session, given: str, to: Belongings) -> RecordView:
    """Say whose a record is, who it came from, and which request it answers.

    It also notes how the record came. What is said of a ZIP is said of the files in it, and of a
    scan of its parts, but where one of them had been told apart.
    """
    with s.vault.write("record.assigned") as db:
        record = records.get(db, lookup.resolve(db, "record", given))
        settled = _settled(db, Belongings() if to.entire else _of(record), to)
        _belongs(db, record, settled)
        _spread(db, record, settled)
        return _view(db, records.get(db, record.id))


def _of(record: Record) -> Belongings:
    """What a record belongs to now."""
    return Belongings(
        record.person, record.provider, record.request, record.received_on, record.custody
    )


def _settled(db: Db, before: Belongings, to: Belongings) -> Belongings:
    """What is said now over what was said before, each by its whole id."""
    person, provider, request = before.person, before.provider, before.request
    if to.request:
        asked = requests.get(db, lookup.resolve(db, "request", to.request))
        person, provider, request = asked.person, asked.provider, asked.id
    if to.person:
        person = lookup.resolve(db, "person", to.person)
    if to.provider:
        provider = lookup.resolve(db, "provider", to.provider)
    received = to.received_on or before.received_on
    return Belongings(person, provider, request, received, tidy(to.custody).over(before.custody))


def _spread(db: Db, record: Record, to: Belongings) -> None:
    """Say of what came in a record, or is a part of it, what is said of the record."""
    for member in records.members(db, record.id):
        theirs = _following(member, record, to)
        _belongs(db, member, theirs)
        _spread(db, member, theirs)


def _following(member: Record, bundle: Record, to: Belongings) -> Belongings:
    """What a member belongs to once its ZIP belongs to `to`: it follows where it was the same."""
    return Belongings(
        to.person if member.person == bundle.person else member.person,
        to.provider if member.provider == bundle.provider else member.provider,
        to.request if member.request == bundle.request else member.request,
        to.received_on if member.received_on == bundle.received_on else member.received_on,
        to.custody if member.custody == bundle.custody else member.custody,
    )


def _belongs(db: Db, record: Record, to: Belongings) -> None:
    records.assign(db, record.id, (to.person, to.provider, to.request, to.received_on))
    records.keep_custody(db, record.id, to.custody)
    if to.person != record.person or to.request != record.request:
        checking.check(db, record.id)
        if record.person and record.person != to.person:
            checking.left(db, record.id, record.person)
        if record.request and record.request != to.request:
            lacking.check(db, record.request)
