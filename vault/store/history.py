"""Whether the database is the one that was last left: its audit held against both anchors."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from vault.errors import Damaged, TooNew, VaultError
from vault.store import anchor, audit, root
from vault.store.audit import Head
from vault.store.crypto import Label
from vault.store.database import Db
from vault.store.keys import Keys


@dataclass(frozen=True, slots=True)
class Noted:
    """What one anchor file says: a head, or what is `wrong` with the file, or neither (no file).

    `place` names the file to a person. `stated` is the number of changes that a file which is
    not authentic states.
    """

    place: str
    head: Head | None = None
    wrong: str = ""
    stated: int = 0


@dataclass(frozen=True, slots=True)
class Standing:
    """How a database stands to its anchors.

    `damage` holds what must stop the vault from being used as if nothing were, `notices` what a
    person should be told and the next commit mends; `behind` is set where an anchor file needs
    to be written again.
    """

    head: Head
    damage: tuple[str, ...]
    notices: tuple[str, ...]
    behind: bool


def note(path: Path, place: str, keys: Keys) -> Noted:
    """Read an anchor file; a damaged one is a value, a newer one is not."""
    try:
        return Noted(place, anchor.read(path, keys.vault_id, keys.of(Label.ANCHOR)))
    except TooNew:
        raise
    except VaultError as error:
        return Noted(place, wrong=error.sentence, stated=anchor.stated(path, keys.vault_id))


def read_notes(folder: Path, second: Path | None, keys: Keys) -> tuple[Noted, ...]:
    """Read the anchor, and the second copy where there is one.

    A reader calls this before it opens its snapshot: the snapshot is then as new as the anchor
    or newer, whatever a writer does meanwhile.
    """
    found = [note(folder / anchor.NAME, anchor.NAME, keys)]
    if second is not None:
        found.append(note(second, str(second), keys))
    return tuple(found)


def _changes(count: int) -> str:
    return "1 committed change is" if count == 1 else f"{count} committed changes are"


def _by_another_key(noted: Noted, head: Head) -> str:
    """Whether a second anchor that is not authentic states more changes than the database has.

    That is what a folder from before a change of the master key looks like. The other way round,
    the anchor is one a crash has left behind, or damaged: nothing is lost then.
    """
    if noted.place == anchor.NAME or noted.stated <= head.seq:
        return ""
    missing = _changes(noted.stated - head.seq)
    return (
        f"the vault is older than when it was last used here, and has another key: {missing} "
        f"missing ({noted.place} says so)"
    )


def _against(db: Db, noted: Noted, head: Head) -> str:
    """What is wrong between the database and one anchor, "" where nothing is."""
    if noted.head is None:
        return _by_another_key(noted, head)
    if noted.head.seq > head.seq:
        missing = _changes(noted.head.seq - head.seq)
        if noted.place == anchor.NAME:
            return f"{missing} missing from records.db"
        older = "the vault is older than when it was last used here"
        return f"{older}: {missing} missing ({noted.place} says so)"
    if audit.at(db, noted.head.seq) != noted.head:
        return f"the history in records.db is not the one {noted.place} was written for"
    return ""


def _anchor_damage(notes: tuple[Noted, ...]) -> tuple[list[str], list[str]]:
    """Damage and notices from the anchor files alone: one good one is enough."""
    first = notes[0]
    lost = first.wrong or ("" if first.head else f"{anchor.NAME} is missing")
    others = [n for n in notes[1:] if n.wrong]
    notices = [f"{n.place}: {n.wrong}" for n in others]
    if not lost:
        return [], notices
    if any(n.head for n in notes[1:]):
        return [], [f"{lost}; its second copy was used", *notices]
    return [lost], notices


def standing(db: Db, notes: tuple[Noted, ...], keys: Keys) -> Standing:
    """Hold the database against its anchors; raises Damaged where it has no history at all."""
    db.execute("BEGIN")
    try:
        head = audit.head(db)
        if head is None:
            raise Damaged("records.db has lost its history")
        damage, notices = _anchor_damage(notes)
        damage += [found for n in notes if (found := _against(db, n, head))]
        known = [n.head.seq for n in notes if n.head and n.head.seq <= head.seq]
        broken = audit.broken_at(db, keys.of(Label.AUDIT), min(known, default=1))
        if broken is not None:
            damage.append(f"the history in records.db is broken at change {broken}")
        if root.stored(db) != head.root:
            damage.append("rows of records.db were changed outside chartmend")
    finally:
        db.execute("ROLLBACK")
    behind = any(n.head != head for n in notes)
    return Standing(head, tuple(damage), tuple(notices), behind)
