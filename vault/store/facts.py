"""Facts as rows; they can always be rebuilt from stored words."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from vault import ids
from vault.model.charts import PageFacts
from vault.model.facts import Fact, FactKind, StoredFact
from vault.model.reading import PageKind
from vault.model.words import Box, Span
from vault.store.database import Db, Row

_SELECT = """
SELECT id, record, page, kind, value, quote, label, start, stop, x0, y0, x1, y1, confidence, version
FROM fact f
"""
COUNTS = """
NOT EXISTS (SELECT 1 FROM fact_word w WHERE w.record = f.record AND w.page = f.page
            AND w.kind = f.kind AND w.value = f.value AND w.struck = 1)
"""
"""The condition on a fact `f` that no person has struck it."""


def from_row(row: Row) -> StoredFact:
    """A row of a fact, its columns in the order of the table."""
    fact = Fact(
        kind=FactKind(row[3]),
        value=row[4],
        quote=row[5],
        label=row[6],
        page=row[2],
        span=Span(row[7], row[8]),
        box=Box(*row[9:13]),
        confidence=row[13],
    )
    return StoredFact(row[0], row[1], fact, row[14])


def replace(db: Db, record: str, page: int, facts: Sequence[Fact], version: int) -> None:
    """Put `facts` in place of all facts of a page."""
    db.execute("DELETE FROM fact WHERE record = ? AND page = ?", (record, page))
    rows = [
        (
            ids.new("fact"),
            record,
            page,
            fact.kind.value,
            fact.value,
            fact.quote,
            fact.label,
            fact.span.start,
            fact.span.stop,
            fact.box.left,
            fact.box.top,
            fact.box.right,
            fact.box.bottom,
            fact.confidence,
            version,
        )
        for fact in facts
    ]
    db.executemany("INSERT INTO fact VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)", rows)


def of(db: Db, record: str) -> tuple[StoredFact, ...]:
    """The facts of a record that count, page by page as they stand there: struck ones do not."""
    rows = db.execute(f"{_SELECT} WHERE record = ? AND {COUNTS} ORDER BY page, start", (record,))
    return tuple(from_row(row) for row in rows)


def stated(db: Db, record: str) -> tuple[StoredFact, ...]:
    """All facts of a record, struck ones too, page by page as they stand there."""
    rows = db.execute(f"{_SELECT} WHERE record = ? ORDER BY page, start", (record,))
    return tuple(from_row(row) for row in rows)


def stale(db: Db, record: str, version: int) -> tuple[int, ...]:
    """The pages of a record that have words but no fact of this version of the extractor."""
    rows = db.execute(
        """SELECT p.number FROM page p WHERE p.record = ? AND p.shown IS NOT NULL
           AND NOT EXISTS (SELECT 1 FROM fact f WHERE f.record = p.record AND f.page = p.number
                           AND f.version = ?) ORDER BY p.number""",
        (record, version),
    )
    return tuple(row[0] for row in rows)


def paged(db: Db, record: str) -> tuple[PageFacts, ...]:
    """The pages of a record in order, each with what it states."""
    stated: dict[int, list[Fact]] = defaultdict(list)
    for held in of(db, record):
        stated[held.fact.page].append(held.fact)
    rows = db.execute(
        "SELECT number, kind, shown IS NOT NULL FROM page WHERE record = ? ORDER BY number",
        (record,),
    )
    return tuple(
        PageFacts(number, tuple(stated[number]), PageKind(kind), bool(words))
        for number, kind, words in rows
    )
