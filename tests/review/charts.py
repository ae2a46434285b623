"""Records made up for tests of the checks: pages laid out as text, read for their facts."""

from __future__ import annotations

import datetime as dt

from tests.facts.pages import from_text
from vault.facts.extract import extract
from vault.model.flags import Finding
from vault.model.people import Mrn, Person
from vault.review.run import PageFacts, Subject, run

MARIAN = Person(
    id="per_1",
    name="Marian Ellen Voss",
    born=dt.date(1961, 3, 14),
    former_names=("Marian Lind",),
    mrns=(Mrn("prov_1", "00412"),),
)

BANNER = "Patient: Marian Voss   MRN: 00412   DOB: 03/14/1961"


def review(
    *pages: str, person: Person | None = MARIAN, confidence: int = 100
) -> tuple[Finding, ...]:
    """What the checks find in a record with these pages."""
    read = tuple(
        PageFacts(number, extract(from_text(text, confidence), number))
        for number, text in enumerate(pages, 1)
    )
    return run(Subject("rec_1", person, read))
