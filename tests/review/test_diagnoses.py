"""Diagnoses and sides that cannot both be right."""

from __future__ import annotations

import pytest

from tests.review.clinic import find
from vault.model.flags import Check

SPRING, SUMMER, AUTUMN = "2019-03-04", "2019-05-20", "2019-08-11"


@pytest.mark.parametrize(
    ("denied", "told"),
    [
        ("No history of stroke.", "Stroke in 2011 with mild left weakness"),
        ("Denies history of asthma.", "Asthma since childhood"),
        ("No prior history of heart attack", "Myocardial infarction 2009"),
        ("Never had a seizure", "Epilepsy, diagnosed 1995"),
        ("No history of DVT or PE", "Deep vein thrombosis 2012"),
        ("No known history of hepatitis C", "Chronic hepatitis C"),
        ("No history of cancer.", "Breast cancer, 2010, treated with lumpectomy"),
        ("No history of pancreatitis", "Pancreatitis 2014"),
        ("No prior blood clots.", "Pulmonary embolism 2013"),
    ],
)
def test_a_history_told_and_denied(denied: str, told: str) -> None:
    """By other names, and for conditions of which this program knows no more than the word."""
    (found,) = find(
        (SPRING, f"Past Medical History: Gout; {told}."),
        (SUMMER, f"Past Medical History: Gout; {denied}"),
        (AUTUMN, f"Past Medical History: Gout; {told}."),
    )
    assert (found.check, found.record) == (Check.DIAGNOSIS_CONTRADICTION, "rec_2")
    assert {place.record for place in found.related} == {"rec_1", "rec_3"}


@pytest.mark.parametrize(
    "other", ["T1DM", "Type I diabetes", "Diabetes mellitus type 1", "Type 1 DM, on a pump", "DM1"]
)
def test_two_types_of_diabetes(other: str) -> None:
    """Type 1 between two records of type 2."""
    (found,) = find(
        (SPRING, "Past Medical History: Type 2 diabetes mellitus; Gout."),
        (SUMMER, f"Past Medical History: {other}; Gout."),
        (AUTUMN, "Past Medical History: T2DM; Gout."),
    )
    assert (found.check, found.record) == (Check.DIAGNOSIS_CONTRADICTION, "rec_2")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("History of Present Illness: MI was ruled out.", "Assessment: No prior heart attack."),
        ("Past Medical History: No history of stroke.", "Family History: Father had a stroke."),
        ("Past Medical History: Type 2 diabetes.", "Family History: Sister: type 1 diabetes."),
        ("Past Medical History: Type 2 diabetes.", "Assessment: Possible type 1 diabetes."),
        ("Assessment: Rule out stroke.", "Past Medical History: No history of stroke."),
        ("Review of Systems: No seizures.", "Past Medical History: Seizure disorder."),
        ("Plan: DVT prophylaxis.", "Past Medical History: No history of DVT."),
        ("Plan: No CVA tenderness.", "Past Medical History: Stroke in 2011."),
    ],
)
def test_what_is_ruled_out_suspected_or_a_relatives(one: str, other: str) -> None:
    """None of these is a diagnosis of the patient."""
    assert find((SPRING, one), (SUMMER, other)) == []


def test_what_began_after_the_denial_is_new() -> None:
    """A condition found two years later contradicts nothing; one that began before it does."""
    denial = (SPRING, "Past Medical History: No history of diabetes.")
    later = "Past Medical History: Type 2 diabetes mellitus, diagnosed"
    assert find(denial, ("2022-05-01", f"{later} 2021.")) == []
    (found,) = find(denial, ("2022-05-01", f"{later} 2008."))
    assert found.check is Check.DIAGNOSIS_CONTRADICTION


@pytest.mark.parametrize(
    ("plan", "report", "after", "odd"),
    [
        (
            "Scheduled for left inguinal hernia repair on 2019-04-02.",
            "OPERATIVE REPORT\nProcedure: Left inguinal hernia repair with mesh.",
            "Returns 18 days status post right inguinal hernia repair (04/02/2019).",
            "rec_3",
        ),
        (
            "We discussed right breast lumpectomy. Surgery date 2019-04-02.",
            "OPERATIVE REPORT\nProcedure: Left breast lumpectomy, sentinel node biopsy.",
            "Doing well s/p left breast lumpectomy on 4/2/2019.",
            "rec_1",
        ),
        (
            "Plan: cataract extraction of the right eye, surgery date 2019-04-02.",
            "OPERATION: Phacoemulsification, cataract extraction with lens, right eye.",
            "Status post left cataract extraction (04/02/2019).",
            "rec_3",
        ),
    ],
)
def test_another_side(plan: str, report: str, after: str, odd: str) -> None:
    """The note out of line is cited, whether it came before the operation or after."""
    (found,) = find((SPRING, plan), ("2019-04-02", report), ("2019-04-20", after))
    assert (found.check, found.record) == (Check.LATERALITY_CONTRADICTION, odd)


@pytest.mark.parametrize(
    "notes",
    [
        (
            (SPRING, "Past Surgical History: Left total knee arthroplasty 2012."),
            (SUMMER, "We discussed right total knee arthroplasty. Surgery date 2019-06-10."),
            ("2019-06-10", "OPERATIVE REPORT\nRight total knee arthroplasty"),
        ),
        (
            (SPRING, "Plan: left cataract extraction, surgery date 2019-03-20."),
            ("2019-03-20", "OPERATIVE REPORT\nLeft cataract extraction"),
            ("2019-04-10", "Plan: right cataract extraction, surgery date 2019-04-24."),
            ("2019-04-24", "OPERATIVE REPORT\nRight cataract extraction"),
        ),
        (
            (SPRING, "Left knee pain. Plan: Left knee injection today."),
            (SUMMER, "Right knee pain. Right knee injection today."),
        ),
        (
            (SPRING, "Procedure: Right heart catheterization."),
            ("2019-03-05", "Procedure: Left heart catheterization."),
        ),
        (
            (SPRING, "OPERATIVE REPORT\nBilateral carpal tunnel release, left then right."),
            (SPRING, "s/p right carpal tunnel release (03/04/2019)."),
        ),
    ],
)
def test_both_sides_at_their_times(notes: tuple[tuple[str, str], ...]) -> None:
    """Both sides treated in different years or weeks, or at once, contradict nothing."""
    assert find(*notes) == []
