"""Denials, complaints and keeping: what is recorded is told, and nothing is claimed beyond it."""

from __future__ import annotations

import datetime as dt

import pytest

from vault.law import book, clock, complaint, denial, retention
from vault.law.complaint import Cause
from vault.law.rows import Retention
from vault.law.rules import Right, choose
from vault.model.providers import ProviderKind

HOSPITAL, CLINIC = ProviderKind.HOSPITAL, ProviderKind.CLINIC
TAIL = "check the current text)"


def day(text: str) -> dt.date:
    """The day of that ISO 8601 text."""
    return dt.date.fromisoformat(text)


def test_the_window_to_hhs_is_counted_both_ways() -> None:
    """180 days from the date that was missed, and from the first day one could know of it."""
    found = complaint.window("us-tx", HOSPITAL, day("2026-02-01"), Cause.MISSED)
    assert found is not None
    assert (found.safe, found.last) == (day("2026-07-31"), day("2026-08-01"))
    assert found.cite == "45 CFR 160.306(b)(3)"
    assert found.regulator.name == "HHS Office for Civil Rights"
    denied = complaint.window("us-tx", HOSPITAL, day("2026-02-01"), Cause.DENIED)
    assert denied is not None
    assert (denied.safe, denied.last) == (day("2026-07-31"), day("2026-07-31"))


def test_ontario_counts_six_months() -> None:
    """From the refusal, or from the day silence counts as one."""
    found = complaint.window("ca-on", HOSPITAL, day("2026-08-31"), Cause.DENIED)
    assert found is not None
    assert found.safe == day("2027-02-28")
    due = clock.due(choose("ca-on", HOSPITAL, Right.ACCESS), day("2026-01-02"))
    assert complaint.deemed_refused_on(due) == day("2026-02-03")
    hipaa = clock.due(choose("us", HOSPITAL, Right.ACCESS), day("2026-01-02"))
    assert complaint.deemed_refused_on(hipaa) is None


@pytest.mark.parametrize(
    ("place", "names"),
    [
        ("us-ny", ["New York", "HHS", "ASTP"]),
        ("us-ca", ["HHS", "ASTP"]),
        ("ie", ["Data Protection Commission"]),
        ("de", ["the data protection authority"]),
        ("uk", ["Information Commissioner"]),
        ("uk-deceased", ["the court"]),
        ("au-vic", ["Health Complaints", "OAIC"]),
        ("nz", ["Office of the Privacy"]),
        ("us-mt-nonhipaa", []),
    ],
)
def test_the_nearest_regulator_comes_first(place: str, names: list[str]) -> None:
    """A country's own authority stands in the place of its union's general one."""
    found = complaint.regulators(place, HOSPITAL)
    assert len(found) == len(names)
    for regulator, name in zip(found, names, strict=True):
        assert regulator.name.startswith(name)
        assert complaint.sentence(regulator).endswith(TAIL)


def test_an_informal_window_is_said_to_be_one() -> None:
    """The British three months are set by no law that is recorded."""
    found = complaint.window("uk", HOSPITAL, day("2026-10-05"), Cause.DENIED)
    assert found is not None
    assert (found.informal, found.safe) == (True, day("2027-01-05"))
    said = complaint.said(found)
    assert said.startswith("Usually complain")
    assert "complain to the holder of the records first" in said
    assert said.endswith(TAIL)


def test_no_window_is_made_up_where_none_is_set() -> None:
    """The court for the dead names no day; no regulator at all gives none."""
    found = complaint.window("uk-deceased", HOSPITAL, day("2026-10-05"), Cause.MISSED)
    assert found is not None
    assert (found.safe, found.last) == (None, None)
    assert "no time limit is recorded" in complaint.said(found)
    assert complaint.window("us-mt-nonhipaa", HOSPITAL, day("2026-10-05"), Cause.MISSED) is None


def test_which_grounds_can_be_reviewed() -> None:
    """Three of access can, six cannot, and none of an amendment."""
    access = denial.grounds("us-ca", HOSPITAL, Right.ACCESS)
    assert {g.id for g in access if g.reviewable} == {
        "hipaa-endanger-life",
        "hipaa-other-person",
        "hipaa-representative-harm",
    }
    amendment = denial.grounds("us-ca", HOSPITAL, Right.AMENDMENT)
    assert len(amendment) == 4
    assert not any(g.reviewable for g in amendment)
    assert denial.grounds("us-ca", HOSPITAL, Right.INSPECT) == access
    for ground in (*access, *amendment):
        assert denial.ground_line(ground).endswith(TAIL)
        assert denial.ground(ground.id) is ground
    assert denial.ground("none") is None


