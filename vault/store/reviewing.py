"""A person's words on facts, their notes, and the pages they accepted, as rows."""

from __future__ import annotations

from vault.errors import UnknownId
from vault.model.facts import FactKind
from vault.model.reviewing import Accepted, FactWord, Remark
from vault.store.database import Db


def say(db: Db, record: str, word: FactWord) -> None:
    """Keep a word on a fact in place of any before."""
    db.execute(
        "INSERT OR REPLACE INTO fact_word (record, page, kind, value, struck, made_at) "
        "VALUES (?, ?, ?, ?, ?, ?)",
        (record, word.page, word.kind.value, word.value, int(word.struck), word.made_at),
    )


def unsay(db: Db, record: str, page: int, kind: FactKind, value: str) -> None:
    """Take back what was said of a fact."""
    db.execute(
        "DELETE FROM fact_word WHERE record = ? AND page = ? AND kind = ? AND value = ?",
        (record, page, kind.value, value),
    )


def words(db: Db, record: str) -> tuple[FactWord, ...]:
    """What was said of the facts of a record."""
    rows = db.execute(
        "SELECT page, kind, value, struck, made_at FROM fact_word WHERE record = ? ORDER BY page",
        (record,),
    )
    return tuple(FactWord(p, FactKind(k), value, bool(s), at) for p, k, value, s, at in rows)


_REMARK = "SELECT id, record, page, text, made_at FROM remark"


def add_remark(db: Db, remark: Remark) -> None:
    """Add a note."""
    db.execute(
        "INSERT INTO remark (id, record, page, text, made_at) VALUES (?, ?, ?, ?, ?)",
        (remark.id, remark.record, remark.page, remark.text, remark.made_at),
    )


def drop_remark(db: Db, id_: str) -> None:
    """Delete a note."""
    db.execute("DELETE FROM remark WHERE id = ?", (id_,))


def remark(db: Db, id_: str) -> Remark:
    """The note with exactly this id; raises UnknownId."""
    row = db.execute(f"{_REMARK} WHERE id = ?", (id_,)).fetchone()
    if row is None:
        raise UnknownId("remark", id_)
    return Remark(*row)


def remarks(db: Db, record: str) -> tuple[Remark, ...]:
    """The notes on a record, those on all of it first, then page by page."""
    rows = db.execute(f"{_REMARK} WHERE record = ? ORDER BY page, rowid", (record,))
    return tuple(Remark(*row) for row in rows)


# The reading a page shows, below a person's corrections of it; 0 for a page without one.
_SEEN = """
coalesce((SELECT coalesce(r.base, r.id) FROM page p JOIN reading r ON r.id = p.shown
          WHERE p.record = :record AND p.number = :page), 0)
"""
_ACCEPT = f"""
INSERT OR REPLACE INTO accepted (record, page, reading, newest_flag, made_at)
VALUES (:record, :page, {_SEEN}, (SELECT coalesce(max(rowid), 0) FROM flag), :at)
"""
_ACCEPTED = """
SELECT a.page, a.made_at,
    a.reading != coalesce((SELECT coalesce(r.base, r.id) FROM page p JOIN reading r
        ON r.id = p.shown WHERE p.record = a.record AND p.number = a.page), 0),
    EXISTS (SELECT 1 FROM flag f WHERE f.record = a.record AND f.page = a.page
        AND f.rowid > a.newest_flag AND f.state != 'dismissed')
FROM accepted a WHERE a.record = ? ORDER BY a.page
"""


def accept(db: Db, record: str, page: int, at: str) -> None:
    """Keep that a person accepted a page as it is read and flagged now."""
    db.execute(_ACCEPT, {"record": record, "page": page, "at": at})


def unaccept(db: Db, record: str, page: int) -> None:
    """Take back that a page was accepted."""
    db.execute("DELETE FROM accepted WHERE record = ? AND page = ?", (record, page))


def accepted(db: Db, record: str) -> tuple[Accepted, ...]:
    """The pages of a record that were accepted, and what came to each since."""
    rows = db.execute(_ACCEPTED, (record,))
    return tuple(Accepted(page, at, bool(again), bool(flag)) for page, at, again, flag in rows)
