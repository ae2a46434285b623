"""The data states what its sources state, and nothing that has been repealed or only proposed."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from importlib import resources

import pytest

from vault.law import book, clock, denial, holidays, rules
from vault.law.rows import FeeKind, Place
from vault.law.rules import Right, choose
from vault.law.terms import Confidence, Source, Verified
from vault.model.providers import ProviderKind

TEXT = resources.files("vault.law").joinpath("jurisdictions.toml").read_text("utf-8")
PLACES = book.builtin().places


def sources(place: Place) -> list[Source]:
    """Every source a place names."""
    found = [rule.source for rule in (*place.rules.values(), *place.clocks.values())]
    found += [fee.source for fee in place.fees]
    found += [regulator.source for regulator in place.regulators]
    found += [held.source for held in (place.review, place.statement) if held is not None]
    return found


@pytest.mark.parametrize("place", PLACES.values(), ids=list(PLACES))
def test_what_nobody_looked_up_is_never_sure(place: Place) -> None:
    """Each row names its source, and general knowledge is of medium confidence at most."""
    for source in sources(place):
        assert source.cite
        assert (
            source.verified is not Verified.UNVERIFIED or source.confidence is not Confidence.HIGH
        )


@pytest.mark.parametrize("id_", PLACES)
@pytest.mark.parametrize("right", list(Right))
def test_every_row_answers_for_every_kind_and_right(id_: str, right: Right) -> None:
    """Whatever is asked, there is a rule, and a date can be counted by it."""
    for kind in ProviderKind:
        found = choose(id_, kind, right)
        assert found
        assert clock.due(found, dt.date(2026, 11, 25)).on > dt.date(2026, 11, 25)


def test_everything_beside_the_places_names_its_source() -> None:
    """Grounds, notices and times of keeping too."""
    held = book.builtin()
    sourced = [(g.words, g.source) for g in held.grounds]
    sourced += [(n.words, n.source) for n in held.never_valid]
    sourced += [(p.words, p.source) for p in held.notice_parts]
    sourced += [(r.words, r.source) for r in held.retention]
    assert len(sourced) > 60
    for words, source in sourced:
        assert words
        assert source.cite
        unsure = source.verified is Verified.UNVERIFIED
        assert not (unsure and source.confidence is Confidence.HIGH)


def test_every_time_of_keeping_belongs_to_a_place_there_is() -> None:
    """Its place is a row, or one of the states."""
    for row in book.builtin().retention:
        assert rules.knows(row.place)


def test_off_site_storage_gives_no_sixty_days() -> None:
    """The old 60 days for records kept elsewhere went in 2013: HIPAA is 30, and 30 more once."""
    rule = PLACES["us-hipaa"].rules[Right.ACCESS]
    assert (rule.days, rule.extension_days, rule.extension_max) == (30, 30, 1)
    assert "off-site" not in TEXT
    assert clock.extended(rule, dt.date(2026, 1, 2)) == dt.date(2026, 3, 3)


def test_the_proposed_fifteen_days_are_no_rule() -> None:
    """The change of 2021 was proposed and not made."""
    assert choose("us", ProviderKind.HOSPITAL, Right.ACCESS)[0].days == 30


def test_laboratories_are_under_the_right_of_access() -> None:
    """The exclusion of CLIA laboratories was repealed in 2014; it is no ground of denial."""
    assert choose("us", ProviderKind.LAB, Right.ACCESS)[0].id == "us-hipaa"
    grounds = denial.grounds("us", ProviderKind.LAB, Right.ACCESS)
    assert len(grounds) == 9
    assert not any("CLIA" in g.words or "493" in g.source.cite for g in grounds)


def test_the_observed_day_can_be_in_the_year_before() -> None:
    """1 January 2028 is a Saturday; Friday 31 December 2027 is no working day."""
    assert not holidays.is_working_day(dt.date(2027, 12, 31), "us-federal")
    assert holidays.is_working_day(dt.date(2027, 12, 30), "us-federal")


FEDERAL = {
    2026: "01-01 01-19 02-16 05-25 06-19 07-03 09-07 10-12 11-11 11-26 12-25",
    2027: "01-01 01-18 02-15 05-31 06-18 07-05 09-06 10-11 11-11 11-25 12-24 12-31",
    2028: "01-17 02-21 05-29 06-19 07-04 09-04 10-09 11-10 11-23 12-25",
}


@pytest.mark.parametrize("year", FEDERAL)
def test_the_federal_holidays(year: int) -> None:
    """The weekdays nobody works by 5 USC 6103, those of three years."""
    days = [dt.date(year, 1, 1) + dt.timedelta(days=n) for n in range(366)]
    off = [
        day.strftime("%m-%d")
        for day in days
        if day.year == year and day.weekday() < 5 and not holidays.is_working_day(day, "us-federal")
    ]
    assert off == FEDERAL[year].split()


def test_a_cash_only_practice_in_montana_has_a_rule_of_its_own() -> None:
    """Who is not under HIPAA goes by the state's law, when that is named."""
    assert not choose("us-mt-nonhipaa", ProviderKind.CLINIC, Right.ACCESS)[0].hipaa


