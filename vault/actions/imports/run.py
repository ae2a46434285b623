"""The import: gather, seal, read, and say for every file what became of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from vault.actions.imports import gather
from vault.actions.imports.reading import Reader, Watch
from vault.actions.imports.seal import Origin, seal, settle
from vault.actions.session import Session
from vault.errors import CannotRead, MissingTool, Refused, Stopped, UsageError
from vault.model.records import Record, RecordStatus
from vault.store import lookup, pages, records
from vault.workers import tools

BACK = "it was in the trash and is back as it was"


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
) -> tuple[Imported, ...]:
    """Take in files and folders: each sealed first, then read; one row a file in the answer.

    Raises CannotRead for a path that is not there, Stopped where the watch says so; files
    that cannot be read are rows, not errors.
    """
    watch = watch or Watch()
    check_tools(origin.language, origin.engine)
    origin = settle(s, origin)
    rows: list[Imported | tuple[str, bool, str]] = []
    back: set[str] = set()
    for candidate in gather.gather(paths):
        if watch.stop():
            raise Stopped("the files sealed so far are kept")
        if candidate.refused:
            rows.append(Imported("", candidate.name, "refused", reason=candidate.refused))
            continue
        try:
            sealed = seal(s, candidate, origin)
        except (CannotRead, Refused) as error:  # this file alone; the rest is done
            rows.append(Imported("", candidate.name, "refused", reason=error.sentence))
            continue
        rows.append((sealed.record.id, sealed.duplicate, candidate.name))
        if sealed.restored:
            back.add(sealed.record.id)
    wanted = [row[0] for row in rows if isinstance(row, tuple) and not row[1]]
    Reader(s, watch, password).read(list(dict.fromkeys(wanted)))
    if wanted:
        s.vault.checkpoint()
    seen: set[str] = set()
    done = (row if isinstance(row, Imported) else _row(s, row, seen) for row in rows)
    return tuple(replace(r, reason=BACK) if _is_back(r, back) else r for r in done)


def _is_back(row: Imported, back: set[str]) -> bool:
    return row.id in back and row.status == RecordStatus.STORED


def _row(s: Session, held: tuple[str, bool, str], seen: set[str]) -> Imported:
    id_, duplicate, name = held
    db = s.vault.read()
    record, counts = records.get(db, id_), records.counts(db, id_)
    again = duplicate or id_ in seen
    seen.add(id_)
    return Imported(
        id=id_,
        file=name,
        status="duplicate" if again else record.status.value,
        kind=record.media,
        pages=record.pages,
        ocr_pages=counts.ocr_pages,
        flags=counts.flags,
        look=counts.look,
        reason=record.reason,
    )


def unfinished(s: Session) -> tuple[Record, ...]:
    """Records whose reading was cut off."""
    return records.unfinished(s.vault.read())


def resume(s: Session, *, password: str = "", watch: Watch | None = None) -> tuple[Record, ...]:
    """Go on with every record whose reading was cut off; returns them as they are now."""
    cut_off = unfinished(s)
    Reader(s, watch or Watch(), password).read([record.id for record in cut_off])
    if cut_off:
        s.vault.checkpoint()
    db = s.vault.read()
    return tuple(records.get(db, record.id) for record in cut_off)


@dataclass(frozen=True, slots=True)
class Again:
    """How to read again: one page or all (None), language and engine as before where empty."""

    page: int | None = None
    language: str = ""
    engine: str = ""
    password: str = ""


def reread(s: Session, given: str, how: Again, watch: Watch | None = None) -> Record:
    """Read a record, or one page of it, again; earlier readings stay in the vault."""
    db = s.vault.read()
    record = records.get(db, lookup.resolve(db, "record", given))
    language, engine = how.language or record.language, how.engine or record.engine
    check_tools(language, engine)
    if how.page is not None:
        pages.get(db, record.id, how.page)
    with s.vault.write("record.reread", record.id, page=how.page or 0) as db:
        records.reopen(db, record.id, language, engine)
        for page in pages.of(db, record.id):
            if how.page in (None, page.number):
                pages.make_pending(db, record.id, page.number)
    Reader(s, watch or Watch(), how.password).read([record.id])
    return records.get(s.vault.read(), record.id)
