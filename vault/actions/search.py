"""Search: what a person types becomes a full-text expression that can raise no error."""

from __future__ import annotations

import re
from dataclasses import dataclass

from vault.actions.session import Session
from vault.model.records import Hit, Record
from vault.safetext import safe
from vault.store import records
from vault.store.database import time_limit
from vault.store.search import find as find_hits

_PART = re.compile(r'"([^"]*)("?)(\*?)|([^\s"]+)')
_MAX_PARTS = 32
PATIENCE = 5.0
"""Seconds after which a search gives up; it then says so."""


def expression(query: str) -> str:
    """The FTS5 expression for a query, empty where it names no word.

    Words must all be on the page; "in quotes" they follow one another; `word*` begins with.
    Every word goes in quoted, so nothing typed is ever an operator.
    """
    parts: list[str] = []
    for match in _PART.finditer(safe(query, 1000)):
        phrase, _closed, star, word = match.groups()
        text = phrase if phrase is not None else word
        prefix = bool(star) or (word or "").endswith("*")
        tokens = re.findall(r"\w+", text)
        if not tokens:
            continue
        quoted = '"' + " ".join(tokens) + '"'
        parts.append(quoted + " *" if prefix else quoted)
    return " AND ".join(parts[:_MAX_PARTS])


@dataclass(frozen=True, slots=True)
class Found:
    """The pages a search found, best first, with their records; `total` counts all of them."""

    total: int
    hits: tuple[tuple[Hit, Record], ...]


def search(s: Session, query: str, limit: int = 50) -> Found:
    """Find pages by their words, ranked; accents and letter case do not matter.

    Raises Refused for a search that takes longer than PATIENCE.
    """
    terms = expression(query)
    if not terms:
        return Found(0, ())
    db = s.vault.read()
    with time_limit(db, PATIENCE):
        total, hits = find_hits(db, terms, limit)
    return Found(total, tuple((hit, records.get(db, hit.record)) for hit in hits))
