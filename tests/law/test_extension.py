"""A notice of delay moves a date only where the rule lets it, and only as far."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vault.law import clock, extension, pause, starting
from vault.law.extension import Verdict
from vault.law.rules import Right, Rule, choose
from vault.law.starting import Happened
from vault.model.providers import ProviderKind

HOSPITAL = ProviderKind.HOSPITAL


def day(text: str) -> dt.date:
    """The day of that ISO 8601 text."""
    return dt.date.fromisoformat(text)


def rule(place: str, right: Right = Right.ACCESS) -> Rule:
    """The rule of that id."""
    return next(r for r in choose(place, HOSPITAL, right) if r.id == place)


def judged(
    place: str,
    start: str,
    notice: str | None,
    until: str | None,
    *,
    right: Right = Right.ACCESS,
    nth: int = 1,
) -> Verdict:
    """The verdict on a notice that gives a reason."""
    on, to = day(notice) if notice else None, day(until) if until else None
    return extension.verdict(rule(place, right), day(start), on, to, "staff are away", nth)


@pytest.mark.parametrize(
    ("place", "right", "start", "notice", "until", "latest"),
    [
        ("us-hipaa", Right.ACCESS, "2026-01-02", "2026-02-01", "2026-03-03", "2026-03-03"),
        ("us-hipaa", Right.ACCESS, "2026-11-25", "2026-12-20", "2027-01-24", "2027-01-24"),
        ("us-hipaa", Right.ACCESS, "2024-01-31", "2024-03-01", "2024-03-31", "2024-03-31"),
        ("us-hipaa", Right.AMENDMENT, "2026-01-02", "2026-03-03", "2026-04-02", "2026-04-02"),
        ("us-hipaa", Right.AMENDMENT, "2026-11-25", "2027-01-24", "2027-02-23", "2027-02-23"),
        ("uk", Right.ACCESS, "2026-09-03", "2026-10-05", "2026-12-03", "2026-12-03"),
        ("uk", Right.ACCESS, "2026-01-31", "2026-02-27", "2026-04-30", "2026-04-30"),
        ("eu-gdpr", Right.AMENDMENT, "2026-01-31", "2026-02-27", "2026-04-30", "2026-04-30"),
        ("us-wa", Right.ACCESS, "2026-11-25", "2026-12-10", "2026-12-28", "2026-12-28"),
        ("ca-on", Right.ACCESS, "2026-01-02", "2026-01-30", "2026-03-03", "2026-03-03"),
    ],
)
def test_a_notice_in_time_with_reason_and_date_is_lawful(
    place: str, right: Right, start: str, notice: str, until: str, latest: str
) -> None:
    """To the day the rule allows at the most, and not a day more."""
    found = judged(place, start, notice, until, right=right)
    assert (found.lawful, found.until, found.latest) == (True, day(until), day(latest))
    beyond = (day(latest) + dt.timedelta(days=1)).isoformat()
    more = judged(place, start, notice, beyond, right=right)
    assert (more.lawful, more.until, more.capped) == (True, day(latest), True)
    assert "that is the most" in more.why


@pytest.mark.parametrize(
    ("place", "notice", "until", "nth", "words"),
    [
        ("us-hipaa", "2026-02-02", "2026-03-01", 1, "after the 1 Feb 2026 it had to come by"),
        ("us-hipaa", None, "2026-03-01", 1, "no written notice"),
        ("us-hipaa", "2026-01-20", None, 1, "no new date"),
        ("us-hipaa", "2025-12-20", "2026-03-01", 1, "before the request arrived"),
        ("us-hipaa", "2026-01-20", "2026-03-01", 2, "once only"),
        ("us-hipaa", "2026-01-20", "2026-01-25", 1, "before the date that holds already"),
        ("us-ca", "2026-01-10", "2026-02-01", 1, "knows no extension"),
        ("us-tn", "2026-01-10", "2026-02-01", 1, "knows no extension"),
    ],
)
def test_anything_less_leaves_the_date_as_it_was(
    place: str, notice: str | None, until: str | None, nth: int, words: str
) -> None:
    """And the reason is said with the rule's source."""
    found = judged(place, "2026-01-02", notice, until, nth=nth)
    assert not found.lawful
    assert found.until == clock.under(rule(place), day("2026-01-02")).on
    assert words in found.why
    assert found.why.endswith("check the current text)")


def test_a_notice_without_a_reason_is_none() -> None:
    """Blanks are no reason."""
    found = extension.verdict(
        rule("us-hipaa"), day("2026-01-02"), day("2026-01-20"), day("2026-03-01"), "  "
    )
    assert (found.lawful, found.until) == (False, day("2026-02-01"))


def test_new_zealand_may_name_any_reasonable_date() -> None:
    """Its rule has no number, so none is claimed."""
    found = judged("nz", "2026-02-02", "2026-02-20", "2026-06-30")
    assert (found.lawful, found.until, found.latest) == (True, day("2026-06-30"), None)
    assert "reasonable" in found.why


def test_a_rule_shown_for_comparison_extends_nothing() -> None:
    """A school's amendment goes by no rule that is recorded."""
    (lent,) = choose("us", ProviderKind.SCHOOL, Right.AMENDMENT)
    found = extension.verdict(lent, day("2026-01-02"), day("2026-01-20"), day("2026-03-10"), "x")
    assert not found.lawful


