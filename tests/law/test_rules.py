"""The rule for a place and a kind of holder is found, and nothing is claimed beyond the data."""

from __future__ import annotations

import pytest

from vault.errors import UsageError
from vault.law.book import builtin
from vault.law.rules import STATES, Right, choose, known
from vault.law.terms import Confidence
from vault.model.providers import Provider, ProviderKind

LAB = ProviderKind.LAB


def ids(place: str, kind: ProviderKind, right: Right = Right.ACCESS) -> list[str]:
    """The ids of the rules chosen, in their order."""
    return [rule.id for rule in choose(place, kind, right)]


def test_every_row_names_its_source() -> None:
    """Each rule has a citation, how it was seen, and no more confidence than that allows."""
    rules = [rule for place in builtin().places.values() for rule in place.rules.values()]
    assert len(rules) > 30
    for rule in rules:
        assert rule.cite
        assert (rule.days > 0) != (rule.months > 0)
        assert rule.verified in ("text", "official", "summary", "unverified")
        assert rule.verified != "unverified" or rule.confidence is not Confidence.HIGH


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        (ProviderKind.HOSPITAL, ["us-tx-hospital", "us-tx-ehr", "us-hipaa"]),
        (ProviderKind.PRIMARY_CARE, ["us-tx-physician", "us-tx-ehr", "us-hipaa"]),
        (ProviderKind.LAB, ["us-tx-ehr", "us-hipaa"]),
    ],
)
def test_the_kind_of_holder_decides(kind: ProviderKind, expected: list[str]) -> None:
    """Texas has rules of its own for hospitals and for physicians; the shortest comes first."""
    assert ids("us-tx", kind) == expected


def test_a_rule_can_be_named_by_its_own_id() -> None:
    """A rule's id means that rule alone, whatever the kind of holder."""
    assert ids("us-tx-hospital", LAB) == ["us-tx-hospital"]
    assert ids("us-hipaa", LAB) == ["us-hipaa"]


def test_a_right_without_a_row_falls_back_to_the_overlay() -> None:
    """Texas says nothing of amendments, so HIPAA's 60 days hold."""
    rule = choose("us-tx-hospital", ProviderKind.HOSPITAL, Right.AMENDMENT)[0]
    assert (rule.id, rule.days, rule.hipaa) == ("us-hipaa", 60, True)


@pytest.mark.parametrize("state", ["oh", "fl", "dc", "wy", "ak"])
def test_a_state_without_a_shorter_rule_says_so(state: str) -> None:
    """Such a state falls through to HIPAA with a remark."""
    rule = choose(f"us-{state}", LAB, Right.ACCESS)[0]
    assert rule.id == "us-hipaa"
    assert rule.note == "no shorter state rule recorded"


def test_what_a_state_says_without_a_number_is_told() -> None:
    """New York's reasonable time is a remark to HIPAA's 30 days."""
    rule = choose("us-ny", LAB, Right.ACCESS)[0]
    assert rule.id == "us-hipaa"
    assert "10 to 14 days" in rule.note


def test_every_place_has_a_rule_for_every_right_and_holder() -> None:
    """Whatever is chosen from the data, the answer is never empty."""
    places = [*(f"us-{state}" for state in STATES), *builtin().places, "us", "eu", "de", "gb"]
    assert len(STATES) == 56
    for place in places:
        for kind in ProviderKind:
            assert all(choose(place, kind, right) for right in Right)


def test_schools_and_employers_are_not_under_hipaa() -> None:
    """They have their own federal rules; a borrowed number is said to be borrowed."""
    assert ids("us-oh", ProviderKind.SCHOOL) == ["us-ferpa"]
    assert ids("us-tx", ProviderKind.EMPLOYER) == ["us-osha"]
    borrowed = choose("us", ProviderKind.SCHOOL, Right.AMENDMENT)[0]
    assert borrowed.confidence is Confidence.LOW
    assert not borrowed.hipaa
    assert "comparison" in borrowed.note
    assert borrowed.compared
    deceased = choose("uk-deceased", ProviderKind.HOSPITAL, Right.AMENDMENT)[0]
    assert deceased.compared


def test_a_rule_that_binds_the_holder_is_not_marked_as_compared() -> None:
    """The mark is made only where another rule is borrowed."""
    assert not any(r.compared for p in builtin().places.values() for r in p.rules.values())
    assert not choose("us", ProviderKind.SCHOOL, Right.ACCESS)[0].compared


@pytest.mark.parametrize("kind", [ProviderKind.HOSPITAL, ProviderKind.CLINIC])
def test_the_default_place_gives_a_hospital_or_clinic_hipaa(kind: ProviderKind) -> None:
    """A provider whose place nobody named goes by HIPAA where HIPAA binds its kind."""
    place = Provider("prov_1", "Elm Street", kind).jurisdiction
    assert ids(place, kind) == ["us-hipaa"]


@pytest.mark.parametrize(
    ("kind", "rule"), [(ProviderKind.SCHOOL, "us-ferpa"), (ProviderKind.EMPLOYER, "us-osha")]
)
def test_the_default_place_gives_no_school_or_employer_hipaa(kind: ProviderKind, rule: str) -> None:
    """Their access goes by their own rule; an amendment under HIPAA is comparison, never sure."""
    place = Provider("prov_1", "Elm Street", kind).jurisdiction
    assert ids(place, kind) == [rule]
    amendment = choose(place, kind, Right.AMENDMENT)[0]
    assert (amendment.compared, amendment.confidence) == (True, Confidence.LOW)


def test_montana_without_hipaa_has_to_be_named() -> None:
    """Its 10 days bind only holders HIPAA does not; nobody gets them by living there."""
    assert ids("us-mt", LAB) == ["us-hipaa"]
    rule = choose("us-mt-nonhipaa", LAB, Right.ACCESS)[0]
    assert (rule.days, rule.hipaa) == (10, False)


def test_a_country_of_the_union_goes_by_the_gdpr_and_its_own_holidays() -> None:
    """Germany and Ireland share a rule, not their holidays."""
    rules = [choose(place, LAB, Right.ACCESS)[0] for place in ("de", "ie", "eu")]
    assert {rule.id for rule in rules} == {"eu-gdpr"}
    assert [rule.holidays for rule in rules] == ["de", "ie", "weekends"]


def test_to_look_at_a_record_is_part_of_access() -> None:
    """Where a place has no rule for looking, its rule for copies holds."""
    assert choose("uk", LAB, Right.INSPECT)[0].months == 1
    assert ids("us-ca", LAB, Right.INSPECT) == ["us-ca", "us-hipaa"]


@pytest.mark.parametrize("place", ["narnia", "us-zz", "", "us-tx-vet", "US_", "\x1b[31m"])
def test_an_unknown_place_is_refused_with_the_known_ones(place: str) -> None:
    """The error names the places there are, and no control code of what was typed."""
    with pytest.raises(UsageError) as caught:
        choose(place, LAB, Right.ACCESS)
    assert known() in caught.value.hint
    assert "\x1b" not in caught.value.sentence


def test_case_and_underscores_do_not_matter() -> None:
    """People type places as they like."""
    assert ids(" US_TX ", ProviderKind.HOSPITAL) == ids("us-tx", ProviderKind.HOSPITAL)
