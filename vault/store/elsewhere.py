"""What a person's records state, looked up by need, so that a check reads what bears on the new."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Iterator, Sequence

from vault.model.charts import PageFacts, Stated
from vault.model.facts import FactKind
from vault.store import facts
from vault.store.database import Db

_SELECT = f"""
SELECT f.id, f.record, f.page, f.kind, f.value, f.quote, f.label, f.start, f.stop,
       f.x0, f.y0, f.x1, f.y1, f.confidence, f.version
FROM fact f JOIN record r ON r.id = f.record
WHERE {facts.COUNTS} AND r.person = ? AND r.id != ? AND f.kind = ?
"""
_ORDER = "ORDER BY r.rowid, f.page, f.start"
_END = "\U0010ffff"
_AT_ONCE = 5000
# The day behind the `@` of a value may be one of two, and then stands first or last.
_FIRST = "substr(f.value, instr(f.value, '@') + 1, 10)"
_LAST = "substr(f.value, -10)"
_SERVED = "SELECT 1 FROM fact d WHERE d.record = f.record AND d.kind = 'service_date'"
_DATED = (
    "SELECT 1 FROM fact d WHERE d.record = f.record AND d.kind IN ('service_date', 'other_date')"
)
# Each step looks up the next value in the index, however many facts have the one before.
_VALUES = """
WITH RECURSIVE held (value) AS (
    SELECT min(value) FROM fact WHERE kind = ?1
    UNION ALL
    SELECT (SELECT min(f.value) FROM fact f WHERE f.kind = ?1 AND f.value > held.value)
    FROM held WHERE held.value IS NOT NULL
)
SELECT value FROM held WHERE value IS NOT NULL
"""

Span = tuple[dt.date, dt.date]


def _edges(span: Span) -> tuple[str, str]:
    """The first day of a span and the one behind it, as they stand in values."""
    start, stop = span
    behind = stop + dt.timedelta(days=1) if stop < dt.date.max else stop
    return start.isoformat(), behind.isoformat()


def _marks(held: Collection[str]) -> str:
    return ", ".join("?" * len(held))


def _some(held: Iterable[str]) -> Iterator[tuple[str, ...]]:
    """Values in runs that one query can take."""
    every = tuple(dict.fromkeys(held))
    return (every[at : at + _AT_ONCE] for at in range(0, len(every), _AT_ONCE))


def _dated(spans: Sequence[Span]) -> tuple[str, list[str]]:
    """SQL that a record's dates lie within spans, and its parameters."""
    each = " OR ".join("(d.value >= ? AND d.value < ?)" for _ in spans)
    return each, [edge for span in spans for edge in _edges(span)]


class Elsewhere:
    """What a person's records state, `but` for one of them, looked up by need."""

    def __init__(self, db: Db, person: str, but: str = "") -> None:
        self._db = db
        self._person = person
        self._but = but
        self._pages: dict[str, tuple[PageFacts, ...]] = {}

    def _stated(self, kind: FactKind, where: str, values: Iterable[str]) -> Iterator[Stated]:
        query = f"{_SELECT} AND {where} {_ORDER}"
        rows = self._db.execute(query, (self._person, self._but, kind.value, *values))
        for held in map(facts.from_row, rows):
            yield Stated(held.record, held.fact)

    def of(self, kind: FactKind, prefix: str = "") -> tuple[Stated, ...]:
        """The facts of a kind whose value begins with `prefix`, record by record."""
        return tuple(self._stated(kind, "f.value >= ? AND f.value < ?", (prefix, prefix + _END)))

    def about(self, kind: FactKind, prefix: str, spans: Sequence[Span]) -> tuple[Stated, ...]:
        """Those of them that can be of a day within one of some spans; all where none is given.

        That is the day behind the `@` of the value. Where the value names none it is a day of
        service of the record, and a record without one is of any day.
        """
        if not spans:
            return self.of(kind, prefix)
        own = " OR ".join(
            f"(({_FIRST} < ? OR {_LAST} < ?) AND ({_FIRST} >= ? OR {_LAST} >= ?))" for _ in spans
        )
        edges = [_edges(span) for span in spans]
        near, days = _dated(spans)
        where = f"""f.value >= ? AND f.value < ? AND (
            (f.value NOT LIKE '%@' AND ({own})) OR (f.value LIKE '%@' AND (
                EXISTS ({_SERVED} AND ({near})) OR NOT EXISTS ({_SERVED}))))"""
        given = [v for low, high in edges for v in (high, high, low, low)]
        return tuple(self._stated(kind, where, (prefix, prefix + _END, *given, *days)))

    def values(self, kind: FactKind) -> tuple[str, ...]:
        """Each value that facts of a kind have, once; some may be of other people's records."""
        return tuple(row[0] for row in self._db.execute(_VALUES, (kind.value,)))

    def exactly(
        self, kind: FactKind, values: Iterable[str], spans: Sequence[Span] = ()
    ) -> tuple[Stated, ...]:
        """The facts of a kind with one of some values, record by record.

        Where spans are given, only of records with a date within one of them.
        """
        near, days = _dated(spans)
        dated = f" AND EXISTS ({_DATED} AND ({near}))" if spans else ""
        return tuple(
            stated
            for some in _some(values)
            for stated in self._stated(kind, f"f.value IN ({_marks(some)}){dated}", (*some, *days))
        )

    def among(self, kind: FactKind, records: Iterable[str]) -> tuple[Stated, ...]:
        """The facts of a kind in some of these records."""
        return tuple(
            stated
            for some in _some(records)
            for stated in self._stated(kind, f"f.record IN ({_marks(some)})", some)
        )

    def _records(self, where: str, given: Iterable[str]) -> tuple[str, ...]:
        rows = self._db.execute(
            f"""SELECT DISTINCT d.record FROM fact d JOIN record r ON r.id = d.record
                WHERE r.person = ? AND r.id != ? AND {where}""",
            (self._person, self._but, *given),
        )
        return tuple(row[0] for row in rows)

    def dated(self, kinds: Iterable[str], spans: Sequence[Span]) -> tuple[str, ...]:
        """The records with a document of some kinds and a day of service in one of some spans."""
        wanted = tuple(kinds)
        near, days = _dated(spans)
        title = "SELECT 1 FROM fact t WHERE t.record = d.record AND t.kind = 'document'"
        named = f"EXISTS ({title} AND t.value IN ({_marks(wanted)}))"
        return self._records(f"d.kind = 'service_date' AND ({near}) AND {named}", (*days, *wanted))

    def titled(
        self, kinds: Iterable[str], studies: Collection[str] | None = None
    ) -> tuple[str, ...]:
        """The records with a document of some kinds; with `studies` of one of these, or of none."""
        wanted = tuple(kinds)
        where = f"d.kind = 'document' AND d.value IN ({_marks(wanted)})"
        if studies is None:
            return self._records(where, wanted)
        study = "SELECT 1 FROM fact s WHERE s.record = d.record AND s.kind = 'study'"
        one = f"EXISTS ({study} AND s.value IN ({_marks(studies)}))"
        none = f"NOT EXISTS ({study} AND s.page = d.page)"
        return self._records(f"{where} AND ({one} OR {none})", (*wanted, *studies))

    def pages(self, record: str) -> tuple[PageFacts, ...]:
        """The pages of one of these records with all they state; empty for any other record."""
        if record not in self._pages:
            row = self._db.execute("SELECT person FROM record WHERE id = ?", (record,)).fetchone()
            ours = row is not None and row[0] == self._person and record != self._but
            self._pages[record] = facts.paged(self._db, record) if ours else ()
        return self._pages[record]