@given(
    place=st.sampled_from(["us-hipaa", "us-ca", "us-wa", "uk", "nz", "ca-on", "us-mi"]),
    right=st.sampled_from(list(Right)),
    start=st.dates(dt.date(2020, 1, 1), dt.date(2035, 12, 31)),
    notice=st.integers(-5, 120),
    until=st.integers(-5, 400),
    nth=st.integers(1, 3),
)
def test_no_verdict_is_ever_before_the_date_or_beyond_the_most(
    place: str, right: Right, start: dt.date, notice: int, until: int, nth: int
) -> None:
    """Whatever a notice says, the date stays between the first date and the latest."""
    held = choose(place, HOSPITAL, right)[0]
    on, to = start + dt.timedelta(days=notice), start + dt.timedelta(days=until)
    found = extension.verdict(held, start, on, to, "a reason", nth)
    assert found.until >= clock.under(held, start).on
    assert found.latest is None or found.until <= found.latest
    assert found.lawful or found.until == clock.under(held, start).on


def test_the_united_kingdom_stops_its_clock_for_a_question_back() -> None:
    """The days of the question are added; while it is open there is no date."""
    due = clock.under(rule("uk"), day("2026-09-03"))
    asked = day("2026-09-10")
    open_ = pause.verdict(due, asked, None, clarifies=True)
    assert (open_.lawful, open_.due) == (True, None)
    over = pause.verdict(due, asked, day("2026-09-15"), clarifies=True)
    assert over.due is not None
    assert (over.due.on, over.due.rolled) == (day("2026-10-08"), day("2026-10-08"))


@pytest.mark.parametrize("place", ["us-hipaa", "us-ca", "eu-gdpr", "nz"])
def test_elsewhere_a_claimed_pause_changes_nothing(place: str) -> None:
    """The legal date stays, and is said to."""
    due = clock.under(rule(place), day("2026-01-02"))
    found = pause.verdict(due, day("2026-01-05"), day("2026-01-20"), clarifies=True)
    assert (found.lawful, found.due) == (False, due)
    assert "They claim a pause" in found.why


def test_a_pause_for_anything_else_is_none_in_the_united_kingdom_either() -> None:
    """Only a question back about the request stops the clock."""
    due = clock.under(rule("uk"), day("2026-09-03"))
    assert not pause.verdict(due, day("2026-09-10"), None, clarifies=False).lawful
    assert not pause.verdict(due, day("2026-10-20"), None, clarifies=True).lawful


def test_a_hospital_in_texas_waits_for_the_payment_it_asked_for() -> None:
    """Its 15 days begin with the payment; until then the other rules count."""
    found = choose("us-tx", HOSPITAL, Right.ACCESS)
    waiting = starting.due(found, Happened(day("2026-11-25"), fee_asked=True))
    assert waiting is not None
    assert waiting.rule.id != "us-tx-hospital"
    paid = starting.due(found, Happened(day("2026-11-25"), paid=day("2026-11-27")))
    assert paid is not None
    assert (paid.rule.id, paid.on) == ("us-tx-hospital", day("2026-12-12"))
    assert paid.rule.condition == ""
    alone = [rule("us-tx-hospital")]
    assert starting.due(alone, Happened(day("2026-11-25"), fee_asked=True)) is None


def test_a_fee_paid_late_gives_seven_days_more() -> None:
    """Victoria and New South Wales: 45 days, or 7 after the payment where that is later."""
    for place in ("au-vic", "au-nsw"):
        held = rule(place)
        early = clock.after_fee(held, day("2026-01-05"), day("2026-01-20"))
        late = clock.after_fee(held, day("2026-01-05"), day("2026-02-25"))
        assert (early.on, late.on) == (day("2026-02-19"), day("2026-03-04"))
    plain = rule("us-hipaa")
    assert clock.after_fee(plain, day("2026-01-02"), day("2026-02-25")).on == day("2026-02-01")


@pytest.mark.parametrize(
    ("oldest", "on"),
    [("2026-02-01", "2026-03-22"), ("2026-01-15", "2026-04-10"), (None, "2026-04-10")],
)
def test_the_age_of_the_record_decides_for_the_dead(oldest: str | None, on: str) -> None:
    """21 days where all of it is from the 40 days before the application, else 40."""
    happened = Happened(day("2026-03-02"), oldest=day(oldest) if oldest else None)
    found = starting.due([rule("uk-deceased")], happened)
    assert found is not None
    assert found.on == day(on)


def test_the_clock_of_the_united_kingdom_can_start_with_the_proof_of_identity() -> None:
    """Whichever of the two is later; elsewhere receipt alone counts."""
    happened = Happened(day("2026-09-01"), confirmed=day("2026-09-03"))
    british = starting.due([rule("uk")], happened)
    american = starting.due([rule("us-hipaa")], happened)
    assert british is not None
    assert american is not None
    assert (british.on, american.on) == (day("2026-10-03"), day("2026-10-01"))


def test_michigan_takes_no_signature_older_than_sixty_days() -> None:
    """Sixty days are in time, sixty-one are not; elsewhere no age is recorded."""
    signed = day("2026-01-01")
    held = rule("us-mi")
    assert not starting.signature_too_old(held, signed, day("2026-03-02"))
    assert starting.signature_too_old(held, signed, day("2026-03-03"))
    assert not starting.signature_too_old(rule("us-ca"), signed, day("2026-12-01"))
