"""What a form is for is told from its words."""

from __future__ import annotations

import pytest

from tests.forms.papers import lines
from vault.forms.classify import classify
from vault.model.forms import FormKind

FORMS: dict[FormKind, list[tuple[str, ...]]] = {
    FormKind.OWN_ACCESS: [
        ("Quillon Heart", "Patient Request for Access to Health Information", "Patient name"),
        ("Request for copies of my medical records", "I understand my right to access"),
        ("Individual's Request to Access Protected Health Information (45 CFR 164.524)",),
        ("Right of Access Form", "I ask for access to my health information"),
    ],
    FormKind.THIRD_PARTY: [
        ("Authorization for Release of Information", "I hereby authorize Quillon Heart"),
        ("AUTHORIZATION FOR USE AND DISCLOSURE", "This authorization expires in 90 days"),
        ("Authorization to Disclose Protected Health Information", "This authorization ends"),
    ],
    FormKind.INBOUND: [
        ("Authorization to obtain medical records from", "Name of previous provider"),
        ("Transfer of records to our clinic", "Please send my records to us at the address below"),
        ("Authorization for Release", "I authorize my previous physician to release records to us"),
    ],
    FormKind.AMENDMENT: [
        ("Request for Amendment of Health Information", "Date of entry to be amended"),
        ("Request to Correct Medical Record", "What should the entry say?", "164.526"),
        ("Request for correction/amendment of protected health information",),
    ],
    FormKind.OTHER: [("Lunch menu", "Soup of the day"), ()],
}
CASES = [(kind, text) for kind, texts in FORMS.items() for text in texts]


@pytest.mark.parametrize(("kind", "text"), CASES)
def test_kinds(kind: FormKind, text: tuple[str, ...]) -> None:
    """Titles and sentences of invented forms of each kind."""
    assert classify({1: lines(*text)}) is kind
