"""Pages that go from one record to another of the same file, with all that is kept of them."""

from __future__ import annotations

import json
from dataclasses import replace

from vault.model.flags import Finding, Related
from vault.store import flags
from vault.store.database import Db

_PAGE = "number, state, kind, shown, trust, look, why, width, height, rotate"
_OF_PAGES = ("reading", "fact", "fact_word", "remark", "accepted", "evidence")
_BETWEEN = "record = :source AND {page} BETWEEN :first AND :last"


def move(db: Db, source: str, target: str, span: tuple[int, int]) -> None:
    """Give pages `span` (first and last) of a record to another one.

    Readings, corrections of them, facts, flags and what a person said of the pages go along;
    nothing is read again.
    """
    values = {"source": source, "target": target, "first": span[0], "last": span[1]}
    here = _BETWEEN.format(page="number")
    db.execute(
        f"INSERT INTO page (record, {_PAGE}) SELECT :target, {_PAGE} FROM page WHERE {here}", values
    )
    there = _BETWEEN.format(page="page")
    for table in _OF_PAGES:
        db.execute(f"UPDATE {table} SET record = :target WHERE {there}", values)
    _move_flags(db, source, target, span)
    db.execute(f"DELETE FROM page WHERE {here}", values)
    for record in (source, target):
        db.execute(
            "UPDATE record SET pages = (SELECT count(*) FROM page WHERE record = :id) "
            "WHERE id = :id",
            {"id": record},
        )


def _moved(finding: Finding, source: str, target: str, span: tuple[int, int]) -> Finding:
    """A finding with the places it names put to where they are now."""

    def there(record: str, page: int | None) -> bool:
        return record == source and page is not None and span[0] <= page <= span[1]

    related = tuple(
        Related(target, r.page) if there(r.record, r.page) else r for r in finding.related
    )
    own = target if there(finding.record, finding.page) else finding.record
    return replace(finding, record=own, related=related)


def _move_flags(db: Db, source: str, target: str, span: tuple[int, int]) -> None:
    for flag in flags.every(db):
        moved = _moved(flag.finding, source, target, span)
        if moved != flag.finding:
            _put(db, flag.id, moved)


def _put(db: Db, flag: str, finding: Finding) -> None:
    """Write where a flag is; its fingerprint names the place, so that it stays dismissed."""
    related = json.dumps([[r.record, r.page] for r in finding.related])
    db.execute(
        "UPDATE flag SET record = ?, related = ?, fingerprint = ? WHERE id = ?",
        (finding.record, related, finding.fingerprint, flag),
    )


def move_whole(db: Db, source: str, target: str) -> None:
    """Give the flags and notes that are about a record as a whole to another one."""
    db.execute("UPDATE remark SET record = ? WHERE record = ? AND page IS NULL", (target, source))
    for flag in flags.every(db, source):
        if flag.finding.page is None:
            _put(db, flag.id, replace(flag.finding, record=target))


def narrow(db: Db, record: str, span: tuple[int, int], title: str) -> None:
    """Say which pages of the file a part holds, and its title."""
    db.execute(
        "UPDATE record SET first_page = ?, last_page = ?, title = ? WHERE id = ?",
        (*span, title, record),
    )


def remove(db: Db, record: str) -> None:
    """Take away a part whose pages have gone back; what was a later copy of it is of the scan."""
    db.execute(
        "UPDATE record SET older = (SELECT parent FROM record WHERE id = ?1) WHERE older = ?1",
        (record,),
    )
    db.execute("DELETE FROM setting WHERE name = ?", (f"password:{record}",))
    db.execute("DELETE FROM record WHERE id = ? AND first_page > 0", (record,))
