"""Days are counted as each law counts them."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vault.law import clock
from vault.law.holidays import is_working_day
from vault.law.rules import Right, Rule, choose
from vault.law.terms import Confidence, Count
from vault.model.providers import ProviderKind

OTHER = ProviderKind.OTHER


def day(text: str) -> dt.date:
    """The day of that ISO 8601 text."""
    return dt.date.fromisoformat(text)


def rule_of(id_: str, right: Right = Right.ACCESS) -> Rule:
    """The rule of that id, alone."""
    return next(r for r in choose(id_, ProviderKind.HOSPITAL, right) if r.id == id_)


def business(days: int) -> Rule:
    """A rule of so many US business days."""
    return Rule(
        id="test",
        name="Test",
        right=Right.ACCESS,
        cite="none",
        verified="unverified",
        confidence=Confidence.LOW,
        days=days,
        count=Count.BUSINESS_AFTER,
        holidays="us-federal",
    )


@pytest.mark.parametrize(
    ("right", "start", "on", "latest"),
    [
        (Right.ACCESS, "2026-01-02", "2026-02-01", "2026-03-03"),
        (Right.AMENDMENT, "2026-01-02", "2026-03-03", "2026-04-02"),
        (Right.ACCESS, "2026-11-25", "2026-12-25", "2027-01-24"),
        (Right.AMENDMENT, "2026-11-25", "2027-01-24", "2027-02-23"),
        (Right.ACCESS, "2024-01-31", "2024-03-01", "2024-03-31"),
    ],
)
def test_hipaa_counts_calendar_days_and_moves_no_date(
    right: Right, start: str, on: str, latest: str
) -> None:
    """30 and 60 days after receipt, on Sundays, holidays and across a leap day too."""
    rule = rule_of("us-hipaa", right)
    due = clock.due([rule], day(start))
    assert (due.on, due.rolled) == (day(on), day(on))
    assert due.rule is rule
    assert due.start == day(start)
    assert clock.extended(rule, day(start)) == day(latest)


@pytest.mark.parametrize(
    ("days", "start", "on"),
    [
        (5, "2026-01-02", "2026-01-09"),
        (10, "2026-11-25", "2026-12-10"),
        (15, "2026-11-25", "2026-12-17"),
        (21, "2026-11-25", "2026-12-28"),
        (5, "2026-12-18", "2026-12-28"),
        (10, "2026-12-18", "2027-01-05"),
        (15, "2026-12-18", "2027-01-12"),
    ],
)
def test_business_days_leave_out_weekends_and_federal_holidays(
    days: int, start: str, on: str
) -> None:
    """Thanksgiving, Christmas and New Year's Day are not counted, nor is the first day."""
    due = clock.due([business(days)], day(start))
    assert (due.on, due.rolled) == (day(on), day(on))


@pytest.mark.parametrize(
    ("id_", "start", "on"),
    [
        ("us-tn", "2026-11-25", "2026-12-10"),
        ("us-wa", "2026-11-25", "2026-12-17"),
        ("us-tx-ehr", "2026-11-25", "2026-12-17"),
        ("us-md", "2026-11-25", "2026-12-28"),
    ],
)
def test_state_rules_in_business_days(id_: str, start: str, on: str) -> None:
    """The states' own numbers, counted in business days."""
    assert clock.under(rule_of(id_), day(start)).on == day(on)


def test_new_year_on_a_saturday_is_kept_on_the_friday_before() -> None:
    """31 December 2027 is a holiday, observed for 1 January 2028."""
    assert clock.due([business(1)], day("2027-12-30")).on == day("2028-01-03")


def test_california_may_move_the_date() -> None:
    """A Saturday stays the legal date; beside it stands the next working day, after a holiday."""
    due = clock.under(rule_of("us-ca"), day("2026-01-02"))
    assert (due.on, due.rolled) == (day("2026-01-17"), day("2026-01-20"))
    inspect = rule_of("us-ca", Right.INSPECT)
    assert clock.under(inspect, day("2026-01-02")).on == day("2026-01-09")


