"""Forms are kept whole, and found again by their bytes."""

from __future__ import annotations

from tests.store.helpers import Made
from vault.model.forms import (
    FieldKind,
    Form,
    FormField,
    FormKind,
    FormMapping,
    FormPage,
    FormShape,
    Placed,
    Spot,
    Trap,
    Warned,
)
from vault.model.words import Box
from vault.store import forms

FIELD = FormField(
    "Name\N{GREEK SMALL LETTER ALPHA}", FieldKind.RADIO,
    (Spot(3, 1, Box(0.1, 0.2, 0.3, 0.4), "0", on=True, label="beside", bare=True),),
    "tip", "value", ("a", "b"), 7, 9.5, 2, multiline=True, comb=True, read_only=True, secret=True,
)  # fmt: skip
FORM = Form(
    "form_0000000000zz", None, "Release", FormKind.INBOUND, (Warned(Trap.FEE, 1, "$5"),),
    FormShape((FormPage(612, 792, 90),), (FIELD,), "", encrypted=True, notes=("A note.",)),
    FormMapping({"Name": "=x", "Name#2": "yes"}, (Placed(1, 0.1, 0.2, "born", 0.3),), True),
    "2026-01-02T00:00:00Z",
)  # fmt: skip


def test_a_form_comes_back_whole(made: Made) -> None:
    """Every part of a form is as it was kept, its bytes too."""
    with made.vault.write("form.added") as db:
        forms.add(db, FORM, "a print", b"%PDF-1.7 bytes")
    db = made.vault.read()
    assert forms.get(db, FORM.id) == FORM
    assert forms.every(db) == (FORM,)
    assert forms.data(db, FORM.id) == b"%PDF-1.7 bytes"


def test_a_form_is_known_by_its_bytes(made: Made) -> None:
    """The print finds it; so do the bytes, where the print is of another key."""
    with made.vault.write("form.added") as db:
        forms.add(db, FORM, "a print", b"%PDF-1.7 bytes")
    db = made.vault.read()
    assert forms.same(db, "a print", b"") == FORM
    assert forms.same(db, "another", b"%PDF-1.7 bytes") == FORM
    assert forms.same(db, "another", b"%PDF-1.7 other") is None
