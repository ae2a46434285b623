"""Ids typed by a person, shortened to any unique beginning, found in the vault."""

from __future__ import annotations

from vault import ids
from vault.store.database import Db

_FIND = {
    noun: f"SELECT id FROM {noun} WHERE id >= ? AND id < ? LIMIT 9"
    for noun in ids.PREFIXES
    if noun != "fact"
}


def resolve(db: Db, noun: str, given: str) -> str:
    """The one id of `noun` that begins with `given`; raises UnknownId or AmbiguousId."""
    low, high = ids.bounds(noun, given)
    return ids.pick(noun, given, [row[0] for row in db.execute(_FIND[noun], (low, high))])
