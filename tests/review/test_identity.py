"""Pages, names and birth dates that are not the person's are suspected, and nothing else is."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.review.charts import BANNER, MARIAN, review
from vault.model.facts import Fact, FactKind
from vault.model.flags import Check, Kind, Related, Severity, Subject
from vault.model.words import Box, Span
from vault.review.run import PageFacts, run
from vault.review.run import Subject as Held


def test_a_page_of_the_person_raises_nothing() -> None:
    """Name, number and birth date agree."""
    assert review(BANNER, BANNER) == ()


def test_without_a_person_nothing_is_suspected() -> None:
    """A record of nobody known cannot be about the wrong one."""
    assert review("Patient: Hugo Brandt   DOB: 01/01/1950", person=None) == ()


def test_a_wrong_birth_date() -> None:
    """It says what the page says, what is right, and where it stands."""
    (found,) = review("Patient: Marian Voss   DOB: 03/14/1951")
    assert (found.check, found.kind, found.subject) == (
        Check.WRONG_DOB,
        Kind.WRONG_VALUE,
        Subject.IDENTITY,
    )
    assert (found.severity, found.record, found.page) == (Severity.CARE, "rec_1", 1)
    assert found.quote == "03/14/1951"
    assert found.box is not None
    assert found.reason == (
        "The page says the patient was born on 03/14/1951; "
        "Marian Ellen Voss was born on 14 March 1961."
    )


def test_the_same_wrong_date_on_many_pages_is_one_finding() -> None:
    """The first page is cited, the others are related; a right page between them is not."""
    wrong = "Patient: Marian Voss   MRN: 00412   DOB: 03/14/1951"
    (found,) = review(BANNER, wrong, BANNER, wrong, wrong)
    assert found.page == 2
    assert found.related == (Related("rec_1", 4), Related("rec_1", 5))


def test_an_open_order_of_day_and_month_agrees_by_either() -> None:
    """03/07/1961 is no error for somebody born on 7 March or on 3 July."""
    page = "Patient: Marian Voss   DOB: 03/07/1961"
    for born in (dt.date(1961, 3, 7), dt.date(1961, 7, 3)):
        assert review(page, person=replace(MARIAN, born=born)) == ()


def test_a_year_of_two_digits_agrees_in_any_century() -> None:
    """03/14/25 is right for somebody born in 1925."""
    person = replace(MARIAN, born=dt.date(1925, 3, 14))
    assert review("Patient: Marian Voss   DOB: 03/14/25", person=person) == ()
    (found,) = review("Patient: Marian Voss   DOB: 03/14/26", person=person)
    assert found.check is Check.WRONG_DOB


def test_a_date_that_may_be_misread_is_still_suspected_with_less_weight() -> None:
    """An unsure digit lowers severity and sureness, and the sentence says why."""
    (found,) = review("Patient: Marian Voss   DOB: 03/14/1967~55", confidence=93)
    assert found.check is Check.WRONG_DOB
    assert found.severity is Severity.MINOR
    assert found.confidence < 55
    assert "may only be misread: look at the page" in found.reason


def test_a_quite_different_unsure_date_keeps_its_weight() -> None:
    """No reader makes 14 March out of 27 November."""
    (found,) = review("Patient: Marian Voss   DOB: 11/27/1988~55", confidence=93)
    assert found.severity is Severity.CARE


@pytest.mark.parametrize(
    "page",
    [
        "Patient: Martin Voss   MRN: 00412   DOB: 03/14/1961",
        "Patient: Marian Delacroix   DOB: 03/14/1961",
        "DELACROIX, MARIAN E   MRN 00412   DOB 03/14/1961",
        "RE: Hugo Brandt, DOB 3/14/1961",
    ],
)
def test_a_wrong_name(page: str) -> None:
    """Another given name or family name is suspected though the birth date agrees."""
    (found,) = review(page)
    assert (found.check, found.severity) == (Check.WRONG_NAME, Severity.CARE)
    assert found.quote in page
    assert found.quote in found.reason


def test_a_wrong_name_in_the_text_under_a_right_banner() -> None:
    """A note that calls its patient by another name was perhaps written about somebody else."""
    text = f"{BANNER}\n\nMs. Delacroix is a 60 y.o. female here for follow up."
    (found,) = review(text)
    assert (found.check, found.quote) == (Check.WRONG_NAME, "Delacroix")


def test_a_wrong_name_in_banner_and_text_is_one_finding() -> None:
    """The bare family name is covered by the full one."""
    page = "Patient: Marian Delacroix   DOB: 03/14/1961\n\nMs. Delacroix returns today."
    (found,) = review(page)
    assert found.quote == "Marian Delacroix"


@pytest.mark.parametrize(
    "page",
    [
        "Patient: Hugo Brandt   MRN: 99871   DOB: 11/27/1988",
        "Patient: Hugo Brandt   DOB: 11/27/1988",
        "Patient: Martin Voss   DOB: 11/27/1988",
        "Patient: Hugo Brandt   MRN: 99871",
        "MRN: 99871   DOB: 11/27/1988",
    ],
)
def test_a_page_of_another_patient_is_one_finding(page: str) -> None:
    """Two of name, birth date and number differ and none agrees: one flag, not three."""
    (found,) = review(BANNER, page, BANNER)
    assert (found.check, found.kind) == (Check.WRONG_PATIENT_PAGE, Kind.NOT_MINE)
    assert (found.severity, found.page) == (Severity.HARM_NOW, 2)


def test_a_page_of_another_patient_that_cannot_be_read_well_weighs_less() -> None:
    """Where every word of it is unsure, the person is asked to look first."""
    page = "Patient: Hugo Brandt   DOB: 11/27/1988"
    (found,) = review(BANNER, " ".join(f"{w}~50" for w in page.split()))
    assert found.check is Check.WRONG_PATIENT_PAGE
    assert found.severity is Severity.MINOR


def test_two_other_patients_are_two_findings() -> None:
    """Each stranger is named once, with all the pages that are theirs."""
    one = "Patient: Hugo Brandt   DOB: 11/27/1988"
    two = "Patient: Carla Roth   DOB: 05/06/1970"
    found = review(BANNER, one, two, one)
    assert [(f.page, f.related) for f in found] == [(2, (Related("rec_1", 4),)), (3, ())]


@pytest.mark.parametrize(
    "name",
    [
        "VOSS, MARIAN E",
        "Voss,Marian",
        "Marian E. Voss",
        "Voss, M E",
        "Lind, Marian",
        "Marian Lind-Voss",
        "Marián Voss",
        "Ms. Marian Voss",
        "V0SS, MARIAN",
    ],
)
def test_shapes_of_the_persons_own_names(name: str) -> None:
    """Initials, order, case, accents, a former name and a digit for a letter are no error."""
    assert review(f"Patient Name: {name}   DOB: 03/14/1961") == ()


def test_a_number_of_another_provider_is_no_error() -> None:
    """Each provider has a number of its own; a number alone proves nothing."""
    assert review(BANNER, "Patient: Marian Voss   MRN: E9871   DOB: 03/14/1961") == ()


@pytest.mark.parametrize(
    "text",
    [
        "NEWBORN RECORD\nName            Baby girl Voss\nDate of birth   02/11/1990",
        "Mother's name: Anna Voss     Mother's DOB: 03/03/1935",
        "FAMILY HISTORY: Mother, Anna Voss, born 03/03/1935, had breast cancer.",
        "INSURANCE\nSubscriber: Irene Okafor   DOB: 06/11/1962",
        "GUARANTOR\nName: Hans Lind\nDOB: 09/09/1959",
        "Emergency contact: Peter Voss (brother)",
        "Provider Name: Jane Roe   Attending: Hugo Brandt, MD",
        "Son Adam, DOB: 11/27/1988, lives nearby.",
    ],
)
def test_other_people_on_the_persons_page_are_left_alone(text: str) -> None:
    """Relatives, the insured and clinicians have names and dates of their own."""
    assert review(f"{BANNER}\n\n{text}") == ()


def test_a_strange_date_beside_the_right_one_is_somebody_elses() -> None:
    """Where the page has the right date too, only a slip of it is suspected."""
    assert review(f"{BANNER}\n\nDOB: 11/27/1988") == ()
    (found,) = review(f"{BANNER}\n\nDOB: 03/14/1951")
    assert found.check is Check.WRONG_DOB


def test_a_slip_of_the_reader_in_a_name_is_forgiven_only_when_unsure() -> None:
    """`Manan` may be Marian misread; Martin is a name of its own, and said to be unsure."""
    assert review("Patient: Manan~60 Voss   DOB: 03/14/1961", confidence=93) == ()
    (unsure,) = review("Patient: Martin~60 Voss   DOB: 03/14/1961", confidence=93)
    assert unsure.severity is Severity.MINOR
    assert "misread" in unsure.reason
    (sure,) = review("Patient: Manan Voss   DOB: 03/14/1961")
    assert sure.severity is Severity.CARE


def test_a_misspelt_name_is_a_small_matter() -> None:
    """One letter off in a text layer is the record's own slip."""
    (found,) = review("Patient: Marion Voss   DOB: 03/14/1961")
    assert (found.check, found.severity) == (Check.WRONG_NAME, Severity.MINOR)
    assert found.confidence == 100


