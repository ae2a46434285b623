"""What records point at and is not there, what an answer lacks; and what is no fault."""

from __future__ import annotations

import datetime as dt

import pytest

from tests.facts.pages import from_text
from tests.review.charts import MARIAN
from vault.facts.extract import extract
from vault.model.charts import PageFacts
from vault.model.flags import Check, Finding
from vault.review import absent, shortfall
from vault.review.run import Chart, Shelf
from vault.review.shortfall import Answer, Asked

HEAD = "Alder Bend Clinic\nPatient: Marian Voss   DOB: 03/14/1961   MRN: 00412\n"
NOTE = "PROGRESS NOTE\nDate of service: 2021-03-02\n"
LATER = "PROGRESS NOTE\nDate of service: 2021-06-02\n"
MRI = "RADIOLOGY REPORT\nDate of exam: 2021-03-09\nStudy: MRI left knee\n"


def _shelf(*texts: str) -> Shelf:
    return Shelf(
        {f"rec_{n}": (PageFacts(1, extract(from_text(HEAD + t), 1)),) for n, t in enumerate(texts)}
    )


def _found(*texts: str) -> tuple[Finding, ...]:
    shelf = _shelf(*texts)
    return absent.check(Chart(MARIAN, shelf, tuple(shelf.records)))


@pytest.mark.parametrize(
    ("texts", "check", "words"),
    [
        ([f"{NOTE}See the MRI report of 2021-02-20, enclosed."], Check.REFERENCED_ABSENT, "MRI"),
        (
            [f"{NOTE}MRI left knee ordered.", f"{LATER}The MRI left knee was done 2021-03-09."],
            Check.ORDER_WITHOUT_RESULT,
            "ordered",
        ),
        (
            [f"{NOTE}MRI left knee ordered for 2021-03-09.", LATER],
            Check.ORDER_WITHOUT_RESULT,
            "ordered",
        ),
        (
            ["ADMISSION HISTORY AND PHYSICAL\nAdmitted: 2021-03-02\nAdmit to the ward."],
            Check.ADMISSION_WITHOUT_DISCHARGE,
            "Admit to the ward",
        ),
        (
            ["IMAGES\nVOSS, MARIAN  2021-08-20\nLT KNEE AP/LAT"],
            Check.IMAGES_WITHOUT_REPORT,
            "IMAGES",
        ),
        (["ITEMIZED BILL\nDate of service: 2021-03-02"], Check.BILL_WITHOUT_NOTE, "2021-03-02"),
    ],
)
def test_what_is_not_there(texts: list[str], check: Check, words: str) -> None:
    """The page that points at it is cited with its words."""
    (found,) = _found(*texts)
    assert (found.check, found.record, found.page) == (check, "rec_0", 1)
    assert words in found.quote


@pytest.mark.parametrize(
    "texts",
    [
        [f"{NOTE}See the MRI report of 2021-03-09, enclosed.", MRI],
        [f"{NOTE}MRI left knee ordered for 2021-03-09.", MRI, LATER],
        [f"{NOTE}MRI left knee ordered for 2021-03-09."],
        [
            "ADMISSION HISTORY AND PHYSICAL\nAdmitted: 2021-03-02\nAdmit to the ward.",
            "DISCHARGE SUMMARY\nAdmission date: 2021-03-02\nDischarge date: 2021-03-06",
        ],
        [
            "IMAGES\nVOSS, MARIAN  2021-08-20\nLT KNEE AP/LAT",
            "RADIOLOGY REPORT\nDate of exam: 2021-08-20\nStudy: Left knee radiographs",
        ],
        ["ITEMIZED BILL\nDate of service: 2021-03-02", NOTE],
    ],
)
def test_what_is_there(texts: list[str]) -> None:
    """The report, the summary, the note is in another record; or the day has not come."""
    assert _found(*texts) == ()


def test_a_consultation_of_another_branch_is_not_the_one_meant() -> None:
    """Of the same day, but a surgeon's where a neurologist's is pointed at."""
    note = f"{NOTE}See the attached neurology consultation of 2021-02-20."
    other = "SURGICAL CONSULTATION\nDate of service: 2021-02-20\n"
    assert [f.check for f in _found(note, other)] == [Check.REFERENCED_ABSENT]
    assert _found(note, other.replace("SURGICAL", "NEUROLOGY")) == ()


def _answer(asked: str, *texts: str, since: str = "2021-01-01") -> tuple[Finding, ...]:
    shelf = _shelf(*texts)
    item = Asked("item_1", asked, dt.date.fromisoformat(since))
    return shortfall.check(Answer("req_1", (item,), tuple(shelf.records), shelf))


@pytest.mark.parametrize(
    ("asked", "text", "lacks"),
    [
        ("immunization records", NOTE, True),
        ("physical therapy notes", NOTE, True),
        ("genetic counseling", NOTE, True),
        ("office visit notes", NOTE, False),
        ("imaging reports", MRI, False),
        ("all records", NOTE, False),
    ],
)
def test_a_kind_asked_for(asked: str, text: str, *, lacks: bool) -> None:
    """It is missed where no document of the kind came, and nothing is where none came at all."""
    expected = [Check.REQUEST_TYPE_ABSENT] if lacks else []
    assert [f.check for f in _answer(asked, text)] == expected
    assert _answer(asked) == ()


def test_years_before_the_first_record() -> None:
    """A gap only where a page tells of visits in it."""
    told = f"{NOTE}Known here: prior visits 2019-05-20 and 2018-11-30."
    (found,) = _answer("office visit notes", told, since="2018-01-01")
    assert found.check is Check.REQUEST_DATE_GAP
    assert "2019-05-20" in found.quote
    assert _answer("office visit notes", NOTE, since="2018-01-01") == ()
    assert _answer("office visit notes", told, since="2020-12-01") == ()
