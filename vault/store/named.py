"""Names in held records: where they stand, what was decided of them, what was asked and came."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from vault.store.database import Db
from vault.store.facts import COUNTS
from vault.store.shapes import from_day

_PAGES = """
SELECT p.record, p.number, r.text FROM page p JOIN reading r ON r.id = p.shown
ORDER BY p.record, p.number
"""
_FACTS = f"""
SELECT record, page, value FROM fact f WHERE kind = ? AND {COUNTS} ORDER BY record, page, start
"""
_SENT = """
SELECT id, provider, from_date, to_date FROM request
WHERE EXISTS (SELECT 1 FROM event WHERE subject = request.id AND kind = 'sent')
"""


def page_texts(db: Db) -> Iterator[tuple[str, int, str]]:
    """Record, page and shown text of every page that was read, record by record."""
    for record, number, text in db.execute(_PAGES):
        yield str(record), int(number), str(text)


def facts(db: Db, kind: str) -> Iterator[tuple[str, int, str]]:
    """Record, page and value of every fact of a kind that no person has struck."""
    for record, page, value in db.execute(_FACTS, (kind,)):
        yield str(record), int(page), str(value)


@dataclass(frozen=True, slots=True)
class Held:
    """A record as far as it tells what came from whom, and when."""

    id: str
    provider: str | None
    received_on: dt.date | None


def held(db: Db) -> tuple[Held, ...]:
    """Every record."""
    rows = db.execute("SELECT id, provider, received_on FROM record")
    return tuple(Held(row[0], row[1], from_day(row[2])) for row in rows)


@dataclass(frozen=True, slots=True)
class Asked:
    """A request that was sent, and the span of service dates it asks for (open where None)."""

    request: str
    provider: str
    first: dt.date | None
    last: dt.date | None

    def covers(self, year: int) -> bool:
        """Whether it asks for anything of a year."""
        after = self.first is None or self.first.year <= year
        return after and (self.last is None or self.last.year >= year)


def asked(db: Db) -> tuple[Asked, ...]:
    """Every access request that was sent at least once."""
    rows = db.execute(_SENT)
    return tuple(Asked(row[0], row[1], from_day(row[2]), from_day(row[3])) for row in rows)


def decide(db: Db, key: str, provider: str | None, at: str) -> None:
    """Note what a person decided about a name (its key): it is this provider, or nobody to ask."""
    db.execute("INSERT OR REPLACE INTO named VALUES (?, ?, ?)", (key, provider, at))


def undecide(db: Db, key: str) -> bool:
    """Take a decision back; whether there was one."""
    return bool(db.execute("DELETE FROM named WHERE name = ?", (key,)).rowcount)


def decided(db: Db) -> dict[str, str | None]:
    """What was decided, by key: a provider's id, or None for a name that is ignored."""
    return {str(row[0]): row[1] for row in db.execute("SELECT name, provider FROM named")}
