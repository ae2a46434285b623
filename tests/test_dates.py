"""Dates as people type them, and as records print them."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vault import dates
from vault.errors import BadDate, Exit

MARCH = dt.date(1961, 3, 14)


def test_a_typed_date_is_read() -> None:
    """ISO 8601, with blanks around it at most."""
    assert dates.parse(" 2026-01-02 ") == dt.date(2026, 1, 2)


@pytest.mark.parametrize(
    "text", ["", "2026-02-30", "20260102", "2026-W01-1", "1/2/2026", "2026-1-2", "٢٠٢٦-٠١-٠٢"]
)
def test_anything_else_typed_is_refused(text: str) -> None:
    """Compact, weekly, foreign and impossible dates are wrong usage, with a hint."""
    with pytest.raises(BadDate) as caught:
        dates.parse(text, "the day sent")
    assert caught.value.exit_code is Exit.USAGE
    assert caught.value.sentence.startswith("the day sent is not a date")
    assert "YYYY-MM-DD" in caught.value.hint


def test_a_refused_date_is_shown_without_control_codes() -> None:
    """What was typed is shown back, short and harmless."""
    with pytest.raises(BadDate) as caught:
        dates.parse("\x1b[31m" + "9" * 100)
    assert "\x1b" not in caught.value.sentence
    assert len(caught.value.sentence) < 100


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("1961-03-14", "1961-03-14"),
        ("born 1961/03/14.", "1961/03/14"),
        ("03/14/1961", "03/14/1961"),
        ("3 / 14 / 61", "3 / 14 / 61"),
        ("DOB-3-14-1961", "3-14-1961"),
        ("14.3.1961", "14.3.1961"),
        ("March 14, 1961", "March 14, 1961"),
        ("Mar. 14 1961", "Mar. 14 1961"),
        ("on 14th of March 1961", "14th of March 1961"),
        ("14-MAR-1961", "14-MAR-1961"),
        ("14-mar-61", "14-mar-61"),
        ("14 Mar 1961 Sex F", "14 Mar 1961"),
    ],
)
def test_printed_shapes(text: str, printed: str) -> None:
    """Many shapes, one day; the text is kept as it stands."""
    assert dates.printed(text) == dates.PartialDate(printed, (MARCH,))


def test_day_and_month_may_be_open() -> None:
    """03/07/1961 is two dates, month first before day first; 07/07/1961 is one."""
    found = dates.printed("03/07/1961")
    assert found is not None
    assert found.readings == (dt.date(1961, 3, 7), dt.date(1961, 7, 3))
    assert found.may_be(dt.date(1961, 7, 3))
    assert not found.may_be(dt.date(1961, 7, 4))
    same = dates.printed("07/07/1961")
    assert same is not None
    assert len(same.readings) == 1


def test_two_digits_of_a_year_turn_at_the_pivot() -> None:
    """Up to the pivot this century, beyond it the last."""
    years = {y: dates.printed(f"1/1/{y}", pivot=2026) for y in ("26", "27", "00", "99")}
    read = {y: found.readings[0].year for y, found in years.items() if found}
    assert read == {"26": 2026, "27": 1927, "00": 2000, "99": 1999}


def test_the_first_date_of_a_text_is_read() -> None:
    """Whatever its shape, the date that stands first counts."""
    found = dates.printed("March 3, 2019 and again 5/6/2020")
    assert found is not None
    assert found.readings == (dt.date(2019, 3, 3),)


def test_an_impossible_date_has_no_reading() -> None:
    """It is seen, and means no day."""
    assert dates.printed("13/32/1961") == dates.PartialDate("13/32/1961", ())


@pytest.mark.parametrize(
    "text",
    [
        "",
        "no date",
        "112/14/1971",
        "71-10-033",
        "1.2.3.2020",
        "12:30",
        "March 1961",
        "Palomar 14, 1961",
    ],
)
def test_what_is_no_date(text: str) -> None:
    """Record numbers, versions, times and parts of dates are none."""
    assert dates.printed(text) is None


@given(st.text(max_size=60))
def test_any_text_is_read_without_failing(text: str) -> None:
    """Never an exception; what is found stands in the text."""
    found = dates.printed(text)
    assert found is None or found.text in text


@given(st.dates(dt.date(1900, 1, 1), dt.date(2099, 12, 31)))
def test_every_day_survives_being_printed(day: dt.date) -> None:
    """Each usual way of printing a day is read back as that day."""
    month = dates.MONTHS[day.month - 1]
    shapes = [
        day.isoformat(),
        f"{day.month}/{day.day}/{day.year}",
        f"{day.day:02}.{day.month:02}.{day.year}",
        f"{month.title()} {day.day}, {day.year}",
        f"{day.day}-{month[:3].upper()}-{day.year}",
    ]
    for shape in shapes:
        found = dates.printed(shape)
        assert found is not None
        assert found.may_be(day)
        assert found.text == shape


def test_the_clock_is_stored_in_utc() -> None:
    """Moments are written to the second with a Z."""
    moment = dt.datetime.fromisoformat(dates.now())
    assert moment.utcoffset() == dt.timedelta(0)
    assert dates.now().endswith("Z")
    assert abs((dates.today() - moment.date()).days) <= 1
