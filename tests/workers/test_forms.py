"""What a worker says of a form is checked before anything believes it."""

from __future__ import annotations

import copy
import io

import pytest

from tests.ingest import forms_made as made
from vault.errors import WorkerFailed
from vault.ingest.forms.inspect import inspect
from vault.model.forms import Filling, FormShape, Inked
from vault.model.reading import InMemory
from vault.model.words import Box
from vault.workers import checks
from vault.workers.forms import (
    decode_filled,
    decode_filling,
    decode_shape,
    encode_filling,
    encode_shape,
)
from vault.workers.pool import Pool


def _shape() -> FormShape:
    data = io.BytesIO(made.every_kind())
    return inspect(io.BufferedReader(data), "")


def test_a_shape_crosses_whole() -> None:
    """Every field comes out as it went in, places to five digits."""
    shape = _shape()
    sent = checks.load(checks.dump(encode_shape(shape)))
    found = decode_shape(sent)
    assert [f.name for f in found.fields] == [f.name for f in shape.fields]
    assert decode_shape(encode_shape(found)) == found


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("spots", [[0, 1, 0, 0, 1, 1, "", False, False]]),
        ("spots", [[1, 2, 0, 0, 1, 1, "", False, False]]),
        ("spots", [[1, 1, 0, 0, 2, 1, "", False, False]]),
        ("spots", [[1, 1, 0, 0]]),
        ("kind", "spell"),
        ("most", -1),
        ("size", "large"),
        ("comb", 1),
        ("options", ["x"] * 1000),
    ],
)
def test_a_wrong_shape_is_refused(key: str, value: object) -> None:
    """A field with a place off its form, an unknown kind or a wrong number is nonsense."""
    message = copy.deepcopy(encode_shape(_shape()))
    fields = message["fields"]
    assert isinstance(fields, list)
    fields[0][key] = value
    with pytest.raises(WorkerFailed):
        decode_shape(message)


def test_a_filling_crosses_without_its_texts() -> None:
    """A worker is told which pages and which marks, and no word of what is printed."""
    ink = (Inked("Name", 2, Box(0, 0, 1, 1), "Marian Voss"), Inked("Name", 1, Box(0, 0, 1, 1)))
    sent = encode_filling(Filling(ink, frozenset({3}), frozenset({4}), frozenset({5}), {1: 90}))
    assert b"Marian" not in checks.dump(sent)
    found = decode_filling(checks.load(checks.dump(sent)))
    assert [i.page for i in found.ink] == [1, 2]
    assert [*found.on, *found.off, *found.covered] == [3, 4, 5]
    assert found.turns == {1: 90}


def test_a_filled_form_that_is_none() -> None:
    """What is no PDF, or has no pages, is not taken for a form."""
    with pytest.raises(WorkerFailed):
        decode_filled({"pages": 1}, b"GIF89a")
    with pytest.raises(WorkerFailed):
        decode_filled({"pages": 0}, b"%PDF-1.7")


def test_a_worker_looks_into_a_form_and_fills_it_in() -> None:
    """Both jobs are done by a real worker; a form it cannot open is an answer with a reason."""
    with Pool(1) as pool:
        shape = pool.look_into_form(InMemory(made.every_kind())).result()
        assert len(shape.fields) == 16
        ticked = Filling(on=frozenset({shape.fields[5].spots[0].number}))
        done = pool.fill_form(made.every_kind(), b"", ticked).result()
        assert (done.pages, done.problem) == (1, "")
        assert "damaged" in pool.fill_form(made.broken(), b"", Filling()).result().problem
