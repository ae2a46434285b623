"""Deleting records and bringing them back: thirty days in the trash, then gone for good."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from vault import dates
from vault.actions.correcting import marks
from vault.actions.session import Session
from vault.errors import Refused
from vault.model.corrections import CorrectionState
from vault.store import corrections, lookup, trash
from vault.store.database import Db
from vault.store.trash import KEEP_DAYS, Trashed

__all__ = ["KEEP_DAYS", "InTrash", "Trashed", "bring_back", "delete", "every", "gone_on", "restore"]


@dataclass(frozen=True, slots=True)
class InTrash:
    """A deleted record, the day from which it is gone for good, and what went with it."""

    held: Trashed
    gone_on: dt.date
    members: int


def gone_on(held: Trashed) -> dt.date:
    """The first day (UTC) on which a record in the trash may be gone for good."""
    return dt.date.fromisoformat(held.deleted_at[:10]) + dt.timedelta(days=KEEP_DAYS)


def _check_no_correction(db: Db, record: str) -> None:
    for id_ in trash.corrections_of(db, trash.with_members(db, record)):
        if corrections.get(db, id_).state is not CorrectionState.CLOSED:
            raise Refused(
                f"the correction {id_} asks to have a mistake in this record put right",
                "delete the record when that correction is closed",
            )


def delete(s: Session, given: str) -> InTrash:
    """Move a record, with what came out of it and all that is known of it, to the trash.

    Raises UnknownId or AmbiguousId, and Refused while a correction that is not closed needs it.
    """
    record = lookup.resolve(s.vault.read(), "record", given)
    with s.vault.write("record.deleted", record) as db:
        _check_no_correction(db, record)
        moved = trash.put_in(db, record, dates.now())
        held = trash.get(db, record)
        return InTrash(held, gone_on(held), len(moved) - 1)


def every(s: Session) -> tuple[InTrash, ...]:
    """What can be brought back, what was deleted last first."""
    held = trash.every(s.vault.read())
    members = {t.along: sum(other.along == t.along for other in held) - 1 for t in held}
    return tuple(InTrash(t, gone_on(t), members[t.along]) for t in held if t.record == t.along)


def bring_back(db: Db, held: Trashed) -> tuple[str, ...]:
    """Put a record back with everything deleted along with it; the ids of all of them.

    What happened meanwhile to a correction of its mistakes counts for those items, too.
    """
    back = trash.take_out(db, held.along)
    for id_ in trash.corrections_of(db, back):
        marks.follow(db, corrections.restate(db, corrections.get(db, id_)))
    return back


def restore(s: Session, given: str) -> tuple[str, ...]:
    """Bring a record back out of the trash, as it was; returns the ids of all that came back.

    What was deleted together comes back together. Raises UnknownId or AmbiguousId, Refused.
    """
    held = trash.resolve(s.vault.read(), given)
    with s.vault.write("record.restored", held.along) as db:
        return bring_back(db, held)
