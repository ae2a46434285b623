"""Corrections of an earlier reading are put over a new one, where the same words still stand."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.actions.made import put, words
from vault.actions import readings, records
from vault.actions.imports import carry, keep
from vault.actions.imports.carry import Carried, Correction
from vault.actions.session import Session
from vault.model.reading import PageKind, PageResult, Reading, Source
from vault.model.records import WordFix
from vault.model.words import Box, Span, Word
from vault.store import pages

TURNS = st.sampled_from([0, 90, 180, 270])


def read(text: str, turn: int = 0) -> Reading:
    """A reading of a page, its words where `words` puts them."""
    return Reading(Source.OCR, words(text), 95, turn=turn)


def again(s: Session, record: str, reading: Reading) -> dict[tuple[str, int], Carried]:
    """Keep a new reading of the first page of a record."""
    held = records.find(s, record)
    result = PageResult(1, PageKind.CONTENT, (reading,), 612, 792, 95)
    with s.vault.write("record.reread", held.id) as db:
        pages.make_pending(db, held.id, 1)
    return keep.keep(s, [keep.Read(held, result)])


@given(
    st.lists(st.text("abcdefgh123", min_size=4, max_size=8), min_size=1, max_size=12, unique=True),
    st.data(),
)
def test_the_same_reading_takes_every_correction(base: list[str], data: st.DataObject) -> None:
    """Read again to the same words, each correction stays with its own words and no others."""
    reading = read(" ".join(base))
    chosen = data.draw(st.sets(st.integers(0, len(base) - 1)))
    fixes = tuple(WordFix(i, i + 1, f"right{i}") for i in sorted(chosen))
    kept, carried = carry.carry(reading, carry.corrections(reading, fixes))
    assert (kept, carried) == (fixes, Carried(len(fixes)))


@pytest.mark.parametrize(
    ("there", "fits"),
    [
        ("Take 5O0mg daily", True),  # misread as before
        ("Take 500 mg daily", True),  # read right this time
        ("Take 50Omg daily", True),  # misread otherwise
        ("Take with meals", False),
        ("Take", False),
    ],
)
def test_what_fits(there: str, fits: bool) -> None:
    """Words like what was misread, or like what it was put right as; others are left alone."""
    old = carry.corrections(read("Take 5O0mg daily"), (WordFix(1, 2, "500mg"),))
    new = read(there)
    if there == "Take 500 mg daily":  # two words in the place of one
        half = new.words[1].box
        middle = (half.left + half.right) / 2
        parts = (
            Word("500", Box(half.left, half.top, middle, half.bottom), 95, 0),
            Word("mg", Box(middle, half.top, half.right, half.bottom), 95, 0),
        )
        new = Reading(Source.OCR, (new.words[0], *parts, words(there)[-1]), 95)
    kept, carried = carry.carry(new, old)
    assert [f.text for f in kept] == (["500mg"] if fits else [])
    assert bool(carried.dropped) is not fits
    if fits:
        shown = readings.apply(new.words, kept)
        assert [w.text for w in shown] == ["Take", "500mg", "daily"]


@given(TURNS, TURNS, st.floats(0.1, 0.4), st.floats(0.1, 0.4))
def test_a_page_turned_by_hand_keeps_its_corrections(
    before: int, after: int, left: float, top: float
) -> None:
    """The place of a correction turns with the page."""
    box = Box(left, top, left + 0.2, top + 0.02)
    old = Correction("5O0mg", "500mg", box, before)
    new = carry.turned(box, (after - before) % 360)
    # Words on their side would not be read; only their places matter here.
    reading = Reading(Source.OCR, (Word("5O0mg", new, 90, 0),), 90, turn=after)
    kept, carried = carry.carry(reading, (old,))
    assert (len(kept), carried) == (1, Carried(1))


def test_a_page_read_again_shows_the_corrections(vault: Session) -> None:
    """What fits is shown and counted; what does not is named, and the page asks to be looked at."""
    record = put(vault, "a.pdf", ("Take 5O0mg daily\nAllergy: penici11in",))
    readings.correct_quote(vault, record.id, 1, "5O0mg", "500mg")
    readings.correct_quote(vault, record.id, 1, "penici11in", "penicillin")
    found = again(vault, record.id, read("Take 5OOmg daily\nNothing else"))
    carried = found[record.id, 1]
    assert (carried.kept, [(c.read, c.text) for c in carried.dropped]) == (
        1,
        [("penici11in", "penicillin")],
    )
    _, (page,) = records.text(vault, record.id)
    assert page.text == "Take 500mg daily\nNothing else"
    assert page.page.source is Source.CORRECTED
    assert page.page.look
    assert "1 of your corrections fits no words of it" in page.page.why


def test_a_correction_that_fit_nowhere_fits_again_later(vault: Session) -> None:
    """A bad reading between two good ones loses nothing, and nothing is counted twice."""
    record = put(vault, "a.pdf", ("Take 5O0mg daily",))
    readings.correct_quote(vault, record.id, 1, "5O0mg", "500mg")
    assert again(vault, record.id, read("~~ ## ||"))[record.id, 1].kept == 0
    assert again(vault, record.id, read("Take 5O0mg daily"))[record.id, 1] == Carried(1)
    assert again(vault, record.id, read("Take 5O0mg daily"))[record.id, 1] == Carried(1)
    assert records.text(vault, record.id)[1][0].text == "Take 500mg daily"


def test_the_last_correction_of_a_place_counts(vault: Session) -> None:
    """Corrected again after a new reading, a word does not fall back to the first correction."""
    record = put(vault, "a.pdf", ("Take 5O0mg daily",))
    readings.correct_quote(vault, record.id, 1, "5O0mg", "500mg")
    again(vault, record.id, read("Take 5O0mg daily"))
    readings.correct(vault, record.id, 1, Span(1, 2), "250mg")
    found = again(vault, record.id, read("Take 25Omg daily"))
    assert found[record.id, 1] == Carried(1)
    assert records.text(vault, record.id)[1][0].text == "Take 250mg daily"


def test_without_corrections_nothing_is_said(vault: Session) -> None:
    """A page nobody corrected is read again without a word about corrections."""
    record = put(vault, "a.pdf", ("Take 500mg daily",))
    assert again(vault, record.id, read("Take 500mg daily")) == {}
    assert records.text(vault, record.id)[1][0].page.why == ""
