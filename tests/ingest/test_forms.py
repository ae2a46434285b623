"""Made forms of every kind are filled in so that any viewer shows it, or refused with a reason."""

from __future__ import annotations

import io

import pikepdf
import pytest

from tests.ingest import forms_made as made
from tests.ingest.forms_kit import as_suggested, filled, ink, looked_into, said
from vault.ingest.forms import inspect as looking
from vault.ingest.sheet import Unreadable
from vault.model.forms import FieldKind, FormField, FormMapping, FormShape, Placed
from vault.model.words import Box

NAME = "Marian Żółkiewska"


def field(shape: FormShape, name: str) -> FormField:
    """The field of that name."""
    return next(f for f in shape.fields if f.name == name)


@pytest.mark.parametrize("kind", [k for k in made.FILLABLE if k not in {"flat", "odd radios"}])
def test_a_text_is_seen_in_its_box(kind: str) -> None:
    """In every kind of form a Polish name stands in the first text field, as text and as ink."""
    data = made.FILLABLE[kind]()
    shape, _ = looked_into(data)
    first = next(f for f in shape.fields if f.kind is FieldKind.TEXT)
    done = filled(data, FormMapping({first.name: "patient_name"})).pdf
    box, page = first.spots[0].box, first.spots[0].page
    assert said(done, page, box) == NAME
    assert ink(done, page, box) > ink(data, page, box) + 0.01


def test_every_kind_of_field() -> None:
    """What is suggested for a whole form is right, and each thing is seen where it belongs."""
    data = made.every_kind()
    shape, _ = looked_into(data)
    done = as_suggested(data).pdf

    def at(name: str, spot: int = 0) -> str:
        return said(done, 1, field(shape, name).spots[spot].box)

    assert at("PatientName") == NAME
    assert at("DOB").replace(" ", "") == "03141961"
    assert at("Address") == "12 Elm Street Apt 4 Austin, TX 78701"
    assert at("From") == "01/01/2024"
    assert at("Format") == "Electronic (PDF)"
    assert at("Office") == "AB-17"
    assert (at("SSN"), at("To"), at("Signature"), at("SignatureDate")) == ("", "", "", "")
    ticks = {n: ink(done, 1, field(shape, n).spots[0].box) for n in ("LabResults", "Notes")}
    assert ticks["LabResults"] > 0.3
    assert ticks["Notes"] < 0.05
    mail, portal = (ink(done, 1, s.box) for s in field(shape, "Delivery").spots)
    assert portal > 0.3
    assert mail < 0.05


def test_a_comb_has_a_sign_a_cell() -> None:
    """The digits of a date stand each in its own cell."""
    data = made.every_kind()
    shape, _ = looked_into(data)
    box = field(shape, "DOB").spots[0].box
    done = as_suggested(data).pdf
    cell = (box.right - box.left) / 8
    for i, digit in enumerate("03141961"):
        left = box.left + i * cell
        one = Box(left, box.top, left + cell, box.bottom)
        assert said(done, 1, one, 0.001) == digit


@pytest.mark.parametrize("name", ["turned 90", "turned 180", "turned 270"])
def test_a_turned_page(name: str) -> None:
    """On a page shown turned, text runs upright and a box beside its words is ticked."""
    data = made.FILLABLE[name]()
    shape, _ = looked_into(data)
    done = as_suggested(data).pdf
    assert said(done, 1, field(shape, "Name").spots[0].box) == NAME
    assert ink(done, 1, field(shape, "Billing").spots[0].box) > 0.3


def test_radios_with_odd_states() -> None:
    """The option that is meant goes on by the state its own file names, however odd, alone."""
    data = made.odd_radios()
    shape, _ = looked_into(data)
    choice, same = field(shape, "Choice"), field(shape, "Same")
    assert [s.state for s in choice.spots] == ["No thanks", "0", "Sí"]
    assert same.kind is FieldKind.RADIO
    for wanted in range(3):
        mapping = FormMapping({f"Choice#{wanted + 1}": "yes", "Same": "=B"})
        done = filled(data, mapping).pdf
        inks = [ink(done, 1, spot.box) > 0.2 for spot in choice.spots]
        assert inks == [i == wanted for i in range(3)]
        assert [ink(done, 1, spot.box) > 0.2 for spot in same.spots] == [False, True]
    by_label = filled(data, FormMapping({"Choice": "=Second"})).pdf
    assert ink(by_label, 1, choice.spots[2].box) > 0.2


