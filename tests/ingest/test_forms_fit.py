"""Text on forms shrinks and wraps down to a floor, then is refused with the field's name."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.ingest import forms_made as made
from tests.ingest.forms_kit import SUBJECT, filled, looked_into, said
from tests.ingest.papers import pdf
from vault.errors import VaultError
from vault.forms.plan import NotOffered, TooLong
from vault.letters.overlay import DoesNotFit
from vault.letters.render import MissingGlyphs
from vault.model.forms import FormMapping, Placed
from vault.model.formwords import TEXTS, TICKS
from vault.model.words import Box


def _heights(data: bytes, box: Box) -> list[float]:
    with pdf(data) as document:
        layer = document.layer(1)
    words = layer.words if layer else ()
    return [w.box.bottom - w.box.top for w in words if box.left <= w.box.left <= box.right
            and box.top <= w.box.top <= box.bottom]  # fmt: skip


def test_long_text_gets_smaller() -> None:
    """A long name is printed smaller than a short one, and is all there."""
    data = made.every_kind()
    box = looked_into(data)[0].fields[0].spots[0].box
    long_name = "Maria Aleksandra Wilhelmina von Hohenberg-Zakrzewska the Third"
    small = filled(data, FormMapping({"PatientName": f"={long_name}"})).pdf
    large = filled(data, FormMapping({"PatientName": "=Maria"})).pdf
    assert said(small, 1, box) == long_name
    assert _heights(small, box)[0] < _heights(large, box)[0]


def test_too_long_a_text_names_its_field() -> None:
    """What does not fit in the smallest print is refused, not cut off."""
    data = made.every_kind()
    with pytest.raises(DoesNotFit, match="'Phone'") as caught:
        filled(data, FormMapping({"Phone": "=" + "ten digits " * 12}))
    assert caught.value.fields == ("Phone",)
    with pytest.raises(DoesNotFit, match="'Address'"):
        filled(data, FormMapping({"Address": "=" + "a very long address " * 60}))
    with pytest.raises(TooLong, match="takes 8 characters"):
        filled(data, FormMapping({"DOB": "=the fourteenth"}))


def test_a_paragraph_wraps() -> None:
    """Text in a field of several lines goes on in the next one."""
    data = made.every_kind()
    box = next(f for f in looked_into(data)[0].fields if f.name == "Address").spots[0].box
    text = "all notes of the cardiology clinic and of the emergency room, with the drawings"
    done = filled(data, FormMapping({"Address": f"={text}"})).pdf
    assert said(done, 1, box) == text
    with pdf(done) as document:
        layer = document.layer(1)
    assert layer is not None
    inside = {round(w.box.top, 2) for w in layer.words if w.text in {"all", "drawings"}}
    assert len(inside) == 2


@pytest.mark.parametrize("text", ["Ελένη Παπαδοπούλου", "Наталья Щербакова", "Łucja Źdźbło"])
def test_other_scripts(text: str) -> None:
    """Greek, Cyrillic and Polish are printed as they are written."""
    data = made.locked()
    box = looked_into(data)[0].fields[0].spots[0].box
    assert said(filled(data, FormMapping({"Name": f"={text}"})).pdf, 1, box) == text


def test_a_character_without_a_font() -> None:
    """A character no font can show is refused, naming its code point."""
    with pytest.raises(MissingGlyphs, match=r"of this form \(U\+E000\)"):
        filled(made.locked(), FormMapping({"Name": "=a\ue000b"}))


def test_a_choice_that_is_not_offered() -> None:
    """A choice is one of those offered, found by its words; anything else is refused."""
    data = made.every_kind()
    with pytest.raises(NotOffered, match=r"'Format'.*Paper, Electronic \(PDF\)"):
        filled(data, FormMapping({"Format": "=papyrus"}))
    with pytest.raises(NotOffered, match=r"'Delivery'.*Mail, Patient portal"):
        filled(data, FormMapping({"Delivery": "=pigeon"}))


_NAMES = [f.name for f in looked_into(made.every_kind())[0].fields]
_VALUES = st.one_of(
    st.sampled_from(sorted(TEXTS | TICKS | {"none"})),
    st.text(max_size=60).map(lambda text: f"={text}"),
)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    fields=st.dictionaries(
        st.sampled_from([*_NAMES, "Delivery#1", "Delivery#2", "nowhere"]), _VALUES, max_size=8
    ),
    placed=st.lists(
        st.builds(Placed, st.integers(1, 2), st.floats(0, 0.99), st.floats(0.01, 1), _VALUES),
        max_size=2,
    ),
)
def test_any_mapping_fills_or_refuses(fields: dict[str, str], placed: list[Placed]) -> None:
    """Whatever is mapped to whatever: a whole PDF comes of it, or a sentence."""
    mapping = FormMapping(fields, tuple(placed))
    try:
        done, refused = filled(made.every_kind(), mapping, SUBJECT), ""
    except VaultError as error:
        done, refused = None, error.sentence
    assert refused or (done is not None and done.pages == 1 and done.pdf.startswith(b"%PDF-"))
