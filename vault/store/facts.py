"""Facts as rows; they can always be rebuilt from stored words."""

from __future__ import annotations

from collections.abc import Sequence

from vault import ids
from vault.model.facts import Fact, FactKind, StoredFact
from vault.model.words import Box, Span
from vault.store.database import Db, Row

_SELECT = """
SELECT id, record, page, kind, value, quote, label, start, stop, x0, y0, x1, y1, confidence, version
FROM fact
"""


def _from_row(row: Row) -> StoredFact:
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
    """The facts of a record, page by page as they stand there."""
    rows = db.execute(f"{_SELECT} WHERE record = ? ORDER BY page, start", (record,))
    return tuple(_from_row(row) for row in rows)
