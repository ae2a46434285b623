"""Facts are read from words, whatever the words are."""

from __future__ import annotations

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.facts.pages import from_text
from vault.facts.extract import extract
from vault.model.facts import FactKind
from vault.model.words import Box, Word, text_of


def values(text: str, kind: FactKind) -> list[str]:
    """The values of one kind that a page laid out as `text` states."""
    return [fact.value for fact in extract(from_text(text), 3) if fact.kind is kind]


@pytest.mark.parametrize(
    "line",
    [
        "DOB: 3/14/1961",
        "D.O.B.: 14-MAR-1961",
        "D0B 03/14/1961",
        "DOB.: 03-14-61",
        "DOB:03/14/1961",
        "DOB03/14/1961",
        "Date of Birth:  March 14, 1961",
        "DATE 0F BIRTH    1961-03-14",
        "OATE OF BIRTH    1961-03-14",
        "Birth date (mm/dd/yyyy): 03/14/1961",
        "Birthdate: 14 March 1961",
        "DOB/Sex: O3/l4/1961 F",
        "DOB (03/14/1961)",
        "Born 14 Mar 1961   Sex F",
    ],
)
def test_birth_dates_in_many_shapes(line: str) -> None:
    """Labels and dates as printed, and as misread, come to the same date."""
    assert values(line, FactKind.BORN) == ["1961-03-14"]


def test_an_open_order_of_day_and_month_gives_both_dates() -> None:
    """03/07/1961 may be March or July."""
    assert values("DOB: 03/07/1961", FactKind.BORN) == ["1961-03-07|1961-07-03"]


@pytest.mark.parametrize(
    "line",
    [
        "DOB: see chart 03/14/1961",
        "The patient was born in 1961 in Texas",
        "DOB: 13/32/1961",
        "Mother's DOB: 03/03/1935",
        "Newborn DOB: 02/11/1990",
        "Subscriber: Irene Okafor DOB: 06/11/1962",
        "Her sister Carla, born 05/06/1963, is well.",
        "A healthy girl was born on 02/11/1990.",
        "Spouse: Hans (DOB 09/09/1959)",
    ],
)
def test_dates_that_are_not_the_patients(line: str) -> None:
    """Other people's birth dates and things that are no dates give no fact."""
    assert values(line, FactKind.BORN) == []


def test_a_sentence_that_runs_on_still_speaks_of_the_relative() -> None:
    """A relative named at the end of one line owns the date at the start of the next."""
    text = """
    She is the main carer of her elderly mother,
    Anna Voss, DOB 03/03/1935, who lives with her.
    """
    assert values(text, FactKind.BORN) == []
    assert values(text, FactKind.NAME) == []


def test_the_patients_own_label_ends_a_relatives_section() -> None:
    """After an emergency contact the patient's banner counts again."""
    text = """
    EMERGENCY CONTACT
    Name: Peter Voss    DOB: 01/02/1988
    Patient: Marian Voss    DOB: 03/14/1961
    """
    assert values(text, FactKind.BORN) == ["1961-03-14"]
    assert values(text, FactKind.NAME) == ["Marian Voss"]


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("Patient: Marian Voss", "Marian Voss"),
        ("Patient Name: VOSS,MARIAN E", "VOSS, MARIAN E"),
        ("Pt: Voss, Marian", "Voss, Marian"),
        ("RE: Marian Voss, DOB 3/14/1961", "Marian Voss"),
        ("Name: Marian O'Neil-Voss   MRN: 00412", "Marian O'Neil-Voss"),
        ("Patient: Maria de la Cruz presents today", "Maria de la Cruz"),
        ("PATlENT NAME: V0SS, MARIAN", "V0SS, MARIAN"),
        ("VOSS, MARIAN E   MRN 00412   DOB 03/14/1961", "VOSS, MARIAN E"),
        ("Insurance: Acme    Patient: Marian Voss", "Marian Voss"),
        ("Ms. Voss returns 19 days after her operation.", "Voss"),
    ],
)
def test_names_behind_their_labels(line: str, name: str) -> None:
    """A name is what stands behind the label and nothing more."""
    assert values(line, FactKind.NAME) == [name]