def test_the_fingerprint_survives_another_reading() -> None:
    """Places, spans and certainty may change; what was suspected stays the same."""
    (one,) = review("Patient: Marian Voss   DOB: 03/14/1951")
    (two,) = review("City Clinic\n\nName: VOSS, MARIAN    D.O.B.: 14-MAR-1951", confidence=91)
    assert one.box != two.box
    assert one.confidence != two.confidence
    assert one.fingerprint == two.fingerprint
    (other,) = review("Patient: Marian Voss   DOB: 03/15/1951")
    assert other.fingerprint != one.fingerprint


NAMES = st.text(min_size=1, max_size=25)
DAYS = st.dates(dt.date(1900, 1, 1), dt.date(2026, 1, 1)).map(dt.date.isoformat)


def _fact(kind: FactKind, value: str, confidence: int) -> Fact:
    return Fact(kind, value, value, "x", 1, Span(0, 1), Box(0, 0, 1, 1), confidence)


FACTS = st.one_of(
    st.builds(_fact, st.just(FactKind.NAME), NAMES, st.integers(0, 100)),
    st.builds(_fact, st.just(FactKind.BORN), DAYS, st.integers(0, 100)),
    st.builds(_fact, st.just(FactKind.MRN), NAMES, st.integers(0, 100)),
)


@given(st.lists(st.lists(FACTS, max_size=5), max_size=4), NAMES)
def test_any_facts_of_anybody_are_checked_without_failing(
    pages: list[list[Fact]], name: str
) -> None:
    """The checks never fail, cite only pages of the record, and say the same twice."""
    held = tuple(
        PageFacts(n, tuple(replace(f, page=n) for f in facts)) for n, facts in enumerate(pages, 1)
    )
    subject = Held("rec_1", replace(MARIAN, name=name), held)
    found = run(subject)
    assert found == run(subject)
    for finding in found:
        cited = {finding.page, *(r.page for r in finding.related)}
        assert cited <= {p.page for p in held}
        assert finding.reason.endswith(".")
    assert len({f.fingerprint for f in found}) == len(found)
