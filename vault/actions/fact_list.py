"""What a record states, fact by fact, for a person to confirm or to strike."""

from __future__ import annotations

from vault import dates
from vault.actions import checking
from vault.actions.session import Session
from vault.errors import AmbiguousId, UnknownId
from vault.model.facts import FactKind
from vault.model.reviewing import HIDDEN, FactWord, Listed
from vault.store import facts, lookup, records, reviewing
from vault.store.database import Db


def _listed(db: Db, record: str) -> tuple[Listed, ...]:
    words = {(w.page, w.kind, w.value): w for w in reviewing.words(db, record)}
    return tuple(
        Listed(held, words.get((held.fact.page, held.fact.kind, held.fact.value)))
        for held in facts.stated(db, record)
        if held.fact.kind not in HIDDEN
    )


def of(s: Session, record: str) -> tuple[Listed, ...]:
    """The facts of a record with their citations and the person's word, page by page."""
    db = s.vault.read()
    return _listed(db, lookup.resolve(db, "record", record))


def _known(one: Listed) -> tuple[int, FactKind, str]:
    """What a fact is known by, whenever its page was read."""
    fact = one.stored.fact
    return fact.page, fact.kind, fact.value


def _find(listed: tuple[Listed, ...], given: str) -> Listed:
    """The fact of a record that an id begins; raises UnknownId, AmbiguousId."""
    body = given.strip().lower().removeprefix("fact_")
    found = [one for one in listed if one.stored.id.startswith(f"fact_{body}")] if body else []
    if not found:
        raise UnknownId("fact", given)
    if len(found) > 1:
        raise AmbiguousId("fact", given, len(found))
    return found[0]


def _say(s: Session, record: str, fact: str, *, struck: bool | None) -> Listed:
    with s.vault.write("fact.said") as db:
        id_ = records.get(db, lookup.resolve(db, "record", record)).id
        held = _find(_listed(db, id_), fact).stored
        about = held.fact
        if struck is None:
            reviewing.unsay(db, id_, about.page, about.kind, about.value)
        else:
            word = FactWord(about.page, about.kind, about.value, struck, dates.now())
            reviewing.say(db, id_, word)
        checking.check(db, id_)  # it may state the facts anew, under other ids
        known = (about.page, about.kind, about.value)
        now = [one for one in _listed(db, id_) if _known(one) == known]
        return next((one for one in now if one.stored.id == held.id), now[0])


def confirm(s: Session, record: str, fact: str) -> Listed:
    """Say that the page truly states a fact."""
    return _say(s, record, fact, struck=False)


def strike(s: Session, record: str, fact: str) -> Listed:
    """Say that the page does not state a fact: checks and letters leave it out from now on.

    The word is kept by page, kind and value, so that it holds when the page is read again.
    """
    return _say(s, record, fact, struck=True)


def undo(s: Session, record: str, fact: str) -> Listed:
    """Take back what was said of a fact."""
    return _say(s, record, fact, struck=None)
