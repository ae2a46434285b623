"""What a page states of the patient's health: every family of clinical facts."""

from __future__ import annotations

from collections.abc import Iterator

from vault.facts import (
    allergies,
    family,
    measures,
    medications,
    passages,
    problems,
    procedures,
    social,
)
from vault.facts.flow import flow_of
from vault.facts.page import Laid
from vault.model.facts import Fact

_OF_TEXT = (
    allergies.allergies,
    medications.medications,
    medications.unchanged,
    problems.problems,
    family.family,
    social.social,
    procedures.procedures,
    procedures.immunizations,
    passages.passages,
)
_OF_TABLES = (measures.vitals, measures.results)


def facts(laid: Laid) -> Iterator[Fact]:
    """The clinical facts of a page, family by family, each with its exact words."""
    flow = flow_of(laid)
    yield from flow.headings()
    for of_text in _OF_TEXT:
        yield from of_text(flow)
    for of_table in _OF_TABLES:
        yield from of_table(laid, flow)
