"""Splitting one scan of many documents into records of their own, and undoing it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from vault import ids
from vault.actions import checking, passwords
from vault.actions.session import Session
from vault.errors import Refused, UsageError
from vault.facts import documents
from vault.facts.documents import Leaf, Start
from vault.model.media import ZIP
from vault.model.records import PageState, Record, RecordStatus
from vault.store import flags, lookup, pages, parts, records
from vault.store.database import Db

__all__ = ["Start", "hints", "is_split", "join", "page_numbers", "split", "suggest"]

Span = tuple[int, int]


def suggestions(db: Db, record: Record) -> tuple[Start, ...]:
    """Where new documents seem to begin in a record, and why."""
    held = pages.of(db, record.id)
    if len(held) < 2:
        return ()
    texts = pages.texts(db, record.id)
    return documents.starts([Leaf(p.number, p.kind, texts.get(p.number, "")) for p in held])


def suggest(s: Session, given: str) -> tuple[Record, tuple[Start, ...]]:
    """A record, and where new documents seem to begin in it; nothing is changed."""
    db = s.vault.read()
    record = records.get(db, lookup.resolve(db, "record", given))
    _check(db, record)
    return record, suggestions(db, record)


def hints(s: Session, record: Record) -> tuple[Start, ...]:
    """As `suggest`, for any record: none for one that cannot be split."""
    whole = record.status is not RecordStatus.READING and record.media != ZIP
    return suggestions(s.vault.read(), record) if whole else ()


def is_split(db: Db, record: Record) -> bool:
    """Whether all pages of a scan are in its parts."""
    return not record.pages and record.media != ZIP and bool(_parts(db, record))


def page_numbers(text: str) -> tuple[int, ...]:
    """Page numbers as a person types them (`3, 7`); raises UsageError."""
    words = text.replace(",", " ").split()
    if not words or not all(w.isascii() and w.isdigit() and len(w) <= 6 for w in words):
        raise UsageError("the pages are not numbers", "write them as 3, 7")
    return tuple(int(word) for word in words)


def _parts(db: Db, scan: Record) -> tuple[Record, ...]:
    return tuple(member for member in records.members(db, scan.id) if member.is_part)


def _check(db: Db, record: Record) -> None:
    if record.media == ZIP:
        raise Refused(f"{record.id} is a ZIP and has no pages", "name one of the files in it")
    if is_split(db, record):
        raise Refused(f"{record.id} is split already", "name one of its parts, or join it first")
    if record.status is RecordStatus.READING or not record.pages:
        raise Refused(f"{record.id} has not been read yet", "import the file again to go on")


def _spans(numbers: Sequence[int], at: Iterable[int]) -> tuple[Span, ...]:
    """The pages of each document where new ones begin `at`; raises UsageError."""
    wanted = sorted(set(at))
    wrong = [page for page in wanted if page not in numbers[1:]]
    if wrong or not wanted:
        what = f"no new document can begin at page {wrong[0]}" if wrong else "no page is named"
        if len(numbers) < 2:
            raise UsageError("a record of one page cannot be split", "")
        raise UsageError(what, f"a page from {numbers[1]} to {numbers[-1]}")
    firsts = [numbers[0], *wanted]
    lasts = [numbers[numbers.index(page) - 1] for page in wanted]
    return tuple(zip(firsts, [*lasts, numbers[-1]], strict=True))


def _title(scan: Record, span: Span) -> str:
    pages_ = f"page {span[0]}" if span[0] == span[1] else f"pages {span[0]} to {span[1]}"
    return f"{scan.title} ({pages_})"


def _status(db: Db, id_: str) -> None:
    """State anew how far a record has come, by its pages."""
    held = pages.of(db, id_)
    unread = [page for page in held if page.state is PageState.UNREAD]
    if held and len(unread) == len(held):
        records.finish(db, id_, RecordStatus.UNREADABLE, unread[0].why)
    else:
        records.finish(db, id_, RecordStatus.STORED)


def _new_part(db: Db, record: Record, scan: Record, span: Span) -> str:
    part = replace(
        record,
        id=ids.new("record"),
        title=_title(scan, span),
        pages=0,
        parent=scan.id,
        member="",
        reason="",
        first_page=span[0],
        last_page=span[1],
    )
    records.add(db, part, 1)
    password = passwords.of(db, record.id)
    if password:
        passwords.keep(db, part.id, password)
    parts.move(db, record.id, part.id, span)
    return part.id


def split(s: Session, given: str, at: Iterable[int]) -> tuple[Record, ...]:
    """Make records of their own of the documents in a scan; new ones begin `at` these pages.

    The scan stays as it arrived, one sealed file, and its parts name it as their parent. Pages
    keep the numbers they have in the file; what was read, found, corrected and flagged on them
    goes with them. A part can be split further. Returns the parts. Raises Refused, UsageError.
    """
    with s.vault.write("record.split") as db:
        record = records.get(db, lookup.resolve(db, "record", given))
        _check(db, record)
        scan = records.get(db, record.parent) if record.is_part and record.parent else record
        spans = _spans([page.number for page in pages.of(db, record.id)], at)
        flags.withdraw_suspicions(db, record.id)
        made = [_new_part(db, record, scan, span) for span in spans[record.is_part :]]
        if record.is_part:
            parts.narrow(db, record.id, spans[0], _title(scan, spans[0]))
            made.insert(0, record.id)
        else:
            parts.move_whole(db, record.id, made[0])
            records.finish(db, record.id, RecordStatus.STORED)
        for part in made:
            _status(db, part)
            checking.check(db, part)
        return tuple(records.get(db, part) for part in made)


def join(s: Session, given: str) -> Record:
    """Undo every split of a scan: all pages go back to it, and its parts are no more.

    What was said of single parts (whose they are, where they came from) is said of the scan
    alone again; flags and corrections stay. Returns the scan. Raises Refused where nothing is
    split, or while a part is being read.
    """
    with s.vault.write("record.joined") as db:
        record = records.get(db, lookup.resolve(db, "record", given))
        scan = records.get(db, record.parent) if record.is_part and record.parent else record
        held = _parts(db, scan)
        if not held:
            raise Refused(f"{scan.id} is not split", f"chartmend record show {scan.id}")
        if any(part.status is RecordStatus.READING for part in held):
            raise Refused("a part is still being read", "import the file again to go on")
        for part in held:
            flags.withdraw_suspicions(db, part.id)
            parts.move(db, part.id, scan.id, (part.first_page, part.last_page))
            parts.move_whole(db, part.id, scan.id)
            parts.remove(db, part.id)
        _status(db, scan.id)
        checking.check(db, scan.id)
        return records.get(db, scan.id)
