"""Sealing: a file's bytes go into the vault and get their row before anybody reads them."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from vault import dates, ids
from vault.actions import checking
from vault.actions import requests as request_actions
from vault.actions.imports.gather import Candidate
from vault.actions.session import Session
from vault.errors import CannotRead
from vault.model.records import Record, RecordStatus
from vault.store import files, lookup, pages, people, records, requests, trash
from vault.store.database import Db

LARGEST = 20 * 1024**3
"""The largest file taken in, in bytes."""


@dataclass(frozen=True, slots=True)
class Origin:
    """Where an import's files come from: ids (or their beginnings), and the day they came."""

    person: str | None = None
    provider: str | None = None
    request: str | None = None
    received_on: dt.date | None = None
    language: str = "eng"
    engine: str = "auto"


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
    return Origin(person, provider, request, received, origin.language, origin.engine)


def _bytes_of(candidate: Candidate, s: Session) -> tuple[str, int]:
    try:
        stream = candidate.path.open("rb")
    except OSError as error:  # it was there when it was looked at
        raise CannotRead(candidate.name, files.reason(error)) from None
    with stream:
        sealed = s.vault.originals.seal(stream, LARGEST)
    return sealed.id, sealed.size


def _answer(db: Db, origin: Origin) -> None:
    if origin.request and origin.received_on:
        asked = requests.get(db, origin.request)
        request_actions.answered(db, asked, origin.received_on)


def _belongs(s: Session, known: Record, origin: Origin) -> None:
    """Fill in what an earlier import of the same file did not say; nothing said is changed."""
    person = known.person or origin.person
    provider = known.provider or origin.provider
    request = known.request or origin.request
    if (person, provider, request) == (known.person, known.provider, known.request):
        return
    with s.vault.write("record.assigned", known.id) as db:
        records.assign(db, known.id, (person, provider, request, known.received_on))
        if request != known.request:
            _answer(db, origin)
        if person != known.person and known.status is RecordStatus.STORED:
            checking.check(db, known.id)


def _out_of_the_trash(s: Session, original: str) -> bool:
    """Bring back the deleted record of a file that comes in again, unless it has another one."""
    db = s.vault.read()
    held = trash.by_original(db, original)
    if held is None or records.by_original(db, original) is not None:
        return False
    with s.vault.write("record.restored", held.record) as writing:
        trash.take_out(writing, held.record)
    return True


def seal(s: Session, candidate: Candidate, origin: Origin) -> Sealed:
    """Seal one file and add its record, or find the one it already has.

    A record that was cut off, or that could not be read, is taken up again; one in the trash is
    brought back. Raises CannotRead
    or Refused for a file that is gone, changes meanwhile or is too large; CannotWrite.
    """
    original, size = _bytes_of(candidate, s)
    restored = _out_of_the_trash(s, original)
    known = records.by_original(s.vault.read(), original)
    if known is not None:
        _belongs(s, known, origin)
        if known.status is RecordStatus.UNREADABLE:
            with s.vault.write("record.tried_again", known.id) as db:
                records.reopen(db, known.id, origin.language, origin.engine)
                pages.make_unread_pending(db, known.id)
        read = known.status is RecordStatus.STORED
        return Sealed(known, duplicate=read and not restored, restored=restored)
    record = Record(
        id=ids.new("record"),
        original=original,
        title=candidate.name,
        media=candidate.media,
        status=RecordStatus.READING,
        pages=0,
        imported_at=dates.now(),
        received_on=origin.received_on,
        person=origin.person,
        provider=origin.provider,
        request=origin.request,
        language=origin.language,
        engine=origin.engine,
    )
    with s.vault.write("record.sealed", record.id, bytes=size) as db:
        records.add(db, record, size)
        _answer(db, origin)
    return Sealed(record, duplicate=False)
