"""A page's number of how many, its sex, its kind and its signature are found as printed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.facts.pages import from_text
from vault.facts.extract import extract
from vault.facts.pages import signature
from vault.model.facts import Fact, FactKind
from vault.review.likeness import resemblance


def _of(text: str, kind: FactKind) -> list[Fact]:
    return [fact for fact in extract(from_text(text), 1) if fact.kind is kind]


def _values(text: str, kind: FactKind) -> list[str]:
    return [fact.value for fact in _of(text, kind)]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("Voss, Marian    Page 2 of 5", "2/5"),
        ("PAGE 02 OF 05", "2/5"),
        ("(pg 2/5)", "2/5"),
        ("MRN 00412    p. 2 of 5", "2/5"),
        ("Marian Voss    2 / 5", "2/5"),
        ("Page l of 3", "1/3"),
        ("1 of]", "1/1"),
        ("lofi", "1/1"),
        ("p. lof]", "1/1"),
        ("l1of1l", "1/1"),
        ("[Page 1 of 2]", "1/2"),
        ("[page 11 of 12]", "11/12"),
        ("Seite 2 von 5", "2/5"),
    ],
)
def test_page_numbers(text: str, value: str) -> None:
    """However the count is printed, and where a one was read as a letter."""
    assert _values(text, FactKind.PAGE_OF) == [value]


def test_what_is_no_page_number() -> None:
    """A blood pressure, a day and a grade in the middle of a page are none."""
    filler = "\n".join(["The garden is in flower and the path is dry."] * 20)
    assert _values(f"{filler}\nBP 120/80, grade 2/6 murmur, 3/4\n{filler}", FactKind.PAGE_OF) == []


def test_a_fax_machines_own_count_is_told_apart() -> None:
    """The outermost line that has a time and a number counts the fax, not the document."""
    text = "03/02/2021 14:01 FAX 555-0199 page 7 of 12\nName: VOSS,MARIAN\nPAGE 1 OF 2\nwell"
    facts = _of(text, FactKind.PAGE_OF)
    assert [(f.value, f.label) for f in facts] == [("7/12", "fax"), ("1/2", "")]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("DISCHARGE SUMMARY", "discharge_summary"),
        ("Follow-up Visit", "note"),
        ("Surgical Pathology Report", "pathology"),
        ("ADMISSION HISTORY AND PHYSICAL", "admission"),
        ("Physical Therapy Progress Note", "therapy"),
        ("IMMUNIZATION RECORD", "immunizations"),
        ("Itemized Statement", "bill"),
        ("CARDIOLOGY CONSULTATION", "consult"),
        ("Diagnostic Imaging Report", "imaging"),
        ("Medication List", "medications"),
    ],
)
def test_titles(text: str, kind: str) -> None:
    """The title tells what a document is, and its words are what is quoted."""
    (fact,) = _of(f"Alder Bend Clinic\n\n{text}\n\nAll is well today.", FactKind.DOCUMENT)
    assert (fact.value, fact.quote) == (kind, text)


def test_a_title_many_share_is_told_by_what_the_page_holds() -> None:
    """`Final report` is a laboratory's or an imaging centre's."""
    lab = "FINAL REPORT\nSpecimen   serum\nCollected   2021-03-02\nTest  Result  Units  Reference"
    scan = "FINAL REPORT\nTechnique: without contrast.\nFindings: clear.\nImpression: normal."
    assert _values(lab, FactKind.DOCUMENT) == ["lab"]
    assert _values(scan, FactKind.DOCUMENT) == ["imaging"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Sex: F   DOB: 03/14/1961", ["female"]),
        ("Voss, Marian *1961-03-14  M  ID 00412", ["male"]),
        ("A quiet 61-year-old gentleman.", ["male"]),
        ("This is a 44 yo F with a cough.", ["female"]),
        ("Uterus midline, not enlarged.", ["female"]),
        ("GU: normal male genitalia.", ["male"]),
        ("Her father had prostate cancer.", []),
        ("Family History: uterine cancer in her mother.", []),
        ("Newborn: baby girl, sex female.", []),
        ("Lives with a 70-year-old woman.", []),
    ],
)
def test_sexes(text: str, expected: list[str]) -> None:
    """In a banner, in prose and by an organ; never a relative's or a newborn's."""
    assert _values(text, FactKind.SEX) == expected


def test_a_film_tells_what_it_shows_and_when() -> None:
    """The words burned into it, and the date that is not the birth date."""
    text = """
    IMAGES
    VOSS, MARIAN   00412  2021-08-20
    LT KNEE AP/LAT
    Voss, Marian  *1961-03-14  F  ID 00412
    """
    assert _values(text, FactKind.FILM) == ["knee left@2021-08-20"]
    assert _values(text, FactKind.DOCUMENT) == ["film"]


WORDS = st.lists(
    st.sampled_from(("oak", "elm", "ash", "birch", "alder", "rowan", "yew")), min_size=40
)


@given(WORDS)
def test_a_text_is_like_itself(words: list[str]) -> None:
    """However long; and its signature does not grow with it."""
    made = signature(" ".join(words))
    assert len(made) <= 240
    assert resemblance(made, made) == (1.0 if made else 0.0)


@given(st.text(max_size=200), st.text(max_size=200))
def test_likeness_is_the_same_either_way(one: str, other: str) -> None:
    """And between nought and one."""
    a, b = signature(one), signature(other)
    assert 0.0 <= resemblance(a, b) == resemblance(b, a) <= 1.0


def test_a_reread_page_stays_much_the_same_and_another_does_not() -> None:
    """One word in thirty read wrong leaves most; another text leaves nothing."""
    words = [f"word{i}" for i in range(300)]
    wrong = [w if i % 30 else "slip" for i, w in enumerate(words)]
    other = [f"else{i}" for i in range(300)]
    first, second, third = (signature(" ".join(w)) for w in (words, wrong, other))
    assert resemblance(first, second) > 0.6
    assert resemblance(first, third) == 0.0
