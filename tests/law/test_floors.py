"""What the law says against a statement, and where it says nothing."""

from __future__ import annotations

import pytest

from vault.law import floors
from vault.law.terms import Confidence
from vault.model.providers import ProviderKind
from vault.model.statements import VALUES, Topic

HOSPITAL = ProviderKind.HOSPITAL


@pytest.mark.parametrize(
    ("topic", "value"),
    [
        (Topic.NOTARY, "required"),
        (Topic.IN_PERSON, "required"),
        (Topic.ID, "in_person"),
        (Topic.CHANNEL, "portal_only"),
        (Topic.CHANNEL, "mail_only"),
        (Topic.CHANNEL, "in_person_only"),
        (Topic.FORM, "own_form_required"),
        (Topic.FORM, "authorization_required"),
    ],
)
def test_barriers_are_named_with_source_and_confidence(topic: Topic, value: str) -> None:
    """Under HIPAA each has a sentence, a citation, and is no more sure than its source."""
    found = floors.against("us-tx", HOSPITAL, topic, value)
    assert found is not None
    assert found.said.endswith(".")
    assert "164.524" in found.cite
    assert found.confidence in (Confidence.MED, Confidence.HIGH)
    assert value in VALUES[topic]


def test_what_is_allowed_has_nothing_against_it() -> None:
    """A copy of an ID, a fax, a free word on the fee."""
    for topic, value in [(Topic.ID, "copy"), (Topic.CHANNEL, "fax"), (Topic.FEE, "6.50")]:
        assert floors.against("us", HOSPITAL, topic, value) is None


def test_hipaas_guidance_is_not_held_against_others() -> None:
    """A British hospital and a school in Texas are not bound by it."""
    assert floors.against("uk", HOSPITAL, Topic.NOTARY, "required") is None
    assert floors.against("us-tx", ProviderKind.SCHOOL, Topic.NOTARY, "required") is None


@pytest.mark.parametrize(
    ("place", "said", "limit"),
    [
        ("us", "60 days", "30 calendar days"),
        ("us", "30 days", None),
        ("us-tx", "30 days", "15 calendar days"),
        ("us", "25 business days", "30 calendar days"),
        ("us", "20 business days", None),
        ("uk", "60 days", "1 month"),
        ("us", "soon", None),
    ],
)
def test_a_turnaround_is_held_against_the_shortest_limit(
    place: str, said: str, limit: str | None
) -> None:
    """Longer than the law gives is marked; words without a number are not."""
    found = floors.against(place, HOSPITAL, Topic.TURNAROUND, said)
    assert (found is None) == (limit is None)
    if found is not None and limit is not None:
        assert limit in found.said
