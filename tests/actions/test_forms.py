"""A provider's form is taken in, mapped once, remembered, filled in for a request and looked at."""

from __future__ import annotations

import datetime as dt
import io
from pathlib import Path

import pikepdf
import pytest

from tests.actions.made import hospital
from tests.ingest import forms_made as made
from tests.ingest.forms_kit import said
from tests.ingest.papers import picture, saved
from vault.actions import filling, forms, people, requests
from vault.actions.people import Contact
from vault.actions.requests import Wanted
from vault.actions.session import Session
from vault.errors import NotFound, UnusableForm, UsageError
from vault.model.forms import FormKind, Placed, Trap
from vault.model.reading import View
from vault.model.record_types import RecordType
from vault.model.words import Box

NAME = "Marian Voss"


def wanted(s: Session) -> str:
    """A request of a person with an address; returns its id."""
    contact = Contact(("12 Elm Street", "Austin, TX 78701"), phone="512-555-0117")
    people.add(s, NAME, dt.date(1961, 3, 14), contact=contact)
    what = Wanted((RecordType.LAB_RESULTS,), format="paper", deliver="mail")
    return requests.new(s, hospital(s).id, None, what).request.id


def file(tmp_path: Path, data: bytes, name: str = "release.pdf") -> Path:
    """A form as a file."""
    path = tmp_path / name
    path.write_bytes(data)
    return path


def test_from_file_to_filled_form(vault: Session, tmp_path: Path) -> None:
    """A form taken in is told for what it is, and filled in for a request as a letter of it."""
    request = wanted(vault)
    form = forms.add(vault, file(tmp_path, made.every_kind()), title="Release form")
    assert form.kind is FormKind.OWN_ACCESS
    assert [w.trap for w in form.warnings] == [Trap.SSN]
    assert form.mapping.fields["PatientName"] == "patient_name"
    assert not form.mapping.confirmed
    letter = filling.fill(vault, request, form.id)
    assert (letter.subject, letter.kind, letter.pages) == (request, "form", 1)
    box = form.shape.fields[0].spots[0].box
    assert said(letter.pdf, 1, box) == NAME
    assert "To" not in filling.left_empty(form)
    assert "Signature of patient" in filling.left_for_the_pen(form)


def test_a_filled_form_is_out_of_date_once_something_changed(
    vault: Session, tmp_path: Path
) -> None:
    """What would be filled in now is compared with what was filled in then."""
    request = wanted(vault)
    form = forms.add(vault, file(tmp_path, made.every_kind()))
    letter = filling.fill(vault, request, form.id)
    assert filling.current(vault, letter, filling.subject(vault, request))
    forms.map_field(vault, form.id, "Address", "phone")
    assert not filling.current(vault, letter, filling.subject(vault, request))
    again = filling.fill(vault, request, form.id)
    assert filling.current(vault, again, filling.subject(vault, request))


def test_kinds_of_records_without_a_box(vault: Session, tmp_path: Path) -> None:
    """What was asked for and has no box on the form is told, where others have one."""
    person = people.add(vault, NAME, dt.date(1961, 3, 14)).id
    what = Wanted((RecordType.LAB_RESULTS, RecordType.BILLING))
    request = requests.new(vault, hospital(vault).id, person, what).request.id
    form = forms.add(vault, file(tmp_path, made.every_kind()))
    assert filling.without_a_box(form, filling.subject(vault, request)) == ("billing",)
    mapped = forms.map_field(vault, form.id, "Address", "records")
    assert filling.without_a_box(mapped, filling.subject(vault, request)) == ()


def test_a_mapping_is_remembered(vault: Session, tmp_path: Path) -> None:
    """What a person said of a form counts whenever the same bytes come again, by any name."""
    request = wanted(vault)
    data = made.every_kind()
    form = forms.add(vault, file(tmp_path, data))
    forms.map_field(vault, form.id, "Phone", "=by mail only")
    forms.map_field(vault, form.id, "2", "none")
    forms.map_field(vault, form.id, "delivery#1", "yes")
    again = forms.add(vault, file(tmp_path, data, "other.pdf"), title="Their form")
    assert again.id == form.id
    assert again.title == "Their form"
    assert again.mapping.confirmed
    assert again.mapping.fields["DOB"] == "none"
    spots = {f.name: f.spots[0].box for f in again.shape.fields}
    done = filling.fill(vault, request, again.id).pdf
    assert said(done, 1, spots["Phone"]) == "by mail only"
    assert said(done, 1, spots["DOB"]) == ""
    assert forms.every(vault) == (again,)
    assert forms.suggest(vault, form.id)["DOB"] == "born"


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("Nowhere", "born", "no field 'Nowhere'"),
        ("Signature", "patient_name", "it is a signature"),
        ("Office", "=x", "read-only"),
        ("Phone", "blood_type", "none of the names"),
        ("LabResults", "patient_name", "none of the ticks"),
        ("Delivery#3", "yes", "no field"),
        ("Phone#1", "phone", "no field"),
    ],
)
def test_a_mapping_that_makes_no_sense(
    vault: Session, tmp_path: Path, field: str, value: str, words: str
) -> None:
    """What cannot go where it is told to is refused, and nothing is changed."""
    form = forms.add(vault, file(tmp_path, made.every_kind()))
    with pytest.raises(UsageError, match=words):
        forms.map_fields(vault, form.id, (("DOB", "none"), (field, value)))
    assert forms.get(vault, form.id) == form


