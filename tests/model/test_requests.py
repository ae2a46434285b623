"""What is asked for is understood, and how pressing it is follows from its dates."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vault.model.record_types import RecordType, understand
from vault.model.requests import Urgency, urgency

DUE = dt.date(2026, 3, 1)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("lab_results", RecordType.LAB_RESULTS),
        ("Laboratory Results", RecordType.LAB_RESULTS),
        ("office visit notes", RecordType.VISIT_NOTES),
        ("Progress-Notes", RecordType.VISIT_NOTES),
        ("imaging reports", RecordType.IMAGING_REPORTS),
        ("images", RecordType.IMAGES),
        ("operative reports", RecordType.OPERATIVE_REPORTS),
        ("pathology reports", RecordType.PATHOLOGY),
        ("discharge summary", RecordType.DISCHARGE_SUMMARIES),
        ("shots", RecordType.IMMUNIZATIONS),
        ("itemized bills", RecordType.BILLING),
        ("portal messages", RecordType.MESSAGES),
        ("my complete record", RecordType.ALL),
        ("lab records", RecordType.LAB_RESULTS),
        ("billing records", RecordType.BILLING),
        ("vaccination records", RecordType.IMMUNIZATIONS),
        ("consultation reports", RecordType.CONSULTS),
        ("medication list", RecordType.MEDICATIONS),
        ("all labs", RecordType.LAB_RESULTS),
        ("X-ray reports", RecordType.IMAGING_REPORTS),
        ("x-ray images", RecordType.IMAGES),
        ("everything", RecordType.ALL),
        ("dental records", RecordType.ALL),
        ("physical therapy notes", RecordType.THERAPY),
        ("emergency department records", RecordType.EMERGENCY),
        ("hospital records", RecordType.HOSPITAL),
        ("nursing notes", RecordType.NURSING),
        ("reports", None),
        ("horoscope", None),
        ("", None),
        ("  _-_ ", None),
    ],
)
def test_plain_words_name_a_record_type(text: str, expected: RecordType | None) -> None:
    """What people write for a kind of record is understood, and nonsense is not."""
    assert understand(text) is expected


@given(st.sampled_from(list(RecordType)))
def test_every_type_is_understood_by_its_own_name(kind: RecordType) -> None:
    """With underscores or blanks, in either case."""
    assert understand(kind.value) is kind
    assert understand(kind.value.replace("_", " ").upper()) is kind


@given(st.text(max_size=40))
def test_any_text_is_understood_or_not(text: str) -> None:
    """No text fails."""
    found = understand(text)
    assert found is None or found in RecordType


@pytest.mark.parametrize(
    ("days", "expected"),
    [
        (-8, Urgency.OK),
        (-7, Urgency.DUE_SOON),
        (0, Urgency.DUE_SOON),
        (1, Urgency.OVERDUE),
        (14, Urgency.OVERDUE),
        (15, Urgency.VERY_OVERDUE),
    ],
)
def test_urgency_by_days_from_the_due_date(days: int, expected: Urgency) -> None:
    """Soon from a week before, overdue from the day after, very overdue after two weeks."""
    assert urgency(DUE, DUE + dt.timedelta(days=days), open_=True) is expected


def test_what_is_closed_or_has_no_date_presses_nobody() -> None:
    """Without a date, or once closed, all is well."""
    late = DUE + dt.timedelta(days=100)
    assert urgency(DUE, late, open_=False) is Urgency.OK
    assert urgency(None, late, open_=True) is Urgency.OK


def test_a_promise_ahead_silences_and_one_that_passed_does_not() -> None:
    """While the promised day lies ahead it counts; after it, the legal day does again."""
    late, promise = DUE + dt.timedelta(days=5), DUE + dt.timedelta(days=20)
    assert urgency(DUE, late, open_=True, promised=promise) is Urgency.OK
    assert urgency(DUE, promise, open_=True, promised=promise) is Urgency.DUE_SOON
    after = promise + dt.timedelta(days=1)
    assert urgency(DUE, after, open_=True, promised=promise) is Urgency.VERY_OVERDUE


def test_half_a_year_of_silence_is_sleep() -> None:
    """Whatever its date, what nobody touched for 180 days is asleep, and only from then on."""
    last = DUE - dt.timedelta(days=30)
    on = last + dt.timedelta(days=180)
    assert urgency(DUE, on, open_=True, last=last) is Urgency.ASLEEP
    assert urgency(DUE, on - dt.timedelta(days=1), open_=True, last=last) is Urgency.VERY_OVERDUE
    assert urgency(DUE, on, open_=False, last=last) is Urgency.OK


def test_a_promise_far_away_does_not_silence_the_law() -> None:
    """Two months after the due date a promise counts no more."""
    never = dt.date(9999, 1, 1)
    assert urgency(DUE, DUE + dt.timedelta(days=40), open_=True, promised=never) is Urgency.OK
    late = DUE + dt.timedelta(days=61)
    assert urgency(DUE, late, open_=True, promised=never) is Urgency.OVERDUE
