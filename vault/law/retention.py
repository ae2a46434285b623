"""How long holders have to keep records, and the day after which they may be gone."""

from __future__ import annotations

import datetime as dt

from vault.law import clock, rules
from vault.law.book import Book, builtin
from vault.law.rows import Retention
from vault.model.providers import ProviderKind

_COMING_OF_AGE = 18


def of(place: str, kind: ProviderKind, book: Book | None = None) -> tuple[Retention, ...]:
    """What is recorded on keeping for a kind of holder at a place, the nearest first.

    Empty where nothing is; that does not mean that nothing has to be kept. HIPAA sets no time
    for records. Raises UsageError for an unknown place.
    """
    book, name = book or builtin(), rules.tidy(place)
    rows = rules.places(place, kind, book)
    ids = [name, *(link.id for row in rows for link in book.chain(row))]
    mine = rules.groups(kind)
    fitting = [r for r in book.retention if r.place in ids and (not r.holders or mine & r.holders)]
    return tuple(sorted(fitting, key=lambda r: ids.index(r.place)))


def until(row: Retention, last: dt.date, born: dt.date | None = None) -> dt.date | None:
    """The day until which a record has to be kept at least; None where no number is set.

    `last` is the last treatment. A patient who was a minor then is kept longer where the row
    says so.
    """
    if not row.years:
        return None
    kept = clock.months_on(last, 12 * row.years)
    minor = born is not None and last < clock.months_on(born, 12 * _COMING_OF_AGE)
    if born is None or not minor or not row.minor_age:
        return kept
    return max(kept, clock.months_on(born, 12 * row.minor_age))
