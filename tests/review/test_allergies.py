"""Allergies that records contradict each other about, and medicines given despite them."""

from __future__ import annotations

import pytest

from tests.review.clinic import checks, find
from vault.model.flags import Check, Severity

SPRING, SUMMER, AUTUMN = "2019-03-04", "2019-05-20", "2019-08-11"


def found(*notes: tuple[str, str]) -> list[tuple[Check, str]]:
    """What is found, as check and record."""
    return [(check, record) for check, record, _ in checks(*notes)]


@pytest.mark.parametrize(
    "denial",
    [
        "NKDA",
        "No known drug allergies",
        "None",
        "None known.",
        "Denies allergies",
        "NKA",
        "The patient denies any drug allergies.",
        "No Known Allergies (NKA)",
        "none reported",
        "No allergies to medications.",
        "The patient has no allergies to medicines",
        "No medication allergies on file",
    ],
)
def test_a_denial_among_records_that_know_an_allergy(denial: str) -> None:
    """Whatever words deny it, the one record out of three is cited, the others are related."""
    (one,) = find(
        (SPRING, "Allergies: Penicillin (rash)"),
        (SUMMER, f"Allergies: {denial}"),
        (AUTUMN, "ALLERGIES: penicillin - rash"),
    )
    assert (one.check, one.record, one.page) == (Check.ALLERGY_CONTRADICTION, "rec_2", 1)
    assert {place.record for place in one.related} == {"rec_1", "rec_3"}
    assert one.quote.strip(".") in denial
    assert one.severity is Severity.HARM_NOW


@pytest.mark.parametrize(
    "entry",
    [
        "PCN - anaphylaxis",
        "Amoxicillin (hives)",
        "Bactrim: rash",
        "Codeine",
        "Morphine -> itching",
        "Keflex",
        "Iodinated contrast (hives)",
        "Lisinopril (angioedema)",
        "Aspirin: wheezing",
        "She is allergic to penicillin.",
        "Levaquin",
    ],
)
def test_an_allergy_however_it_is_written(entry: str) -> None:
    """Brand, short and generic names are known, with and without a reaction."""
    told = found((SPRING, f"Allergies: {entry}"), (SUMMER, "Allergies: NKDA"))
    assert told == [(Check.ALLERGY_CONTRADICTION, "rec_2")]


def test_where_most_records_deny_the_one_that_states_it_is_cited() -> None:
    """The record out of line is the one to look at, on either side."""
    told = found(
        (SPRING, "Allergies: NKDA"),
        (SUMMER, "Allergies: Sulfa (rash)"),
        (AUTUMN, "Allergies: NKDA"),
    )
    assert told == [(Check.ALLERGY_CONTRADICTION, "rec_2")]


def test_no_known_drug_allergies_says_nothing_of_latex() -> None:
    """A denial of drug allergies is none of food or latex; one of all allergies is."""
    latex = (SPRING, "Allergies: Latex (rash)")
    assert found(latex, (SUMMER, "Allergies: NKDA")) == []
    assert found(latex, (SUMMER, "Allergies: NKA")) == [(Check.ALLERGY_CONTRADICTION, "rec_2")]


def test_an_allergy_that_was_lifted_is_settled() -> None:
    """A record that says it was tested and removed ends it, for lists and for medicines."""
    notes = (
        (SPRING, "Allergies: Penicillin - childhood rash"),
        (SUMMER, "Allergies: NKDA. (Penicillin allergy removed after a negative skin test.)"),
        (AUTUMN, "Allergies: NKDA\nPlan: Start amoxicillin 500 mg three times a day."),
    )
    assert found(*notes) == []


def test_an_intolerance_is_no_allergy() -> None:
    """A side effect contradicts no denial and forbids no medicine."""
    notes = (
        (SPRING, "Allergies: No known drug allergies. Intolerance: codeine - upset stomach"),
        (SUMMER, "Allergies: NKDA\nPlan: codeine 30 mg every 6 hours as needed."),
    )
    assert found(*notes) == []


