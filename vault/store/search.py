"""Full-text search over what pages say."""

from __future__ import annotations

from vault.model.records import Hit
from vault.store.database import Db

# The index holds all that is counted: without it every hit would cost a page of the database.
_COUNT = """
SELECT count(*) FROM (
    SELECT DISTINCT r.record, r.page
    FROM reading_text t CROSS JOIN reading r INDEXED BY reading_place ON r.id = t.rowid
    WHERE reading_text MATCH ?
)
"""
# A page can be found by several of its readings: the one it shows comes first.
_FIND = """
SELECT r.record, r.page, snippet(reading_text, 0, '', '', ' … ', 24), t.rank, p.shown = r.id
FROM reading_text t
JOIN reading r ON r.id = t.rowid
JOIN page p ON p.record = r.record AND p.number = r.page
WHERE reading_text MATCH ? ORDER BY t.rank LIMIT ?
"""


def find(db: Db, terms: str, limit: int) -> tuple[int, tuple[Hit, ...]]:
    """How many pages match an FTS5 expression, and the best `limit` of them, best first.

    `terms` must come from a parser that quotes every word; nothing typed goes in as it is.
    """
    total = int(db.execute(_COUNT, (terms,)).fetchone()[0])
    best: dict[tuple[str, int], Hit] = {}
    shown: set[tuple[str, int]] = set()
    for record, page, snippet, _rank, is_shown in db.execute(_FIND, (terms, limit * 3)):
        here = (record, page)
        if here not in best or (is_shown and here not in shown):
            best[here] = Hit(record, page, " ".join(str(snippet).split()))
        if is_shown:
            shown.add(here)
    return total, tuple(best.values())[:limit]
