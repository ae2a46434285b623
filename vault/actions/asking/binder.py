"""The evidence on a request as one PDF, for a regulator or a lawyer."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Sequence

from vault import dates
from vault.actions import custody
from vault.actions import records as record_actions
from vault.actions import requests as request_actions
from vault.actions.asking import ledger
from vault.actions.asking.ledger import Ledger, Line
from vault.actions.asking.letter_content import KINDS, gather
from vault.actions.asking.sheaves import Sheaf
from vault.actions.requests import RequestView
from vault.actions.session import Session
from vault.errors import Refused
from vault.letters.asking import binder
from vault.letters.asking.binder import Evidence, Held
from vault.letters.asking.sheaf import Part
from vault.model.asking_letters import LetterKind
from vault.model.letters import Letter
from vault.model.reading import Picture, View
from vault.model.records import Record
from vault.model.requests import Event
from vault.store import letters, records

_CHUNK = 1024 * 1024
_PAGES = 40
"""Pages of records that can be bound: each is a picture, and all cross a pipe in one piece."""
_PIXELS = 1100


def _sha256(s: Session, record: Record) -> str:
    """The SHA-256 of a record's file, as anybody can count it again from an export."""
    digest = hashlib.sha256()
    with s.vault.originals.open(record.original) as source:
        for offset in range(0, source.size, _CHUNK):
            digest.update(source.read_at(offset, _CHUNK))
    return digest.hexdigest()


def _answers(s: Session, view: RequestView, held: Ledger) -> tuple[Record, ...]:
    """The records that answer a request, or say so themselves, by the day they came."""
    db = s.vault.read()
    named = {id_ for line in held.lines for id_ in line.records}
    found = [r for r in records.every(db) if r.request == view.request.id or r.id in named]
    return tuple(sorted(found, key=lambda r: (r.received_on or dt.date.max, r.imported_at, r.id)))


def held_file(s: Session, record: Record) -> Held:
    """How a record came, and the SHA-256 of its file."""
    return Held(
        record.title,
        "; ".join(custody.words(record.custody)),
        record.received_on,
        record.pages,
        _sha256(s, record),
    )


def _became(line: Line) -> tuple[str, str]:
    lacks = f" ({'; '.join(line.missing)})" if line.missing else ""
    return ledger.words(line.item), f"{line.answer.value.replace('_', ' ')}{lacks}"


def _part(letter: Letter, paper: str, number: int) -> Part:
    kind = letter.kind.replace("_", " ") if letter.kind in KINDS else "filled form"
    title = f"{number}. {kind.capitalize()}, made on {letter.made_at[:10]}"
    return Part(title, letter.pdf, letter.pages, paper)


def shown(events: Sequence[Event], kept: tuple[Letter, ...]) -> tuple[Letter, ...]:
    """The letters that were sent; of those nobody noted a sending of, the newest of each kind."""
    sent = {e.detail.letter for e in events if e.detail.letter}
    newest = {letter.kind: letter.id for letter in kept}
    kinds = {letter.kind for letter in kept if letter.id in sent}
    return tuple(
        letter
        for letter in kept
        if letter.id in sent or (letter.kind not in kinds and newest[letter.kind] == letter.id)
    )


def _numbers(record: Record) -> range:
    """The numbers of a record's pages; a part of a scan keeps those of its file."""
    first = record.first_page or 1
    return range(first, (record.last_page or record.pages) + 1)


def _pages(s: Session, found: tuple[Record, ...]) -> tuple[tuple[str, tuple[Picture, ...]], ...]:
    many = sum(len(_numbers(record)) for record in found)
    if many > _PAGES:
        raise Refused(
            f"the records have {many} pages, and {_PAGES} can be bound",
            "leave --records away, and put copies with it: chartmend record export REC -o FILE",
        )
    return tuple(
        (
            record.title,
            tuple(
                record_actions.draw(s, record, View(n, _PIXELS, _PIXELS)) for n in _numbers(record)
            ),
        )
        for record in found
    )


def bind(s: Session, given: str, on: dt.date | None = None, *, with_records: bool = False) -> Sheaf:
    """The evidence on a request: what happened, the rules, the letters, what came.

    Pages of the records are in it only with `with_records`; Refused where they are too many.
    """
    on = on or dates.today()
    view = request_actions.get(s, given, on)
    db = s.vault.read()
    held = ledger.of(db, view.request)
    content = gather(db, view, LetterKind.COMPLAINT, on)
    found = _answers(s, view, held)
    kept = shown(view.standing.events, letters.of(db, view.request.id))
    evidence = Evidence(
        content=content,
        state=view.request.state.value.replace("_", " "),
        outcome=view.request.outcome.replace("_", " "),
        complete=held.said,
        items=tuple(_became(line) for line in held.lines),
        records=tuple(held_file(s, record) for record in found),
        letters=tuple(_part(letter, content.paper, n) for n, letter in enumerate(kept, 1)),
        pictures=_pages(s, found) if with_records else (),
    )
    made = binder.render_binder(evidence, s.pool)
    return Sheaf(made.pdf, made.pages, (view.request.id,))
