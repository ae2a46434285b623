"""Housekeeping: what a writer clears away at most once a day, and nothing a person still needs.

The trash lets go of what was deleted thirty days ago: first the rows, committed, then the files.
A crash in between leaves a file no row names. Such files go to quarantine once they are a day
old, and from there after thirty days more. Nothing here reads a file: it only lists.
"""

from __future__ import annotations

import datetime as dt

from vault.errors import CannotRead, CannotWrite, Damaged, NotFound
from vault.store import checks, files, quarantine, trash
from vault.store.database import DatabaseError, Db
from vault.store.handle import OpenVault
from vault.store.quarantine import Reason

NAME = "housekeeping"
ORPHAN_SECONDS = 24 * 3600
LONG_DAYS = 60


def stamp(moment: dt.datetime) -> str:
    """A moment in UTC as the vault stores it."""
    return moment.astimezone(dt.UTC).isoformat(timespec="seconds").replace("+00:00", "Z")


def due(vault: OpenVault, today: dt.date) -> bool:
    """Whether it has not been done today."""
    row = vault.read().execute("SELECT value FROM meta WHERE name = ?", (NAME,)).fetchone()
    return row is None or row[0] != today.isoformat()


def note_day(db: Db, today: dt.date) -> None:
    """Note, inside the caller's transaction, that it has been done today."""
    db.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", (NAME, today.isoformat()))


def begin_anew(db: Db, now: dt.datetime) -> None:
    """Give everything in the trash its thirty days again, inside the caller's transaction.

    For a vault that came back from a backup: what was in its trash may be what is wanted back.
    """
    trash.renew(db, stamp(now))
    note_day(db, now.date())


def empty_trash(vault: OpenVault, now: dt.datetime) -> int:
    """Let go of what has been in the trash for thirty days, and note the day.

    Returns how many originals went with it.
    """
    before = stamp(now - dt.timedelta(days=trash.KEEP_DAYS))
    with vault.write("vault.housekeeping") as db:
        gone = trash.purge(db, before)
        note_day(db, now.date())
    for id_ in gone:  # only now: until the rows are gone for good, the files must be there
        vault.originals.remove(id_)
    return len(gone)


def put_aside_orphans(vault: OpenVault, now: dt.datetime) -> int:
    """Put files no row names into quarantine where they are a day old; returns how many."""
    moved = 0
    for id_ in checks.orphans(vault.read(), vault.originals):
        if now.timestamp() - vault.originals.changed_at(id_) > ORPHAN_SECONDS:
            quarantine.put(vault.folder, vault.originals, id_, Reason.ORPHAN, now.date())
            moved += 1
    return moved


def _long_ago(vault: OpenVault, now: dt.datetime) -> bool:
    """Whether nothing was written for so long that the clock itself may be wrong."""
    row = vault.read().execute("SELECT at FROM audit ORDER BY seq DESC LIMIT 1").fetchone()
    return row is not None and row[0] < stamp(now - dt.timedelta(days=LONG_DAYS))


def keep_house(vault: OpenVault, now: dt.datetime) -> None:
    """Do all of it where it is due; a failure is a notice, and the vault stays open.

    `now` is in UTC. Only a vault open for writing is touched. Where the last change was more than
    LONG_DAYS ago, or the clock has jumped ahead, nothing goes before the next day it is due.
    """
    try:
        if not due(vault, now.date()):
            return
        if _long_ago(vault, now):
            with vault.write("vault.housekeeping") as db:
                note_day(db, now.date())
            return
        empty_trash(vault, now)
        put_aside_orphans(vault, now)
        quarantine.purge(vault.folder, now.date())
    except (CannotWrite, CannotRead, Damaged, NotFound) as error:
        vault.tell(f"clearing away was put off: {error.sentence}")
    except DatabaseError:
        vault.tell("clearing away was put off: the database refused it")
    except OSError as error:
        vault.tell(f"clearing away was put off: {files.reason(error)}")
