"""Notes made up for tests of the clinical checks: pages of text, each a record with its day."""

from __future__ import annotations

from tests.facts.pages import from_text
from tests.review.charts import MARIAN
from vault.facts.extract import extract
from vault.model.charts import PageFacts
from vault.model.facts import FactKind
from vault.model.flags import Check, Finding
from vault.model.people import Person
from vault.review.clinical import check
from vault.review.subject import Shelf, Subject

Note = tuple[str, str]
"""A day, ISO 8601, and what a note says below it."""


def pages(note: Note, confidence: int = 100) -> tuple[PageFacts, ...]:
    """A note read for its facts; a form feed starts a new page."""
    day, text = note
    head = f"Date of service: {day}\n" if day else ""
    return tuple(
        PageFacts(
            number, extract(from_text((head if number == 1 else "") + page, confidence), number)
        )
        for number, page in enumerate(text.split("\f"), 1)
    )


def find(*notes: Note, person: Person | None = MARIAN, confidence: int = 100) -> list[Finding]:
    """What the clinical checks find in notes that came one after the other, each thing once.

    Records are called `rec_1`, `rec_2` and so on. Every record is looked at with all others in
    the vault, as after the last import.
    """
    records = {f"rec_{i}": pages(note, confidence) for i, note in enumerate(notes, 1)}
    found: dict[str, Finding] = {}
    for record, held in records.items():
        others = Shelf({name: pages for name, pages in records.items() if name != record})
        for finding in check(Subject(record, person, held, others)):
            found.setdefault(finding.fingerprint, finding)
    return list(found.values())


def checks(*notes: Note) -> list[tuple[Check, str, str]]:
    """What is found, as check, record and quote."""
    return [(f.check, f.record, f.quote) for f in find(*notes)]


def values(text: str, kind: FactKind) -> list[str]:
    """The values of a kind that a page laid out as `text` states."""
    return [fact.value for fact in extract(from_text(text), 1) if fact.kind is kind]
