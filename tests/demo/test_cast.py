"""Tests that the demo's cast is of one piece and points at nobody."""

from __future__ import annotations

import re

from vault import dates
from vault.demo import cast


def test_every_paper_is_written_by_somebody_of_the_cast() -> None:
    """Keys are unique, and each paper names one of them."""
    keys = [c.key for c in cast.CLINICS]
    assert len(set(keys)) == len(keys)
    assert {paper.clinic for paper in cast.PAPERS} == set(keys)
    assert all(cast.clinic(paper.clinic).key == paper.clinic for paper in cast.PAPERS)


def test_telephone_numbers_are_from_the_range_kept_for_fiction() -> None:
    """Area code, 555, and a number from 0100 to 0199."""
    numbers = [cast.PATIENT.phone, *(n for c in cast.CLINICS for n in (c.phone, c.fax))]
    assert all(re.fullmatch(r"\d{3}-555-01\d\d", number) for number in numbers)
    assert len(set(numbers)) == len(numbers)
    assert cast.PATIENT.email.endswith("@example.org")


def test_the_right_birth_date_is_the_patients_and_the_wrong_one_is_not() -> None:
    """The printed dates are read the way the program reads any record."""
    right, wrong = dates.printed(cast.RIGHT_BIRTH_DATE), dates.printed(cast.WRONG_BIRTH_DATE)
    assert right is not None
    assert wrong is not None
    assert right.may_be(cast.PATIENT.born)
    assert not wrong.may_be(cast.PATIENT.born)


def test_a_mistake_is_on_a_page_that_exists_and_its_remedy_differs() -> None:
    """Quote and remedy are as different as the right and the wrong figure."""
    pages = {paper.file: paper.pages for paper in cast.PAPERS}
    for mistake in cast.MISTAKES:
        assert 1 <= mistake.page <= pages[mistake.file]
        assert mistake.quote != mistake.should_say
    assert cast.WRONG_DOSE in cast.WRONG_MEDICINE.quote
    assert cast.RIGHT_DOSE in cast.WRONG_MEDICINE.should_say
    assert cast.WRONG_BIRTH_DATE in cast.WRONG_BORN.quote
    assert cast.RIGHT_BIRTH_DATE in cast.WRONG_BORN.should_say


def test_papers_are_dated_after_the_patients_birth_and_told_in_order() -> None:
    """The stay comes first, the medication list last."""
    told = [cast.DISCHARGE, cast.LABS, cast.VISIT, cast.CONSULT, cast.MEDICINES]
    assert [p.dated for p in told] == sorted(p.dated for p in cast.PAPERS)
    assert told[0].dated > cast.PATIENT.born
