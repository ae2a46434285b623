"""What a check says is missing tells which kind of record to ask for, and of which days."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vault.model.flags import Check, Finding, Flag, FlagState, Kind, Severity, Subject
from vault.model.omissions import Missing, missing
from vault.model.record_types import RecordType as T

DAY = dt.date(2021, 3, 2)


def flag(check: Check, key: str, reason: str = "It is not there.", page: int | None = 1) -> Flag:
    """A suspicion of something missing."""
    finding = Finding(
        check, Kind.MISSING, Subject.VISIT, Severity.CARE, "rec_1", page, "", reason, key
    )
    return Flag("flag_1", FlagState.SUSPECTED, finding)


@pytest.mark.parametrize(
    ("check", "key", "expected"),
    [
        (
            Check.REFERENCED_ABSENT,
            "reference imaging:ct chest@2021-03-02",
            Missing((T.IMAGING_REPORTS,), DAY, DAY, "ct chest"),
        ),
        (Check.REFERENCED_ABSENT, "reference consult:", Missing((T.CONSULTS,))),
        (
            Check.REFERENCED_ABSENT,
            "reference :cbc@2021-03-02",
            Missing((T.LAB_RESULTS,), DAY, DAY, "cbc"),
        ),
        (Check.REFERENCED_ABSENT, "reference form:@2021-03-02", Missing((T.ALL,), DAY, DAY)),
        (
            Check.ORDER_WITHOUT_RESULT,
            "order mri knee left@2021-03-02",
            Missing((T.IMAGING_REPORTS,), DAY, None, "mri knee left"),
        ),
        (
            Check.ADMISSION_WITHOUT_DISCHARGE,
            "admission 2021-03-02",
            Missing((T.DISCHARGE_SUMMARIES,), DAY),
        ),
        (Check.ADMISSION_WITHOUT_DISCHARGE, "admission ", Missing((T.DISCHARGE_SUMMARIES,))),
        (
            Check.IMAGES_WITHOUT_REPORT,
            "images xray knee@2021-03-02",
            Missing((T.IMAGING_REPORTS,), DAY, DAY),
        ),
        (Check.BILL_WITHOUT_NOTE, "bill 2021-03-02", Missing((T.VISIT_NOTES,), DAY, DAY)),
        (
            Check.BILL_WITHOUT_NOTE,
            "bill 2021-02-03|2021-03-02",
            Missing((T.VISIT_NOTES,), dt.date(2021, 2, 3), DAY),
        ),
        (
            Check.MISSING_PAGE,
            "missing 3 of 5 discharge_summary 2021-03-02",
            Missing((T.DISCHARGE_SUMMARIES,), DAY, DAY, "page 3 of 5"),
        ),
        (
            Check.MISSING_PAGE,
            "missing 2, 4 of 5 ",
            Missing((T.ALL,), None, None, "pages 2, 4 of 5"),
        ),
        (
            Check.BLANK_PAGE,
            "blank 2 of 3",
            Missing((T.ALL,), None, None, "page 1 of what you sent"),
        ),
        (
            Check.REQUEST_TYPE_ABSENT,
            "req_1 item_1 immunizations",
            Missing(request="req_1", item="item_1"),
        ),
        (
            Check.REQUEST_DATE_GAP,
            "req_1 gap 2018-01-01 2021-03-02",
            Missing((), dt.date(2018, 1, 1), dt.date(2021, 3, 1), "", "req_1"),
        ),
        (Check.PERSON, "flag_1", Missing(words="It is not there.")),
        (Check.BILL_WITHOUT_NOTE, "bill 2021-02-31", Missing((T.VISIT_NOTES,))),
    ],
)
def test_what_is_missing(check: Check, key: str, expected: Missing) -> None:
    """Each check tells its own; a day that is none is no day."""
    assert missing(flag(check, key)) == expected


@given(st.sampled_from(list(Check)), st.text(max_size=60))
def test_no_key_can_break_it(check: Check, key: str) -> None:
    """Whatever a check once wrote, something can be asked for, and its days are in order."""
    found = missing(flag(check, key))
    assert found.from_date is None or found.to_date is None or found.from_date <= found.to_date
