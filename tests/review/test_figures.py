"""Doses that differ, figures that cannot be, and passages copied forward."""

from __future__ import annotations

import pytest

from tests.review.clinic import find
from vault.model.flags import Check, Related

SPRING, NEXT, AUTUMN = "2019-03-04", "2019-03-06", "2019-08-11"


@pytest.mark.parametrize(
    "unchanged",
    [
        "No medication changes today.",
        "Medications unchanged.",
        "Continue current medications.",
        "All medications were continued at the same doses.",
        "The medication list was reviewed and left as is.",
        "We made no adjustments to the drug regimen.",
        "Medicines stay as they are.",
    ],
)
def test_a_dose_that_differs_though_nothing_was_changed(unchanged: str) -> None:
    """The list of two days later is cited, the note is related."""
    note = "Current Medications\nwarfarin 5 mg once daily\nlisinopril 10 mg once daily\nPlan: "
    (found,) = find(
        (SPRING, note + unchanged),
        (NEXT, "MEDICATION LIST\nMedications\nwarfarin 5 mg daily\nlisinopril 40 mg once daily"),
    )
    assert (found.check, found.record) == (Check.MED_DOSE_CONTRADICTION, "rec_2")
    assert found.quote == "lisinopril 40 mg"
    assert found.related == (Related("rec_1", 1),)


def test_a_medicine_taken_differently_often() -> None:
    """The same dose three times a day and once."""
    (found,) = find(
        (SPRING, "Medications\ngabapentin 300 mg three times daily\nPlan: Medications unchanged."),
        (NEXT, "Medications\ngabapentin 300 mg once daily"),
    )
    assert found.check is Check.MED_DOSE_CONTRADICTION


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (
            "Medications\nlisinopril 10 mg daily\nPlan: Increase lisinopril to 20 mg once daily.",
            "Medications\nlisinopril 20 mg once daily",
        ),
        ("Medications\nmetformin 500 mg, 2 tablets twice daily", "Medications\nmetformin 1 g BID"),
        (
            "Medications\nmetoprolol succinate 50 mg daily",
            "Medications\nmetoprolol tartrate 25 mg twice daily",
        ),
        ("Medications\nlevothyroxine 75 mcg daily", "Medications\nlevothyroxine 0.075 mg daily"),
        ("Medications\nwarfarin 5 mg daily", "Plan: warfarin adjusted to 4 mg daily"),
    ],
)
def test_doses_that_agree_or_were_changed(one: str, other: str) -> None:
    """A change that is told, the same amount in other units, tablets or parts of a day."""
    assert find((SPRING, f"{one}\nNo other medication changes."), (NEXT, other)) == []


def test_doses_of_other_months_may_differ() -> None:
    """Lists half a year apart are not compared."""
    lists = ("Medications\nlisinopril 10 mg daily", "Medications\nlisinopril 40 mg daily")
    assert find((SPRING, lists[0]), (AUTUMN, lists[1])) == []


@pytest.mark.parametrize(
    "figure",
    [
        "BP 1200/80", "Pulse 720", "Temp 9.86 F", "Temp 98.6 C", "SpO2 109%", "Height 1702 cm",
        "Height 5 ft 71 in", "Heart rate 7", "Respirations 160", "BP 80/120", "Weight 7 kg",
        "BMI 251", "Temperature: 49.2 C", "Height 17 in", "O2 sat 980 %",
        "Sodium  14  mmol/L  135-145", "Hemoglobin    132    g/dL    12-16",
        "Potassium of 45 mmol/L", "Hemoglobin A1c was 71%.", "Hematocrit    380    %    36-49",
        "Creatinine    104    mg/dL    0.6-1.2", "Glucose    9300    mg/dL    70-99",
    ],
)  # fmt: skip
def test_a_figure_that_cannot_be(figure: str) -> None:
    """Lost points, wrong units and figures changed over, in vital signs and results."""
    (found,) = find((SPRING, f"Vital Signs: {figure}"))
    assert (found.check, found.record, found.page) == (Check.IMPLAUSIBLE_VALUE, "rec_1", 1)
    assert " ".join(found.quote.split()) in " ".join(figure.split())


