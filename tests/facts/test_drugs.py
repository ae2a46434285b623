"""The book of medicines: names, classes, and what goes with which allergy."""

from __future__ import annotations

import pytest

from vault.facts.drugs import allergen, allergen_pattern, drug, drug_pattern, makeup, reach


@pytest.mark.parametrize(
    ("name", "generic", "family"),
    [
        ("Amoxil", "amoxicillin", "penicillins"),
        ("BACTRIM", "trimethoprim-sulfamethoxazole", "sulfonamide_antibiotics"),
        ("Tylenol  #3", "acetaminophen-codeine", "opioids"),
        ("Advil", "ibuprofen", "nsaids"),
    ],
)
def test_brands_and_generic_names(name: str, generic: str, family: str) -> None:
    """Whatever the case and the blanks."""
    found = drug(name)
    assert found is not None
    assert (found.name, found.family) == (generic, family)
    assert drug_pattern().fullmatch(name)


def test_words_that_are_no_medicines() -> None:
    """Unknown words, and words that only hold a name."""
    assert drug("aspirational") is None
    assert drug_pattern().search("the ironing and the zincography") is None
    assert allergen("hay") is None


@pytest.mark.parametrize(
    ("to", "given", "clashes"),
    [
        ("penicillin", "amoxicillin", True),
        ("amoxicillin", "Augmentin", True),
        ("sulfa", "Septra", True),
        ("codeine", "Tylenol #3", True),
        ("aspirin", "ibuprofen", True),
        ("codeine", "acetaminophen", False),
        ("penicillin", "cephalexin", False),
        ("sulfa", "furosemide", False),
        ("sulfa", "celecoxib", False),
        ("statins", "atorvastatin", True),
        ("atorvastatin", "rosuvastatin", False),
        ("Tylenol", "Percocet", True),
    ],
)
def test_what_an_allergy_reaches(to: str, given: str, clashes: bool) -> None:
    """The drug in any mixture, and its class where the whole of it is in question."""
    known, medicine = allergen(to), drug(given)
    assert known is not None
    assert medicine is not None
    assert allergen_pattern().fullmatch(to)
    assert bool(set(reach(known)) & set(makeup(medicine))) is clashes
