"""Fields are matched to the vocabulary by tooltip, label, name, and the part they stand in."""

from __future__ import annotations

import pytest

from tests.forms.papers import lines
from vault.forms.suggest import plain, suggest
from vault.model.forms import FieldKind, FormField, Spot
from vault.model.words import Box, Word

HERE = Box(0.3, 0.1, 0.6, 0.12)


def field(
    name: str, kind: FieldKind = FieldKind.TEXT, *, tooltip: str = "", top: float = 0.1
) -> FormField:
    """A field at a height of the first page."""
    spot = Spot(1, 1, Box(0.3, top, 0.6, top + 0.02))
    return FormField(name, kind, (spot,), tooltip)


def told(name: str, kind: FieldKind = FieldKind.TEXT, words: tuple[Word, ...] = ()) -> str | None:
    """What is suggested for a field alone."""
    return suggest((field(name, kind),), {1: words}).get(name)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("Patient Name", "patient_name"), ("txtPatientLastName", "patient_last"),
        ("topmostSubform[0].Page1[0].FirstName[0]", "patient_first"), ("MI", "patient_middle"),
        ("DOB", "born"), ("Date of Birth", "born"), ("birth_date", "born"),
        ("Maiden or former name", "former_names"), ("Medical Record Number", "mrn"),
        ("Home phone", "phone"), ("E-mail address", "email"), ("Zip Code", "zip"),
        ("City", "city"), ("City, State, Zip", "city_state_zip"), ("Street Address", "address"),
        ("Relationship to patient", "relationship"), ("Name of guardian", "representative_name"),
        ("Purpose of disclosure", "purpose"), ("Dates of service", "dates"),
        ("From", "from_date"), ("Start date", "from_date"), ("through", "to_date"),
        ("Name of facility", "provider_name"), ("Social Security Number", "none"),
        ("ssn_last4", "none"), ("Patient signature", "none"), ("Date signed", "none"),
        ("Witness name", "none"), ("Date", "none"), ("Expiration date", "none"),
        ("Favourite colour", None),
    ],
)  # fmt: skip
def test_texts(name: str, value: str | None) -> None:
    """Names as real forms have them."""
    assert told(name) == value


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("Entire medical record", "wants_all"), ("Laboratory results", "wants_lab_results"),
        ("Operative report", "wants_operative_reports"), ("Images on CD", "wants_images"),
        ("X-ray reports", "wants_imaging_reports"), ("Immunization records", "wants_immunizations"),
        ("Progress notes", "wants_visit_notes"), ("Itemized bill", "wants_billing"),
        ("Discharge summary", "wants_discharge_summaries"), ("US Mail", "deliver_mail"),
        ("E-mail", "deliver_email"), ("Pick up", "deliver_pickup"), ("Paper copy", "format_paper"),
        ("CD", "format_disc"), ("Personal use", "own_use"), ("Self", "myself"),
        ("At the request of the individual", "own_use"),
        ("HIV/AIDS information", "none"), ("Substance use treatment", "none"),
        ("Psychotherapy notes", "none"), ("Green", None),
    ],
)  # fmt: skip
def test_boxes(name: str, value: str | None) -> None:
    """Boxes as real forms have them; protected kinds of records are never ticked unasked."""
    assert told(name, FieldKind.CHECKBOX) == value


def test_the_part_of_the_form_counts() -> None:
    """The same words mean the holder, the recipient or the representative below their headings."""
    heads = (
        *lines("Release records from:", top=0.2),
        *(w for w in lines("", "", "Send records to:", top=0.28)),
        *lines("Personal representative", top=0.6),
    )
    words = {1: tuple(Word(w.text, w.box, 100, round(w.box.top * 100)) for w in heads)}
    fields = (
        field("a.Name", top=0.1), field("b.Name", top=0.25), field("b.Phone", top=0.28),
        field("c.Name", top=0.4), field("c.Fax", top=0.42), field("d.Name", top=0.7),
    )  # fmt: skip
    assert suggest(fields, words) == {
        "a.Name": "patient_name",
        "b.Name": "provider_name",
        "b.Phone": "provider_phone",
        "c.Name": "recipient_name",
        "c.Fax": "recipient_fax",
        "d.Name": "representative_name",
    }


def test_a_street_beside_a_town() -> None:
    """Where the town has a field of its own, the address field takes the street alone."""
    alone = suggest((field("Address"),), {})
    beside = suggest((field("Address"), field("City")), {})
    assert alone == {"Address": "address"}
    assert beside == {"Address": "street", "City": "city"}


def test_what_is_there_stays() -> None:
    """A field with a value is left as it is; one that is shut is not spoken of."""
    held = FormField("State", FieldKind.TEXT, (Spot(1, 1, HERE),), value="Texas")
    shut = FormField("Name", FieldKind.TEXT, (Spot(2, 1, HERE),), read_only=True)
    assert suggest((held, shut), {}) == {"State": "none"}


def test_names_as_words() -> None:
    """Names made for programs are read as words."""
    assert plain("topmostSubform[0].PatientName_2") == "topmost subform patient name 2"