@pytest.mark.parametrize(
    ("start", "on", "rolled", "latest"),
    [
        ("2026-09-03", "2026-10-03", "2026-10-05", "2026-12-03"),
        ("2026-01-31", "2026-02-28", "2026-03-02", "2026-04-30"),
        ("2026-11-25", "2026-12-25", "2026-12-29", "2027-02-25"),
    ],
)
def test_the_united_kingdom_counts_months(start: str, on: str, rolled: str, latest: str) -> None:
    """The same date next month or its last day; three months run from the start."""
    rule = rule_of("uk")
    due = clock.due([rule], day(start))
    assert (due.on, due.rolled) == (day(on), day(rolled))
    assert clock.extended(rule, day(start)) == day(latest)


@pytest.mark.parametrize(
    ("id_", "on"), [("uk-deceased-recent", "2026-03-22"), ("uk-deceased", "2026-04-10")]
)
def test_the_day_of_application_counts_for_records_of_the_dead(id_: str, on: str) -> None:
    """21 and 40 days beginning with the application."""
    assert clock.under(rule_of(id_), day("2026-03-02")).on == day(on)


def test_new_zealand_leaves_out_the_summer_break() -> None:
    """25 December to 15 January are no working days."""
    rule = rule_of("nz")
    assert clock.under(rule, day("2026-12-10")).on == day("2027-01-29")
    assert clock.extended(rule, day("2026-12-10")) is None


def test_washington_extends_to_21_days_from_the_start() -> None:
    """The longer time is counted from the start, in the kind of days of the rule."""
    assert clock.extended(rule_of("us-wa"), day("2026-11-25")) == day("2026-12-28")
    amendment = rule_of("us-wa", Right.AMENDMENT)
    assert clock.extended(amendment, day("2026-11-25")) == day("2026-12-16")


def test_the_earliest_rule_wins() -> None:
    """A hospital in Texas: 15 days by its own statute come before all others."""
    rules = choose("us-tx", ProviderKind.HOSPITAL, Right.ACCESS)
    assert len(rules) == 3
    due = clock.due(rules, day("2026-11-25"))
    assert (due.rule.id, due.on) == ("us-tx-hospital", day("2026-12-10"))


def test_of_equal_dates_the_one_that_stands_still_wins() -> None:
    """Georgia and HIPAA both give 30 days; only HIPAA's date is never moved."""
    due = clock.due(choose("us-ga", OTHER, Right.ACCESS), day("2026-01-02"))
    assert (due.rule.id, due.on, due.rolled) == ("us-hipaa", day("2026-02-01"), day("2026-02-01"))


@given(
    days=st.integers(1, 60),
    start=st.dates(dt.date(2020, 1, 1), dt.date(2035, 12, 31)),
    off=st.sets(st.integers(1, 90), max_size=8),
)
def test_business_days_end_on_a_working_day_and_count_no_other(
    days: int, start: dt.date, off: set[int]
) -> None:
    """Weekends, holidays and a person's own days off are never among the days counted."""
    mine = frozenset(start + dt.timedelta(days=n) for n in off)
    rule = replace(business(days), days_off=mine)
    on = clock.under(rule, start).on
    span = [start + dt.timedelta(days=n) for n in range(1, (on - start).days + 1)]
    worked = [day for day in span if is_working_day(day, "us-federal", mine)]
    assert len(worked) == days
    assert worked[-1] == on
    assert not any(day.weekday() >= 5 or day in mine for day in worked)


PLACES = ["us-hipaa", "us-ca", "us-tx", "us-wa", "uk", "uk-deceased", "nz", "de", "ie", "ca-on"]


@given(
    place=st.sampled_from(PLACES),
    right=st.sampled_from(list(Right)),
    start=st.dates(dt.date(2020, 1, 1), dt.date(2035, 12, 31)),
)
def test_a_later_start_is_never_due_earlier(place: str, right: Right, start: dt.date) -> None:
    """Due dates follow their start, lie after it, and move forward only."""
    rules = choose(place, ProviderKind.HOSPITAL, right)
    one = clock.due(rules, start)
    other = clock.due(rules, start + dt.timedelta(days=1))
    assert start < one.on <= one.rolled
    assert one.on <= other.on
    latest = clock.extended(one.rule, start)
    assert latest is None or latest > one.on