def test_a_newborns_and_a_relatives_allergies_are_not_the_patients() -> None:
    """Sections of a newborn, of the mother of one, and family histories are left out."""
    notes = (
        (
            SPRING,
            "DELIVERY NOTE\nMaternal allergies: Penicillin - hives\n"
            "NEWBORN RECORD\nName: Baby boy\nAllergies: NKDA\nWeight 3200 g",
        ),
        (SUMMER, "Allergies: Penicillin - hives\nFamily History: Mother allergic to sulfa."),
        (AUTUMN, "Allergies: Penicillin (rash)\nPlan: trimethoprim-sulfamethoxazole DS BID"),
    )
    assert found(*notes) == []


def test_an_allergy_found_long_after_a_denial_is_new() -> None:
    """What began since contradicts nothing."""
    notes = ((SPRING, "Allergies: NKDA"), ("2021-08-11", "Allergies: Amoxicillin (new rash)"))
    assert found(*notes) == []


@pytest.mark.parametrize(
    ("allergy", "plan"),
    [
        ("Penicillin (hives)", "Start amoxicillin 500 mg three times daily for 10 days."),
        ("PCN", "Augmentin 875 mg BID x 7 days prescribed."),
        ("Codeine - anaphylaxis", "Tylenol #3 one tablet every 6 hours as needed."),
        ("Sulfa - rash", "Rx: Bactrim DS 1 tab BID x 3 days"),
        ("Cephalexin (hives)", "Given Keflex 500 mg four times a day."),
        ("NSAIDs - bronchospasm", "Naproxen 500 mg twice daily with food."),
        ("Penicillin", "Ampicillin 2 g IV was administered."),
        ("Lisinopril (angioedema)", "Will begin enalapril 5 mg daily."),
        ("Azithromycin - hives", "Z-Pak as directed."),
        ("Erythromycin - rash", "Prescribed clarithromycin 500 mg twice a day."),
    ],
)
def test_a_medicine_given_despite_an_allergy(allergy: str, plan: str) -> None:
    """The same drug, one of its class, or a mixture with it."""
    note = f"Allergies: {allergy}\nAssessment and Plan: 1. Blood pressure stable.\n2. {plan}"
    (one,) = find((SPRING, f"Allergies: {allergy}"), (SUMMER, note))
    assert (one.check, one.record) == (Check.ALLERGY_DRUG_CONFLICT, "rec_2")
    assert "rec_1" in {place.record for place in one.related}
    assert one.quote in plan


@pytest.mark.parametrize(
    "plan",
    [
        "Azithromycin 250 mg as directed; amoxicillin was avoided because of the allergy.",
        "Cephalexin 500 mg instead of amoxicillin.",
        "No amoxicillin, given her penicillin allergy.",
        "Amoxicillin is contraindicated.",
        "Oral amoxicillin challenge was discussed.",
        "Amoxicillin was stopped when hives came up.",
    ],
)
def test_a_medicine_that_is_only_named_is_not_given(plan: str) -> None:
    """Avoided, stopped and tested medicines are no prescriptions."""
    note = f"Allergies: Penicillin (hives)\nAssessment and Plan: {plan}"
    assert found((SPRING, "Allergies: Penicillin (hives)"), (SUMMER, note)) == []


def test_relatives_of_a_class_that_rarely_react_are_not_suspected() -> None:
    """Water pills beside a sulfa allergy, cephalosporins beside one to penicillin."""
    note = "Allergies: Sulfa (rash); Penicillin\nPlan: furosemide 40 mg daily, cephalexin 500 mg"
    assert found((SPRING, note)) == []


def test_a_medicine_taken_before_the_allergy_was_known_is_no_error() -> None:
    """The course that showed the allergy came first."""
    notes = (
        (SPRING, "Allergies: NKDA\nPlan: Start amoxicillin 500 mg three times daily."),
        ("2020-08-11", "Allergies: Amoxicillin (hives)"),
    )
    assert found(*notes) == []
