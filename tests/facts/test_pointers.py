"""Pointers to documents, tests ordered and done, admissions and visits before, and what is none."""

from __future__ import annotations

import pytest

from tests.facts.pages import from_text
from vault.facts.extract import extract
from vault.model.facts import FactKind
from vault.model.studies import agree, is_lab, plain

KINDS = (
    FactKind.REFERENCE, FactKind.ORDER, FactKind.DONE, FactKind.ADMITTED, FactKind.EARLIER_VISITS,
)  # fmt: skip


def _said(text: str) -> list[tuple[str, str]]:
    return [(f.kind.value, f.value) for f in extract(from_text(text), 1) if f.kind in KINDS]


@pytest.mark.parametrize(
    ("text", "kind", "value"),
    [
        ("The biopsy is in the pathology report of 3 March 2019, enclosed here.", "reference",
         "pathology:biopsy@2019-03-03"),
        ("Kindly see the attached cardiology consultation of 2020-11-30.", "reference",
         "consult:@2020-11-30"),
        ("For the figures refer to the sleep study report of 2020-03-04.", "reference",
         ":polysomnogram@2020-03-04"),
        ("We are ordering an MRI of the left knee for 2021-05-13.", "order",
         "mri knee left@2021-05-13"),
        ("Carotid duplex was requested.", "order", "ultrasound carotid@"),
        ("She underwent the bone density scan on 2021-06-30.", "done", "dexa@2021-06-30"),
        ("The chest x-ray was taken as planned.", "done", "xray chest@"),
        ("Admit to the medicine floor with telemetry.", "admitted", "inpatient"),
        ("Previously seen here 2015-05-25 and 2016-06-26.", "earlier_visits",
         "2015-05-25|2016-06-26"),
    ],
)  # fmt: skip
def test_what_is_pointed_at(text: str, kind: str, value: str) -> None:
    """Each as one fact, in plain words with its date."""
    assert _said(text) == [(kind, value)]


@pytest.mark.parametrize(
    "text",
    [
        "Consider an MRI of the knee if it is no better.",
        "The echocardiogram was not done.",
        "She declined the colonoscopy offered for 2021-05-13.",
        "See the nurse on your way out.",
        "He admits to drinking two beers a week.",
        "Return for your next appointment on 2030-01-02.",
        "Results were discussed by telephone.",
    ],
)
def test_what_points_at_nothing(text: str) -> None:
    """Things considered, refused, not done, or said of something else."""
    assert _said(text) == []


def test_a_pointer_over_two_lines_is_one() -> None:
    """A sentence goes on over the end of a line, and is quoted whole."""
    text = (
        "The rest of the story is told at length in the operative report of\n"
        "2019-05-05, a copy of which is attached to these pages for you."
    )
    (fact,) = [f for f in extract(from_text(text), 1) if f.kind is FactKind.REFERENCE]
    assert fact.value == "operative:@2019-05-05"
    assert fact.quote.startswith("told at length") or "operative report" in fact.quote


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Abdominal ultrasound", "Ultrasound of the abdomen", True),
        ("CXR PA and lateral", "Chest x-ray", True),
        ("LT KNEE AP/LAT", "X-ray of the left knee", True),
        ("MRI left shoulder", "MRI right shoulder", False),
        ("CT chest", "CT abdomen", False),
        ("CT chest", "Chest x-ray", False),
        ("Echo", "Transthoracic echocardiogram", True),
    ],
)
def test_names_of_one_study(one: str, other: str, *, same: bool) -> None:
    """Two namings agree where nothing both of them name differs, either way round."""
    assert agree(plain(one), plain(other)) is same
    assert agree(plain(other), plain(one)) is same


def test_tests_of_blood() -> None:
    """They have no body part, and are told from studies."""
    assert is_lab(plain("Lipid panel and TSH"))
    assert not is_lab(plain("CT chest"))
