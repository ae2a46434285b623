"""Habits and relatives told of in ways that cannot both be true."""

from __future__ import annotations

import pytest

from tests.review.clinic import find
from vault.model.flags import Check, Finding, Subject

SPRING, SUMMER, AUTUMN = "2019-03-04", "2019-05-20", "2019-08-11"


def between(section: str, usual: str, odd: str) -> Finding:
    """The one thing found where a record between two others says otherwise."""
    (found,) = find(
        (SPRING, f"{section}: {usual}"),
        (SUMMER, f"{section}: {odd}"),
        (AUTUMN, f"{section}: {usual}"),
    )
    assert found.check is Check.SOCIAL_FAMILY_CONTRADICTION
    assert {place.record for place in found.related} <= {"rec_1", "rec_3"}
    return found


@pytest.mark.parametrize(
    "never",
    [
        "She has never smoked.",
        "Nonsmoker, lifelong.",
        "Tobacco use: never.",
        "Denies any history of tobacco use.",
        "Has never used tobacco products.",
        "Smoking status: Never smoker",
    ],
)
@pytest.mark.parametrize(
    "smokes",
    [
        "Smokes one pack of cigarettes daily.",
        "Continues to smoke half a pack per day.",
        "Tobacco: 1 pack per day for 30 years.",
        "Heavy smoker, 40 pack-years.",
        "Quit smoking in 2001 after 20 pack-years.",
        "Used to smoke, stopped 10 years ago.",
    ],
)
def test_never_and_a_smoker(never: str, smokes: str) -> None:
    """Somebody who never smoked in spring and autumn did not smoke in summer, and the reverse."""
    assert between("Social History", never, smokes).record == "rec_2"
    assert between("Social History", smokes, never).record == "rec_2"


def test_smoking_after_an_end_long_ago() -> None:
    """Who stopped in 2004 by two records does not smoke in a third."""
    odd = between("Social History", "Former smoker, quit in 2004.", "Current smoker, 1 ppd.")
    assert (odd.record, odd.quote) == ("rec_2", "Current smoker, 1 ppd")


def test_stopping_between_two_records_is_no_contradiction() -> None:
    """First a smoker with a date to quit, later a former smoker since then."""
    notes = (
        (SPRING, "Social History: Current smoker, 1 ppd. Quit date set for 04/01/2019."),
        (SUMMER, "Social History: Former smoker, quit April 2019."),
        (AUTUMN, "Social History: Former smoker, quit April 2019."),
    )
    assert find(*notes) == []


@pytest.mark.parametrize(
    "heavy",
    [
        "Drinks a fifth of vodka daily.",
        "Alcohol: 8 beers per day.",
        "Consumes a six-pack of beer every night.",
        "EtOH: 1 pint of whiskey daily.",
        "Drinks four to five glasses of wine every evening.",
        "Alcohol dependence, severe.",
    ],
)
@pytest.mark.parametrize(
    "calm", ["Does not drink alcohol.", "EtOH: none.", "Teetotaler.", "Drinks alcohol socially."]
)
def test_heavy_drinking_and_none(heavy: str, calm: str) -> None:
    """Many drinks a day between records of few or none."""
    assert between("Social History", calm, heavy).record == "rec_2"


def test_light_drinking_told_in_other_words_is_no_contradiction() -> None:
    """Wine on weekends, socially, and a beer a week agree; so do somebody else's habits."""
    notes = (
        (SPRING, "Social History: Drinks 1-2 glasses of wine per week. Husband smokes."),
        (SUMMER, "Social History: Alcohol: two beers a week. Never smoker."),
        (AUTUMN, "Social History: EtOH socially. No secondhand smoke exposure. Never smoker."),
    )
    assert find(*notes) == []


@pytest.mark.parametrize(
    "cancer",
    [
        "Mother had breast cancer at 45.",
        "Breast cancer in mother and maternal aunt.",
        "Sister with ovarian cancer.",
        "Father died of colon cancer at 61.",
        "Maternal grandmother - breast ca",
        "Family history significant for breast cancer in her mother.",
    ],
)
@pytest.mark.parametrize(
    "none",
    [
        "No family history of cancer.",
        "Denies family history of malignancy.",
        "No first-degree relatives with cancer.",
        "There is no history of cancer in the family.",
        "Family history is negative for cancer.",
    ],
)
def test_cancer_in_the_family_and_none(cancer: str, none: str) -> None:
    """Cancer of a relative beside records that deny any."""
    odd = between("Family History", none, cancer)
    assert (odd.record, odd.subject) == ("rec_2", Subject.FAMILY_HISTORY)
    assert between("Family History", cancer, none).record == "rec_2"


def test_a_parent_who_dies_and_lives_on() -> None:
    """Two ages at death, and a death between two records of a parent who is well."""
    old, young = "Mother died at 88, dementia.", "Mother died of ovarian cancer at 52."
    assert between("Family History", old, young).record == "rec_2"
    well = "Mother: alive and well. Father: stroke."
    assert between("Family History", well, "Mother: died of stroke at 60.").record == "rec_2"


def test_a_parent_who_died_since_is_no_contradiction() -> None:
    """Alive first and dead later, the same death in other words, and two different relatives."""
    notes = (
        (SPRING, "Family History: Father: alive, 84, glaucoma. Mother: thyroid disease."),
        (SUMMER, "Family History: FATHER - alive, 84, glaucoma; MOTHER - thyroid disease."),
        ("2021-08-11", "Family History: Father died at 86. Brother died at 50 of lung cancer."),
    )
    assert find(*notes) == []
