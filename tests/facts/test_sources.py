"""Whom a page names: letterheads and what labels announce, and nothing else."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from vault.facts.sources import mentions
from vault.model.providers import ProviderKind

PAGE = """\
Harbor View Family Practice
Patient: Maren Oldfield    DOB: 03/07/1961
Referring Provider: Dana Quill, MD
Lab: Quay Laboratories Inc.   Collected: 3/4/2020
Pharmacy: Corner Drug, (555) 010-2020
cc: Ann Poe, NP; the patient
Insurance: none
Plan: rest.
"""


def test_a_page_names_whom_it_names() -> None:
    """Letterhead first; each with the kind its words or its label tell; the patient is nobody."""
    found = {m.name: m.kind for m in mentions(PAGE)}
    assert found == {
        "Harbor View Family Practice": ProviderKind.PRIMARY_CARE,
        "Dana Quill, MD": ProviderKind.SPECIALIST,
        "Quay Laboratories Inc": ProviderKind.LAB,
        "Corner Drug": ProviderKind.PHARMACY,
        "Ann Poe, NP": ProviderKind.SPECIALIST,
    }
    assert next(iter(found)) == "Harbor View Family Practice"


def test_labels_in_one_line_end_the_name_before_them() -> None:
    """Where a page's words stand one blank apart, the next label still ends a name."""
    line = "Referring Provider: Dana Quill, MD Lab: Quay Labs Date of service: 3/4/2020"
    assert [m.name for m in mentions(line)] == ["Dana Quill, MD", "Quay Labs"]
    assert [m.name for m in mentions("Lab: Quay Labs Drawn: 3/4")] == ["Quay Labs"]


def test_prose_names_nobody() -> None:
    """Sentences that speak of a hospital or a lab announce none."""
    text = "She was seen in the hospital last year.\nLab work was normal.\nThe clinic: closed now"
    assert mentions(text) == ()


@given(st.text(max_size=400))
def test_any_text_can_be_looked_at(text: str) -> None:
    """Nothing raises, no name is longer than a line, and each comes once."""
    found = [m.name for m in mentions(text)]
    assert all(3 <= len(name) <= 80 for name in found)
    assert len(found) == len(set(found))
