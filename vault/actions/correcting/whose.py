"""Whose the records are that a correction quotes: nothing of another person's goes out with it."""

from __future__ import annotations

from collections.abc import Sequence

from vault.errors import Refused
from vault.model.evidence import Evidence, EvidenceKind
from vault.model.flags import Flag
from vault.store import evidence, records
from vault.store.database import Db


def theirs(db: Db, held: Evidence, person: str) -> bool:
    """Whether evidence is a place in a record that was given to somebody else since."""
    place = held.kind is EvidenceKind.PLACE and held.there
    return place and records.get(db, held.record).person != person


def strange(db: Db, flag: Flag, person: str) -> Evidence | None:
    """The first evidence of a flag that stands in a record of somebody else, or None."""
    return next((e for e in evidence.of(db, flag.id) if theirs(db, e, person)), None)


def hint(held: Evidence) -> str:
    """How to go on where evidence stands in a record of somebody else."""
    return (
        f"chartmend record assign {held.record} --person PER, "
        f"or chartmend flag evidence drop {held.id}"
    )


def check(db: Db, flags: Sequence[Flag], person: str, *, proofs: bool = False) -> None:
    """Raise Refused where an item quotes a record that is another person's now, or nobody's.

    With `proofs`, also where its evidence does.
    """
    for flag in flags:
        record = flag.finding.record
        said = f"{flag.id} quotes {{}}, which is another person's now, or nobody's"
        if records.get(db, record).person != person:
            raise Refused(said.format(record), f"chartmend record assign {record} --person PER")
        held = strange(db, flag, person) if proofs else None
        if held is not None:
            raise Refused(said.format(held.record), hint(held))
