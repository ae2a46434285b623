"""The readings of a page that are kept beside the one it shows, and how far they agree with it."""

from __future__ import annotations

from collections import Counter

from vault.actions.session import Session
from vault.model.reading import Reading
from vault.model.words import text_of
from vault.store import pages


def beside(s: Session, record: str, page: int) -> tuple[Reading, ...]:
    """The other readings of a page, the newest first; those that say the same once only.

    The reading that a person's corrections are put over is none of them.
    """
    db = s.vault.read()
    shown = pages.shown(db, record, page)
    known = {shown.id, shown.base} if shown is not None else set()
    found: dict[tuple[str, str], Reading] = {}
    for stored in pages.kept(db, record, page):
        reading = stored.reading
        same = reading.source.value, text_of(reading.words)
        if stored.id not in known and reading.words:
            found.setdefault(same, reading)
    return tuple(found.values())


def agreement(one: Reading, other: Reading) -> int:
    """How many of 100 words two readings share, letter case aside, measured on the longer one."""
    first, second = (Counter(w.text.casefold() for w in r.words) for r in (one, other))
    longer = max(first.total(), second.total())
    return round(100 * (first & second).total() / longer) if longer else 100
