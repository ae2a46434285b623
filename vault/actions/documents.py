"""The ID kit: documents kept, shown and masked, and copies of them for one recipient."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from vault import dates, ids
from vault.actions import kept_files
from vault.actions import people as people_actions
from vault.actions.exports import check_place, write_out
from vault.actions.scanning import pdf
from vault.actions.scanning.pnm import Picture as Pixels
from vault.actions.session import Session
from vault.errors import BadDocument, Refused, UsageError, WorkerFailed
from vault.model import documents as kit
from vault.model.documents import (
    MOST_BYTES,
    MOST_MASKS,
    MOST_PAGES,
    Document,
    DocumentKind,
    Mask,
    Use,
    Validity,
)
from vault.model.reading import InMemory, Picture, View
from vault.safetext import safe_file_name, safe_line
from vault.store import authorities, corrections, documents, lookup, people, providers, requests
from vault.store.database import Db

_DPI = 150
_LONG_SIDE = 11 * _DPI
"""Copies fill a letter page: fine enough to read, too coarse to pass for the document."""
_SHADES = bytes(value & 0xF8 | value >> 5 for value in range(256))
"""32 shades a colour: a photograph packs to a third, and looks no different."""
_TITLE = 120
_RECIPIENT = 100


@dataclass(frozen=True, slots=True)
class DocumentView:
    """A document, whose it is, whether it counts, its pages where that was looked at, its copies.

    `proves` are the authorities (ids) that name it as their proof.
    """

    document: Document
    person: str
    validity: Validity
    expiry: str
    uses: tuple[Use, ...] = ()
    proves: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Fresh:
    """What is said of a document; in `edit`, what is empty stays as it is.

    `no_expiry` takes the last day away.
    """

    kind: DocumentKind | None = None
    title: str = ""
    expires_on: dt.date | None = None
    no_expiry: bool = False


@dataclass(frozen=True, slots=True)
class Purpose:
    """For whom a copy is made: the recipient, the request (an id) or none, the day.

    `unmasked` leaves the masks out; the stamp stays.
    """

    recipient: str
    on: dt.date
    request: str = ""
    unmasked: bool = False


@dataclass(frozen=True, slots=True)
class Copied:
    """A file of copies that was written: where, how many pages, and what was noted of it."""

    file: Path
    pages: int
    stamp: str
    uses: tuple[Use, ...]


@dataclass(frozen=True, slots=True)
class Enclosed:
    """A document of which a copy was made for a request; `last` is the newest copy's use."""

    document: Document
    last: Use


def _view(db: Db, held: Document, today: dt.date) -> DocumentView:
    return DocumentView(
        held,
        people.get(db, held.person).name,
        kit.validity(held, today),
        kit.expiry(held, today),
        documents.uses(db, document=held.id),
        authorities.proven_by(db, held.id),
    )


def _pages(s: Session, data: bytes, media: str) -> int:
    """How many pages a file has; raises BadDocument where it cannot be opened."""
    return kept_files.pages(s, data, media, MOST_PAGES, BadDocument)


def _checked(masks: Sequence[Mask], pages: int) -> tuple[Mask, ...]:
    if len(masks) > MOST_MASKS:
        raise UsageError(f"a document has at most {MOST_MASKS} masks", "make one large box")
    for mask in masks:
        if mask.page > pages:
            raise UsageError(f"there is no page {mask.page}", f"the document has {pages}")
    return tuple(dict.fromkeys(masks))


def add(
    s: Session, person: str | None, path: Path, fresh: Fresh, masks: Sequence[Mask] = ()
) -> DocumentView:
    """Keep a document, encrypted; the file it comes from stays where it is.

    Raises CannotRead, BadDocument, and UsageError for masks outside its pages.
    """
    owner = people_actions.require(s, person)
    data = kept_files.read(path, MOST_BYTES, BadDocument)
    media = kept_files.kind(data, BadDocument)
    count = _pages(s, data, media)
    kept_files.look(s, data, media, BadDocument)
    held = Document(
        id=ids.new("document"),
        person=owner.id,
        kind=fresh.kind or DocumentKind.OTHER,
        title=safe_line(fresh.title, _TITLE) or safe_file_name(path.name, _TITLE),
        media=media,
        size=len(data),
        made_at=dates.now(),
        expires_on=fresh.expires_on,
        masks=_checked(masks, count),
    )
    with s.vault.write("document.added") as db:
        documents.add(db, held, data)
        return _view(db, held, dates.today())


def _change(s: Session, given: str, changed: Callable[[Document], Document]) -> DocumentView:
    with s.vault.write("document.changed") as db:
        held = changed(_standing(documents.get(db, lookup.resolve(db, "document", given))))
        documents.change(db, held)
        return _view(db, held, dates.today())


def _standing(held: Document) -> Document:
    """The document, or Refused where it was deleted."""
    if held.deleted:
        raise Refused("this document was deleted; only the log of its copies is kept")
    return held


def edit(s: Session, given: str, fresh: Fresh) -> DocumentView:
    """Change what is known of a document."""
    return _change(
        s,
        given,
        lambda held: replace(
            held,
            kind=fresh.kind or held.kind,
            title=safe_line(fresh.title, _TITLE) or held.title,
            expires_on=None if fresh.no_expiry else fresh.expires_on or held.expires_on,
        ),
    )


