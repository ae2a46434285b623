"""A provider's own form to amend is filled in for a correction; what has no room is not lost."""

from __future__ import annotations

import io
from pathlib import Path

import pypdf
import pytest

from tests.actions.correcting.kit import DOSE, KNEE, NAME, asked, case
from tests.ingest import amendment_forms as papers
from tests.ingest.forms_kit import ink, said
from vault.actions import evidence, forms
from vault.actions.correcting import filling
from vault.actions.session import Session
from vault.letters.overlay import DoesNotFit
from vault.model.forms import Form, FormKind, Placed
from vault.model.words import Box
from vault.store import letters


def taken(s: Session, tmp_path: Path, data: bytes) -> Form:
    """A form taken in as a person takes it in."""
    path = tmp_path / "amend.pdf"
    path.write_bytes(data)
    return forms.add(s, path, title="Their form")


def box(form: Form, name: str) -> tuple[int, Box]:
    """The page and place of a field."""
    spot = next(f for f in form.shape.fields if f.name == name).spots[0]
    return spot.page, spot.box


def page_text(pdf: bytes, number: int) -> str:
    """All that a page says."""
    with pypdf.PdfReader(io.BytesIO(pdf)) as document:
        return " ".join(document.pages[number - 1].extract_text().split())


def test_every_field_of_a_form_says_what_it_asks_for(vault: Session, tmp_path: Path) -> None:
    """As suggested, with nobody's help; signature and its date are left to the pen."""
    held = case(vault)
    evidence.add_note(vault, held.dose.id, "the bottle stands on my shelf")
    form = taken(vault, tmp_path, papers.whole())
    assert form.kind is FormKind.AMENDMENT
    correction = asked(vault, [held.dose], "Quay Lab")
    made = filling.fill(vault, correction, form.id)
    pdf = made.letter.pdf

    def at(name: str) -> str:
        return said(pdf, *box(form, name))

    assert (made.letter.pages, made.moved, made.lacking) == (2, (), ())
    assert {name: at(name) for name in ("Patient", "DOB", "Number", "EntryDate", "Author")} == {
        "Patient": NAME, "DOB": "03/14/1961", "Number": "44-0192", "EntryDate": "03/14/2024",
        "Author": "Dana Quill, MD",
    }  # fmt: skip
    assert at("Which") == f"visit note.pdf, page 1: “{DOSE}”"
    assert at("Explain") == f"It says “{DOSE}”. This is wrong."
    assert at("Instead") == "Amoxicillin 250 mg twice daily"
    assert at("Reasons") == "The bottle says 250 mg."
    assert at("Papers") == "the bottle stands on my shelf"
    assert at("Told1") == "Quay Lab"
    assert [at(name) for name in ("Told2", "SignedOn", "Rep", "Relation")] == [""] * 4
    assert ink(pdf, *box(form, "c1")) > 0.2 > ink(pdf, *box(form, "c2"))
    assert ink(pdf, *box(form, "agree")) > 0.2
    assert filling.fill(vault, correction, form.id).letter.pdf == pdf


def test_what_does_not_fit_is_on_a_sheet_and_not_cut(vault: Session, tmp_path: Path) -> None:
    """Two entries in single lines: each field says all of it or names the sheet, which has all."""
    held = case(vault)
    form = taken(vault, tmp_path, papers.tight())
    correction = asked(vault, [held.dose, held.knee], "Quay Lab", "Dr. Imre Vance")
    made = filling.fill(vault, correction, form.id)
    pdf = made.letter.pdf
    shown = {f.name: said(pdf, 1, f.spots[0].box) for f in form.shape.fields}
    assert shown["EntryDate"] == "03/14/2024"
    assert shown["Entry"] == shown["Wrong"] == "see attached sheet"
    assert set(made.moved) >= {"Entry to be amended", "What is inaccurate"}
    assert shown["Patient"] == NAME
    assert made.letter.pages == 2
    sheet = page_text(pdf, 2)
    for words in (
        DOSE, KNEE, "Amoxicillin 250 mg twice daily", "Left knee pain", "Dana Quill, MD",
        "the bottle says 250 mg", "it has always been the left knee", "Quay Lab",
        "Dr. Imre Vance", NAME, "14 March 1961", correction, "Their form",
    ):  # fmt: skip
        assert words in sheet
    assert letters.of(vault.vault.read(), correction) == (made.letter,)


@pytest.mark.parametrize("rotate", [90, 180, 270])
def test_a_turned_form(vault: Session, tmp_path: Path, rotate: int) -> None:
    """Text runs upright on it; what it has no field for is told, and stands on the sheet."""
    held = case(vault)
    form = taken(vault, tmp_path, papers.turned(rotate))
    made = filling.fill(vault, asked(vault, [held.knee], "Quay Lab"), form.id)
    assert made.lacking == ("who is to be told",)
    assert said(made.letter.pdf, *box(form, "Should")) == "Left knee pain"
    both = f"It says “{KNEE}”. This is wrong. It has always been the left knee."
    assert said(made.letter.pdf, *box(form, "Wrong")) == both
    assert "Quay Lab" in page_text(made.letter.pdf, 2)


def test_a_flat_form(vault: Session, tmp_path: Path) -> None:
    """Without any text put on it, all of it is on the sheet; put on its lines, it stands there."""
    held = case(vault)
    form = taken(vault, tmp_path, papers.flat())
    correction = asked(vault, [held.knee])
    bare = filling.fill(vault, correction, form.id)
    assert bare.lacking == ("which entry it is", "what it should say", "why")
    assert KNEE in page_text(bare.letter.pdf, 2)
    for at, value in ((0.144, "patient_name"), (0.296, "wrong"), (0.346, "should_say")):
        forms.place_text(vault, form.id, Placed(1, 0.27, at, value, 0.6))
    put = filling.fill(vault, correction, form.id)
    assert (put.letter.pages, put.lacking, put.moved) == (1, (), ())
    assert said(put.letter.pdf, 1, Box(0.26, 0.32, 0.9, 0.35)) == "Left knee pain"


def test_what_may_not_move_is_refused(vault: Session, tmp_path: Path) -> None:
    """A name that does not fit is on no sheet: the field is named, and nothing is kept."""
    held = case(vault)
    form = taken(vault, tmp_path, papers.tight())
    forms.map_field(vault, form.id, "Should", "=" + "a text of the person's own " * 20)
    correction = asked(vault, [held.knee])
    with pytest.raises(DoesNotFit, match="'Should'"):
        filling.fill(vault, correction, form.id)
    assert letters.of(vault.vault.read(), correction) == ()
