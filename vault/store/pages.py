"""Pages and their readings as rows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from vault.errors import NotFound
from vault.model.reading import PageKind, PageResult, Reading, Source
from vault.model.records import Page, PageState, WordFix
from vault.model.words import pack, text_of, unpack
from vault.store.database import Db, Row

_SELECT = """
SELECT p.record, p.number, p.state, p.kind, r.source, r.confidence, p.trust, p.look, p.why,
       p.width, p.height
FROM page p LEFT JOIN reading r ON r.id = p.shown
"""
_READING = """
INSERT INTO reading
    (record, page, source, base, engine, language, turn, skew, confidence, words, text, made_at)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
RETURNING id
"""
_PAGE = """
UPDATE page SET state = ?, kind = ?, shown = ?, trust = ?, look = ?, why = ?, width = ?, height = ?
WHERE record = ? AND number = ?
"""


def _from_row(row: Row) -> Page:
    return Page(
        record=row[0],
        number=row[1],
        state=PageState(row[2]),
        kind=PageKind(row[3]),
        source=Source(row[4]) if row[4] else Source.NONE,
        confidence=row[5] or 0,
        trust=row[6],
        look=bool(row[7]),
        why=row[8],
        width=row[9],
        height=row[10],
    )


def of(db: Db, record: str) -> tuple[Page, ...]:
    """The pages of a record in order."""
    rows = db.execute(f"{_SELECT} WHERE p.record = ? ORDER BY p.number", (record,))
    return tuple(_from_row(row) for row in rows)


def get(db: Db, record: str, number: int) -> Page:
    """One page; raises NotFound."""
    row = db.execute(f"{_SELECT} WHERE p.record = ? AND p.number = ?", (record, number)).fetchone()
    if row is None:
        raise NotFound(f"{record} has no page {number}", f"chartmend record show {record}")
    return _from_row(row)


def pending(db: Db, record: str) -> tuple[int, ...]:
    """The numbers of the pages still to be read."""
    query = "SELECT number FROM page WHERE record = ? AND state = 'pending' ORDER BY number"
    return tuple(row[0] for row in db.execute(query, (record,)))


def is_read_again(db: Db, record: str) -> bool:
    """Whether a page of a record was read more than once."""
    row = db.execute(
        """SELECT 1 FROM reading WHERE record = ? AND source != 'corrected'
           GROUP BY page
           HAVING count(*) > count(DISTINCT source) OR count(DISTINCT made_at) > 1 LIMIT 1""",
        (record,),
    ).fetchone()
    return row is not None


def is_pending(db: Db, record: str) -> bool:
    """Whether any page is still to be read; those read last are looked at first."""
    query = "SELECT 1 FROM page WHERE record = ? AND state = 'pending' ORDER BY number DESC LIMIT 1"
    return db.execute(query, (record,)).fetchone() is not None


def _add_reading(
    db: Db, record: str, page: int, reading: Reading, base: int | None, at: str
) -> int:
    values = (
        record,
        page,
        reading.source.value,
        base,
        reading.engine,
        reading.language,
        reading.turn,
        reading.skew,
        reading.confidence,
        pack(reading.words),
        text_of(reading.words),
        at,
    )
    row = db.execute(_READING, values).fetchone()
    return int(row[0])


def keep(db: Db, record: str, result: PageResult, at: str) -> None:
    """Keep what a worker found on a page: all its readings, the best one shown."""
    shown = None
    for reading in result.readings:
        number = _add_reading(db, record, result.page, reading, None, at)
        shown = number if shown is None else shown
    values = (
        (PageState.READ if result.read else PageState.UNREAD).value,
        result.kind.value,
        shown,
        result.trust,
        int(result.look),
        result.why,
        result.width,
        result.height,
        record,
        result.page,
    )
    db.execute(_PAGE, values)


def make_pending(db: Db, record: str, number: int, rotate: int | None = None) -> None:
    """Put a page back among those to be read; until then it shows what it showed.

    `rotate` is how a person says it lies: degrees clockwise that bring it upright.
    """
    db.execute(
        "UPDATE page SET state = 'pending', rotate = ? WHERE record = ? AND number = ?",
        (rotate, record, number),
    )


def rotations(db: Db, record: str) -> dict[int, int]:
    """The turns a person has asked for, by page number."""
    query = "SELECT number, rotate FROM page WHERE record = ? AND rotate IS NOT NULL"
    return dict(db.execute(query, (record,)).fetchall())


def corrected(db: Db, record: str, number: int) -> tuple[int, ...]:
    """The readings of a page that a person has corrected, by row number, the newest first."""
    query = (
        "SELECT DISTINCT r.id FROM reading r JOIN word_fix f ON f.reading = r.id "
        "WHERE r.record = ? AND r.page = ? ORDER BY r.id DESC"
    )
    return tuple(row[0] for row in db.execute(query, (record, number)))


def make_unread_pending(db: Db, record: str) -> None:
    """Put every page that was tried in vain back among those to be read."""
    db.execute("UPDATE page SET state = 'pending' WHERE record = ? AND state = 'unread'", (record,))


def keep_shown(db: Db, record: str, number: int, why: str) -> None:
    """Leave a page as it was, since reading it again gave nothing; a person is told to look."""
    db.execute(
        "UPDATE page SET state = 'read', look = 1, why = ? WHERE record = ? AND number = ?",
        (why, record, number),
    )


@dataclass(frozen=True, slots=True)
class StoredReading:
    """A reading with its row number, and the row it corrects where it is a corrected one."""

    id: int
    base: int | None
    reading: Reading


_SHOWN = """
SELECT r.id, r.base, r.source, r.words, r.confidence, r.engine, r.language, r.turn, r.skew
FROM reading r
"""


def _reading_from_row(row: Row) -> StoredReading:
    reading = Reading(
        source=Source(row[2]),
        words=unpack(row[3]),
        confidence=row[4],
        engine=row[5],
        language=row[6],
        turn=row[7],
        skew=row[8],
    )
    return StoredReading(row[0], row[1], reading)


def shown(db: Db, record: str, number: int) -> StoredReading | None:
    """The reading a page shows, or None where it has none."""
    query = f"{_SHOWN} JOIN page p ON p.shown = r.id WHERE p.record = ? AND p.number = ?"
    row = db.execute(query, (record, number)).fetchone()
    return _reading_from_row(row) if row else None


def reading(db: Db, id_: int) -> StoredReading:
    """One reading by its row number."""
    return _reading_from_row(db.execute(f"{_SHOWN} WHERE r.id = ?", (id_,)).fetchone())


def kept(db: Db, record: str, number: int) -> tuple[StoredReading, ...]:
    """Every reading of a page as it was read, the newest first; corrected ones left out."""
    query = f"{_SHOWN} WHERE r.record = ? AND r.page = ? AND r.base IS NULL ORDER BY r.id DESC"
    return tuple(_reading_from_row(row) for row in db.execute(query, (record, number)))


def show_corrected(db: Db, page: Page, base: int, corrected: Reading, at: str) -> None:
    """Show `corrected` in place of any earlier correction of the reading `base`."""
    here = (page.record, page.number)
    db.execute("UPDATE page SET shown = ? WHERE record = ? AND number = ?", (base, *here))
    db.execute("DELETE FROM reading WHERE base = ?", (base,))
    new = _add_reading(db, page.record, page.number, corrected, base, at)
    db.execute("UPDATE page SET shown = ? WHERE record = ? AND number = ?", (new, *here))


def fixes(db: Db, base: int) -> tuple[WordFix, ...]:
    """A person's corrections of a reading, first to last."""
    rows = db.execute(
        "SELECT start, stop, text FROM word_fix WHERE reading = ? ORDER BY id", (base,)
    )
    return tuple(WordFix(*row) for row in rows)


def add_fix(db: Db, base: int, fix: WordFix, at: str) -> None:
    """Add a correction of words of a reading, in place of those it overlaps."""
    db.execute(
        "DELETE FROM word_fix WHERE reading = ? AND start < ? AND stop > ?",
        (base, fix.stop, fix.start),
    )
    db.execute(
        "INSERT INTO word_fix (reading, start, stop, text, made_at) VALUES (?, ?, ?, ?, ?)",
        (base, fix.start, fix.stop, fix.text, at),
    )


def texts(db: Db, record: str, numbers: Sequence[int] = ()) -> dict[int, str]:
    """The shown text by page number; all pages where `numbers` is empty."""
    query = (
        "SELECT p.number, r.text FROM page p JOIN reading r ON r.id = p.shown WHERE p.record = ?"
    )
    rows = db.execute(query, (record,)).fetchall()
    return {number: text for number, text in rows if not numbers or number in numbers}