def mask(s: Session, given: str, masks: Sequence[Mask], *, clear: bool = False) -> DocumentView:
    """Add boxes that are black on every masked copy; with `clear`, in place of those before."""
    held = find(s, given)
    count = pages(s, held) if masks else 0
    return _change(
        s,
        held.id,
        lambda d: (
            replace(d, masks=_checked((*(() if clear else d.masks), *masks), count or 1))
            if masks
            else replace(d, masks=() if clear else d.masks)
        ),
    )


def find(s: Session, given: str) -> Document:
    """The document an id begins, deleted or not."""
    db = s.vault.read()
    return documents.get(db, lookup.resolve(db, "document", given))


def get(s: Session, given: str, today: dt.date) -> DocumentView:
    """One document with its copies, as it stands on `today`."""
    return _view(s.vault.read(), find(s, given), today)


def every(s: Session, today: dt.date, person: str | None = None) -> tuple[DocumentView, ...]:
    """All documents, or those of one person (an id), as they stand on `today`."""
    db = s.vault.read()
    owner = lookup.resolve(db, "person", person) if person else None
    return tuple(_view(db, d, today) for d in documents.every(db) if owner in (None, d.person))


def pages(s: Session, held: Document) -> int:
    """How many pages a document has."""
    return _pages(s, documents.data(s.vault.read(), _standing(held).id), held.media)


def draw(s: Session, held: Document, view: View) -> Picture:
    """Draw a part of a page of a document, in a worker."""
    source = InMemory(documents.data(s.vault.read(), _standing(held).id))
    return s.pool.draw(source, held.media, view).result()


def delete(s: Session, given: str) -> Document:
    """Delete a document; the log of copies made of it stays.

    Raises Refused where an authority names it as its proof.
    """
    with s.vault.write("document.deleted") as db:
        held = _standing(documents.get(db, lookup.resolve(db, "document", given)))
        cited = authorities.proven_by(db, held.id)
        if cited:
            raise Refused(
                f"this document is the proof of an authority ({', '.join(cited)})",
                "name another document first: chartmend authority edit AUTH --proof DOC",
            )
        documents.delete(db, held.id)
        return held


def _sheets(s: Session, held: Document, stamp: str, *, masked: bool) -> list[pdf.Sheet]:
    """The pages of a document as pictures to be given away, drawn and stamped by a worker."""
    source = InMemory(documents.data(s.vault.read(), held.id))
    sheets = []
    for page in range(1, _pages(s, source.data, held.media) + 1):
        boxes = tuple(m.box for m in held.masks if m.page == page) if masked else ()
        view = View(page, _LONG_SIDE, _LONG_SIDE, colour=True, masks=boxes, stamp=stamp)
        try:
            drawn = s.pool.draw(source, held.media, view).result()
        except WorkerFailed as error:
            raise Refused(f"no copy could be made: {error.why}") from error
        pixels = drawn.pixels.translate(_SHADES)
        sheets.append(pdf.pack(Pixels(drawn.width, drawn.height, 8, 3, pixels), _DPI))
    return sheets


def copy(s: Session, given: Sequence[str], purpose: Purpose, target: Path) -> Copied:
    """Write a PDF of stamped pictures of documents, masked as they are kept, and note its use.

    The pictures hold no byte of the documents as they came; what is masked is not in them.
    Raises CannotWrite before anything is made, UsageError without a recipient.
    """
    db = s.vault.read()
    held = [_standing(documents.get(db, lookup.resolve(db, "document", g))) for g in given]
    request = _asking(db, purpose.request) if purpose.request else ""
    recipient = safe_line(purpose.recipient, _RECIPIENT)
    if not recipient:
        raise UsageError("who the copy is for is missing", "give it with --for")
    if not held:
        raise UsageError("there is nothing to copy", "chartmend id list shows what there is")
    target = check_place(s.vault.folder, target)
    stamp = kit.stamp(recipient, purpose.on, request)
    sheets: list[pdf.Sheet] = []
    made: list[Use] = []
    for document in dict.fromkeys(held):
        masked = bool(document.masks) and not purpose.unmasked
        sheets += _sheets(s, document, stamp, masked=masked)
        made.append(Use(document.id, request, recipient, purpose.on, masked))
    with s.vault.write("document.copied") as db:
        for use in made:
            documents.note_use(db, use, dates.now())
        # Within: a copy that could not be written is not one that was made.
        file = write_out(s.vault.folder, target, (pdf.document(sheets),))
    return Copied(file, len(sheets), stamp, tuple(made))


def _asking(db: Db, given: str) -> str:
    """The id of the request, or of the correction where it begins like one, that is meant."""
    noun = "correction" if given.startswith(ids.PREFIXES["correction"]) else "request"
    return lookup.resolve(db, noun, given)


def enclose(
    s: Session, given: str, chosen: Sequence[str], on: dt.date, target: Path, *, unmasked: bool
) -> Copied:
    """Write the copies that go with a request, for its provider; they are its enclosures then.

    A correction, named by an id that begins with `cor_`, has enclosures of its own likewise.
    """
    db = s.vault.read()
    id_ = _asking(db, given)
    of_correction = id_.startswith(ids.PREFIXES["correction"])
    asked = corrections.get(db, id_).provider if of_correction else requests.get(db, id_).provider
    return copy(s, chosen, Purpose(providers.get(db, asked).name, on, id_, unmasked), target)


def enclosed(db: Db, request: str) -> tuple[Enclosed, ...]:
    """The documents of which copies were made for a request or a correction (an id), in order."""
    newest = {use.document: use for use in documents.uses(db, request=request)}
    return tuple(Enclosed(documents.get(db, id_), use) for id_, use in newest.items())
