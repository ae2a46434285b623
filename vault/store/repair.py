"""Repair: put right what can be without losing anything; nothing is ever deleted.

What opening for writing puts right already (copies of the keys, anchors) is told by the open
vault itself. Here: permissions, the search index, the database's indexes, and sealed files that
are damaged, missing or named by no row.
"""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from vault.errors import CannotRead, Damaged, VaultError
from vault.model.records import PageState, Record, RecordStatus
from vault.store import checks, files, pages, quarantine, records
from vault.store.checks import DATABASE, Problem
from vault.store.database import Db, IntegrityError
from vault.store.handle import OpenVault
from vault.store.originals import QUARANTINE, file_of
from vault.store.quarantine import Reason

UNREADABLE = "the sealed file is damaged; import the file again or restore it from a backup"


def _close_to_others(path: Path, mode: int) -> bool:
    """Take a file or folder from other users' eyes; False where nobody else could look."""
    if path.is_symlink() or not files.others_can_read(path):
        return False
    with files.writing(path):
        path.chmod(mode)
    return True


def permissions(vault: OpenVault) -> Iterator[Problem]:
    """Everything in the folder is for its owner alone."""
    what = "other users of this computer can no longer look into it"
    for top, _folders, names in os.walk(vault.folder):
        place = Path(top)
        shown = str(place.relative_to(vault.folder))
        if _close_to_others(place, files.FOLDER_MODE):
            yield Problem(shown, what)
        for name in sorted(names):
            if _close_to_others(place / name, files.FILE_MODE):
                yield Problem(str(Path(shown) / name), what)


def search_index(vault: OpenVault) -> Iterator[Problem]:
    """Make the search index anew from the stored words, where it does not fit them."""
    place = vault.place()
    if place.writer is None or not tuple(checks.search_index(place.writer)):
        return
    with vault.write("vault.index_rebuilt") as db:
        db.execute("INSERT INTO reading_text (reading_text) VALUES ('rebuild')")
    yield Problem(DATABASE, "the search index was made anew")


def indexes(vault: OpenVault) -> Iterator[Problem]:
    """Make the database's own indexes anew, where SQLite finds fault with it."""
    db = vault.new_reader()
    try:
        wrong = tuple(checks.structure(db))
    finally:
        db.close()
    if not wrong:
        return
    try:
        with vault.write("vault.reindexed") as writing:
            writing.execute("REINDEX")
    except IntegrityError:  # rows that exclude each other: no index can be made of them
        return
    yield Problem(DATABASE, "its indexes were made anew")


def _mark(vault: OpenVault, original: str) -> None:
    held = records.of_original(vault.read(), original)
    wrong = [r for r in held if (r.status, r.reason) != (RecordStatus.UNREADABLE, UNREADABLE)]
    if wrong:
        with vault.write("original.damaged", original) as db:
            for record in wrong:
                records.finish(db, record.id, RecordStatus.UNREADABLE, UNREADABLE)


def _status_before(db: Db, record: Record) -> RecordStatus:
    """What a record was before its original was marked: read, or not read to its end."""
    states = {page.state for page in pages.of(db, record.id)}
    read = PageState.READ in states or records.members(db, record.id)
    return RecordStatus.STORED if read and PageState.PENDING not in states else RecordStatus.READING


def reopen(vault: OpenVault, original: str) -> bool:
    """Take the mark of a damaged original off its records, now that it is whole again.

    One that was read is as it was; any other is to be read. False where none was marked.
    """
    held = records.of_original(vault.read(), original)
    marked = [r for r in held if (r.status, r.reason) == (RecordStatus.UNREADABLE, UNREADABLE)]
    if not marked:
        return False
    with vault.write("original.whole", original) as db:
        for record in marked:
            status = _status_before(db, record)
            records.finish(db, record.id, status)
            if status is RecordStatus.READING:
                pages.make_unread_pending(db, record.id)
    return True


def _is_whole(vault: OpenVault, original: str) -> bool:
    try:
        vault.originals.check(original)
    except Damaged:
        return False
    return True


def _from_quarantine(vault: OpenVault, original: str) -> str:
    """The name of a whole copy found in quarantine and put back, "" where there is none."""
    for aside in quarantine.every(vault.folder):
        if aside.original == original and vault.originals.bring_back(original, aside.name):
            return aside.name
    return ""


def originals(vault: OpenVault, today: dt.date) -> Iterator[Problem]:
    """Read every original through; a damaged one goes to quarantine and its records say so."""
    ids = [str(row[0]) for row in vault.read().execute("SELECT id FROM original ORDER BY id")]
    for id_ in ids:
        try:
            if _is_whole(vault, id_):
                if reopen(vault, id_):
                    yield Problem(file_of(id_), "whole again: its records are no longer marked")
                continue
        except CannotRead:
            continue  # the disk fails: the file may yet be read another time
        if os.path.lexists(vault.folder / file_of(id_)):
            name = quarantine.put(vault.folder, vault.originals, id_, Reason.DAMAGED, today)
            yield Problem(file_of(id_), f"damaged: moved to {QUARANTINE}/{name}")
        found = _from_quarantine(vault, id_)
        if found:
            reopen(vault, id_)
            yield Problem(file_of(id_), f"put back from {QUARANTINE}/{found}")
        else:
            _mark(vault, id_)


def orphans(vault: OpenVault, today: dt.date) -> Iterator[Problem]:
    """Put every file no row names aside, however young: nobody else is writing now."""
    for id_ in checks.orphans(vault.read(), vault.originals):
        name = quarantine.put(vault.folder, vault.originals, id_, Reason.ORPHAN, today)
        yield Problem(file_of(id_), f"no record names it: moved to {QUARANTINE}/{name}")


def mend(vault: OpenVault, today: dt.date) -> tuple[Problem, ...]:
    """Do all of it; what was done, each with its file. A step that fails leaves the others be.

    What is still wrong afterwards is for `verify` to say.
    """
    steps: tuple[Callable[[], Iterable[Problem]], ...] = (
        lambda: permissions(vault),
        lambda: originals(vault, today),
        lambda: orphans(vault, today),
        lambda: indexes(vault),
        lambda: search_index(vault),
    )
    done = list(vault.mended)
    for step in steps:
        try:
            done.extend(step())
        except VaultError as error:
            vault.tell(error.sentence)
    return tuple(done)