def test_text_on_a_flat_form(vault: Session, tmp_path: Path) -> None:
    """Text is put on a page without fields, moved, and taken away again."""
    request = wanted(vault)
    form = forms.add(vault, file(tmp_path, made.flat()))
    forms.place_text(vault, form.id, Placed(1, 0.25, 0.142, "patient_name"))
    forms.place_text(vault, form.id, Placed(1, 0.25, 0.18, "=x"))
    held = forms.place_text(vault, form.id, Placed(1, 0.251, 0.181, "none"))
    assert held.mapping.placed == (Placed(1, 0.25, 0.142, "patient_name"),)
    done = filling.fill(vault, request, form.id).pdf
    assert said(done, 1, Box(0.24, 0.12, 0.65, 0.145)) == NAME
    for place in (Placed(2, 0.1, 0.1, "=x"), Placed(1, 1.5, 0.1, "=x"), Placed(1, 0.1, 0.1, "x")):
        with pytest.raises(UsageError):
            forms.place_text(vault, form.id, place)


@pytest.mark.ocr
def test_a_scanned_form(vault: Session, tmp_path: Path) -> None:
    """A form that is a picture is read by Tesseract: what it is for, and its traps."""
    page = ("Authorization for Release of Information", "I hereby authorize Quillon Heart")
    image = picture((*page, "Patient name", "Signature of witness", "Fax to 512-555-0188"), 150)
    form = forms.add(vault, file(tmp_path, saved(image, "PDF", resolution=150)))
    assert form.kind is FormKind.THIRD_PARTY
    assert [w.trap for w in form.warnings] == [Trap.WITNESS]
    assert form.shape.fields == ()


def test_a_page_whose_words_run_sideways(vault: Session, tmp_path: Path) -> None:
    """On a page that is upright only to its reader, fields and ink are turned with the words."""
    request = wanted(vault)
    with pikepdf.open(io.BytesIO(made.turned(90))) as pdf:
        del pdf.pages[0].obj["/Rotate"]
        pdf.save(tmp_path / "sideways.pdf")
    form = forms.add(vault, tmp_path / "sideways.pdf")
    assert form.shape.pages[0].turn == 90
    assert form.mapping.fields["Name"] == "patient_name"
    done = filling.fill(vault, request, form.id).pdf
    with pikepdf.open(io.BytesIO(done)) as pdf:
        pdf.pages[0].obj["/Rotate"] = 90
        pdf.save(tmp_path / "upright.pdf")
    box = form.shape.fields[0].spots[0].box
    assert said((tmp_path / "upright.pdf").read_bytes(), 1, box) == NAME


def test_a_locked_form(vault: Session, tmp_path: Path) -> None:
    """The password of a locked form is asked for once, and kept in the vault."""
    request = wanted(vault)
    path = file(tmp_path, made.locked("plum"))
    with pytest.raises(UnusableForm, match="locked with a password"):
        forms.add(vault, path)
    form = forms.add(vault, path, password="plum")
    done = filling.fill(vault, request, form.id).pdf
    assert said(done, 1, form.shape.fields[0].spots[0].box) == NAME


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"GIF89a", "not a PDF"),
        (made.broken(), "damaged"),
        (made.calculated(), "works out"),
        (made.xfa(usable=False), "XFA"),
    ],
)
def test_what_is_refused(vault: Session, tmp_path: Path, data: bytes, words: str) -> None:
    """A form that cannot be filled in is named with the reason, and not kept."""
    with pytest.raises(UnusableForm, match=words):
        forms.add(vault, file(tmp_path, data))
    assert forms.every(vault) == ()


def test_the_check_page(vault: Session, tmp_path: Path) -> None:
    """A filled form is drawn as others will see it, and that it was seen is noted."""
    request = wanted(vault)
    form = forms.add(vault, file(tmp_path, made.every_kind()))
    letter = filling.fill(vault, request, form.id)
    page = filling.check_page(vault, letter, View(1, 400, 600))
    assert (page.width, page.height) == (400, 517)
    whole = filling.check_picture(vault, letter)
    assert (whole.width, whole.height, whole.colour) == (1000, 1294, True)
    assert not filling.is_checked(vault, letter.id)
    filling.checked(vault, letter.id)
    assert filling.is_checked(vault, letter.id)
    with pytest.raises(NotFound):
        filling.checked(vault, "let_nothere")
