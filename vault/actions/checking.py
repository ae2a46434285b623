"""Facts and checks kept in step with the words: run after reading, and after a correction."""

from __future__ import annotations

from collections.abc import Sequence

from vault import dates, ids
from vault.facts import extract as extractor
from vault.model.facts import Fact
from vault.model.flags import Flag, FlagState
from vault.model.words import Word
from vault.review import run as review
from vault.store import facts, flags, pages, people, records
from vault.store.database import Db


def state_facts(db: Db, record: str, page: int, words: Sequence[Word]) -> None:
    """Replace the facts of a page by what its words state now."""
    facts.replace(db, record, page, extractor.extract(words, page), extractor.VERSION)


def check(db: Db, record: str) -> None:
    """Run every check over a record; suspicions nobody has decided on are made anew.

    A suspicion a person dismissed keeps its fingerprint in the vault and so never comes back.
    """
    held = records.get(db, record)
    person = people.get(db, held.person) if held.person else None
    stated: dict[int, list[Fact]] = {}
    for found in facts.of(db, record):
        stated.setdefault(found.fact.page, []).append(found.fact)
    subject = review.Subject(
        record=record,
        person=person,
        pages=tuple(
            review.PageFacts(p.number, tuple(stated.get(p.number, ())))
            for p in pages.of(db, record)
        ),
    )
    flags.withdraw_suspicions(db, record)
    for finding in review.run(subject):
        made = Flag(ids.new("flag"), FlagState.SUSPECTED, finding, made_on=dates.now())
        flags.add(db, made)
