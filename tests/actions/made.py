"""Invented records for the tests of what people do, kept as an import keeps them."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Sequence

from vault import dates, ids
from vault.actions import people, providers
from vault.actions.imports import keep
from vault.actions.session import Session
from vault.model.people import Person
from vault.model.providers import Provider
from vault.model.reading import PageKind, PageResult, Reading, Source
from vault.model.records import Record, RecordStatus
from vault.model.words import Box, Word
from vault.safetext import safe_line
from vault.store import records

WRONG_BORN = "Patient: Marian Voss DOB: 03/14/1916"


def patient(s: Session, name: str = "Marian Voss") -> Person:
    """A person born on 14 March 1961."""
    return people.add(s, name, dt.date(1961, 3, 14))


def hospital(s: Session, name: str = "Elm Street Hospital") -> Provider:
    """A provider in Texas."""
    return providers.add(s, name, jurisdiction="us-tx")


def words(text: str) -> tuple[Word, ...]:
    """The words of a text, line by line on a page and safe to show; `~` ends an unsure one."""
    found = []
    for line, row in enumerate(text.splitlines()):
        top = min(0.05 + line * 0.03, 0.95)
        for column, part in enumerate(row.split()):
            left = min(0.05 + column * 0.07, 0.9)
            sure = 40 if part.endswith("~") else 95
            box = Box(left, top, left + 0.06, top + 0.015)
            found.append(Word(safe_line(part.removesuffix("~")), box, sure, line))
    return tuple(found)


def result(page: int, text: str) -> PageResult:
    """A page as a worker reads it."""
    readings = (Reading(Source.OCR, words(text), 95),)
    return PageResult(page, PageKind.CONTENT, readings, 612, 792, 95)


def put(
    s: Session,
    title: str,
    texts: Sequence[str],
    person: Person | None = None,
    provider: Provider | None = None,
) -> Record:
    """Keep a record whose pages read as `texts`, with its facts and suspicions."""
    sealed = s.vault.originals.seal(io.BytesIO(f"%PDF-{title}".encode()), 1 << 20)
    record = Record(
        id=ids.new("record"),
        original=sealed.id,
        title=title,
        media="pdf",
        status=RecordStatus.READING,
        pages=0,
        imported_at=dates.now(),
        person=person.id if person else None,
        provider=provider.id if provider else None,
    )
    with s.vault.write("record.sealed", record.id) as db:
        records.add(db, record, sealed.size)
    keep.count_pages(s, record, len(texts))
    keep.keep(s, [keep.Read(record, result(n, text)) for n, text in enumerate(texts, 1)])
    return records.get(s.vault.read(), record.id)
