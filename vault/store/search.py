"""Full-text search over what pages say."""

from __future__ import annotations

from collections.abc import Sequence

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
# Nothing but small entries of indexes is read for those that may be shown.
_PLACES = """
SELECT t.rowid, r.record, r.page, p.shown = r.id
FROM ({found}) t
CROSS JOIN reading r INDEXED BY reading_place ON r.id = t.rowid
JOIN page p ON p.record = r.record AND p.number = r.page
ORDER BY t.place
"""
_RANKED = """
SELECT rowid, rank AS place FROM reading_text WHERE reading_text MATCH ? ORDER BY rank LIMIT ?
"""
_NEWEST = """
SELECT rowid, -rowid AS place FROM reading_text WHERE reading_text MATCH ?
ORDER BY rowid DESC LIMIT ?
"""
_SNIPPETS = """
SELECT rowid, snippet(reading_text, 0, '', '', ' … ', 24)
FROM reading_text WHERE reading_text MATCH ? AND rowid IN ({marks})
"""
BROAD = 20_000
"""Over so many pages a rank says little and costs much: the newest readings come first."""


def _best(db: Db, terms: str, limit: int, *, ranked: bool) -> dict[tuple[str, int], int]:
    """The best pages, best first, each with the reading that found it.

    A page can be found by several of its readings: the one it shows comes first.
    """
    best: dict[tuple[str, int], int] = {}
    statement = _PLACES.format(found=_RANKED if ranked else _NEWEST)
    for reading, record, page, is_shown in db.execute(statement, (terms, limit * 3)):
        if is_shown or (record, page) not in best:
            best[record, page] = reading
    return dict(list(best.items())[:limit])


def find(db: Db, terms: str, limit: int) -> tuple[int, tuple[Hit, ...]]:
    """How many pages match an FTS5 expression, and the best `limit` of them, best first.

    Where more than BROAD match, the newest ones. `terms` must come from a parser that quotes
    every word; nothing typed goes in as it is.
    """
    total = int(db.execute(_COUNT, (terms,)).fetchone()[0])
    best = _best(db, terms, limit, ranked=total <= BROAD)
    statement = _SNIPPETS.format(marks=", ".join("?" * len(best)))
    rows = db.execute(statement, (terms, *best.values()))
    texts: dict[int, str] = {int(row[0]): str(row[1]) for row in rows}
    hits = (
        Hit(record, page, " ".join(texts[reading].split()))
        for (record, page), reading in best.items()
    )
    return total, tuple(hits)


_SAYING = """
SELECT r.record, r.page
FROM reading_text t
CROSS JOIN reading r INDEXED BY reading_place ON r.id = t.rowid
JOIN page p ON p.record = r.record AND p.number = r.page AND p.shown = r.id
JOIN record c ON c.id = r.record
WHERE reading_text MATCH ? AND (c.person = ? OR c.id = ?)
ORDER BY t.rank LIMIT ?
"""


def saying(
    db: Db, runs: Sequence[Sequence[str]], person: str, record: str, limit: int
) -> tuple[tuple[str, int], ...]:
    """The pages, as shown now, on which any of some runs of words stands, the best first.

    Those of a person's records, and of one record. Words are letters and figures alone.
    """
    terms = " OR ".join(f'"{" ".join(run)}"' for run in runs)
    rows = db.execute(_SAYING, (terms, person, record, limit))
    return tuple((str(held), int(page)) for held, page in rows)
