"""Evidence of a flag: a place in another record, a picture, or the person's own word."""

from __future__ import annotations

from pathlib import Path

from vault import dates, ids, png
from vault.actions import flags as flagging
from vault.actions import kept_files
from vault.actions import records as record_actions
from vault.actions.exports import write_out
from vault.actions.session import Session
from vault.errors import BadEvidence, Refused, UsageError
from vault.model.corrections import CorrectionEvent
from vault.model.evidence import MOST_BYTES, Evidence, EvidenceKind, words
from vault.model.flags import Flag, FlagState
from vault.model.lifecycle import effective
from vault.model.reading import InMemory, Picture, View
from vault.model.records import Record
from vault.model.words import find_quote
from vault.safetext import safe_file_name, safe_line
from vault.store import corrections, evidence, flags, lookup, pages, records
from vault.store.database import Db

__all__ = [
    "add_note", "add_picture", "add_place", "draw", "drop", "export", "find", "found", "of",
    "words",
]  # fmt: skip

_LONG = 2000
_QUOTE = 1000
_PAGE_PIXELS = 2000


def _flag(db: Db, given: str) -> Flag:
    """The flag an id begins; raises Refused for one that was dismissed."""
    flag = flags.get(db, lookup.resolve(db, "flag", given))
    if flag.state is FlagState.DISMISSED:
        raise Refused(
            "this flag was dismissed as no error, so there is nothing to show",
            f"chartmend flag confirm {flag.id} --should TEXT",
        )
    return flag


def _same_person(db: Db, flag: Flag, record: Record) -> None:
    """Raise Refused where a record is not surely of the person the flag is about."""
    whose = records.get(db, flag.finding.record).person
    if whose == record.person:
        return
    if record.person is None or whose is None:
        unknown = record.id if record.person is None else flag.finding.record
        raise Refused(
            f"{unknown} does not say whose it is, so it cannot be told whether both are the same "
            "person's",
            f"chartmend record assign {unknown} --person PER",
        )
    raise Refused(
        "that record is about another person, whose records are nobody else's business",
        "say in a note how you know",
    )


def add_place(s: Session, flag: str, record: str, page: int | None, quote: str) -> Evidence:
    """Add a place in another record of the same person; said twice, it is kept once.

    The quote is looked for on the page, or on all pages without one; where the words were read
    otherwise it is kept as typed (see `found`). Raises NotFound for a page that is not there,
    Refused for a record of another person.
    """
    with s.vault.write("evidence.added") as db:
        about = _flag(db, flag)
        held = records.get(db, lookup.resolve(db, "record", record))
        _same_person(db, about, held)
        if page is not None:
            pages.get(db, held.id, page)
        number, exact, _box = flagging.place(db, held.id, page, safe_line(quote, _QUOTE))
        place = (held.id, number, exact)
        for known in evidence.of(db, about.id):
            if (known.record, known.page, known.quote) == place:
                return known
        made = Evidence(
            ids.new("evidence"), about.id, dates.now(), record=held.id, page=number, quote=exact
        )
        evidence.add(db, made)
        return evidence.get(db, made.id)


def add_picture(s: Session, flag: str, path: Path, note: str) -> Evidence:
    """Keep a picture, encrypted: a photo of a bottle's label, or one page; the file stays.

    Raises CannotRead, and BadEvidence for what is no picture, too large, or of several pages.
    """
    about = _flag(s.vault.read(), flag).id
    data = kept_files.read(path, MOST_BYTES, BadEvidence)
    media = kept_files.kind(data, BadEvidence)
    kept_files.pages(s, data, media, 1, BadEvidence)
    kept_files.look(s, data, media, BadEvidence)
    made = Evidence(
        ids.new("evidence"),
        about,
        dates.now(),
        media=media,
        size=len(data),
        note=safe_line(note, _LONG) or safe_file_name(path.stem),
    )
    with s.vault.write("evidence.added") as db:
        evidence.add(db, made, data)
    return made


def add_note(s: Session, flag: str, text: str) -> Evidence:
    """Add what the person says themselves; raises UsageError for no words."""
    said = safe_line(text, _LONG)
    if not said:
        raise UsageError("the note is empty", "say how you know")
    with s.vault.write("evidence.added") as db:
        made = Evidence(ids.new("evidence"), _flag(db, flag).id, dates.now(), note=said)
        evidence.add(db, made)
    return made


def of(s: Session, flag: str) -> tuple[Evidence, ...]:
    """The evidence of a flag, in the order it was added."""
    db = s.vault.read()
    return evidence.of(db, lookup.resolve(db, "flag", flag))


def find(s: Session, given: str) -> Evidence:
    """The evidence an id begins; raises UnknownId."""
    db = s.vault.read()
    return evidence.get(db, lookup.resolve(db, "evidence", given))


def found(s: Session, held: Evidence) -> bool:
    """Whether the words of a place stand on its page as it is read now; true without words."""
    if not held.quote:
        return True
    db = s.vault.read()
    shown = pages.shown(db, held.record, held.page) if held.page else None
    return shown is not None and find_quote(shown.reading.words, held.quote) is not None


def _sent(db: Db, flag: str) -> str:
    """A correction (an id) with this flag that was sent, empty where there is none."""
    for id_ in corrections.of_flag(db, flag):
        events = effective(corrections.get(db, id_).events)
        if any(event.kind == CorrectionEvent.SENT for event in events):
            return id_
    return ""


def drop(s: Session, given: str) -> Evidence:
    """Take evidence back; raises Refused where a correction with it was sent."""
    with s.vault.write("evidence.dropped") as db:
        held = evidence.get(db, lookup.resolve(db, "evidence", given))
        sent = _sent(db, held.flag)
        if sent:
            raise Refused(
                f"{sent} was sent with this evidence, so it stays; more can be added",
                f"chartmend correction show {sent}",
            )
        evidence.drop(db, held.id)
    return held


def draw(s: Session, held: Evidence, view: View) -> Picture:
    """Draw a picture, or the page of a place, in a worker; a record as a whole by its `view`.

    Raises Refused for a note, and for a place in a record that was deleted.
    """
    if held.kind is EvidenceKind.NOTE:
        raise Refused("a note has no picture")
    db = s.vault.read()
    if held.kind is EvidenceKind.PICTURE:
        return s.pool.draw(InMemory(evidence.data(db, held.id)), held.media, view).result()
    if not held.there:
        raise Refused("the record it stands in was deleted")
    return record_actions.draw(s, records.get(db, held.record), view)


def export(s: Session, given: str, target: Path) -> Path:
    """Write a picture, or the page of a place, as a PNG outside the vault; returns its path."""
    held = find(s, given)
    drawn = draw(s, held, View(held.page or 1, _PAGE_PIXELS, _PAGE_PIXELS, colour=True))
    return write_out(s.vault.folder, target, (png.encode(drawn),))
