"""Invented people, scans and suspicions, put straight into a vault."""

from __future__ import annotations

import io
from collections.abc import Sequence

from tests.actions.made import hospital, patient, words
from vault import dates, ids
from vault.actions.session import Session
from vault.model.flags import Check, Finding, Flag, FlagState, Kind, Severity, Subject
from vault.model.people import Person
from vault.model.providers import Provider
from vault.model.reading import PageKind, PageResult, Reading, Source
from vault.model.records import Record, RecordStatus
from vault.safetext import safe_line
from vault.store import flags, pages, records

__all__ = ["hospital", "patient", "scan", "suspicion", "words"]


def scan(
    session: Session,
    title: str,
    texts: Sequence[str],
    *,
    person: Person | None = None,
    provider: Provider | None = None,
    data: bytes = b"",
) -> Record:
    """A record read from paper: the text of each page, an empty one for a page without words.

    Its file can be opened only where `data`, a real PDF, is given.
    """
    file = io.BytesIO(data or f"%PDF-{title}".encode())
    sealed = session.vault.originals.seal(file, 1 << 20)
    record = Record(
        id=ids.new("record"),
        original=sealed.id,
        title=safe_line(title),
        media="pdf",
        status=RecordStatus.READING,
        pages=0,
        imported_at=dates.now(),
        person=person.id if person else None,
        provider=provider.id if provider else None,
    )
    with session.vault.write("test.record") as db:
        records.add(db, record, sealed.size)
        records.set_pages(db, record.id, len(texts))
        for number, text in enumerate(texts, 1):
            readings = (Reading(Source.OCR, words(text), 88),) if text else ()
            result = PageResult(
                number,
                PageKind.CONTENT,
                readings,
                612,
                792,
                88,
                look=not text,
                why="" if text else "no words were found",
                read=bool(text),
            )
            pages.keep(db, record.id, result, dates.now())
        records.finish(db, record.id, RecordStatus.STORED)
    return records.get(session.vault.read(), record.id)


def suspicion(session: Session, record: Record, page: int, quote: str) -> Flag:
    """A flag as a check raises it."""
    finding = Finding(
        check=Check.WRONG_DOB,
        kind=Kind.WRONG_VALUE,
        subject=Subject.IDENTITY,
        severity=Severity.HARM_NOW,
        record=record.id,
        page=page,
        quote=safe_line(quote),
        reason="the date of birth is not the patient's",
        key=f"{page}:{quote}",
    )
    flag = Flag(ids.new("flag"), FlagState.SUSPECTED, finding, made_on=dates.now())
    with session.vault.write("test.flag") as db:
        flags.add(db, flag)
    return flag