@pytest.mark.parametrize(
    "line",
    [
        "Patient Instructions: Take With Food",
        "Patient has no known allergies",
        "Provider Name: Jane Roe   MRN: 00412",
        "Mother's Name: Anna Voss   MRN: 00412",
        "RE: Laboratory Results",
        "Patient: Jane Roe, MD",
        "Drug name: Metoprolol Tartrate",
        "Mr. Brandt, her husband, was present.",
        "Her father, Mr. Lind was a 70 year old farmer.",
    ],
)
def test_names_that_are_not_the_patients(line: str) -> None:
    """Clinicians, relatives, headings and medicines are no patients."""
    assert values(line, FactKind.NAME) == []


def test_a_fact_carries_its_page_and_its_least_sure_word() -> None:
    """Confidence is that of the weakest word of the value alone."""
    stated = extract(from_text("DOB:~12 March~88 14,~61 1961~95"), 7)
    found = [fact for fact in stated if fact.kind is FactKind.BORN]
    assert [(f.page, f.confidence, f.quote) for f in found] == [(7, 61, "March 14, 1961")]


def test_where_an_entry_was_signed_comes_before_who_is_mentioned() -> None:
    """The author of a page is who signed it, where anybody did."""
    text = """
    Provider: Hugo Brandt, DO
    Date of service: 04/22/2021
    Electronically signed by Jane Roe, MD on 04/23/2021
    """
    assert values(text, FactKind.AUTHOR) == ["Jane Roe, MD", "Hugo Brandt, DO"]
    assert values(text, FactKind.SERVICE_DATE) == ["2021-04-22"]


FRAGMENTS = st.one_of(
    st.text(max_size=12),
    st.text(alphabet=string.punctuation + string.digits, max_size=8),
    st.sampled_from(
        ["DOB:", "(MRN", "*1961-03-14", "Patient:", "NAME", "VOSS,MARIAN", "Voss,", "Born", "14",
         "3/14/61", "Mother", "Mar", "1961", "RE:", "|", "00412)", "Ms.", "is", "a", "48", "by"]
    ),
)  # fmt: skip
SIDES = st.floats(0, 1)
BOXES = st.builds(Box.clamped, SIDES, SIDES, SIDES, SIDES)
WORDS = st.builds(Word, FRAGMENTS, BOXES, st.integers(0, 100), st.integers(0, 9), st.integers(0, 3))


@given(st.lists(WORDS, max_size=25))
def test_any_words_at_any_place_are_read_without_failing(words: list[Word]) -> None:
    """Extraction never fails, and a quote always stands on the page as it says."""
    text = " ".join(text_of(words).split())
    for fact in extract(words, 1):
        assert fact.value
        assert fact.quote or fact.kind is FactKind.PRINT
        assert " ".join(fact.quote.split()) in text
        assert 0 <= fact.span.start < fact.span.stop <= len(words)


@given(st.lists(FRAGMENTS, max_size=25))
def test_any_line_of_text_is_read_without_failing(parts: list[str]) -> None:
    """The same for words in a row, as most pages have them."""
    words = from_text(" ".join(" ".join(parts).replace("~", "").split()))
    text = " ".join(text_of(words).split())
    assert all(fact.quote in text for fact in extract(words, 1))


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("Name: VOSS, MARIAN | DOB 20 Jul 1971 | Medical Record No.\nMR36716504", ["MR36716504"]),
        ("Name: VOSS, MARIAN | DOB 20 Jul 1971 | MRN:\nMR36716504 | Sex F", ["MR36716504"]),
        ("Name: VOSS, MARIAN | DOB 20 Jul 1971 | MRN:\n120 tablets were given today.", []),
        ("Name: VOSS, MARIAN | DOB 20 Jul 1971 | MRN:\n2021-03-02", []),
    ],
)
def test_a_number_on_the_line_below_its_banner(text: str, numbers: list[str]) -> None:
    """A banner too long for its line goes on in the next; a sentence or a date there is none."""
    facts = extract(from_text(text), 1)
    assert [f.value for f in facts if f.kind is FactKind.MRN] == numbers


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("Patient ID: 00-46- 193", "00-46-193"),
        ("Name: Rosa Vale   Medical Record\nNo. E0326521", "E0326521"),
        ("PATIENT      BIRTH DATE = MRN\nVALE, ROSA   05/31/1943   E9661766", "E9661766"),
    ],
)
def test_record_numbers_that_were_broken_up(text: str, number: str) -> None:
    """A blank behind a hyphen, a label over two lines, a dash read between two headings."""
    assert values(text, FactKind.MRN) == [number]