def test_third_party_prices_are_marked_as_such() -> None:
    """Georgia's, Illinois's, Washington's and Texas's schedules are not for a patient."""
    for id_ in ("us-ga", "us-il", "us-wa", "us-tx-hospital"):
        assert {fee.audience.value for fee in PLACES[id_].fees} == {"third_party"}


def test_six_fifty_is_an_option_and_no_ceiling() -> None:
    """HIPAA's flat fee is one the holder may choose."""
    (flat,) = [fee for fee in PLACES["us-hipaa"].fees if fee.amount is not None]
    assert (flat.kind, flat.amount, flat.currency) == (
        FeeKind.FLAT_OPTION,
        Decimal("6.50"),
        "USD",
    )


def test_a_state_without_a_number_is_told_what_is_recorded() -> None:
    """Those looked through, and those not, both go by HIPAA and say so."""
    for state in (*PLACES["us-no-shorter-rule"].states, "ar", "ia", "id", "ks", "ms", "nd", "nm"):
        rule = choose(f"us-{state}", ProviderKind.HOSPITAL, Right.ACCESS)[0]
        assert (rule.id, rule.note) == ("us-hipaa", "no shorter state rule recorded")


def test_victoria_and_new_south_wales_go_by_their_own_number() -> None:
    """The state's 45 days stand in the place of the Commonwealth's guidance."""
    for place in ("au-vic", "au-nsw"):
        (rule,) = choose(place, ProviderKind.CLINIC, Right.ACCESS)
        assert (rule.days, rule.soft) == (45, False)
        (amendment,) = choose(place, ProviderKind.CLINIC, Right.AMENDMENT)
        assert (amendment.soft, amendment.basis) == (True, "APP 13")


def test_another_clock_of_a_place() -> None:
    """Accounting under HIPAA, a summary in California, a complaint to the holder in the UK."""
    accounting = rules.clock_of("us-ca", ProviderKind.HOSPITAL, "accounting")
    assert accounting is not None
    assert (accounting.days, accounting.extension_days) == (60, 30)
    summary = rules.clock_of("us-ca", ProviderKind.HOSPITAL, "summary_instead")
    assert summary is not None
    assert clock.under(summary, dt.date(2026, 1, 2)).on == dt.date(2026, 1, 16)
    complaint = rules.clock_of("uk", ProviderKind.HOSPITAL, "controller_complaint")
    assert complaint is not None
    assert clock.under(complaint, dt.date(2026, 7, 1)).on == dt.date(2026, 7, 30)
    assert rules.clock_of("nz", ProviderKind.HOSPITAL, "accounting") is None


@pytest.mark.parametrize(
    ("place", "first"),
    [
        ("us-ca", "us-ca"),
        ("us-wa", "us-wa"),
        ("us-md", "us-md"),
        ("us-tx", "us-tx-hospital"),
        ("us-ny", "us-ny"),
        ("us-tn", "us-hipaa"),
        ("us-oh", "us-hipaa"),
        ("au-vic", "au-vic"),
    ],
)
def test_how_long_looking_at_a_record_may_take(place: str, first: str) -> None:
    """A state's own time for it, its time for copies where that holds too, else HIPAA's."""
    rule = choose(place, ProviderKind.HOSPITAL, Right.INSPECT)[0]
    assert (rule.id, rule.right) == (first, Right.INSPECT)
