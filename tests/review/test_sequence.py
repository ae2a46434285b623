"""Dates that cannot be, sexes that are not the patient's; and what is no fault."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from tests.facts.pages import from_text
from tests.review.charts import MARIAN
from vault.facts.extract import extract
from vault.model.charts import PageFacts
from vault.model.flags import Check, Finding
from vault.review import sequence, sex
from vault.review.run import Subject
from vault.review.subject import Check as Family

ON = dt.date(2024, 5, 1)
HER = replace(MARIAN, sex="female")
HEAD = "Patient: Marian Voss   DOB: 03/14/1961   MRN: 00412\n"


def _found(family: Family, *texts: str) -> tuple[Finding, ...]:
    held = tuple(
        PageFacts(n, extract(from_text(HEAD + text), n)) for n, text in enumerate(texts, 1)
    )
    return family(Subject("rec_1", HER, held, on=ON))


@pytest.mark.parametrize(
    ("text", "quote"),
    [
        ("Admission date: 2021-05-10\nDischarge date: 2021-05-02", "2021-05-02"),
        ("Collected 03/28/2021\nReported 03/12/2021", "03/12/2021"),
        ("Collected 02/28/2021\nReported 02/03/2021", "02/03/2021"),
        ("Date of service: 04/02/1951", "04/02/1951"),
        ("Date of service: 2083-04-02", "2083-04-02"),
    ],
)
def test_dates_that_cannot_be(text: str, quote: str) -> None:
    """Out of order, before birth, far ahead: the words that are wrong are quoted."""
    (found,) = _found(sequence.check, text)
    assert (found.check, found.page, found.quote) == (Check.IMPOSSIBLE_DATE, 1, quote)


@pytest.mark.parametrize(
    "text",
    [
        "Admission date: 2021-05-02\nDischarge date: 2021-05-10",
        "Collected 04/02/2021\nReceived 04/02/2021\nReported 04/03/2021",
        "Return on 2024-09-03 at nine.\nDate of service: 2024-04-02",
        "Mother, born 02/11/1931.\nDate of service: 2021-04-02",
    ],
)
def test_dates_that_can_be(text: str) -> None:
    """In order, open to a reading that is in order, an appointment ahead, a mother's birth."""
    assert _found(sequence.check, text) == ()


def test_the_order_of_day_and_month_is_the_documents() -> None:
    """Where other dates show which comes first; where none does, any reading may be meant."""
    text = "Collected 04/02/2021\nReported 03/05/2021"
    open_ = PageFacts(1, extract(from_text(text), 1))
    assert sequence.check(Subject("rec_1", HER, (open_,), on=ON)) == ()
    assert [f.quote for f in _found(sequence.check, text)] == ["03/05/2021"]


@pytest.mark.parametrize(
    ("text", "quote"),
    [
        ("Sex: M", "M"),
        ("A pleasant 60-year-old man.", "60-year-old man"),
        ("Prostate smooth and not enlarged.", "Prostate"),
        ("Mr. Voss returns for follow-up.", "Mr. Voss"),
    ],
)
def test_another_sex(text: str, quote: str) -> None:
    """In the banner, in prose, by an organ, by a title."""
    (found,) = _found(sex.check, text)
    assert (found.check, found.page, found.quote) == (Check.WRONG_SEX, 1, quote)


@pytest.mark.parametrize(
    "text",
    [
        "Sex: Female\nA pleasant 60-year-old woman.",
        "Family History: father had prostate cancer; brother is a 55-year-old man.",
        "Ms. Voss returns for follow-up. Mr. Voss presents with her.",
        "Newborn: baby boy, sex male.",
    ],
)
def test_the_sex_of_others(text: str) -> None:
    """Relatives, a husband of the same name and a newborn are not the patient."""
    assert _found(sex.check, text) == ()


def test_the_same_wrong_sex_on_every_page_is_one_suspicion() -> None:
    """The first page stands for all."""
    assert len(_found(sex.check, "Sex: M", "Sex: M", "Sex: M")) == 1