@pytest.mark.parametrize(
    "page",
    [
        "Vital Signs: BP 128/76 Pulse 72 Resp 14 Temp 36.8 C SpO2 98% Height 170 cm Weight 72.5 kg",
        "Vitals: BP 90/60, HR 48, RR 22, T 104.2 F, O2 sat 82%, Ht 5'7\", Wt 400 lbs, BMI 62.6",
        "Hemoglobin    140    g/L    120-160\nCreatinine    88    umol/L    60-110",
        "Glucose    5.6    mmol/L    3.9-6.1\nWBC    6200    /uL    4000-11000",
        "Sodium    118    L    mmol/L    135-145\nGlucose    980    HH    mg/dL    70-99",
        "Pulses 2+ throughout. Fetal heart rate\n2. Protein S low",
        "Seen on BP 1/21/2011. Alk Phos 86.0",
    ],
)
def test_figures_that_can_be(page: str) -> None:
    """Metric units, very ill patients, and figures that are no measurements."""
    assert find((SPRING, page)) == []


def test_a_figure_the_reader_may_have_got_wrong() -> None:
    """A scan's result without its point and without a mark of the laboratory is not suspected."""
    page = "Albumin    44    g/dL    3.5-5.0"
    assert find((SPRING, page), confidence=94) == []
    assert len(find((SPRING, page))) == 1
    assert len(find((SPRING, "Albumin    44    H    g/dL    3.5-5.0"), confidence=94)) == 1


@pytest.mark.parametrize(
    "story",
    [
        "She fell on the stairs yesterday and has a bruise on her hip.",
        "He is post-op day 2 from appendectomy and tolerating clear liquids.",
        "She is 22 weeks pregnant with her second child, with no bleeding.",
        "Patient is on day 5 of 7 of levofloxacin for pneumonia.",
        "He is awaiting cataract surgery next month and is anxious about it.",
        "He is scheduled for a colonoscopy on 2019-03-20 and asked about the preparation.",
        "Her daughter was married last Saturday and she danced all night.",
        "The stitches from his laceration are to be removed in 5 days.",
    ],
)
def test_a_passage_that_was_copied_forward(story: str) -> None:
    """What passed long ago stands in a later note in the same words: the later one is cited."""
    (found,) = find(
        (SPRING, f"History of Present Illness: Here for follow up. {story}"),
        (AUTUMN, f"History of Present Illness: Seen again today. {story}"),
    )
    assert (found.check, found.record) == (Check.COPY_FORWARD, "rec_2")
    assert found.quote == story.rstrip(".")
    assert found.related == (Related("rec_1", 1),)


@pytest.mark.parametrize(
    "text",
    [
        "Physical Examination\nLungs are clear. Heart regular, no murmur. Abdomen soft, nontender.",
        "Review of Systems: No fever for 3 days, no chest pain, no shortness of breath, no cough.",
        "History of Present Illness: Denies chest pain or swelling over the past two weeks, again.",
        "Plan: Return in two weeks, sooner if needed. Take with food next week.",
        "History of Present Illness: Takes alendronate on Sunday mornings upright with water.",
        "History of Present Illness: Blood pressure well controlled at home.",
    ],
)
def test_standard_sentences_may_be_repeated(text: str) -> None:
    """Examinations, denials and advice hold true again, word for word."""
    assert find((SPRING, text), (AUTUMN, text)) == []


def test_a_copy_of_the_same_note_is_not_copied_forward() -> None:
    """The same day twice is one note in two files."""
    story = "History of Present Illness: She fell on the stairs yesterday and has a bruise."
    assert find((SPRING, story), (SPRING, story)) == []
