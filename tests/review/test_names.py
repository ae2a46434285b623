"""Names are compared as people and records write them."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vault.model.people import Person
from vault.review.names import Likeness, key, known_names, likeness
from vault.review.nicknames import same_given


def alike(
    known: str, printed: str, confidence: int = 100, former: tuple[str, ...] = ()
) -> Likeness:
    """How like a printed name is to a person's."""
    person = Person("per_1", known, dt.date(1960, 1, 1), former_names=former)
    return likeness(printed, known_names(person), confidence)


@pytest.mark.parametrize(
    ("known", "printed"),
    [
        ("Robert Okafor", "Bob Okafor"),
        ("Bob Okafor", "OKAFOR, ROBERT J"),
        ("Jacqueline Nakagawa", "Nakagawa, Jackie"),
        ("José García Márquez", "GARCIA MARQUEZ, JOSE"),
        ("Maria de la Cruz", "DE LA CRUZ, MARIA"),
        ("Jan van der Berg", "VANDERBERG, JAN"),
        ("Van Morrow", "Van Morrow"),
        ("Di Ashby", "ASHBY, DI"),
        ("Di Ashby", "Di Ashby"),
        ("Anne-Marie O'Neil", "ONEIL, ANNE MARIE"),
        ("Mary Ann Lee", "Maryann Lee"),
        ("Li Wei", "Wei Li"),
        ("Marian Voss-Lind", "Voss, Marian"),
        ("Marian Voss", "Voss-Lind, Marian"),
        ("Marian Ellen Voss", "Voss, Ellen"),
        ("Dr. Hugo Brandt Jr.", "BRANDT, HUGO"),
        ("Nakagawa, Jacqueline", "Jacqueline Nakagawa"),
        ("Cher", "Cher"),
    ],
)
def test_the_same_name(known: str, printed: str) -> None:
    """Short forms, order, accents, particles, double names and titles make no difference."""
    assert alike(known, printed) is Likeness.SAME


@pytest.mark.parametrize(
    ("known", "printed"),
    [
        ("Marian Voss", "Martin Voss"),
        ("Marian Voss", "Voss, Anna"),
        ("Marian Voss", "Marian Delacroix"),
        ("Marian Voss", "Voss, E"),
        ("Marian Voss", "Vosswald, Marian"),
        ("Robert Okafor", "Rupert Okafor"),
    ],
)
def test_another_name(known: str, printed: str) -> None:
    """Another given name, initial or family name is another name, however sure the reader."""
    assert alike(known, printed) is Likeness.OTHER
    assert alike(known, printed, 92) is Likeness.OTHER


def test_former_names() -> None:
    """A former name counts in full or as a family name; it joins with today's given name."""
    assert alike("Marian Voss", "Lind, Marian", former=("Marian Lind",)) is Likeness.SAME
    assert alike("Marian Voss", "Marian Castellan", former=("Castellan",)) is Likeness.SAME
    assert alike("Marian Voss", "Hugo Castellan", former=("Castellan",)) is Likeness.OTHER


@pytest.mark.parametrize(
    ("printed", "confidence", "expected"),
    [
        ("V0SS, MARIAN", 100, Likeness.SAME),
        ("Voss, Manan", 60, Likeness.SAME),
        ("Voss, Manan", 92, Likeness.OTHER),
        ("Voss, Marion", 95, Likeness.SAME),
        ("Voss, Marion", 100, Likeness.CLOSE),
        ("Vass, Marian", 60, Likeness.SAME),
        ("Vass, Marian", 90, Likeness.CLOSE),
        ("Voss, Martin", 60, Likeness.OTHER),
    ],
)
def test_slips_of_the_reader(printed: str, confidence: int, expected: Likeness) -> None:
    """The less sure the reader, the more is forgiven; a common name of its own never is."""
    assert alike("Marian Voss", printed, confidence) is expected


def test_short_forms_are_shared_only_within_a_family() -> None:
    """Frances and Francis are both Fran; they are not each other."""
    assert same_given("fran", "frances")
    assert same_given("fran", "francis")
    assert not same_given("frances", "francis")


def test_the_key_is_the_same_for_the_ways_of_printing_a_name() -> None:
    """Order, case and middle names do not change what a finding is known by."""
    shapes = ["Delacroix, Jacqueline Faith", "DELACROIX, JACQUELINE F", "Jacqueline Delacroix"]
    assert {key(shape) for shape in shapes} == {"delacroix jacqueline"}


@given(st.text(max_size=40), st.text(max_size=40), st.integers(0, 100))
def test_any_two_texts_can_be_compared(known: str, printed: str, confidence: int) -> None:
    """No text fails, and a name is always the same as itself."""
    assert alike(known, printed, confidence) in Likeness
    assert alike(known, known, confidence) is Likeness.SAME