def test_what_has_no_look_gets_one() -> None:
    """A box without a look is crossed, and a value without one is printed."""
    data = made.no_looks()
    shape, _ = looked_into(data)
    done = as_suggested(data).pdf
    assert ink(done, 1, field(shape, "Medications").spots[0].box) > 0.1
    assert said(done, 1, field(shape, "State").spots[0].box) == "Texas"


def test_names_and_flags_from_above() -> None:
    """A field takes its kind and its name's beginning from those above it."""
    shape, _ = looked_into(made.inherited())
    assert [f.name for f in shape.fields] == ["patient.last", "patient.first"]
    assert [f.size for f in shape.fields] == [9.0, 9.0]


def test_names_in_utf_16() -> None:
    """Names and tooltips in other scripts come whole."""
    shape, _ = looked_into(made.foreign_names())
    assert [f.name for f in shape.fields] == ["Imię i nazwisko", "Όνομα", "氏名"]
    assert shape.fields[1].tooltip == "Όνομα"


def test_text_on_a_flat_page() -> None:
    """Text is put where the person says, standing on the line."""
    done = filled(made.flat(), FormMapping(placed=(Placed(1, 0.25, 0.142, "patient_name"),))).pdf
    assert said(done, 1, Box(0.24, 0.12, 0.65, 0.145)) == NAME


@pytest.mark.parametrize("kind", made.FILLABLE)
def test_the_same_input_gives_the_same_bytes(kind: str) -> None:
    """Filling in twice makes one and the same file."""
    data = made.FILLABLE[kind]()
    assert as_suggested(data).pdf == as_suggested(data).pdf


@pytest.mark.parametrize("kind", made.FILLABLE)
def test_nothing_is_left_to_change(kind: str) -> None:
    """A filled form is not locked, has no field, no script and no XFA, and every page it had."""
    data = made.FILLABLE[kind]()
    done = as_suggested(data)
    with pikepdf.open(io.BytesIO(done.pdf)) as opened, pikepdf.open(io.BytesIO(data)) as before:
        assert not opened.is_encrypted
        assert not {"/AcroForm", "/OpenAction", "/AA"} & set(opened.Root.keys())
        assert len(opened.pages) == len(before.pages) == done.pages
        assert not any(
            str(a.get("/Subtype")) == "/Widget" for p in opened.pages for a in p.get("/Annots", [])
        )


def test_what_is_noted() -> None:
    """What is done to a locked form and to a hybrid one is said."""
    assert looked_into(made.locked())[0].notes == (looking.UNLOCKED,)
    assert looked_into(made.xfa(usable=True))[0].notes == (looking.NO_XFA,)


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (made.xfa(usable=False), "XFA"),
        (made.calculated(), "works out"),
        (made.scripted(), "script"),
        (made.broken(), "damaged"),
        (made.locked("secret"), "locked with a password"),
        (b"%PDF-1.7\nnothing more", "damaged"),
    ],
)
def test_what_cannot_be_filled_in(data: bytes, words: str) -> None:
    """A form that would come out wrong is refused with a reason in plain words."""
    shape, _ = looked_into(data)
    assert words in shape.problem


def test_a_form_with_a_password() -> None:
    """With its password a locked form is filled in, and is open then."""
    data = made.locked("secret")
    done = filled(data, FormMapping({"Name": "patient_name"}), password="secret").pdf
    shape, _ = looked_into(data, "secret")
    assert said(done, 1, shape.fields[0].spots[0].box) == NAME
    with pytest.raises(Unreadable, match="password"):
        filled(data, FormMapping(), password="wrong")


def test_two_thousand_fields() -> None:
    """A form with 2,000 fields is filled in, the last field as well as the first."""
    data = made.many()
    shape, _ = looked_into(data)
    assert len(shape.fields) == 2000
    done = filled(data, FormMapping({f.name: f"={i}" for i, f in enumerate(shape.fields)})).pdf
    for i in (0, 1234, 1999):
        spot = shape.fields[i].spots[0]
        assert said(done, spot.page, spot.box) == str(i)


def test_more_fields_than_are_read() -> None:
    """Beyond the bound a form is refused rather than half read."""
    shape, _ = looked_into(made.many(5001))
    assert "more than 5000 fields" in shape.problem
