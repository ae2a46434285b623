"""The import: gather, seal, read, and say for every file what became of it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from vault.actions.imports import gather
from vault.actions.imports.bundles import Outcome, Unpacker
from vault.actions.imports.carry import Correction
from vault.actions.imports.gather import Candidate
from vault.actions.imports.reading import Reader, Watch
from vault.actions.imports.seal import Origin, known, seal, settle
from vault.actions.session import Session
from vault.errors import CannotRead, MissingTool, Refused, Stopped, UsageError
from vault.model.bundles import LOCKED
from vault.model.media import ZIP
from vault.model.records import Record
from vault.store import lookup, pages, records
from vault.workers import tools

KEPT, GOES_ON = "the files sealed so far are kept", "the same command goes on from there"
BACK = "it was in the trash and is back as it was"
_TURNS = (0, 90, 180, 270)


@dataclass(frozen=True, slots=True)
class Imported:
    """What became of one file. `status`: stored, unreadable, duplicate or refused."""

    id: str
    file: str
    status: str
    kind: str = ""
    pages: int = 0
    ocr_pages: int = 0
    flags: int = 0
    look: int = 0
    reason: str = ""


def check_tools(language: str, engine: str) -> None:
    """Raise MissingTool or UsageError where a language or an engine asked for is not there."""
    if engine not in ("auto", *tools.ENGINES):
        raise UsageError(
            f"there is no engine called {engine!r}", "tesserocr, tesseract, pytesseract"
        )
    have = tools.installed_languages()
    for wanted in language.split("+"):
        if wanted not in have and (language != "eng" or engine != "auto"):
            hint = f"install Tesseract's data for {wanted} (chartmend doctor tells how)"
            raise MissingTool(f"the Tesseract language {wanted[:20]!r}", hint)
    if engine != "auto" and engine not in tools.engines():
        raise MissingTool(f"the engine {engine}", "chartmend doctor tells what is there")


def import_paths(
    s: Session,
    paths: Sequence[Path],
    origin: Origin,
    *,
    password: str = "",
    watch: Watch | None = None,
    given: Sequence[Candidate] = (),
) -> tuple[Imported, ...]:
    """Take in files and folders: each sealed first, then read; one row a file in the answer.

    What was `given` without a file goes first. Where files are locked and no password was given,
    the watch is asked for one, which is tried on all of them. Raises CannotRead where none of the
    paths is there, Stopped where the watch says so; files that cannot be read are rows, not
    errors.
    """
    watch = watch or Watch()
    origin = settle(s, origin)
    check_tools(origin.language, origin.engine)
    taken: list[_Taken] = []
    with Unpacker(s, watch, password) as unpacker:
        for candidate in (*given, *(gather.gather(paths) if paths else ())):
            if watch.stop():
                raise Stopped(
                    "the files sealed so far are kept", "the same command goes on from there"
                )
            taken.append(_Taken(candidate, _take(s, candidate, origin, unpacker)))
    reader = Reader(s, watch, password)
    reader.read(_to_read(s, _fresh(taken)))
    if not password:
        _unlock(s, taken, reader.locked, origin, watch)
    rows = [row for one in taken for row in one.rows]
    if any(not row.duplicate for row in rows):
        s.vault.checkpoint()
    seen: set[str] = set()
    return tuple(_row(s, row, seen) for row in rows)


@dataclass(slots=True)
class _Taken:
    """A file, and what became of it and of the files in it."""

    candidate: Candidate
    rows: tuple[Outcome, ...]

    @property
    def locked(self) -> bool:
        """Whether it is a ZIP with files that need a password."""
        return any(row.refused == LOCKED for row in self.rows)


def _fresh(taken: Iterable[_Taken]) -> Iterable[str]:
    return (row.record for one in taken for row in one.rows if row.record and not row.duplicate)


def _unlock(
    s: Session, taken: Sequence[_Taken], locked: Sequence[str], origin: Origin, watch: Watch
) -> None:
    """Ask once for the password of locked files, and try it on all of them."""
    zips = [one for one in taken if one.locked]
    if not locked and not zips:
        return
    password = watch.password(len(locked) + len(zips))
    if not password:
        return
    for id_ in locked:
        known(s, records.get(s.vault.read(), id_), origin)
    new: list[str] = []
    with Unpacker(s, watch, password) as unpacker:
        for one in zips:
            again = _take(s, one.candidate, origin, unpacker)
            if len(again) == len(one.rows):  # else the file has changed, or gone, meanwhile
                pairs = zip(one.rows, again, strict=True)
                one.rows = tuple(then if first.refused else first for first, then in pairs)
                new += _fresh([one])
    Reader(s, watch, password).read(_to_read(s, [*locked, *new]))


def _take(
    s: Session, candidate: Candidate, origin: Origin, unpacker: Unpacker
) -> tuple[Outcome, ...]:
    """Seal a file, and of a ZIP what is in it: one outcome a file."""
    if candidate.refused:
        return (Outcome(candidate.name, refused=candidate.refused),)
    try:
        sealed = seal(s, candidate, origin)
    except (CannotRead, Refused) as error:  # this file alone; the rest is done
        return (Outcome(candidate.name, refused=error.sentence),)
    if sealed.record.media == ZIP:
        return unpacker.unpack(sealed.record, origin)
    made = Outcome(candidate.name, sealed.record.id, sealed.duplicate, restored=sealed.restored)
    return (made,)


def _to_read(s: Session, ids: Iterable[str]) -> tuple[str, ...]:
    """Those of some records whose pages are to be read, each once; a ZIP has none."""
    db = s.vault.read()
    return tuple(id_ for id_ in dict.fromkeys(ids) if records.get(db, id_).media != ZIP)


def _row(s: Session, held: Outcome, seen: set[str]) -> Imported:
    if held.refused:
        return Imported("", held.file, "refused", reason=held.refused)
    id_, db = held.record, s.vault.read()
    record, counts = records.get(db, id_), records.counts(db, id_)
    again = held.duplicate or id_ in seen
    seen.add(id_)
    return Imported(
        id=id_,
        file=held.file,
        status="duplicate" if again else record.status.value,
        kind=record.media,
        pages=record.pages,
        ocr_pages=counts.ocr_pages,
        flags=counts.flags,
        look=counts.look,
        reason=BACK if held.restored and not record.reason else record.reason,
    )


def unfinished(s: Session) -> tuple[Record, ...]:
    """Records whose reading was cut off."""
    return records.unfinished(s.vault.read())


def resume(s: Session, *, password: str = "", watch: Watch | None = None) -> tuple[Record, ...]:
    """Go on with every record whose reading was cut off; returns them as they are now."""
    watch = watch or Watch()
    before = unfinished(s)
    with Unpacker(s, watch, password) as unpacker:
        for record in before:
            if record.media == ZIP:
                unpacker.unpack(record, _origin_of(record))
    again = dict.fromkeys(record.id for record in (*before, *unfinished(s)))
    Reader(s, watch, password).read(_to_read(s, again))
    if again:
        s.vault.checkpoint()
    db = s.vault.read()
    return tuple(records.get(db, id_) for id_ in again)


def _origin_of(record: Record) -> Origin:
    """Where a record came from, for what is in it."""
    return Origin(
        record.person,
        record.provider,
        record.request,
        record.received_on,
        record.language,
        record.engine,
        record.custody,
    )


@dataclass(frozen=True, slots=True)
class Again:
    """How to read again: one page or all (None), language and engine as before where empty.

    `rotate` is how the pages lie, in degrees clockwise that bring them upright; None where the
    reader is to find out.
    """

    page: int | None = None
    language: str = ""
    engine: str = ""
    password: str = ""
    rotate: int | None = None


@dataclass(frozen=True, slots=True)
class Reread:
    """A record read again: how many corrections were `kept`, and those `dropped`, by page."""

    record: Record
    kept: int = 0
    dropped: tuple[tuple[int, Correction], ...] = ()


def _check_rotation(rotate: int | None) -> None:
    if rotate not in (None, *_TURNS):
        known = ", ".join(str(turn) for turn in _TURNS)
        raise UsageError("a page cannot be turned by that", f"one of: {known} (clockwise)")


def reread(s: Session, given: str, how: Again, watch: Watch | None = None) -> Reread:
    """Read a record, or one page of it, again; earlier readings stay in the vault.

    A person's corrections are put over the new reading where they still fit.
    """
    _check_rotation(how.rotate)
    db = s.vault.read()
    record = records.get(db, lookup.resolve(db, "record", given))
    language, engine = how.language or record.language, how.engine or record.engine
    check_tools(language, engine)
    if record.media == ZIP:
        raise Refused(f"{record.id} is a ZIP and has no pages", "name one of the files in it")
    if not record.pages and records.members(db, record.id):
        raise Refused(f"{record.id} is split", "name one of its parts")
    if how.page is not None:
        pages.get(db, record.id, how.page)
    with s.vault.write("record.reread", record.id, page=how.page or 0) as db:
        records.reopen(db, record.id, language, engine)
        for page in pages.of(db, record.id):
            if how.page in (None, page.number):
                pages.make_pending(db, record.id, page.number, how.rotate)
    reader = Reader(s, watch or Watch(), how.password)
    reader.read([record.id])
    dropped = tuple((n, old) for (_, n), c in sorted(reader.carried.items()) for old in c.dropped)
    kept = sum(carried.kept for carried in reader.carried.values())
    return Reread(records.get(s.vault.read(), record.id), kept, dropped)