@pytest.mark.parametrize("place", ["uk", "de", "nz", "ca-on", "us-mt-nonhipaa"])
def test_elsewhere_no_american_ground_or_duty_is_claimed(place: str) -> None:
    """What HIPAA says is said only of holders it binds."""
    for right in Right:
        assert denial.grounds(place, HOSPITAL, right) == ()
        assert denial.owed(place, HOSPITAL, right) == ()
    assert denial.never_valid(place, HOSPITAL) == ()
    assert denial.review(place, HOSPITAL) is None
    assert denial.grounds("us", ProviderKind.SCHOOL, Right.ACCESS) == ()


def test_what_is_never_a_ground() -> None:
    """The six of the law, and what may not be made a condition."""
    found = {row.id for row in denial.never_valid("us-oh", CLINIC)}
    assert found >= {
        "unpaid-bill",
        "from-another-provider",
        "say-why",
        "portal-only",
        "in-person",
        "hipaa-forbids",
        "notary",
        "authorization-form",
    }
    for row in denial.never_valid("us-oh", CLINIC):
        assert denial.never_line(row).endswith(TAIL)


def test_what_a_written_denial_has_to_hold() -> None:
    """Access: ground, review and complaint, with more for some; an amendment: four things."""
    access = denial.owed("us-wa", HOSPITAL, Right.ACCESS)
    amendment = denial.owed("us-wa", HOSPITAL, Right.AMENDMENT)
    assert [len(access), len(amendment)] == [5, 4]
    assert {p.id for p in denial.missing(access, ["access-basis"])} == {"access-complaint"}
    lacking = denial.missing(amendment, ["amendment-basis", "amendment-complaint"])
    assert {p.id for p in lacking} == {"amendment-statement", "amendment-attach"}
    for part in (*access, *amendment):
        assert denial.part_line(part).endswith(TAIL)


def test_who_reviews_a_denial() -> None:
    """A licensed professional who took no part, wherever HIPAA binds."""
    held = denial.review("us-tn", HOSPITAL)
    assert held is not None
    assert "licensed professional" in held.kind


def test_californias_statement_has_250_words_an_item() -> None:
    """Others under HIPAA have a reasonable limit without a number, and abroad none is recorded."""
    limit = denial.statement("us-ca", HOSPITAL)
    assert limit is not None
    assert limit.words == 250
    assert "part of your record" in limit.must_state
    assert denial.too_long(limit, "word " * 250) == 0
    assert denial.too_long(limit, "word " * 253) == 3
    assert denial.too_long(limit, "word " * 503, items=2) == 3
    hipaa = denial.statement("us-oh", HOSPITAL)
    assert hipaa is not None
    assert hipaa.words == 0
    assert denial.too_long(hipaa, "word " * 9999) == 0
    assert denial.statement("de", HOSPITAL) is None


@pytest.mark.parametrize(
    ("place", "kind", "ids"),
    [
        ("us-ny", HOSPITAL, ["us-ny-hospital", "us-medicare-hospital"]),
        ("us-ny", CLINIC, ["us-ny-physician"]),
        ("us-fl", CLINIC, ["us-fl-physician"]),
        ("us-oh", ProviderKind.IMAGING, ["us-mammography"]),
        ("us-oh", ProviderKind.PATHOLOGY, ["us-pathology"]),
        ("us", ProviderKind.EMPLOYER, ["us-employer"]),
        ("de", HOSPITAL, []),
    ],
)
def test_how_long_records_are_kept(place: str, kind: ProviderKind, ids: list[str]) -> None:
    """The nearest rule first, by the kind of holder; none where none is recorded."""
    assert [row.id for row in retention.of(place, kind)] == ids


def held(id_: str) -> Retention:
    """The row of that id."""
    return next(row for row in book.builtin().retention if row.id == id_)


def test_the_day_until_which_a_record_is_kept() -> None:
    """Years from the last treatment; a minor's until the age the row names, if that is later."""
    row = held("us-ny-hospital")
    last = day("2020-02-29")
    assert retention.until(row, last) == day("2026-02-28")
    assert retention.until(row, last, day("2015-05-01")) == day("2036-05-01")
    assert retention.until(row, last, day("1961-03-14")) == day("2026-02-28")
    assert retention.until(held("us-or-physician"), last) is None
