"""What an entry is guessed to be about."""

from __future__ import annotations

import pytest

from tui.subjects import guess
from vault.model.flags import Subject


@pytest.mark.parametrize(
    ("words", "line", "above", "subject"),
    [
        ("Metoprolol succinate ER 125 mg", "", (), Subject.MEDICATION),
        ("Insulin 10 units", "", ("Plan",), Subject.MEDICATION),
        ("Penicillin", "", ("Allergies",), Subject.ALLERGY),
        ("Penicillin", "Allergies: Penicillin, rash", ("Medications",), Subject.ALLERGY),
        ("aspirin", "aspirin daily", ("ALLERGIES", "none", "Current medications:"),
         Subject.MEDICATION),
        ("Glucose 110 mg/dL", "", ("Results",), Subject.LAB),
        ("HbA1c 7.2 %", "", ("Lab results",), Subject.LAB),
        ("smoker", "", ("Social history",), Subject.SOCIAL_HISTORY),
        ("stroke", "", ("Family History:",), Subject.FAMILY_HISTORY),
        ("stroke", "", ("Past Medical History",), Subject.PAST_HISTORY),
        ("asthma", "", ("Diagnoses",), Subject.PROBLEM),
        ("asthma", "", ("Problem list",), Subject.PROBLEM),
        ("weight 80 kg", "", ("Vital signs",), Subject.VITAL_SIGN),
        ("MMR", "", ("Immunizations",), Subject.IMMUNIZATION),
        ("well", "", ("The patient takes no medication at all.",), Subject.VISIT),
        ("well", "", (), Subject.VISIT),
        ("", "", ("",), Subject.VISIT),
    ],
)  # fmt: skip
def test_dose_label_and_heading_say_the_subject(
    words: str, line: str, above: tuple[str, ...], subject: Subject
) -> None:
    """A dose, else the line's own label, else the nearest heading; a sentence is no heading."""
    assert guess(words, line, above) is subject
