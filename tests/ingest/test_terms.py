"""Units and terms are put right where they were read as something that means nothing."""

from __future__ import annotations

import pytest

from vault.ingest.terms import mended
from vault.model.words import Box, Word

PLACE = Box(0.1, 0.1, 0.2, 0.2)


def words(text: str) -> tuple[Word, ...]:
    """The words of a text, all in one place."""
    return tuple(Word(one, PLACE, 80, 0) for one in text.split())


def said(text: str, language: str = "eng") -> str:
    """What a text is after mending."""
    return " ".join(word.text for word in mended(words(text), language))


@pytest.mark.parametrize(
    ("read", "right"),
    [
        ("TSH 5.2 ulU/mL", "TSH 5.2 uIU/mL"),
        ("ALT 48 lU/L", "ALT 48 IU/L"),
        ("Glucose 96 mg/dt", "Glucose 96 mg/dL"),
        ("co2 21 mmol/t", "CO2 21 mmol/L"),
        ("Hemoglobin Alc 5.4", "Hemoglobin A1c 5.4"),
        ("Vitamin BI2 211", "Vitamin B12 211"),
        ("| certify that", "I certify that"),
    ],
)
def test_what_means_nothing_is_put_right(read: str, right: str) -> None:
    """A sign that looks like another is read as the one that makes sense."""
    assert said(read) == right


@pytest.mark.parametrize(
    "text",
    ["96 mg/dl", "250 mg/d", "Alc 0.8", "O2 2 L/min", "812", "BMI 21,4 at 10:30", "U/l"],
)
def test_what_may_be_meant_is_kept(text: str) -> None:
    """Other ways of writing, and what only context could tell, stay as they were read."""
    assert said(text) == text


def test_the_line_of_a_table_is_no_letter() -> None:
    """Upright strokes at the side of words, and alone, are left out."""
    assert said("|Weight | 82 kg|") == "Weight 82 kg"


def test_lost_points_are_put_back_in_tables_only() -> None:
    """Among many figures with a point, a comma is one too; thousands, times and prose are not."""
    table = " ".join(["4.5"] * 10)
    assert said(f"{table} 1,77 0,450 33:5") == f"{table} 1.77 0.450 33.5"
    assert said(f"{table} 1,770 12:30") == f"{table} 1,770 12:30"
    assert said("levels 1,2") == "levels 1,2"
    assert said(f"{table} 1,77", "fra") == f"{table} 1,77"


def test_a_page_writes_its_units_in_one_way() -> None:
    """The odd small l among units with a large L is one, too; a page of small ones keeps them."""
    assert said("4 mg/dL 5 mg/dL 6 mg/dL 7 mg/dl") == "4 mg/dL 5 mg/dL 6 mg/dL 7 mg/dL"
    assert said("4 mg/dl 5 mg/dl") == "4 mg/dl 5 mg/dl"


def test_slashed_noughts_are_noughts_in_tables_only() -> None:
    """A sign that stands for a nought among figures stays itself elsewhere."""
    table = " ".join(["4.5"] * 10)
    assert said(f"{table} @.82 - ®") == f"{table} 0.82 - 0"
    assert said("maren@harbor @ home") == "maren@harbor @ home"


def test_places_and_sureness_stay() -> None:
    """Only the text of a word is changed."""
    (word,) = mended(words("ulU/mL"), "eng")
    assert (word.box, word.confidence, word.line) == (PLACE, 80, 0)
