"""Sealing: a file's bytes go into the vault and get their row before anybody reads them."""

from __future__ import annotations

import contextlib
import datetime as dt
from dataclasses import dataclass, replace
from typing import BinaryIO

from vault import dates, ids
from vault.actions import checking, preferences
from vault.actions import requests as request_actions
from vault.actions.custody import tidy
from vault.actions.imports.gather import Candidate
from vault.actions.session import Session
from vault.actions.trash import bring_back
from vault.errors import CannotRead, Refused
from vault.model.custody import UNSAID, Custody
from vault.model.records import Record, RecordStatus
from vault.store import files, lookup, pages, people, records, repair, requests, trash
from vault.store.database import Db

LARGEST = 20 * 1024**3
"""The largest file taken in, in bytes."""


@dataclass(frozen=True, slots=True)
class Origin:
    """Where an import's files come from: ids (or their beginnings), and the day they came.

    An empty language is that of the settings.
    """

    person: str | None = None
    provider: str | None = None
    request: str | None = None
    received_on: dt.date | None = None
    language: str = ""
    engine: str = "auto"
    custody: Custody = UNSAID


@dataclass(frozen=True, slots=True)
class Arrival:
    """A thing that arrived: its title and kind; a ZIP's member names its parent and its path."""

    title: str
    media: str
    parent: str | None = None
    member: str = ""


@dataclass(frozen=True, slots=True)
class Sealed:
    """A file's record, and whether it had been read before (`duplicate`).

    `restored` is set where the record lay in the trash and was brought back.
    """

    record: Record
    duplicate: bool
    restored: bool = False


def settle(s: Session, origin: Origin) -> Origin:
    """Turn the beginnings of ids into ids, and let a request say who and whom it concerns."""
    db = s.vault.read()
    person, provider, request = origin.person, origin.provider, origin.request
    if request:
        asked = requests.get(db, lookup.resolve(db, "request", request))
        request, person, provider = asked.id, person or asked.person, provider or asked.provider
    person = lookup.resolve(db, "person", person) if person else None
    provider = lookup.resolve(db, "provider", provider) if provider else None
    everybody = people.every(db)
    if person is None and len(everybody) == 1:
        person = everybody[0].id
    received = origin.received_on or dates.today()
    found = replace(origin, person=person, provider=provider, request=request)
    found = replace(found, language=origin.language or preferences.language(s))
    return replace(found, received_on=received, custody=tidy(origin.custody))


def _answer(db: Db, origin: Origin, record: str) -> None:
    if origin.request and origin.received_on:
        asked = requests.get(db, origin.request)
        request_actions.arrived(db, asked, origin.received_on, record)


def _belongs(s: Session, known: Record, origin: Origin) -> None:
    """Fill in what an earlier import of the same file did not say; nothing said is changed."""
    person = known.person or origin.person
    provider = known.provider or origin.provider
    request = known.request or origin.request
    custody = known.custody.over(origin.custody)
    same = (person, provider, request) == (known.person, known.provider, known.request)
    if same and custody == known.custody:
        return
    with s.vault.write("record.assigned", known.id) as db:
        records.assign(db, known.id, (person, provider, request, known.received_on))
        records.keep_custody(db, known.id, custody)
        if request != known.request:
            _answer(db, origin, known.id)
        if person != known.person and known.status is RecordStatus.STORED:
            checking.check(db, known.id)


def known(s: Session, held: Record, origin: Origin, *, restored: bool = False) -> Sealed:
    """Take up a record that was there: filled in, and read again where it could not be read.

    `restored` says that it has just been brought back from the trash, and so is no duplicate.
    """
    _belongs(s, held, origin)
    if held.status is RecordStatus.UNREADABLE:
        with s.vault.write("record.tried_again", held.id) as db:
            records.reopen(db, held.id, origin.language, origin.engine)
            pages.make_unread_pending(db, held.id)
    read = held.status is RecordStatus.STORED
    return Sealed(held, duplicate=read and not restored, restored=restored)


def _out_of_the_trash(s: Session, original: str) -> bool:
    """Bring back the deleted record of a file that comes in again, unless it has another one.

    One that came out of a ZIP that is in the trash itself stays there: the file becomes a record
    of its own.
    """
    db = s.vault.read()
    held = trash.by_original(db, original)
    if held is None or records.by_original(db, original) is not None:
        return False
    with contextlib.suppress(Refused), s.vault.write("record.restored", held.record) as writing:
        bring_back(writing, held)
        return True
    return False


def take(s: Session, stream: BinaryIO, arrival: Arrival, origin: Origin) -> Sealed:
    """Seal what a seekable stream holds and add its record, or find the one it already has.

    A record in the trash is brought back. Raises CannotRead or Refused where the stream breaks
    off, changes or is too large; CannotWrite.
    """
    sealed = s.vault.originals.seal(stream, LARGEST)
    restored = _out_of_the_trash(s, sealed.id)
    held = records.by_original(s.vault.read(), sealed.id)
    if held is not None:
        found = known(s, held, origin, restored=restored)
        repair.reopen(s.vault, sealed.id)  # other records of the same file, where it was damaged
        return found
    record = Record(
        id=ids.new("record"),
        original=sealed.id,
        title=arrival.title,
        media=arrival.media,
        status=RecordStatus.READING,
        pages=0,
        imported_at=dates.now(),
        received_on=origin.received_on,
        person=origin.person,
        provider=origin.provider,
        request=origin.request,
        parent=arrival.parent,
        member=arrival.member,
        language=origin.language or preferences.LANGUAGE.usual,
        engine=origin.engine,
        custody=origin.custody,
    )
    with s.vault.write("record.sealed", record.id, bytes=sealed.size) as db:
        records.add(db, record, sealed.size)
        _answer(db, origin, record.id)
    return Sealed(record, duplicate=False)


def seal(s: Session, candidate: Candidate, origin: Origin) -> Sealed:
    """Seal one file and add its record, or find the one it already has.

    A record that was cut off, or that could not be read, is taken up again. Raises CannotRead
    or Refused for a file that is gone, changes meanwhile or is too large; CannotWrite.
    """
    try:
        stream = candidate.open()
    except OSError as error:  # it was there when it was looked at
        raise CannotRead(candidate.name, files.reason(error)) from None
    with stream:
        return take(s, stream, Arrival(candidate.name, candidate.media), origin)
